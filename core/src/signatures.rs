//! The signatures of one request.

use subtle::Choice;

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
    first: &'r [u8],
    /// Others follow it: few deliveries carry several, so they are not kept but looked up again.
    several: bool,
}

impl<'r> Signatures<'r> {
    /// Malformed ones before the first are passed over: a junk item must not spoil a good one.
    pub(crate) fn find(scheme: &Scheme<'_>, request: &Request<'r>) -> Result<Self, Error> {
        let length = scheme.algorithm.tag_length();
        let mut first: Option<&'r [u8]> = None;
        let (mut met, mut several): (usize, bool) = (0, false);
        let there = scheme.signature.for_each(request, &mut |value| {
            met = met.saturating_add(1);
            if met > MAX_SIGNATURES {
                return Err(Error::TooManySignatures);
            }
            several = first.is_some();
            let text = value.as_bytes();
            first = first.or_else(|| text.filter(|text| scheme.encoding.spells(text, length)));
            Ok(())
        })?;
        let none = if there { Error::MalformedSignature } else { Error::MissingSignature };
        first.map(|first| Signatures { first, several }).ok_or(none)
    }

    /// Compares a tag with every signature, without an early end.
    pub(crate) fn include(&self, scheme: &Scheme<'_>, request: &Request<'_>, tag: &Tag) -> bool {
        let expected = tag.spell(scheme);
        let mut same = same(scheme, &expected, self.first);
        if self.several {
            // `find` has been through all of them, so this does not fail.
            let _ = scheme.signature.for_each(request, &mut |value| {
                same |= self::same(scheme, &expected, value.as_bytes().unwrap_or_default());
                Ok(())
            });
        }
        reveal(same)
    }
}

/// A token is compared by its SHA-256, so that its length is no matter of time either.
fn same(scheme: &Scheme<'_>, expected: &Spelled<MAX_SPELLED>, text: &[u8]) -> Choice {
    if scheme.is_token() { expected.same(&sha256(text)) } else { expected.same(text) }
}
