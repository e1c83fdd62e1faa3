//! One test for each failure.
#![cfg(all(feature = "sha1", feature = "sha512"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod bytes;
mod case;
mod compare;
mod headers;
mod secrets;
mod spell;

use case::{Case, rows};

/// The control of every test that expects a refusal: what is not touched verifies.
#[test]
fn an_untouched_delivery_of_every_row_verifies() {
    let mut count = 0;
    for row in rows() {
        assert_eq!(Case::of(row).code(), "verified", "{}", row.name);
        count += 1;
    }
    assert!(count >= 42, "{count} rows");
}
