//! How one provider signs its deliveries: a row of facts. Nothing here runs.

use crate::facts::{
    Algorithm, Check, Clock, Confidence, Encoding, EventId, KeyFormat, Retry, Timestamp, Weakness,
    When,
};
use crate::handshake::Handshake;
use crate::source::{Place, Source, header};
use crate::template;
use crate::template::{Binds, Template};
use crate::word::Word;

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
    /// What must hold beside the signature.
    pub checks: &'a [Check<'a>],
    /// The list of the headers that are signed, where the delivery names them.
    pub signed_headers: Option<Source<'a>>,
    /// How the secret becomes a key.
    pub key: KeyFormat<'a>,
    /// The byte that parts a secret of two halves, `id:key`; a secret without it is all key.
    pub key_id: Option<u8>,
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
    /// What is weak about the scheme itself.
    pub admits: &'a [Weakness],
    /// How the provider makes sure of an endpoint, and what it wants for an answer.
    pub handshakes: &'a [Handshake<'a>],
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
        checks: &[],
        signed_headers: None,
        key: KeyFormat::Text,
        key_id: None,
        algorithm: Algorithm::HmacSha256,
        timestamp: None,
        event_id: None,
        event_type: None,
        retry: Retry::Unknown,
        admits: &[],
        handshakes: &[],
        confidence: Confidence::Custom,
        source: "",
    };
}

/// What a scheme's signature covers. What is not bound can be changed by whoever sees a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// How much of the body.
    pub body: Coverage,
    /// The event id.
    pub event_id: bool,
    /// The time: without it an old delivery can be sent again at any time.
    pub timestamp: bool,
    /// The URL.
    pub url: bool,
    /// The HTTP method.
    pub method: bool,
}

/// How much of the body a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// All of it.
    Whole,
    /// The fields that the scheme names, and no other.
    Fields,
    /// A checksum of it: whoever wants to can write another body with the same one.
    Checksum,
    /// Nothing of it.
    Nothing,
}

impl Coverage {
    /// Whether no byte of the body can be another one.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Whole)
    }

    /// One word for lists and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Fields => "fields",
            Self::Checksum => "checksum",
            Self::Nothing => "nothing",
        }
    }
}

impl<'a> Scheme<'a> {
    /// What the signature covers.
    #[must_use]
    pub const fn bound(&self) -> Bound {
        let signed = self.signed.binds();
        let checked = self.checked();
        let whole = signed.body || checked.body || self.is_signature();
        let body = if self.is_token() {
            Coverage::Nothing
        } else if whole {
            Coverage::Whole
        } else if signed.checksum {
            Coverage::Checksum
        } else if signed.fields || self.signs_a_field() {
            Coverage::Fields
        } else {
            Coverage::Nothing
        };
        Bound {
            body,
            event_id: match &self.event_id {
                Some(id) => self.signed.has(Word::EventId) || self.covers(&id.source, whole),
                None => false,
            },
            timestamp: match &self.timestamp {
                Some(time) => {
                    self.signs_time()
                        || self.covers(&time.source, whole)
                        || self.lists(&time.source)
                }
                None => false,
            },
            url: signed.url || checked.url,
            method: signed.method,
        }
    }

    /// Whether the time is part of what is signed, or of the key.
    const fn signs_time(&self) -> bool {
        self.signed.has(Word::Timestamp) || matches!(self.key, KeyFormat::AfterTimestamp)
    }

    /// Whether a value is signed by being where it is.
    const fn covers(&self, source: &Source<'_>, whole_body: bool) -> bool {
        (whole_body && source.is_in_body()) || matches!(source.place, Place::Claim)
    }

    /// Whether a value is a header on the list of those that are signed. That the list names the
    /// time is asked of every delivery.
    const fn lists(&self, source: &Source<'_>) -> bool {
        let signs_listed =
            self.signed.has(Word::HeaderValues) || self.signed.has(Word::HeaderLines);
        signs_listed && matches!(source.place, Place::Header)
    }

    /// Whether the value of a condition is signed itself, in a scheme that signs the URL or not.
    pub(crate) const fn signs(&self, source: &Source<'_>, signs_url: bool) -> bool {
        match source.place {
            Place::Header => self.signed.names_header(source.name),
            _ => source.is_signed(signs_url),
        }
    }

    /// Whether the time or the id that the template names is a field of the body.
    const fn signs_a_field(&self) -> bool {
        let id = match &self.event_id {
            Some(id) => self.signed.has(Word::EventId) && id.source.is_in_body(),
            None => false,
        };
        let time = match &self.timestamp {
            Some(time) => self.signed.has(Word::Timestamp) && time.source.is_in_body(),
            None => false,
        };
        id || time
    }

    /// Whether the body is the signature, and nothing but it.
    const fn is_signature(&self) -> bool {
        matches!(self.signature.place, Place::Body) && self.signature.split.is_empty()
    }

    /// What the conditions bind: those whose value is signed itself, and cannot be absent.
    const fn checked(&self) -> Binds {
        let url = self.signed.binds().url;
        let mut binds = Binds::NOTHING;
        let mut rest = self.checks;
        while let [check, tail @ ..] = rest {
            let is_needed = !matches!(check.when, When::IfPresent);
            if is_needed && self.signs(&check.source, url) {
                binds = binds.and(check.equals.binds());
            }
            rest = tail;
        }
        binds
    }

    /// Whether the row admits a weakness.
    #[must_use]
    pub const fn admits(&self, weakness: Weakness) -> bool {
        let mut rest = self.admits;
        while let [one, tail @ ..] = rest {
            if matches!(
                (one, weakness),
                (Weakness::BodyUnsigned, Weakness::BodyUnsigned)
                    | (Weakness::LooseJoins, Weakness::LooseJoins)
                    | (Weakness::LooseFields, Weakness::LooseFields)
            ) {
                return true;
            }
            rest = tail;
        }
        false
    }

    /// Whether the time is written as RFC 3339 does.
    pub(crate) const fn has_written_time(&self) -> bool {
        matches!(self.timestamp, Some(Timestamp { clock: Clock::Rfc3339 | Clock::Iso8601, .. }))
    }

    /// Whether the event id stands in the signed content by itself.
    pub(crate) const fn signs_event_id(&self) -> bool {
        self.signed.has(Word::EventId)
    }

    pub(crate) const fn is_token(&self) -> bool {
        matches!(self.algorithm, Algorithm::Token)
    }

    pub(crate) const fn is_jws(&self) -> bool {
        matches!(self.encoding, Encoding::Jws)
    }
}
