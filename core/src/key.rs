//! Keys and tags: with `digest.rs`, the only file that names a cryptographic crate of the default
//! build.

use core::fmt;
use core::hint::black_box;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
#[cfg(feature = "sha512")]
use sha2::{Sha384, Sha512};
use subtle::{Choice, ConstantTimeEq, ConstantTimeLess};
use zeroize::Zeroizing;

use crate::content::{Content, Ours};
use crate::digest::{Feed, digest_md5, digest_sha1, digest_sha256, digest_sha512, sha256};
use crate::encoding::{MAX_KEY, MAX_SPELLED};
use crate::error::{KeyError, SchemeError, SetupError};
use crate::facts::{Algorithm, Encoding, KeyFormat};
#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
use crate::public_key::{Form, PublicKey};
use crate::scheme::Scheme;
use crate::signatures::Signatures;
use crate::spelled::Spelled;
use crate::word::Word;
#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
use crate::{encoding::MAX_RECEIVED, signatures::MAX_PUBLIC_KEY_SIGNATURES};

/// Shortest key that is taken without the override by name: 128 bits.
const MIN_KEY: usize = 16;

/// HMAC pads a key with zeros, so zeros at its end add nothing. A random key of 16 bytes has five
/// of them once in 2^40.
const MIN_SIGNIFICANT: u64 = 12;

/// Longest tag: HMAC-SHA-512.
pub(crate) const MAX_TAG: usize = 64;

/// Longest secret that is kept as it is, where no hash state can be prepared.
const MAX_KEPT: usize = 160;

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

/// A secret as it is.
pub(crate) struct Kept {
    algorithm: Algorithm,
    length: u8,
    bytes: Zeroizing<[u8; MAX_KEPT]>,
}

impl Kept {
    fn new(algorithm: Algorithm, key: &[u8]) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; MAX_KEPT]);
        bytes.get_mut(..key.len())?.copy_from_slice(key);
        Some(Kept { algorithm, length: u8::try_from(key.len()).ok()?, bytes })
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
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
        let significant = significant(key);
        if reveal(significant.ct_eq(&0)) {
            return Err(KeyError::EmptySecret.into());
        }
        let short = key.len() < MIN_KEY || reveal(significant.ct_lt(&MIN_SIGNIFICANT));
        if short && weak == Weak::Refuse {
            return Err(KeyError::WeakSecret.into());
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
        hashed: &mut impl FnMut(usize),
    ) -> bool {
        #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
        if let Self::Public(key) = self {
            return public(key, ours, content, signatures);
        }
        signatures.include(content.scheme(), ours.id, &self.tag(content, ours, hashed))
    }

    /// The tag of a content under this key, whose id is given. `hashed` is told the length of
    /// every run.
    pub(crate) fn tag(
        &self,
        content: &Content<'_>,
        ours: &Ours<'_>,
        hashed: &mut impl FnMut(usize),
    ) -> Tag {
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

impl Kept {
    /// The tag of a content that holds the secret, or whose key is made of the delivery's time
    /// and the secret.
    #[inline(never)] // no weight on the walk of other schemes
    fn tag(&self, content: &Content<'_>, ours: &Ours<'_>, hashed: &mut impl FnMut(usize)) -> Tag {
        let ours = &Ours { secret: self.bytes(), ..*ours };
        content.for_each_run(ours, &mut |run| hashed(run.len()));
        let feed: Feed<'_> = &|sink| content.for_each_run(ours, &mut |run| sink(run));
        let digested = match self.algorithm {
            Algorithm::Sha256 => digest_sha256(feed),
            Algorithm::Sha1 => digest_sha1(feed),
            Algorithm::Sha512 => digest_sha512(feed),
            Algorithm::Md5 => digest_md5(feed),
            keyed => return self.mac(keyed, content, ours),
        };
        Tag::of(digested.bytes())
    }

    fn mac(&self, algorithm: Algorithm, content: &Content<'_>, ours: &Ours<'_>) -> Tag {
        let mut key = Zeroizing::new([0; MAX_TIME_KEY]);
        let key = match content.scheme().key {
            KeyFormat::AfterTimestamp => {
                let time = content.timestamp();
                let whole = time.as_bytes().unwrap_or_default().iter().chain(self.bytes());
                let length = key.iter_mut().zip(whole).map(|(to, from)| *to = *from).count();
                key.get(..length).unwrap_or_default()
            }
            _ => self.bytes(),
        };
        // A key of this algorithm was never made where this build leaves the algorithm out.
        let prepared = Key::prepare(algorithm, key).ok();
        prepared.map_or_else(
            || Tag::of(b""),
            |key| match key {
                Key::HmacSha256(prepared, _) => mac(&prepared, content, ours, &mut |_| {}),
                #[cfg(feature = "sha1")]
                Key::HmacSha1(prepared, _) => mac(&prepared, content, ours, &mut |_| {}),
                #[cfg(feature = "sha512")]
                Key::HmacSha512(prepared, _) => mac(&prepared, content, ours, &mut |_| {}),
                _ => Tag::of(b""),
            },
        )
    }
}

/// Longest key that is made of a time and a secret.
const MAX_TIME_KEY: usize = MAX_KEPT + 32;

/// The digest of a token as it is received: the secret, or its spelling.
fn token(scheme: &Scheme<'_>, secret: &[u8]) -> Result<[u8; 32], KeyError> {
    if matches!(scheme.encoding, Encoding::Text) {
        return Ok(sha256(secret));
    }
    let mut memory = Zeroizing::new([0; MAX_SPELLED]);
    let length = scheme.encoding.encode(secret, &mut memory).ok_or(KeyError::MalformedSecret)?;
    Ok(sha256(memory.get(..length).unwrap_or_default()))
}

/// The two halves of a secret: the public one, and the key. A secret of a scheme without key ids is
/// all key. Where the key is a public one, which may hold the byte itself, the id ends at its first.
pub(crate) fn halves<'k>(
    scheme: &Scheme<'_>,
    secret: &'k [u8],
) -> Result<(Spelled<MAX_KEY_ID>, &'k [u8]), KeyError> {
    let Some(mark) = scheme.key_id else { return Ok((Spelled::EMPTY, secret)) };
    let is_mark = |byte: &u8| *byte == mark;
    let at = if scheme.algorithm.is_public_key() {
        secret.iter().position(is_mark)
    } else {
        secret.iter().rposition(is_mark)
    };
    let (id, key) = match at.and_then(|at| secret.split_at_checked(at)) {
        Some((id, key)) => (id, key.get(1..).unwrap_or_default()),
        None if scheme.names_key_id() => return Err(KeyError::MalformedSecret),
        None => (&b""[..], secret),
    };
    let spelled = Spelled::by(|memory| {
        memory.get_mut(..id.len())?.copy_from_slice(id);
        Some(id.len())
    });
    let fits = spelled.bytes().len() == id.len() && !(id.is_empty() && scheme.names_key_id());
    if fits { Ok((spelled, key)) } else { Err(KeyError::MalformedSecret) }
}

/// Longest public half of a secret.
pub(crate) const MAX_KEY_ID: usize = 128;

impl Scheme<'_> {
    /// Whether a signature, what is signed, or a condition names the public half of the secret.
    fn names_key_id(&self) -> bool {
        self.signature.key_mark.is_some()
            || self.signed.has(Word::KeyId)
            || self.checks.iter().any(|it| it.equals.has(Word::KeyId))
    }

    /// Whether a verifier keeps the secret itself: a plain hash is taken over it, a MAC over a
    /// content that holds it, or under a key that the delivery's time is part of.
    const fn keeps_secret(&self) -> bool {
        !self.is_token()
            && (self.signed.has(Word::Secret) || matches!(self.key, KeyFormat::AfterTimestamp))
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

fn mac<M: Mac + Clone>(
    prepared: &M,
    content: &Content<'_>,
    ours: &Ours<'_>,
    hashed: &mut impl FnMut(usize),
) -> Tag {
    let mut mac = prepared.clone();
    content.for_each_run(ours, &mut |run| {
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
    pub(crate) fn spell(&self, encoding: Encoding) -> Spelled<MAX_SPELLED> {
        let tag = self.bytes.get(..self.length).unwrap_or_default();
        Spelled::by(|memory| encoding.encode(tag, memory))
    }
}
