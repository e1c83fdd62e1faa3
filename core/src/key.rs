//! Keys and tags: with `digest.rs`, the only file that names a cryptographic crate of the default
//! build.

use core::fmt;
use core::hint::black_box;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
#[cfg(feature = "sha512")]
use sha2::{Sha384, Sha512};
use subtle::Choice;
use zeroize::Zeroizing;

use crate::content::{Content, Ours};
#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
use crate::digest::Feed;
use crate::digest::sha256;
use crate::encoding::{MAX_KEY, MAX_SPELLED};
use crate::error::{KeyError, SchemeError, SetupError};
use crate::facts::{Algorithm, Encoding, KeyFormat};
use crate::kept::Kept;
#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
use crate::public_key::{Form, PublicKey};
use crate::scheme::Scheme;
use crate::secret::{Weak, is_blank, is_pem, is_strong};
use crate::signatures::Signatures;
use crate::tag::Tag;
#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
use crate::{encoding::MAX_RECEIVED, signatures::MAX_PUBLIC_KEY_SIGNATURES};

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
    #[cfg(feature = "md5")]
    HmacMd5(Hmac<md5::Md5>, Filler<{ ROOM - size_of::<Hmac<md5::Md5>>() }>),
    /// A secret that stands in what is hashed, or a key that depends on the delivery.
    Kept(Kept, Filler<{ ROOM - size_of::<Kept>() }>),
    /// A shared token is kept, and compared, as its SHA-256: one length, whatever is received.
    Token(Zeroizing<[u8; 32]>, Filler<{ ROOM - 32 }>),
    /// Nothing of it is secret.
    #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
    Public(PublicKey),
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
    if largest > size_of::<Kept>() { largest } else { size_of::<Kept>() }
};

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
        #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
        if let (Some(kind), KeyFormat::PublicKey { prefix, .. }) =
            (scheme.algorithm.kind(), scheme.key)
        {
            return Ok(Self::Public(PublicKey::read(kind, prefix, secret)?));
        }
        if reveal(is_pem(secret)) {
            return Err(KeyError::WrongKeyType.into());
        }
        let mut memory = Zeroizing::new([0; MAX_KEY]);
        let key = scheme.key.decode(secret, &mut memory).ok_or(KeyError::MalformedSecret)?;
        is_strong(key, weak)?;
        // A key that is a hash is as weak as what was hashed.
        if matches!(scheme.key, KeyFormat::Sha1) {
            is_strong(secret, weak)?;
        }
        if scheme.keeps_secret() {
            let kept = Kept::new(scheme.algorithm, key).ok_or(KeyError::MalformedSecret)?;
            return Ok(Self::Kept(kept, Filler::EMPTY));
        }
        if scheme.is_token() {
            return Ok(Self::Token(Zeroizing::new(token(scheme, key)?), Filler::EMPTY));
        }
        Self::prepare(scheme.algorithm, key)
    }

    pub(crate) fn prepare(algorithm: Algorithm, key: &[u8]) -> Result<Self, SetupError> {
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
            #[cfg(feature = "md5")]
            Algorithm::HmacMd5 => {
                Self::HmacMd5(Hmac::new_from_slice(key).map_err(refused)?, Filler::EMPTY)
            }
            #[allow(unreachable_patterns, reason = "reached where a feature is off")]
            _ => return Err(SchemeError::AlgorithmDisabled.into()),
        })
    }

    /// Whether a signature is that of the content under this key, whose id is given.
    #[inline(always)]
    pub(crate) fn matches(
        &self,
        ours: &Ours<'_>,
        content: &Content<'_>,
        signatures: &Signatures<'_>,
        hashed: &mut usize,
    ) -> bool {
        #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
        if let Self::Public(key) = self {
            return public(key, ours, content, signatures);
        }
        signatures.include(content.scheme(), ours.id, || self.tag(content, ours, hashed))
    }

    /// The tag of a content under this key, whose id is given. To `hashed` are added the bytes that
    /// went into it.
    #[inline]
    pub(crate) fn tag(&self, content: &Content<'_>, ours: &Ours<'_>, hashed: &mut usize) -> Tag {
        match self {
            Self::HmacSha256(prepared, _) => mac(prepared, content, ours, hashed),
            #[cfg(feature = "sha1")]
            Self::HmacSha1(prepared, _) => mac(prepared, content, ours, hashed),
            #[cfg(feature = "sha512")]
            Self::HmacSha384(prepared, _) => mac(prepared, content, ours, hashed),
            #[cfg(feature = "sha512")]
            Self::HmacSha512(prepared, _) => mac(prepared, content, ours, hashed),
            #[cfg(feature = "md5")]
            Self::HmacMd5(prepared, _) => mac(prepared, content, ours, hashed),
            Self::Kept(kept, _) => kept.tag(content, ours, hashed),
            Self::Token(digest, _) => Tag::of(digest.as_slice()),
            #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
            Self::Public(_) => Tag::of(b""),
        }
    }
}

/// Whether a signature is that of the content under a public key.
#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
#[inline(never)]
fn public(
    key: &PublicKey,
    ours: &Ours<'_>,
    content: &Content<'_>,
    signatures: &Signatures<'_>,
) -> bool {
    let scheme = content.scheme();
    let form = if scheme.is_jws() { Form::Fixed } else { Form::Der };
    let message: Feed<'_> = &|sink| content.for_each_run(ours, &mut |run| sink(run));
    let mut room = [[0; MAX_RECEIVED]; MAX_PUBLIC_KEY_SIGNATURES];
    key.verifies(form, message, &mut signatures.decoded(scheme, ours.id, &mut room))
}

/// The digest of a token as it is received: the secret, or its spelling.
fn token(scheme: &Scheme<'_>, secret: &[u8]) -> Result<[u8; 32], KeyError> {
    if matches!(scheme.encoding, Encoding::Text) {
        return Ok(sha256(secret));
    }
    let mut memory = Zeroizing::new([0; MAX_SPELLED]);
    let length = scheme.encoding.encode(secret, &mut memory).ok_or(KeyError::MalformedSecret)?;
    Ok(sha256(memory.get(..length).unwrap_or_default()))
}

/// The only way from a secret to a branch: this one bit may be known to whoever measures time.
/// Never inlined, so that the constant-time proof can tell it from any other branch.
#[inline(never)]
pub(crate) fn reveal(bit: Choice) -> bool {
    black_box(bit).into()
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key { .. }")
    }
}

/// The tag of a content under a prepared key.
#[inline]
fn mac<M: Mac + Clone>(
    prepared: &M,
    content: &Content<'_>,
    ours: &Ours<'_>,
    hashed: &mut usize,
) -> Tag {
    let mut mac = prepared.clone();
    content.for_each_run(ours, &mut |run| {
        *hashed = hashed.saturating_add(run.len());
        mac.update(run);
    });
    Tag::of(&mac.finalize().into_bytes())
}
