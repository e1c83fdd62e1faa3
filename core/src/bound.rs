//! What a scheme binds: what of a delivery nobody can change who does not know the secret.

use crate::facts::{Algorithm, Clock, Encoding, KeyFormat, Timestamp, Weakness, When};
use crate::handshake::Proof;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::template::Binds;
use crate::word::Word;

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
    /// All of it. Of a form that is signed field by field: all that it says, and not how that is
    /// spelled. Of JSON that is signed without its blanks: all but these.
    Whole,
    /// The fields that the scheme names, and no other.
    Fields,
    /// A checksum of it: whoever wants to can write another body with the same one.
    Checksum,
    /// Nothing of it.
    Nothing,
}

impl Coverage {
    /// Whether the body can say nothing else. Where its bytes are signed, or a hash of them, none
    /// can be another one; for forms and for JSON without its blanks see [`Whole`](Self::Whole),
    /// and for forms [`Weakness::LooseFields`] too.
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

    /// Whether scheme and host of the URL are part of what is signed, compared or proved, in
    /// deliveries or in handshakes. A request cannot tell them of itself: they are to be given.
    ///
    /// ```
    /// use hookseal::{Scheme, providers};
    /// assert!(providers::TWILIO.names_origin() && !providers::STRIPE.names_origin());
    /// let proved = Scheme { handshakes: &[providers::handshakes::EBAY], ..Scheme::BASE };
    /// assert!(proved.names_origin());
    /// ```
    #[must_use]
    pub fn names_origin(&self) -> bool {
        let proofs = self.handshakes.iter().filter_map(|it| match it.proof {
            Proof::Sha256(template) => Some(template),
            _ => None,
        });
        let compared = self.checks.iter().map(|check| check.equals);
        proofs.chain(compared).chain([self.signed]).any(|it| it.binds().url)
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
