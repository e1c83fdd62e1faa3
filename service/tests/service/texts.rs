//! The texts: none is too wide, all names are known, and the copies of other packages are alike.

use std::path::{Path, PathBuf};
use std::process::Command;

fn texts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("texts")
}

/// The files of a folder, by name.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(texts().join(folder))
        .unwrap()
        .map(|it| it.unwrap().path())
        .map(|it| (it.file_name().unwrap().to_str().unwrap().to_owned(), it))
        .map(|(name, it)| (name, std::fs::read_to_string(it).unwrap()))
        .collect();
    files.sort();
    files
}

/// The `:name`s of a text.
fn names(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split(':')
        .skip(1)
        .map(|it| it.split(|it: char| !(it.is_ascii_lowercase() || it == '_')).next().unwrap())
        .filter(|it| !it.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn both_databases_have_the_same_texts_with_the_same_names() {
    let (postgresql, sqlite) = (files("postgresql"), files("sqlite"));
    assert_eq!(postgresql.len(), 17);
    for ((name, one), (other_name, other)) in postgresql.iter().zip(&sqlite) {
        assert_eq!(name, other_name);
        assert_eq!(names(one), names(other), "{name}");
    }
}

#[test]
fn no_line_is_too_wide() {
    for folder in ["postgresql", "sqlite", "redis"] {
        for (name, text) in files(folder) {
            let is_wide = |line: &&str| line.chars().count() > 100 || line.ends_with(' ');
            assert_eq!(text.lines().find(is_wide), None, "{folder}/{name}");
            assert!(text.ends_with('\n') && !text.contains('\t'), "{folder}/{name}");
        }
    }
}

/// In a tree of its own: written, they are alike; and a copy that is changed, missing or too much is
/// found.
#[test]
fn copies_are_written_and_compared() {
    let tree = crate::servers::File(crate::servers::folder());
    let service = tree.0.join("service/texts");
    std::fs::create_dir_all(&service).unwrap();
    let copy = |from: &Path| {
        assert!(Command::new("cp").arg("-r").arg(from).arg(&service).status().unwrap().success());
    };
    ["postgresql", "sqlite", "redis", "copy"].iter().for_each(|it| copy(&texts().join(it)));
    let run = |arguments: &[&str]| {
        let run = Command::new(service.join("copy")).args(arguments).output().unwrap();
        run.status.success()
    };
    assert!(!run(&["--check"]), "there are none yet");
    assert!(run(&[]));
    assert!(run(&["--check"]));
    let python = tree.0.join("bindings-python/python/hookseal/claims/texts");
    let claim = python.join("postgresql/claim.sql");
    let text = std::fs::read(&claim).unwrap();
    assert_eq!(text, std::fs::read(texts().join("postgresql/claim.sql")).unwrap());
    std::fs::write(&claim, [text.as_slice(), b"\n"].concat()).unwrap();
    assert!(!run(&["--check"]), "one is changed");
    std::fs::remove_file(&claim).unwrap();
    assert!(!run(&["--check"]), "one is missing");
    assert!(run(&[]) && run(&["--check"]));
    std::fs::write(python.join("stray.sql"), "").unwrap();
    assert!(!run(&["--check"]), "one is too much");
    assert!(!run(&["--chekc"]));
}
