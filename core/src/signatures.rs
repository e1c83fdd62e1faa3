//! The signatures of one request.

use subtle::Choice;

use crate::error::Error;
use crate::key::{Tag, reveal, sha256};
use crate::request::Request;
use crate::scheme::Scheme;

/// Most signatures that a request may carry.
pub const MAX_SIGNATURES: usize = 16;

/// The signatures of a request, as they are spelled: the first that is well-formed, and those
/// after it.
///
/// A tag has one spelling, so texts are compared: that of a request is never decoded, and that of
/// the computed tag is made once, however many signatures there are.
pub(crate) struct Signatures<'r> {
    texts: [&'r [u8]; MAX_SIGNATURES],
    count: usize,
}

impl<'r> Signatures<'r> {
    #[inline(always)] // else it is copied from a constant
    pub(crate) const fn none() -> Self {
        Signatures { texts: [b""; MAX_SIGNATURES], count: 0 }
    }

    /// Malformed ones before it are passed over: a junk item must not spoil a good one.
    pub(crate) fn find(&mut self, scheme: &Scheme<'_>, request: &Request<'r>) -> Result<(), Error> {
        let mut met: usize = 0;
        let there = scheme.signature.for_each(request, &mut |value| {
            met = met.saturating_add(1);
            if met > MAX_SIGNATURES {
                return Err(Error::TooManySignatures);
            }
            // One that is well-formed decides that the walk goes on; the others need not be.
            let length = scheme.algorithm.tag_length();
            let text = value.as_bytes();
            let text = text.filter(|text| self.count > 0 || scheme.encoding.spells(text, length));
            if let (Some(text), Some(free)) = (text, self.texts.get_mut(self.count)) {
                *free = text;
                self.count = self.count.saturating_add(1);
            }
            Ok(())
        })?;
        match self.count {
            0 if there => Err(Error::MalformedSignature),
            0 => Err(Error::MissingSignature),
            _ => Ok(()),
        }
    }

    /// Compares a tag with every signature, without an early end. A token is compared by its
    /// SHA-256, so that its length is no matter of time either.
    pub(crate) fn include(&self, scheme: &Scheme<'_>, tag: &Tag) -> bool {
        let expected = tag.spell(scheme);
        let same = |found: Choice, text: &&[u8]| {
            found
                | if scheme.is_token() { expected.same(&sha256(text)) } else { expected.same(text) }
        };
        reveal(self.texts.iter().take(self.count).fold(Choice::from(0), same))
    }
}
