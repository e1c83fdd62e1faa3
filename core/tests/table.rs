//! The table as a whole: every provider that was looked at has a row, or a reason why it has none.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;

use hookseal::providers::{ALL, OUT, by_name};
use hookseal::{Algorithm, Coverage, Weakness};

/// The schemes that were looked at, one name a line: 306 of providers that sign or send a token,
/// and 8 of those that do neither.
const NAMES: &str = include_str!("names.txt");

#[test]
fn every_name_is_a_row_or_is_out() {
    let names: BTreeSet<&str> = NAMES.lines().collect();
    assert_eq!(names.len(), 314);
    let rows: BTreeSet<&str> = ALL.iter().map(|row| row.name).collect();
    let out: BTreeSet<&str> = OUT.iter().map(|out| out.name).collect();
    let both: Vec<_> = rows.intersection(&out).collect();
    assert!(both.is_empty(), "a row, and out: {both:?}");
    let known: BTreeSet<&str> = rows.union(&out).copied().collect();
    let missing: Vec<_> = names.difference(&known).collect();
    let unknown: Vec<_> = known.difference(&names).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "no row: {missing:?}; no name: {unknown:?}");
}

#[test]
fn every_reason_is_a_sentence_of_its_own() {
    for out in OUT {
        assert!(out.reason.starts_with("signs ") && out.reason.len() > 60, "{}", out.name);
        assert!(by_name(out.name).is_err());
    }
}

/// What the documentation warns of is what the rows admit.
#[test]
fn a_row_that_binds_no_body_admits_it() {
    for row in ALL {
        let whole = row.bound().body == Coverage::Whole;
        let admitted = row.admits(Weakness::BodyUnsigned) || row.algorithm == Algorithm::Token;
        assert!(whole || admitted, "{} does not admit what it does not sign", row.name);
    }
}

#[test]
fn the_documentation_has_every_name() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/providers.md");
    let text = std::fs::read_to_string(path).unwrap();
    let missing: Vec<_> =
        NAMES.lines().filter(|name| !text.contains(&format!("| `{name}` |"))).collect();
    assert!(missing.is_empty(), "not in docs/providers.md: {missing:?}");
}
