//! Spellings of tags and secrets: strict, into fixed buffers, without a branch or a table
//! look-up that depends on the bytes.

use base16ct::{lower, mixed};
use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding as _};
use subtle::{Choice, ConstantTimeEq};

use crate::facts::{Encoding, KeyFormat};
use crate::key::reveal;

/// Longest key in bytes that a secret may decode to.
pub(crate) const MAX_KEY: usize = 512;

/// Longest spelling of a tag: 64 bytes in hex.
pub(crate) const MAX_SPELLED: usize = 128;

impl Encoding {
    /// Decodes a received signature that must be exactly `tag` bytes long, in this one spelling.
    pub(crate) fn decode(self, text: &[u8], tag: &mut [u8]) -> Option<()> {
        let length = tag.len();
        let decoded = match self {
            Self::Hex => lower::decode(text, tag).ok()?,
            Self::Base64 => Base64::decode(text, tag).ok()?,
            Self::Base64Url => Base64UrlUnpadded::decode(text, tag).ok()?,
            Self::Base64UrlPadded => Base64Url::decode(text, tag).ok()?,
            Self::Text => return None,
        };
        (decoded.len() == length).then_some(())
    }

    /// Spells a tag.
    pub(crate) fn encode(self, tag: &[u8], memory: &mut [u8; MAX_SPELLED]) -> Option<usize> {
        match self {
            Self::Hex => lower::encode(tag, memory).ok().map(<[u8]>::len),
            Self::Base64 => Base64::encode(tag, memory).ok().map(str::len),
            Self::Base64Url => Base64UrlUnpadded::encode(tag, memory).ok().map(str::len),
            Self::Base64UrlPadded => Base64Url::encode(tag, memory).ok().map(str::len),
            Self::Text => None,
        }
    }
}

impl KeyFormat<'_> {
    /// The bytes of the key, in `memory` where the secret has to be decoded. `None`: the secret is
    /// not spelled as this format spells it.
    pub(crate) fn decode<'k>(
        self,
        secret: &'k [u8],
        memory: &'k mut [u8; MAX_KEY],
    ) -> Option<&'k [u8]> {
        match self {
            Self::Text => Some(secret),
            Self::Hex => {
                let well_spelled = mixed::decode(secret, memory).is_ok();
                known(well_spelled, memory, secret.len() / 2)
            }
            Self::Base64 { prefix } => {
                let text = unpad(strip(prefix.as_bytes(), secret))?;
                let well_spelled = Base64Unpadded::decode(text, memory).is_ok();
                known(well_spelled, memory, text.len().saturating_mul(3) / 4)
            }
        }
    }
}

/// What was decoded, under its length, which is public; whether it was well spelled is one bit.
fn known(well_spelled: bool, memory: &[u8], length: usize) -> Option<&[u8]> {
    let well_spelled = reveal(Choice::from(u8::from(well_spelled)));
    memory.get(..length).filter(|_| well_spelled)
}

/// A secret without its prefix, where it has it.
fn strip<'k>(prefix: &[u8], secret: &'k [u8]) -> &'k [u8] {
    match secret.split_at_checked(prefix.len()) {
        Some((head, tail)) if reveal(head.ct_eq(prefix)) => tail,
        _ => secret,
    }
}

/// Base64 without its padding, the length of which is that of the key.
fn unpad(text: &[u8]) -> Option<&[u8]> {
    let [.., before, last] = text else { return text.is_empty().then_some(text) };
    let one = last.ct_eq(&b'=');
    let both = one & before.ct_eq(&b'=');
    let padding = [one, both].into_iter().filter(|pad| reveal(*pad)).count();
    text.get(..text.len().saturating_sub(padding)).filter(|_| text.len().is_multiple_of(4))
}
