//! `make generate`: writes every file that is made from the table of providers and the list of
//! codes. A test compares what is in the tree with what this program would write.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod files;
#[path = "../../tests/reference/mod.rs"]
mod reference;
#[path = "../../tests/sender/mod.rs"]
mod sender;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (path, text) in files::all() {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}
