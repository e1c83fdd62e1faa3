//! A computed tag.

use crate::encoding::MAX_SPELLED;
use crate::facts::Encoding;
use crate::spelled::Spelled;

/// Longest tag: HMAC-SHA-512.
pub(crate) const MAX_TAG: usize = 64;

/// A computed tag. It has no `Debug` and no `==`: it is spelled, and the spelling compared.
pub(crate) struct Tag {
    bytes: [u8; MAX_TAG],
    length: usize,
}

impl Tag {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut tag = Tag { bytes: [0; MAX_TAG], length: bytes.len() };
        if let Some(room) = tag.bytes.get_mut(..bytes.len()) {
            room.copy_from_slice(bytes);
        }
        tag
    }

    /// The tag as the scheme's header has it. A token's digest, which is sent nowhere, is left
    /// as it is.
    #[inline(always)] // a copy less of what is long
    pub(crate) fn spell(&self, encoding: Encoding) -> Spelled<MAX_SPELLED> {
        let tag = self.bytes.get(..self.length).unwrap_or_default();
        Spelled::by(|memory| encoding.encode(tag, memory))
    }
}
