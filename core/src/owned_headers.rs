//! Feature `alloc`: headers that own their bytes.

use alloc::vec::Vec;
use core::fmt;

use crate::request::Headers;

/// Headers in one piece of memory: for a caller who has none to lend as pairs, as a binding to
/// another language, whose objects can change at any time.
///
/// ```
/// use hookseal::{OwnedHeaders, Request};
///
/// let mut headers = OwnedHeaders::new();
/// headers.push("Stripe-Signature", b"t=1700000000,v1=5257a8");
/// let request = Request::new(&headers, b"{}");
/// ```
#[derive(Clone, Default)]
pub struct OwnedHeaders {
    /// Of each header the two lengths, the name and the value.
    text: Vec<u8>,
    count: usize,
}

impl OwnedHeaders {
    /// No headers.
    #[must_use]
    pub const fn new() -> Self {
        OwnedHeaders { text: Vec::new(), count: 0 }
    }

    /// Adds a header behind those that are there; of a name that is there, it is another value.
    pub fn push(&mut self, name: &str, value: &[u8]) {
        let lengths = [name.len().to_le_bytes(), value.len().to_le_bytes()];
        let lengths = lengths.as_flattened();
        let more = lengths.len().saturating_add(name.len()).saturating_add(value.len());
        self.text.reserve(if self.count == 0 { more.max(MOST) } else { more });
        self.text.extend_from_slice(lengths);
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(value);
        self.count = self.count.saturating_add(1);
    }

    /// How many headers there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Name and value of each, in the order in which they were added.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let mut rest = self.text.as_slice();
        core::iter::from_fn(move || {
            let (name_length, after) = rest.split_first_chunk()?;
            let (value_length, after) = after.split_first_chunk()?;
            let (name, after) = after.split_at_checked(usize::from_le_bytes(*name_length))?;
            let (value, after) = after.split_at_checked(usize::from_le_bytes(*value_length))?;
            rest = after;
            Some((name, value))
        })
    }
}

/// What the few headers that a row reads need most often, in bytes.
const MOST: usize = 512;

impl<'r> From<&'r OwnedHeaders> for Headers<'r> {
    fn from(headers: &'r OwnedHeaders) -> Self {
        Headers::owned(headers)
    }
}

/// A request's bytes have no place in a log.
impl fmt::Debug for OwnedHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedHeaders").field("count", &self.count).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{format, vec::Vec};

    use super::*;

    #[test]
    fn names_have_no_case_and_values_keep_their_order_and_their_bytes() {
        let mut headers = OwnedHeaders::new();
        let added: [(&str, &[u8]); 4] =
            [("X-Sig", b"\xff\x00"), ("x-other", b""), ("x-sig", b"two"), ("", b"none")];
        added.iter().for_each(|(name, value)| headers.push(name, value));
        let mut found = Vec::new();
        Headers::from(&headers).values("x-SIG", |value| found.push(value));
        assert_eq!(found, [&b"\xff\x00"[..], b"two"]);
        assert_eq!((headers.count(), headers.pairs().count()), (4, 4));
        assert_eq!(format!("{headers:?}"), "OwnedHeaders { count: 4, .. }");
    }
}
