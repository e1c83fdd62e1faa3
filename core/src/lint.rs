//! What is weak about a row that holds together: one list of codes, severities and sentences.

use core::fmt;

use crate::bound::Coverage;
use crate::facts::{Algorithm, Clock, Identity, Retry, Timestamp, Weakness};
use crate::handshake::{Guard, Proof, Purpose};
use crate::scheme::Scheme;
use crate::template::Template;
use crate::word::{Hash, Part, Word};

/// Makes the enum of findings from the list of its variants, codes, severities and sentences.
macro_rules! findings {
    ($($variant:ident $code:literal $severity:ident $text:literal)+) => {
        /// What is weak about a scheme, or worth to know before it is used: see [`Scheme::lint`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Finding {
            $(#[doc = concat!("`", $code, "`: ", $text)] $variant,)+
        }

        impl Finding {
            /// Every finding there can be: what the signature covers, then how it is made.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The frozen code, in snake_case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// Whether it weakens what a verified delivery says.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// One sentence.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}

findings! {
    TokenBindsNothing "token_binds_nothing" Weak "a shared token covers nothing: whoever has seen one delivery can write any other"
    BodyUnsigned "body_unsigned" Weak "no byte of the body is signed: anyone on the way can write another"
    ClaimsOnly "claims_only" Weak "only the claims of the JWS are signed: without a check of the body's hash the body can be any other"
    FieldsOnly "fields_only" Weak "only some fields of the body are signed: all others can be changed"
    ChecksumOnly "checksum_only" Weak "only a checksum of the body is signed: another body with the same one is easy to write"
    NoTime "no_time" Weak "no time is signed: an old delivery verifies for ever"
    WideWindow "wide_window" Weak "the window of the time is wider than an hour: so long a delivery can be sent again"
    EventIdUnsigned "event_id_unsigned" Weak "the event id is not signed: a delivery can be sent again under another id"
    LooseJoins "loose_joins" Weak "values run together in what is signed: bytes can move from one to its neighbour"
    LooseFields "loose_fields" Weak "names and values of a form run together in what is signed: bytes can move between fields"
    TouchingTime "touching_time" Weak "a time of no fixed width touches a value: digits can move from one to the other"
    LengthExtension "length_extension" Weak "a plain hash does not end in the secret: whoever sees one delivery can sign a longer one"
    WeakHash "weak_hash" Weak "a SHA-1 or MD5 without a MAC stands for what is signed: two contents with one hash can be made"
    Md5 "md5" Weak "HMAC-MD5 rests on a broken hash"
    UnsignedCheck "unsigned_check" Weak "a check reads a value that is not signed: whoever can change a delivery can make it hold"
    PlainHash "plain_hash" Note "a plain hash stands in for a MAC: two contents with one hash have one signature"
    Sha1 "sha1" Note "HMAC-SHA-1 has no known attack, but a new scheme should not be built on it"
    NoEventId "no_event_id" Note "there is no event id: only a delivery with the same bytes is known to have come before"
    EventIdAttempt "event_id_attempt" Note "the event id names an attempt: a retry looks like a new event"
    EventIdUnconfirmed "event_id_unconfirmed" Note "it is not confirmed that the event id names one event over all its retries"
    RetriesExpire "retries_expire" Note "a retry repeats the signed time: one that comes after the window is refused"
    HandshakeMac "handshake_mac" Note "a handshake makes MACs of what anyone may ask: no verifier of another make may have this secret"
    HandshakeKey "handshake_key" Note "the secret comes in a request that nobody has signed: take it only while the endpoint is set up"
    NeedlessAdmission "needless_admission" Note "the scheme admits a weakness that it does not have"
    UrlUnsigned "url_unsigned" Note "the URL is not signed: a delivery to one endpoint verifies at another with the same secret"
    MethodUnsigned "method_unsigned" Note "the HTTP method is not signed"
}

/// How much a [`Finding`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// A verified delivery says less than one would think.
    Weak,
    /// Worth to know.
    Note,
}

impl Severity {
    /// One word for lists and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

/// A window wider than this is found, in seconds.
const HOUR: u32 = 3600;

impl Scheme<'_> {
    /// What is weak about the row, the gravest first; of a row that [holds
    /// together](Self::check), or it says little. A finding is no error: many providers sign so.
    ///
    /// ```
    /// use hookseal::{Finding, Severity, providers};
    ///
    /// let weak: Vec<&str> = providers::GITHUB
    ///     .lint()
    ///     .filter(|finding| finding.severity() == Severity::Weak)
    ///     .map(Finding::code)
    ///     .collect();
    /// assert_eq!(weak, ["no_time", "event_id_unsigned"]);
    /// ```
    pub fn lint(&self) -> impl Iterator<Item = Finding> {
        Finding::ALL.iter().copied().filter(|finding| self.has(*finding))
    }

    fn has(&self, finding: Finding) -> bool {
        let bound = self.bound();
        let signs = !self.is_token();
        let covers = |coverage| signs && bound.body == coverage;
        match finding {
            Finding::TokenBindsNothing => self.is_token(),
            Finding::BodyUnsigned => covers(Coverage::Nothing) && !self.is_jws(),
            Finding::ClaimsOnly => covers(Coverage::Nothing) && self.is_jws(),
            Finding::FieldsOnly => covers(Coverage::Fields),
            Finding::ChecksumOnly => covers(Coverage::Checksum),
            Finding::NoTime => signs && self.timestamp.is_none(),
            Finding::WideWindow => {
                self.timestamp.is_some_and(|time| time.past > HOUR || time.future > HOUR)
            }
            Finding::EventIdUnsigned => signs && self.event_id.is_some() && !bound.event_id,
            Finding::LooseJoins => self.has_loose_joins(),
            Finding::LooseFields => self.has_loose_fields(),
            Finding::TouchingTime => self.has_touching_time(),
            Finding::LengthExtension => {
                let ends_in_secret = self.signed.parts().last().is_some_and(is_secret);
                self.algorithm.is_plain_hash() && !ends_in_secret
            }
            Finding::WeakHash => self.has_weak_hash(),
            Finding::Md5 => self.algorithm == Algorithm::HmacMd5,
            Finding::UnsignedCheck => self.checks.iter().any(|check| {
                let in_body = check.source.is_in_body() && bound.body == Coverage::Whole;
                !self.signs(&check.source, bound.url) && !in_body
            }),
            Finding::PlainHash => self.algorithm.is_plain_hash(),
            Finding::Sha1 => self.algorithm == Algorithm::HmacSha1,
            Finding::NoEventId => self.event_id.is_none(),
            Finding::EventIdAttempt => self.names(Identity::Attempt),
            Finding::EventIdUnconfirmed => self.names(Identity::Unconfirmed),
            Finding::RetriesExpire => self.timestamp.is_some() && self.retry == Retry::Repeated,
            Finding::HandshakeMac => self
                .handshakes
                .iter()
                .any(|it| matches!(it.proof, Proof::Mac) && !matches!(it.guard, Guard::Signature)),
            Finding::HandshakeKey => {
                self.handshakes.iter().any(|it| it.purpose == Purpose::BringsKey)
            }
            Finding::NeedlessAdmission => self.admits_more_than_it_has(),
            Finding::UrlUnsigned => signs && !bound.url,
            Finding::MethodUnsigned => signs && !bound.method,
        }
    }

    fn names(&self, identity: Identity) -> bool {
        self.event_id.is_some_and(|id| id.names == identity)
    }

    /// Whether the rule about joins would refuse the row if it did not admit them; or, as it does,
    /// the literal between two values may stand inside of the first.
    fn has_loose_joins(&self) -> bool {
        let values = self.signed.parts().iter().filter(|part| part.word.is_open()).count();
        (self.admits(Weakness::LooseJoins) && values > 1)
            || Scheme { admits: &[Weakness::LooseFields], ..*self }.check_joins().is_err()
    }

    fn has_loose_fields(&self) -> bool {
        self.signed.has(Word::Form) || self.signed.has(Word::FormRepeated)
    }

    fn admits_more_than_it_has(&self) -> bool {
        self.admits.iter().any(|weakness| match weakness {
            Weakness::BodyUnsigned => self.bound().body == Coverage::Whole,
            Weakness::LooseJoins => !self.has_loose_joins(),
            Weakness::LooseFields => !self.has_loose_fields(),
        })
    }

    /// Whether digits can move between the time and a value beside it: where the time has two
    /// widths; and where it may end without an offset, and a value follows.
    fn has_touching_time(&self) -> bool {
        let Some(Timestamp { clock, .. }) = self.timestamp else { return false };
        let parts = self.signed.parts();
        let mut pairs = parts.iter().zip(parts.iter().skip(1));
        pairs.any(|(one, next)| {
            let ends = one.word.is(Word::Timestamp) && next.word.is_open();
            let begins = next.word.is(Word::Timestamp) && one.word.is_open();
            match clock {
                Clock::SecondsOrMillis => ends || begins,
                Clock::Iso8601 => ends,
                _ => false,
            }
        })
    }

    /// Whether collisions of a hash are collisions of what is signed.
    fn has_weak_hash(&self) -> bool {
        let of = |template: &Template<'_>| {
            template.parts().iter().any(|it| matches!(it.word, Word::Hash(_, Hash::Md5, _)))
        };
        let algorithm =
            matches!(self.algorithm, Algorithm::Sha1 | Algorithm::Md5 | Algorithm::RsaSha1);
        algorithm || of(&self.signed) || self.checks.iter().any(|check| of(&check.equals))
    }
}

fn is_secret(part: &Part) -> bool {
    part.word.is(Word::Secret)
}
