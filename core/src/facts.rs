//! The facts of a row: how things are spelled, and what they are worth.

#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
use crate::public_key::Kind;
use crate::source::Source;
use crate::template::Template;
pub use crate::vocabulary::{
    Algorithm, Clock, Confidence, Encoding, Identity, KeySpelling, Retry, Weakness, When,
};

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

impl Algorithm {
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

    /// A time with the window that is usual for its clock.
    pub(crate) const fn of(clock: Clock, source: Source<'a>) -> Self {
        let time = Self::new(clock, source);
        match clock {
            Clock::Expiry => time.window(0, 300),
            _ => time,
        }
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
    Timestamp::of(Clock::Expiry, source)
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

/// The id of an event, and what it is worth for telling a retry from a new event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId<'a> {
    /// Where it is.
    pub source: Source<'a>,
    /// What it names.
    pub names: Identity,
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
