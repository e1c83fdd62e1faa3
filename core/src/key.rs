//! Keys and tags: the only file that names a cryptographic crate.

use core::fmt;
use core::hint::black_box;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
#[cfg(feature = "sha512")]
use sha2::{Sha384, Sha512};
use subtle::{Choice, ConstantTimeEq, ConstantTimeLess};
use zeroize::Zeroizing;

use crate::content::Content;
use crate::encoding::{MAX_KEY, MAX_SPELLED};
use crate::error::{KeyError, SchemeError, SetupError};
use crate::facts::Algorithm;
use crate::scheme::Scheme;
use crate::spelled::Spelled;

/// Shortest key that is taken without the override by name: 128 bits.
const MIN_KEY: usize = 16;

/// HMAC pads a key with zeros, so zeros at its end add nothing. A random key of 16 bytes has five
/// of them once in 2^40.
const MIN_SIGNIFICANT: u64 = 12;

/// Longest tag: HMAC-SHA-512.
const MAX_TAG: usize = 64;

/// A prepared key: for HMAC the two hash states behind the padded key. Wiped on drop.
///
/// A move copies every byte of a value, those too that no field owns, and what a stack held before
/// stands there. So each variant fills the room of the largest.
#[expect(dead_code, reason = "what fills the room is never read")]
pub(crate) enum Key {
    HmacSha256(Hmac<Sha256>, Filler<{ ROOM - size_of::<Hmac<Sha256>>() }>),
    #[cfg(feature = "sha1")]
    HmacSha1(Hmac<sha1::Sha1>, Filler<{ ROOM - size_of::<Hmac<sha1::Sha1>>() }>),
    #[cfg(feature = "sha512")]
    HmacSha384(Hmac<Sha384>, Filler<{ ROOM - size_of::<Hmac<Sha384>>() }>),
    #[cfg(feature = "sha512")]
    HmacSha512(Hmac<Sha512>, Filler<{ ROOM - size_of::<Hmac<Sha512>>() }>),
    /// A shared token is kept, and compared, as its SHA-256: one length, whatever is received.
    Token(Zeroizing<[u8; 32]>, Filler<{ ROOM - 32 }>),
}

/// Bytes that are there, and are 0.
pub(crate) struct Filler<const N: usize>([u8; N]);

impl<const N: usize> Filler<N> {
    const EMPTY: Self = Filler([0; N]);
}

/// The size of the largest variant, with the gap before it that its alignment makes.
const ROOM: usize = {
    #[cfg(feature = "sha512")]
    let largest = size_of::<Hmac<Sha512>>() + align_of::<Hmac<Sha512>>() - 1;
    #[cfg(not(feature = "sha512"))]
    let largest = size_of::<Hmac<Sha256>>() + align_of::<Hmac<Sha256>>() - 1;
    largest
};

/// Whether a secret shorter than 16 bytes is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weak {
    Refuse,
    Allow,
}

impl Key {
    /// A place for a key. It is never asked for a tag.
    pub(crate) fn none() -> Self {
        Self::Token(Zeroizing::new([0; 32]), Filler::EMPTY)
    }

    /// From the secret as the user has it.
    pub(crate) fn new(scheme: &Scheme<'_>, secret: &[u8], weak: Weak) -> Result<Self, SetupError> {
        if reveal(is_blank(secret)) {
            return Err(KeyError::EmptySecret.into());
        }
        if reveal(is_pem(secret)) {
            return Err(KeyError::WrongKeyType.into());
        }
        let mut memory = Zeroizing::new([0; MAX_KEY]);
        let key = scheme.key.decode(secret, &mut memory).ok_or(KeyError::MalformedSecret)?;
        let significant = significant(key);
        if reveal(significant.ct_eq(&0)) {
            return Err(KeyError::EmptySecret.into());
        }
        let short = key.len() < MIN_KEY || reveal(significant.ct_lt(&MIN_SIGNIFICANT));
        if short && weak == Weak::Refuse {
            return Err(KeyError::WeakSecret.into());
        }
        Self::prepare(scheme.algorithm, key)
    }

    fn prepare(algorithm: Algorithm, key: &[u8]) -> Result<Self, SetupError> {
        // HMAC takes keys of any length; were that to change, this would be no panic.
        let refused = |_| SetupError::Key(KeyError::MalformedSecret);
        Ok(match algorithm {
            Algorithm::HmacSha256 => {
                Self::HmacSha256(Hmac::new_from_slice(key).map_err(refused)?, Filler::EMPTY)
            }
            #[cfg(feature = "sha1")]
            Algorithm::HmacSha1 => {
                Self::HmacSha1(Hmac::new_from_slice(key).map_err(refused)?, Filler::EMPTY)
            }
            #[cfg(feature = "sha512")]
            Algorithm::HmacSha384 => {
                Self::HmacSha384(Hmac::new_from_slice(key).map_err(refused)?, Filler::EMPTY)
            }
            #[cfg(feature = "sha512")]
            Algorithm::HmacSha512 => {
                Self::HmacSha512(Hmac::new_from_slice(key).map_err(refused)?, Filler::EMPTY)
            }
            Algorithm::Token => Self::Token(Zeroizing::new(sha256(key)), Filler::EMPTY),
            #[allow(unreachable_patterns, reason = "reached where a feature is off")]
            _ => return Err(SchemeError::AlgorithmDisabled.into()),
        })
    }

    /// The tag of a content under this key. `hashed` is told the length of every run.
    pub(crate) fn tag(&self, content: &Content<'_>, hashed: &mut impl FnMut(usize)) -> Tag {
        match self {
            Self::HmacSha256(prepared, _) => mac(prepared, content, hashed),
            #[cfg(feature = "sha1")]
            Self::HmacSha1(prepared, _) => mac(prepared, content, hashed),
            #[cfg(feature = "sha512")]
            Self::HmacSha384(prepared, _) => mac(prepared, content, hashed),
            #[cfg(feature = "sha512")]
            Self::HmacSha512(prepared, _) => mac(prepared, content, hashed),
            Self::Token(digest, _) => Tag::of(digest.as_slice()),
        }
    }
}

/// The only way from a secret to a branch: this one bit may be known to whoever measures time.
/// Never inlined, so that the constant-time proof can tell it from any other branch.
#[inline(never)]
pub(crate) fn reveal(bit: Choice) -> bool {
    black_box(bit).into()
}

/// The length of a key without the zeros at its end.
fn significant(key: &[u8]) -> u64 {
    let count = |(length, met): (u64, Choice), byte: &u8| {
        let met = met | !byte.ct_eq(&0);
        (length.wrapping_add(u64::from(met.unwrap_u8())), met)
    };
    key.iter().rev().fold((0, Choice::from(0)), count).0
}

/// Whether all is ASCII white space.
fn is_blank(secret: &[u8]) -> Choice {
    secret.iter().fold(Choice::from(1), |blank, byte| {
        let is = |space: &u8| byte.ct_eq(space);
        blank & (is(&b' ') | is(&b'\t') | is(&b'\n') | is(&b'\x0C') | is(&b'\r'))
    })
}

/// Whether a PEM label is anywhere in it.
fn is_pem(secret: &[u8]) -> Choice {
    const LABEL: &[u8] = b"-----BEGIN ";
    let found = |found: Choice, window: &[u8]| found | window.ct_eq(LABEL);
    secret.windows(LABEL.len()).fold(Choice::from(0), found)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key { .. }")
    }
}

fn mac<M: Mac + Clone>(prepared: &M, content: &Content<'_>, hashed: &mut impl FnMut(usize)) -> Tag {
    let mut mac = prepared.clone();
    content.for_each_run(&mut |run| {
        hashed(run.len());
        mac.update(run);
    });
    Tag::of(&mac.finalize().into_bytes())
}

/// A computed tag. It has no `Debug` and no `==`: it is spelled, and the spelling compared.
pub(crate) struct Tag {
    bytes: [u8; MAX_TAG],
    length: usize,
}

impl Tag {
    fn of(bytes: &[u8]) -> Self {
        let mut tag = Tag { bytes: [0; MAX_TAG], length: bytes.len() };
        if let Some(room) = tag.bytes.get_mut(..bytes.len()) {
            room.copy_from_slice(bytes);
        }
        tag
    }

    /// The tag as the scheme's header has it. A token's digest, which is sent nowhere, is left
    /// as it is.
    #[inline(always)] // a copy less of what is long
    pub(crate) fn spell(&self, scheme: &Scheme<'_>) -> Spelled<MAX_SPELLED> {
        let tag = self.bytes.get(..self.length).unwrap_or_default();
        Spelled::by(|memory| scheme.encoding.encode(tag, memory))
    }
}

/// SHA-256 of one slice.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A SHA-256 that is fed step by step, for the replay key.
#[derive(Clone, Default)]
pub(crate) struct Hash(Sha256);

impl Hash {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Adds bytes behind their length, so that two neighbours cannot run together.
    pub(crate) fn add_prefixed(&mut self, bytes: &[u8]) {
        self.add(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.add(bytes);
    }

    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}
