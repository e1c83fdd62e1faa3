//! Keys and tags: the only file that names a cryptographic crate.

use core::fmt;
use core::hint::black_box;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
#[cfg(feature = "sha512")]
use sha2::{Sha384, Sha512};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::content::Content;
use crate::encoding::MAX_KEY;
use crate::error::{KeyError, SchemeError, SetupError};
use crate::facts::{Algorithm, Encoding};
use crate::scheme::Scheme;

/// Shortest key that is taken without the override by name: 128 bits.
const MIN_KEY: usize = 16;

/// A prepared key. HMAC keys are kept as the two hash states after the padded key, so that the
/// key itself is gone; all are wiped on drop.
pub(crate) enum Key {
    HmacSha256(Hmac<Sha256>),
    #[cfg(feature = "sha1")]
    HmacSha1(Hmac<sha1::Sha1>),
    #[cfg(feature = "sha512")]
    HmacSha384(Hmac<Sha384>),
    #[cfg(feature = "sha512")]
    HmacSha512(Hmac<Sha512>),
    /// A shared token is kept, and compared, as its SHA-256: one length, whatever is received.
    Token(Zeroizing<[u8; 32]>),
}

/// Whether a secret shorter than 16 bytes is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weak {
    Refuse,
    Allow,
}

impl Key {
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
        match key.len() {
            0 => Err(KeyError::EmptySecret.into()),
            1..MIN_KEY if weak == Weak::Refuse => Err(KeyError::WeakSecret.into()),
            _ => Self::prepare(scheme.algorithm, key),
        }
    }

    fn prepare(algorithm: Algorithm, key: &[u8]) -> Result<Self, SetupError> {
        // HMAC takes keys of any length; were that to change, this would be no panic.
        let refused = |_| SetupError::Key(KeyError::MalformedSecret);
        Ok(match algorithm {
            Algorithm::HmacSha256 => Self::HmacSha256(Hmac::new_from_slice(key).map_err(refused)?),
            #[cfg(feature = "sha1")]
            Algorithm::HmacSha1 => Self::HmacSha1(Hmac::new_from_slice(key).map_err(refused)?),
            #[cfg(feature = "sha512")]
            Algorithm::HmacSha384 => Self::HmacSha384(Hmac::new_from_slice(key).map_err(refused)?),
            #[cfg(feature = "sha512")]
            Algorithm::HmacSha512 => Self::HmacSha512(Hmac::new_from_slice(key).map_err(refused)?),
            Algorithm::Token => Self::Token(Zeroizing::new(sha256(key))),
            #[allow(unreachable_patterns, reason = "reached where a feature is off")]
            _ => return Err(SchemeError::AlgorithmDisabled.into()),
        })
    }

    /// The tag of a content under this key. `hashed` is told the length of every run.
    pub(crate) fn tag(&self, content: &Content<'_>, hashed: &mut impl FnMut(usize)) -> Tag {
        match self {
            Self::HmacSha256(prepared) => mac(prepared, content, hashed),
            #[cfg(feature = "sha1")]
            Self::HmacSha1(prepared) => mac(prepared, content, hashed),
            #[cfg(feature = "sha512")]
            Self::HmacSha384(prepared) => mac(prepared, content, hashed),
            #[cfg(feature = "sha512")]
            Self::HmacSha512(prepared) => mac(prepared, content, hashed),
            Self::Token(digest) => Tag::of(digest.as_slice()),
        }
    }
}

/// The only way from a secret to a branch: this one bit may be known to whoever measures time.
/// Never inlined, so that the constant-time proof can tell it from any other branch.
#[inline(never)]
pub(crate) fn reveal(bit: Choice) -> bool {
    black_box(bit).into()
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

/// A tag, received or computed, padded with zeros to the longest. It has no `Debug` and no `==`:
/// it is compared by [`Tag::same`] only, or spelled by a [`Signer`](crate::Signer).
#[derive(Clone, Copy)]
pub(crate) struct Tag([u8; 64]);

impl Tag {
    pub(crate) const ZERO: Self = Tag([0; 64]);

    fn of(bytes: &[u8]) -> Self {
        let mut tag = Self::ZERO;
        if let Some(room) = tag.0.get_mut(..bytes.len()) {
            room.copy_from_slice(bytes);
        }
        tag
    }

    /// A signature of the request as a tag. `None`: it is not spelled as the scheme spells it.
    pub(crate) fn received(scheme: &Scheme<'_>, text: &[u8]) -> Option<Self> {
        if scheme.encoding == Encoding::Text {
            return (!text.is_empty()).then(|| Self::of(&sha256(text)));
        }
        let mut tag = Self::ZERO;
        let room = tag.0.get_mut(..scheme.algorithm.tag_length())?;
        scheme.encoding.decode(text, room)?;
        Some(tag)
    }

    /// The tag's own bytes, for signing.
    pub(crate) fn bytes(&self, algorithm: Algorithm) -> &[u8] {
        self.0.get(..algorithm.tag_length()).unwrap_or_default()
    }

    /// Compares in constant time: the differences of all 64 bytes are gathered, eight bytes at a
    /// time, and asked about once.
    pub(crate) fn same(&self, other: &Self) -> Choice {
        let (ours, _) = self.0.as_chunks::<8>();
        let (theirs, _) = other.0.as_chunks::<8>();
        let different = ours.iter().zip(theirs).fold(0, |different, (a, b)| {
            different | (u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b))
        });
        different.ct_eq(&0)
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
