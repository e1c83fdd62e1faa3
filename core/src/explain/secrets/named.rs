//! How secrets are called in a text: by their place, never by a byte of theirs.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// Longest secret that is changed, in bytes.
const MAX_LENGTH: usize = 4 << 10;

/// Most secrets that are changed.
const MOST_SECRETS: usize = 8;

/// A secret that is changed, and how it is called.
pub(super) struct Named<'s> {
    pub(super) name: String,
    pub(super) bytes: &'s [u8],
}

impl<'s> Named<'s> {
    pub(super) fn all(secrets: &[&'s [u8]]) -> Vec<Self> {
        let name = |at: usize| match secrets.len() {
            1 => "the secret".to_string(),
            _ => format!("the {} secret", Nth(at)),
        };
        let named = |(at, bytes): (usize, &&'s [u8])| Named { name: name(at), bytes };
        let named = secrets.iter().enumerate().map(named).take(MOST_SECRETS);
        named.filter(|secret| secret.bytes.len() <= MAX_LENGTH).collect()
    }
}

/// A place in a list, counted from 0, in words: `1st`.
pub(in crate::explain) struct Nth(pub(in crate::explain) usize);

impl fmt::Display for Nth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nth = self.0.saturating_add(1);
        let end = match (nth % 100, nth % 10) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        write!(f, "{nth}{end}")
    }
}
