//! `docs/schemes.md` is what the lists of the core say, and names every word of a template.
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::Path;

#[path = "../examples/generate/schemes.rs"]
mod page;

use hookseal::{MAX_PARTS, Part, Template};

#[test]
fn the_page_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemes.md");
    let tree = std::fs::read_to_string(path).unwrap_or_default();
    assert!(tree == page::schemes(), "docs/schemes.md is not what `make generate` makes");
}

/// Every word that the page shows is one that a template takes: text in backquotes and braces.
#[test]
fn every_word_of_the_page_is_read() {
    let page = page::schemes();
    let table = page.split("## Templates").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut read = 0;
    for row in table.lines().filter_map(|line| line.strip_prefix("| ")) {
        let first = row.replace("\\|", "\u{0}");
        let first = first.split('|').next().unwrap().replace('\u{0}', "|");
        for word in first.split('`').filter(|it| it.starts_with('{')) {
            let parsed = Template::parse(word, &mut [Part::NONE; MAX_PARTS]).map(|_| ());
            assert_eq!(parsed, Ok(()), "{word}");
            read += 1;
        }
    }
    assert!(read > 40, "{read}");
}
