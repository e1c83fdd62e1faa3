//! A computed tag.

use crate::base64::MAX_READ;
use crate::encoding::MAX_SPELLED;
use crate::facts::Encoding;
use crate::spelled::{Spelled, difference};

/// Longest tag: HMAC-SHA-512.
pub(crate) const MAX_TAG: usize = 64;

/// A computed tag. It has no `Debug` and no `==`: what is received is compared with it, or with its
/// spelling, in constant time.
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
        Spelled::by(|memory| encoding.encode(self.bytes(), memory))
    }

    /// 0 where a text of the request spells this tag in base64, which is read for that.
    #[inline(always)]
    pub(crate) fn difference(&self, encoding: Encoding, text: &[u8]) -> u64 {
        let mut memory = [0; MAX_READ];
        let read = encoding.read(text, self.length, &mut memory);
        read.map_or(1, |read| difference(self.bytes(), read))
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}
