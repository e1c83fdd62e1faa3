//! The facts of a row: how things are spelled, and what they are worth.

use crate::source::Source;

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
    /// No signature: the secret itself is sent, and nothing is bound to it.
    Token,
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
            Self::Token => "shared-token",
        }
    }

    /// The length of a tag, in bytes. A token is compared by its SHA-256.
    pub(crate) const fn tag_length(self) -> usize {
        match self {
            Self::HmacSha256 | Self::Token => 32,
            Self::HmacSha1 => 20,
            Self::HmacSha384 => 48,
            Self::HmacSha512 => 64,
        }
    }

    pub(crate) const fn enabled(self) -> bool {
        match self {
            Self::HmacSha256 | Self::Token => true,
            Self::HmacSha1 => cfg!(feature = "sha1"),
            Self::HmacSha384 | Self::HmacSha512 => cfg!(feature = "sha512"),
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
