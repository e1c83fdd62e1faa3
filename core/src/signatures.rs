//! The signatures of one request.

use subtle::ConstantTimeEq;

use crate::encoding::MAX_SPELLED;
use crate::error::Error;
use crate::key::{Tag, reveal, sha256};
use crate::request::Request;
use crate::scheme::Scheme;
use crate::spelled::Spelled;

/// Most signatures that a request may carry.
pub const MAX_SIGNATURES: usize = 16;

/// The signatures of a request, as they are spelled.
///
/// A tag has one spelling, so texts are compared: that of a request is never decoded, and that of
/// the computed tag is made once, however many signatures there are.
pub(crate) struct Signatures<'r> {
    /// The first that is well-formed.
    first: Option<&'r [u8]>,
    /// Those after it. Most deliveries carry one, and should not pay for room for sixteen.
    others: Option<Others<'r>>,
}

struct Others<'r> {
    texts: [&'r [u8]; MAX_SIGNATURES],
    count: usize,
}

impl<'r> Signatures<'r> {
    pub(crate) const NONE: Self = Signatures { first: None, others: None };

    /// Malformed ones before the first are passed over: a junk item must not spoil a good one.
    pub(crate) fn find(&mut self, scheme: &Scheme<'_>, request: &Request<'r>) -> Result<(), Error> {
        let mut met: usize = 0;
        let there = scheme.signature.for_each(request, &mut |value| {
            met = met.saturating_add(1);
            if met > MAX_SIGNATURES {
                return Err(Error::TooManySignatures);
            }
            if let Some(text) = value.as_bytes() {
                self.add(scheme, text);
            }
            Ok(())
        })?;
        let none = if there { Error::MalformedSignature } else { Error::MissingSignature };
        self.first.map(drop).ok_or(none)
    }

    fn add(&mut self, scheme: &Scheme<'_>, text: &'r [u8]) {
        if self.first.is_none() {
            let well_formed = scheme.encoding.spells(text, scheme.algorithm.tag_length());
            self.first = well_formed.then_some(text);
            return;
        }
        let none = Others { texts: [b""; MAX_SIGNATURES], count: 0 };
        let others = self.others.get_or_insert(none);
        if let Some(free) = others.texts.get_mut(others.count) {
            *free = text;
            others.count = others.count.saturating_add(1);
        }
    }

    /// Compares a tag with every signature, without an early end.
    pub(crate) fn include(&self, scheme: &Scheme<'_>, tag: &Tag) -> bool {
        let expected = tag.spell(scheme);
        let others = self.others.iter().flat_map(|it| it.texts.iter().take(it.count));
        let found = self
            .first
            .iter()
            .chain(others)
            .fold(0, |found, text| found | is_zero(difference(scheme, &expected, text)));
        reveal(found.ct_eq(&1))
    }
}

/// A token is compared by its SHA-256, so that its length is no matter of time either.
fn difference(scheme: &Scheme<'_>, expected: &Spelled<MAX_SPELLED>, text: &[u8]) -> u64 {
    if scheme.is_token() { expected.difference(&sha256(text)) } else { expected.difference(text) }
}

/// 1 for 0, and 0 for all else, by arithmetic: one of a number and its negative has the highest
/// bit set.
const fn is_zero(number: u64) -> u64 {
    ((number | number.wrapping_neg()) >> 63) ^ 1
}
