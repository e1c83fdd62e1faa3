//! The facts of a row: how things are spelled, and what they are worth.

#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
use crate::public_key::Kind;
use crate::source::Source;
use crate::template::Template;

/// How a signature is spelled: one spelling each, and no other is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// Lower-case hex.
    Hex,
    /// Standard base64 with padding.
    Base64,
    /// URL-safe base64 without padding.
    Base64Url,
    /// URL-safe base64 with padding.
    Base64UrlPadded,
    /// The text itself: a shared token.
    Text,
    /// Base64 of the tag's lower-case hex digits.
    Base64OfHex,
    /// Hex in either case: for senders of which either is met.
    HexAnyCase,
    /// Lower-case hex, or standard base64 with padding: for senders of which either is told.
    HexOrBase64,
    /// A compact JWS (RFC 7515), whose last part is the tag in URL-safe base64 (feature `jwt`).
    Jws,
}

/// From the secret as the user has it to the bytes of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFormat<'a> {
    /// The secret's own bytes: nothing is trimmed or decoded.
    Text,
    /// Hex, in either case.
    Hex,
    /// Padded base64.
    Base64 {
        /// Dropped where it is there.
        prefix: &'a str,
    },
    /// The SHA-1 of the secret's own bytes (feature `sha1`).
    Sha1,
    /// The text of the delivery's time, and then the secret's own bytes.
    AfterTimestamp,
    /// A public key, as providers hand them out: 32 bytes in hex, base64 or base64url; PEM; the
    /// base64 inside of a PEM; a JWK; a certificate in PEM.
    PublicKey {
        /// Dropped where it is there.
        prefix: &'a str,
        /// What the private key begins with, for a signer: dropped where it is there.
        private_prefix: &'a str,
    },
}

impl KeyFormat<'static> {
    /// A public key without a prefix.
    pub const PUBLIC_KEY: Self = KeyFormat::PublicKey { prefix: "", private_prefix: "" };
}

/// The algorithm of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// HMAC-SHA-256.
    HmacSha256,
    /// HMAC-SHA-1 (feature `sha1`).
    HmacSha1,
    /// HMAC-SHA-384 (feature `sha512`).
    HmacSha384,
    /// HMAC-SHA-512 (feature `sha512`).
    HmacSha512,
    /// HMAC-MD5 (feature `md5`).
    HmacMd5,
    /// A plain SHA-256, over a content that holds the secret.
    Sha256,
    /// A plain SHA-1 over a content that holds the secret (feature `sha1`).
    Sha1,
    /// A plain SHA-512 over a content that holds the secret (feature `sha512`).
    Sha512,
    /// A plain MD5 over a content that holds the secret (feature `md5`).
    Md5,
    /// No signature: the secret itself is sent, and nothing is bound to it.
    Token,
    /// Ed25519 (feature `ed25519`).
    Ed25519,
    /// ECDSA over P-256 with SHA-256 (feature `ecdsa`): DER, or r and s in a JWS.
    EcdsaP256,
    /// RSA PKCS #1 v1.5 with SHA-1 (features `rsa` and `sha1`).
    RsaSha1,
    /// RSA PKCS #1 v1.5 with SHA-256 (feature `rsa`).
    RsaSha256,
    /// RSA PKCS #1 v1.5 with SHA-512 (feature `rsa`).
    RsaSha512,
}

impl Algorithm {
    /// The name as RFCs and providers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HmacSha256 => "hmac-sha256",
            Self::HmacSha1 => "hmac-sha1",
            Self::HmacSha384 => "hmac-sha384",
            Self::HmacSha512 => "hmac-sha512",
            Self::HmacMd5 => "hmac-md5",
            Self::Sha256 => "sha256",
            Self::Sha1 => "sha1",
            Self::Sha512 => "sha512",
            Self::Md5 => "md5",
            Self::Token => "shared-token",
            Self::Ed25519 => "ed25519",
            Self::EcdsaP256 => "ecdsa-p256-sha256",
            Self::RsaSha1 => "rsa-pkcs1-sha1",
            Self::RsaSha256 => "rsa-pkcs1-sha256",
            Self::RsaSha512 => "rsa-pkcs1-sha512",
        }
    }

    /// The length of a tag, in bytes. A token is compared by its SHA-256. 0: the length depends on
    /// the key, or is another from signature to signature.
    pub(crate) const fn tag_length(self) -> usize {
        match self {
            Self::HmacSha256 | Self::Sha256 | Self::Token => 32,
            Self::HmacSha1 | Self::Sha1 => 20,
            Self::HmacSha384 => 48,
            Self::HmacSha512 | Self::Sha512 | Self::Ed25519 => 64,
            Self::HmacMd5 | Self::Md5 => 16,
            Self::EcdsaP256 | Self::RsaSha1 | Self::RsaSha256 | Self::RsaSha512 => 0,
        }
    }

    /// Whether a signature is made with a private key, and checked with a public one.
    pub(crate) const fn is_public_key(self) -> bool {
        matches!(
            self,
            Self::Ed25519 | Self::EcdsaP256 | Self::RsaSha1 | Self::RsaSha256 | Self::RsaSha512
        )
    }

    /// The kind of public key that it takes.
    #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
    pub(crate) const fn kind(self) -> Option<Kind> {
        Some(match self {
            #[cfg(feature = "ed25519")]
            Self::Ed25519 => Kind::Ed25519,
            #[cfg(feature = "ecdsa")]
            Self::EcdsaP256 => Kind::EcdsaP256,
            #[cfg(all(feature = "rsa", feature = "sha1"))]
            Self::RsaSha1 => Kind::RsaSha1,
            #[cfg(feature = "rsa")]
            Self::RsaSha256 => Kind::RsaSha256,
            #[cfg(feature = "rsa")]
            Self::RsaSha512 => Kind::RsaSha512,
            _ => return None,
        })
    }

    /// The kind of private key that signs for it.
    #[cfg(any(feature = "ed25519", feature = "ecdsa"))]
    pub(crate) const fn signing_kind(self) -> Option<Kind> {
        match self {
            Self::Ed25519 | Self::EcdsaP256 => self.kind(),
            _ => None,
        }
    }

    /// Its name in the header of a JWS.
    pub(crate) const fn jws_name(self) -> Option<&'static str> {
        Some(match self {
            Self::HmacSha256 => "HS256",
            Self::HmacSha384 => "HS384",
            Self::HmacSha512 => "HS512",
            Self::EcdsaP256 => "ES256",
            Self::Ed25519 => "EdDSA",
            Self::RsaSha256 => "RS256",
            Self::RsaSha512 => "RS512",
            _ => return None,
        })
    }

    /// Whether it is a plain hash, which needs the secret in what is hashed.
    pub(crate) const fn is_plain_hash(self) -> bool {
        matches!(self, Self::Sha256 | Self::Sha1 | Self::Sha512 | Self::Md5)
    }

    pub(crate) const fn enabled(self) -> bool {
        match self {
            Self::HmacSha256 | Self::Sha256 | Self::Token => true,
            Self::HmacSha1 | Self::Sha1 => cfg!(feature = "sha1"),
            Self::HmacSha384 | Self::HmacSha512 | Self::Sha512 => cfg!(feature = "sha512"),
            Self::HmacMd5 | Self::Md5 => cfg!(feature = "md5"),
            Self::Ed25519 => cfg!(feature = "ed25519"),
            Self::EcdsaP256 => cfg!(feature = "ecdsa"),
            Self::RsaSha1 => cfg!(all(feature = "rsa", feature = "sha1")),
            Self::RsaSha256 | Self::RsaSha512 => cfg!(feature = "rsa"),
        }
    }
}

/// How a time is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Clock {
    /// Unix time in seconds: exactly 10 digits, the first not 0.
    Seconds,
    /// Unix time in milliseconds: exactly 13 digits, the first not 0.
    Millis,
    /// RFC 3339: `YYYY-MM-DDThh:mm:ss`, 0 to 9 digits of a fraction, `Z` or `±hh:mm`.
    Rfc3339,
    /// The same, with an offset that may lack its colon (`+0000`) or be missing: then it is UTC.
    Iso8601,
    /// Unix time in seconds or in milliseconds, told apart by the number of digits.
    SecondsOrMillis,
    /// An HTTP date (IMF-fixdate of RFC 9110): `Sun, 06 Nov 1994 08:49:37 GMT`.
    HttpDate,
    /// Unix time in seconds from which on the delivery is no longer good: the window's past is a
    /// grace after it, and it has no future.
    Expiry,
}

/// The time of a delivery, and its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp<'a> {
    /// Where it is.
    pub source: Source<'a>,
    /// How it is spelled.
    pub clock: Clock,
    /// Seconds that it may lie in the past.
    pub past: u32,
    /// Seconds that it may lie in the future.
    pub future: u32,
}

impl<'a> Timestamp<'a> {
    /// A time with the default window: 300 seconds both ways.
    #[must_use]
    pub const fn new(clock: Clock, source: Source<'a>) -> Self {
        Timestamp { source, clock, past: 300, future: 300 }
    }

    /// Another window, in seconds.
    #[must_use]
    pub const fn window(self, past: u32, future: u32) -> Self {
        Timestamp { past, future, ..self }
    }
}

/// A time in Unix seconds.
#[must_use]
pub const fn seconds(source: Source<'_>) -> Timestamp<'_> {
    Timestamp::new(Clock::Seconds, source)
}

/// A time in Unix milliseconds.
#[must_use]
pub const fn millis(source: Source<'_>) -> Timestamp<'_> {
    Timestamp::new(Clock::Millis, source)
}

/// A time as RFC 3339 writes it.
#[must_use]
pub const fn rfc3339(source: Source<'_>) -> Timestamp<'_> {
    Timestamp::new(Clock::Rfc3339, source)
}

/// A time in Unix seconds from which on the delivery is no longer good, with no grace. The window's
/// future is the allowance for a `nbf` beside it.
#[must_use]
pub const fn expiry(source: Source<'_>) -> Timestamp<'_> {
    Timestamp::new(Clock::Expiry, source).window(0, 300)
}

/// A condition beside the signature: *this value equals these bytes*. It is what binds a body to a
/// JWT, or to a signed URL.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a> {
    /// Where the value is.
    pub source: Source<'a>,
    /// What it must be.
    pub equals: Template<'a>,
    /// When it is checked.
    pub when: When,
}

/// When a [`Check`] is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always: a delivery without the value is refused.
    Always,
    /// Where there is a body; where there is none, the value must be absent.
    WithBody,
    /// Where the value is there.
    IfPresent,
}

/// A condition that always holds for a genuine delivery.
#[must_use]
pub const fn check<'a>(source: Source<'a>, equals: Template<'a>) -> Check<'a> {
    Check { source, equals, when: When::Always }
}

impl Check<'_> {
    /// The value is there exactly when the body is not empty.
    #[must_use]
    pub const fn with_body(self) -> Self {
        Check { when: When::WithBody, ..self }
    }

    /// The value may be absent. Only for a value that is signed itself: else whoever takes it away
    /// takes the condition away.
    #[must_use]
    pub const fn if_present(self) -> Self {
        Check { when: When::IfPresent, ..self }
    }
}

/// A weakness that a row admits, because its provider signs so. A row that has one without saying
/// so is refused by [`Scheme::check`](crate::Scheme::check).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// The signature does not cover all of the body.
    BodyUnsigned,
    /// Values run together in what is signed: some bytes could move from one to its neighbour.
    LooseJoins,
    /// So do the names and values of a form: which byte belongs to which field is not bound, nor,
    /// with `{form}`, how often a field is there.
    LooseFields,
}

/// The id of an event, and what it is worth for telling a retry from a new event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId<'a> {
    /// Where it is.
    pub source: Source<'a>,
    /// What it names.
    pub names: Identity,
}

/// What an event id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// One event: confirmed to be unique, and the same on every retry.
    Event,
    /// One attempt to deliver: a retry has another.
    Attempt,
    /// Not confirmed by the provider's text or code.
    Unconfirmed,
}

/// An id that is confirmed to be unique per event, and the same on every retry.
#[must_use]
pub const fn event(source: Source<'_>) -> EventId<'_> {
    EventId { source, names: Identity::Event }
}

/// An id of the attempt: a retry has another.
#[must_use]
pub const fn attempt(source: Source<'_>) -> EventId<'_> {
    EventId { source, names: Identity::Attempt }
}

/// An id of which it is not confirmed what it names.
#[must_use]
pub const fn unconfirmed(source: Source<'_>) -> EventId<'_> {
    EventId { source, names: Identity::Unconfirmed }
}

/// What a retry of a delivery looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It has a new time and so a new signature.
    Resigned,
    /// It repeats the signed bytes of the first attempt.
    Repeated,
    /// Not known.
    Unknown,
}

/// How well the facts of a row are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// The provider's own code was read, often run.
    Sdk,
    /// The provider's text was read.
    Docs,
    /// Independent code agrees.
    ThirdParty,
    /// The row is a user's own.
    Custom,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_has_the_algorithms_of_its_features() {
        assert!(Algorithm::HmacSha256.enabled() && Algorithm::Token.enabled());
        assert_eq!(Algorithm::HmacSha1.enabled(), cfg!(feature = "sha1"));
        assert_eq!(Algorithm::HmacSha384.enabled(), cfg!(feature = "sha512"));
        assert_eq!(Algorithm::HmacSha512.enabled(), cfg!(feature = "sha512"));
    }
}
