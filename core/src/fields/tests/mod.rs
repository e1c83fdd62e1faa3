#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

mod limits;
mod read;
mod write;

use std::string::String;
use std::vec::Vec;

use proptest::prelude::ProptestConfig;

use super::{Encoded, Fields};

/// The cases of a property. No file is written where one fails: what was made is in its message.
pub(crate) fn cases() -> ProptestConfig {
    let cases = if cfg!(miri) { 8 } else { 256 };
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// What a writer hands to its sink.
pub(crate) fn written(write: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Vec<u8> {
    let mut all = Vec::new();
    write(&mut |run| all.extend_from_slice(run));
    all
}

fn text(encoded: Encoded<'_>) -> String {
    String::from_utf8(written(|mut sink| encoded.for_each_run(&mut sink))).unwrap()
}

fn received(text: &[u8]) -> Option<Vec<(String, String)>> {
    let fields = Fields::read(text).ok()?;
    Some(fields.received().map(|(name, value)| (self::text(name), self::text(value))).collect())
}
