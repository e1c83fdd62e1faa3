//! One test for each failure of a webhook receiver, or of what receivers are made of, that is known
//! from advisories and reports, and named after it. What went wrong there must not happen here: in
//! no row of the table, and in none of the custom rows beside it.
//!
//! Each property is a function of a verifier. It is asked of ours, for which it must hold, and of a
//! small wrong one (`mod wrong` in each file), for which it must not: an assertion that cannot fail
//! shows nothing. The deliveries are made from a row's facts with MACs of their own (`case`,
//! `spell`).
//!
//! What does not concern the core is tested elsewhere, or cannot happen:
//!
//! | what went wrong | where it belongs |
//! | --- | --- |
//! | deployed receivers took unsigned events | applications |
//! | a runtime's own compare told how much matched (CVE-2026-21713) | timing |
//! | a compiler added a branch to code that had none (RUSTSEC-2024-0344, -2026-0003) | timing |
//! | a tag check took a time that told of the tag (RUSTSEC-2026-0045) | timing |
//! | a secret was decoded by table (RUSTSEC-2024-0354) | timing |
//! | a key was not wiped under some features (RUSTSEC-2024-0342, RUSTSEC-2021-0115) | memory |
//! | an id was stored before the signature was checked (GHSA-cmwq-5829-xw24) | claims |
//! | an id was used up before the work was safe, and the retry refused | claims |
//! | a crash left a claim "in progress", or a lease of 0 meant none | claims |
//! | a full store forgot what it had to keep | stores |
//! | a certificate came from the URL that the message named (PYSEC-2023-82) | no network here |
//! | a header named `__proto__` changed an object | bindings |
#![cfg(all(feature = "sha1", feature = "sha512"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

#[path = "../reference/mod.rs"]
mod reference;
#[path = "../sender/secrets.rs"]
mod secret_pairs;
#[path = "../support/mod.rs"]
mod support;

mod body;
mod build;
mod bytes;
mod case;
mod claims;
mod clock;
mod compare;
mod engine;
mod forms;
mod headers;
mod json;
#[cfg(all(feature = "jwt", feature = "ecdsa"))]
mod jws;
mod leaks;
mod limits;
mod moment;
mod place;
mod published;
mod replay;
mod rows;
mod secrets;
mod spell;
mod time;
mod variants;

use case::Case;
use rows::rows;

/// The control of every test that expects a refusal: what is not touched verifies.
#[test]
fn an_untouched_delivery_of_every_row_verifies() {
    let refused = |row: &'static hookseal::Scheme<'static>| {
        let code = std::panic::catch_unwind(|| Case::of(row).code()).unwrap_or("panic");
        (code != "verified").then(|| format!("{}: {code}", row.name))
    };
    let refused: Vec<String> = rows().filter_map(refused).collect();
    assert!(refused.is_empty(), "{refused:#?}");
}
