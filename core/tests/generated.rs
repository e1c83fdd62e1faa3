//! What `make generate` makes is what is in the tree.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![allow(clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;

#[path = "../examples/generate/files.rs"]
mod files;
mod reference;
mod sender;
mod support;

#[test]
fn generated_files_are_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = files::all();
    assert!(files.len() > 40);
    for (path, text) in files {
        let tree = std::fs::read_to_string(root.join(&path)).unwrap_or_default();
        assert!(tree == text, "{path} is not what `make generate` makes");
    }
}

#[test]
fn no_generated_vector_is_left_behind() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/generated");
    let tree = std::fs::read_dir(folder).unwrap().count();
    let made = files::all().iter().filter(|(path, _)| path.contains("/generated/")).count();
    assert_eq!(tree, made);
}
