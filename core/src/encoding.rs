//! Spellings of tags and secrets: strict, into fixed buffers, and, where the bytes are secret,
//! without a branch or a table look-up that depends on them.

use base16ct::{lower, mixed};
use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding as _};
use subtle::{Choice, ConstantTimeEq};

use crate::base64::{Alphabet, MAX_READ, STANDARD, URL, digits};
use crate::digest::digest_sha1;
use crate::facts::{Encoding, KeyFormat};
use crate::key::reveal;
use crate::spelled::Spelled;
use crate::word::Spelling;

/// Longest key in bytes that a secret may decode to.
pub(crate) const MAX_KEY: usize = 512;

/// Longest spelling of a tag: 72 bytes, ECDSA in DER, in hex.
pub(crate) const MAX_SPELLED: usize = 144;

/// Longest signature that is written: 64 bytes in hex, in base64.
pub(crate) const MAX_SIGNATURE: usize = 172;

/// Longest spelling of a public key's signature: RSA of 8,192 bits in base64.
pub(crate) const MAX_RECEIVED: usize = 1368;

impl Encoding {
    /// Whether a text of the request can be a tag of this many bytes: its length, its alphabet,
    /// its padding, and unused bits that are 0. Nothing here is secret.
    #[inline]
    pub(crate) fn spells(self, text: &[u8], tag: usize) -> bool {
        match self {
            Self::Hex => text.len() == tag.saturating_mul(2) && every(text, is_hex),
            Self::HexAnyCase => {
                text.len() == tag.saturating_mul(2) && every(text, u8::is_ascii_hexdigit)
            }
            Self::Base64OfHex => Self::Base64.spells(text, tag.saturating_mul(2)),
            Self::HexOrBase64 => Self::Hex.spells(text, tag) || Self::Base64.spells(text, tag),
            Self::Text => !text.is_empty(),
            Self::Base64 | Self::Base64Url | Self::Base64UrlPadded | Self::Jws => {
                self.base64().is_some_and(|(alphabet, is_padded)| {
                    text.len() == spelled_length(tag, is_padded)
                        && alphabet.spells(text, digits(tag))
                })
            }
        }
    }

    /// Whether a text of the request can be a public key's signature, whose length is the key's
    /// affair: as [`spells`](Self::spells), for any length.
    pub(crate) fn spells_some(self, text: &[u8]) -> bool {
        let padding = text.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
        let tag = match self {
            Self::Hex | Self::HexAnyCase | Self::HexOrBase64 => text.len() / 2,
            _ => text.len().saturating_sub(padding).saturating_mul(3) / 4,
        };
        tag > 0 && text.len() <= MAX_RECEIVED && self.spells(text, tag)
    }

    /// The bytes of a public key's signature. Nothing here is secret.
    #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
    pub(crate) fn received<'m>(
        self,
        text: &[u8],
        memory: &'m mut [u8; MAX_RECEIVED],
    ) -> Option<&'m [u8]> {
        match self {
            Self::Hex => lower::decode(text, memory).ok(),
            Self::HexAnyCase => mixed::decode(text, memory).ok(),
            Self::Base64 => Base64::decode(text, memory).ok(),
            Self::Base64Url | Self::Jws => Base64UrlUnpadded::decode(text, memory).ok(),
            Self::Base64UrlPadded => Base64Url::decode(text, memory).ok(),
            Self::Base64OfHex | Self::HexOrBase64 | Self::Text => None,
        }
    }

    /// The alphabet, and whether there is padding, of a tag that is base64. Such a tag is read where
    /// it is received, and the computed one not spelled: in constant time that takes longer.
    #[inline(always)]
    pub(crate) const fn base64(self) -> Option<(&'static Alphabet, bool)> {
        match self {
            Self::Base64 => Some((&STANDARD, true)),
            Self::Base64UrlPadded => Some((&URL, true)),
            Self::Base64Url | Self::Jws => Some((&URL, false)),
            Self::Hex | Self::HexAnyCase | Self::Base64OfHex | Self::HexOrBase64 | Self::Text => {
                None
            }
        }
    }

    /// The tag that a text of the request is, of so many bytes: `None` where it does not
    /// [`spell`](Self::spells) one in base64.
    #[inline(always)]
    pub(crate) fn read<'m>(
        self,
        text: &[u8],
        tag: usize,
        memory: &'m mut [u8; MAX_READ],
    ) -> Option<&'m [u8]> {
        let (alphabet, is_padded) = self.base64()?;
        let fits = text.len() == spelled_length(tag, is_padded);
        alphabet.read(text, tag, memory).filter(|_| fits)
    }

    /// Spells a tag. It is the expected signature of something, so its bytes are secret.
    pub(crate) fn encode(self, tag: &[u8], memory: &mut [u8; MAX_SPELLED]) -> Option<usize> {
        match self {
            // Of hex in base64 the first half; where there is a choice, the signer's.
            Self::Hex | Self::HexAnyCase | Self::Base64OfHex | Self::HexOrBase64 => {
                lower::encode(tag, memory).ok().map(<[u8]>::len)
            }
            Self::Base64 => Base64::encode(tag, memory).ok().map(str::len),
            Self::Base64Url | Self::Jws => {
                Base64UrlUnpadded::encode(tag, memory).ok().map(str::len)
            }
            Self::Base64UrlPadded => Base64Url::encode(tag, memory).ok().map(str::len),
            Self::Text => memory.get_mut(..tag.len()).map(|room| {
                room.copy_from_slice(tag);
                tag.len()
            }),
        }
    }
}

impl Spelled<MAX_SPELLED> {
    /// The base64 of this text: the second half of `Base64OfHex`.
    #[inline(never)] // one provider in a hundred spells so
    pub(crate) fn in_base64(&self) -> Spelled<MAX_SIGNATURE> {
        Spelled::by(|memory| Base64::encode(self.bytes(), memory).ok().map(str::len))
    }
}

/// `all` without an early end, so that the compiler can look at many bytes at once.
fn every(text: &[u8], is: impl Fn(&u8) -> bool) -> bool {
    text.iter().fold(true, |all, byte| all & is(byte))
}

const fn is_hex(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// The length of the base64 of so many bytes.
const fn spelled_length(bytes: usize, is_padded: bool) -> usize {
    if is_padded { digits(bytes).next_multiple_of(4) } else { digits(bytes) }
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
            Self::Text | Self::AfterTimestamp => Some(secret),
            Self::Hex => {
                let well_spelled = mixed::decode(secret, memory).is_ok();
                known(well_spelled, memory, secret.len() / 2)
            }
            Self::Base64 { prefix } => {
                let text = unpad(strip(prefix.as_bytes(), secret))?;
                let well_spelled = Base64Unpadded::decode(text, memory).is_ok();
                known(well_spelled, memory, text.len().saturating_mul(3) / 4)
            }
            Self::Sha1 => {
                let digested = digest_sha1(&|sink| sink(secret));
                let room = memory.get_mut(..digested.bytes().len())?;
                room.copy_from_slice(digested.bytes());
                Some(room)
            }
            Self::PublicKey { .. } => None,
        }
    }
}

/// Hands over a hash as it is spelled in a template.
pub(crate) fn spell(hash: &[u8], spelling: Spelling, sink: &mut dyn FnMut(&[u8])) {
    let mut memory = [0; MAX_SPELLED];
    let encoding = match spelling {
        Spelling::Raw => return sink(hash),
        Spelling::Hex => Encoding::Hex,
        Spelling::Base64 => Encoding::Base64,
        Spelling::Base64Url => Encoding::Base64Url,
    };
    let length = encoding.encode(hash, &mut memory).unwrap_or_default();
    sink(memory.get(..length).unwrap_or_default());
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
