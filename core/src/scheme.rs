//! How one provider signs its deliveries: a row of facts. Nothing here runs.

use crate::error::SchemeError;
use crate::facts::{Algorithm, Clock, Confidence, Encoding, EventId, KeyFormat, Retry, Timestamp};
use crate::source::{Source, header};
use crate::template;
use crate::template::Template;
use crate::word::{Part, Word};

/// One way to sign deliveries, as data. [`providers`](crate::providers) has a row per provider;
/// your own is the same kind of row:
///
/// ```
/// use hookseal::{Scheme, Verifier, header, seconds, template};
///
/// const ACME: Scheme = Scheme {
///     name: "acme",
///     signature: header("acme-signature").item(",", "v1="),
///     timestamp: Some(seconds(header("acme-signature").item(",", "t="))),
///     signed: template!("{timestamp}.{body}"),
///     ..Scheme::BASE
/// };
/// const _: () = assert!(ACME.check().is_ok());
/// let verifier = Verifier::new(&ACME, "a secret of at least 16 bytes");
/// # verifier.unwrap();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scheme<'a> {
    /// The name: in lists, logs, vectors and the replay key.
    pub name: &'a str,
    /// Where the signatures are.
    pub signature: Source<'a>,
    /// How a signature is spelled.
    pub encoding: Encoding,
    /// The bytes that are signed.
    pub signed: Template<'a>,
    /// How the secret becomes a key.
    pub key: KeyFormat<'a>,
    /// The algorithm of the signature.
    pub algorithm: Algorithm,
    /// The time of the delivery, where the signature covers one.
    pub timestamp: Option<Timestamp<'a>>,
    /// The id of the event, and what it is worth.
    pub event_id: Option<EventId<'a>>,
    /// The type of the event.
    pub event_type: Option<Source<'a>>,
    /// What a retry of a delivery looks like.
    pub retry: Retry,
    /// How well the facts of this row are known.
    pub confidence: Confidence,
    /// Where the facts of this row were read.
    pub source: &'a str,
}

impl Scheme<'static> {
    /// The commonest scheme, to start a row from: one header that holds the lower-case hex
    /// HMAC-SHA-256 of the body under the secret's own bytes.
    pub const BASE: Self = Scheme {
        name: "",
        signature: header(""),
        encoding: Encoding::Hex,
        signed: template!("{body}"),
        key: KeyFormat::Text,
        algorithm: Algorithm::HmacSha256,
        timestamp: None,
        event_id: None,
        event_type: None,
        retry: Retry::Unknown,
        confidence: Confidence::Custom,
        source: "",
    };
}

/// What a scheme's signature covers. What is not bound can be changed by whoever sees a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The whole body.
    pub body: bool,
    /// The event id.
    pub event_id: bool,
    /// The time: without it an old delivery can be sent again at any time.
    pub timestamp: bool,
    /// The URL.
    pub url: bool,
    /// The HTTP method.
    pub method: bool,
}

impl<'a> Scheme<'a> {
    /// What the signature covers.
    #[must_use]
    pub const fn bound(&self) -> Bound {
        let body = self.signed.has(Word::Body);
        Bound {
            body,
            event_id: match &self.event_id {
                Some(id) => self.signed.has(Word::EventId) || (body && id.source.is_in_body()),
                None => false,
            },
            timestamp: match &self.timestamp {
                Some(time) => {
                    self.signed.has(Word::Timestamp) || (body && time.source.is_in_body())
                }
                None => false,
            },
            url: self.signed.has(Word::Url) || self.signed.has(Word::UrlUnescaped),
            method: self.signed.has(Word::Method),
        }
    }

    /// Whether the row holds together. Const: `const _: () = assert!(ROW.check().is_ok());`
    ///
    /// # Errors
    /// The first rule that the row breaks.
    pub const fn check(&self) -> Result<(), SchemeError> {
        let uses_id = self.signed.has(Word::EventId);
        let uses_time = self.signed.has(Word::Timestamp);
        if self.signature.name.is_empty()
            || (uses_id && self.event_id.is_none())
            || (uses_time && self.timestamp.is_none())
        {
            return Err(SchemeError::MissingSource);
        }
        if !self.algorithm.enabled() {
            return Err(SchemeError::AlgorithmDisabled);
        }
        if self.is_token() || self.signed.has(Word::Secret) || self.is_text() {
            return self.check_token();
        }
        let bound = self.bound();
        if !bound.body {
            return Err(SchemeError::ContentUnsigned);
        }
        if let Some(time) = &self.timestamp {
            if !bound.timestamp {
                return Err(SchemeError::TimestampUnsigned);
            }
            if time.past == 0 || time.future == 0 {
                return Err(SchemeError::InvalidTolerance);
            }
        }
        self.check_joins()
    }

    /// A token is the secret as text, and nothing else: no time of it could be trusted.
    const fn check_token(&self) -> Result<(), SchemeError> {
        let only_secret = matches!(self.signed.parts(), [part] if part.word.is(Word::Secret));
        if !(self.is_token() && self.is_text() && only_secret) {
            Err(SchemeError::ContentUnsigned)
        } else if self.timestamp.is_some() {
            Err(SchemeError::TimestampUnsigned)
        } else {
            Ok(())
        }
    }

    /// One body; and a value of any form that is not the last of them is followed by a literal, or
    /// by a time as RFC 3339 writes it: both are refused inside the value (see `Content`). What has
    /// a fixed width, or is the receiver's own configuration, parts nothing: it could be quoted in
    /// what follows.
    const fn check_joins(&self) -> Result<(), SchemeError> {
        let mut rest = self.signed.parts();
        let (mut bodies, mut open, mut exposed): (u32, bool, bool) = (0, false, false);
        while let [Part { word, .. }, tail @ ..] = rest {
            let parts_values =
                word.is(Word::Literal) || (word.is(Word::Timestamp) && self.has_written_time());
            exposed = exposed || (open && !parts_values);
            open = word.is_open();
            if open && exposed {
                return Err(SchemeError::AmbiguousJoin);
            }
            if word.is(Word::Body) {
                bodies = bodies.saturating_add(1);
            }
            rest = tail;
        }
        if bodies == 1 { Ok(()) } else { Err(SchemeError::AmbiguousJoin) }
    }

    /// Whether the time is written as RFC 3339 does.
    pub(crate) const fn has_written_time(&self) -> bool {
        matches!(self.timestamp, Some(Timestamp { clock: Clock::Rfc3339, .. }))
    }

    /// Whether the event id stands in the signed content by itself.
    pub(crate) const fn signs_event_id(&self) -> bool {
        self.signed.has(Word::EventId)
    }

    pub(crate) const fn is_token(&self) -> bool {
        matches!(self.algorithm, Algorithm::Token)
    }

    const fn is_text(&self) -> bool {
        matches!(self.encoding, Encoding::Text)
    }
}
