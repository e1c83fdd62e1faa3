//! The signatures of one request.

use subtle::Choice;

use crate::error::Error;
use crate::key::{Tag, reveal};
use crate::request::Request;
use crate::scheme::Scheme;

/// Most signatures that a request may carry.
pub const MAX_SIGNATURES: usize = 16;

/// The well-formed signatures of a request.
pub(crate) struct Signatures {
    tags: [Tag; MAX_SIGNATURES],
    count: usize,
}

impl Signatures {
    /// Malformed ones are passed over while another is well-formed: a junk item must not spoil a
    /// good one.
    pub(crate) fn find(scheme: &Scheme<'_>, request: &Request<'_>) -> Result<Self, Error> {
        let mut signatures = Signatures { tags: [Tag::ZERO; MAX_SIGNATURES], count: 0 };
        let mut met: usize = 0;
        let there = scheme.signature.for_each(request, &mut |value| {
            met = met.saturating_add(1);
            if met > MAX_SIGNATURES {
                return Err(Error::TooManySignatures);
            }
            let tag = value.as_bytes().and_then(|text| Tag::received(scheme, text));
            if let (Some(tag), Some(free)) = (tag, signatures.tags.get_mut(signatures.count)) {
                *free = tag;
                signatures.count = signatures.count.saturating_add(1);
            }
            Ok(())
        })?;
        match signatures.count {
            0 if there => Err(Error::MalformedSignature),
            0 => Err(Error::MissingSignature),
            _ => Ok(signatures),
        }
    }

    /// Compares a tag with every signature, without an early end.
    pub(crate) fn include(&self, tag: &Tag) -> bool {
        let same = |found: Choice, other: &Tag| found | tag.same(other);
        reveal(self.tags.iter().take(self.count).fold(Choice::from(0), same))
    }
}
