//! The signed bytes of one delivery: the template's parts, each a slice of the request.

use crate::error::Error;
use crate::facts::Weakness;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::template::Template;
use crate::value::Value;
use crate::word::{Part, Word};

/// Longest event id, in bytes, that stands beside the body in what is signed.
const MAX_EVENT_ID: usize = 256;

/// Longest other value beside it: a URL with a token in it, say.
const MAX_FIELD: usize = 1024;

/// The signed content, not joined: its parts are handed to the MAC one after the other, as they
/// were received.
#[derive(Clone, Copy)]
pub(crate) struct Content<'r> {
    scheme: &'r Scheme<'r>,
    request: Request<'r>,
    timestamp: Value<'r>,
    event_id: Value<'r>,
}

/// What a template may name that is not of the request: the two halves of a secret, and which
/// spelling of the URL's port is tried.
#[derive(Clone, Copy)]
pub(crate) struct Ours<'k> {
    pub(crate) id: &'k [u8],
    pub(crate) secret: &'k [u8],
    pub(crate) second: bool,
}

impl<'k> Ours<'k> {
    /// For what must not depend on the secret, as the replay key.
    pub(crate) const NONE: Self = Ours { id: b"", secret: b"", second: false };

    pub(crate) const fn id(id: &'k [u8]) -> Self {
        Ours { id, ..Self::NONE }
    }
}

// A value of more than 128 bytes is copied by a call, which every verification would feel.
#[cfg(not(feature = "jwt"))]
const _: () = assert!(size_of::<Content<'_>>() <= 128);

impl<'r> Content<'r> {
    #[inline(always)] // a copy less of what is long
    pub(crate) fn new(
        scheme: &'r Scheme<'r>,
        request: &Request<'r>,
        timestamp: Option<Value<'r>>,
        event_id: Option<Value<'r>>,
    ) -> Self {
        let none = Value::plain(b"");
        Content {
            scheme,
            request: *request,
            timestamp: timestamp.unwrap_or(none),
            event_id: event_id.unwrap_or(none),
        }
    }

    /// Everything that the template names must be there, or the group that it is in falls away;
    /// and no value may hold the byte by which the template parts it from its neighbour, or two
    /// deliveries could have the same content.
    #[inline]
    pub(crate) fn check(&self) -> Result<(), Error> {
        for (at, part) in self.scheme.signed.parts().iter().enumerate() {
            match part.word {
                Word::Literal | Word::Body | Word::Timestamp => {}
                Word::EventId if part.group == 0 => {
                    self.check_value(self.event_id, at, Error::MalformedEventId)?;
                }
                _ => self.check_further(part, at)?,
            }
        }
        if self.is_challenge() { Err(Error::MalformedBody) } else { Ok(()) }
    }

    #[inline(never)] // the words of most schemes stay in a short loop
    fn check_further(&self, part: &Part, at: usize) -> Result<(), Error> {
        match part.word {
            Word::EventId | Word::Field(_) | Word::Item => self.check_optional(part, at),
            Word::Url | Word::UrlUnescaped => self.check_url(),
            Word::Method => self.check_method(),
            word => self.check_rare(word, part),
        }
    }

    /// A value that may be absent, where it is in a group.
    fn check_optional(&self, part: &Part, at: usize) -> Result<(), Error> {
        let (value, missing, malformed) = match part.word {
            Word::Field(_) | Word::Item => {
                let value = self.field_of(&self.scheme.signed, part)?;
                (value, Error::MissingField, Error::MalformedField)
            }
            _ => (Some(self.event_id), Error::MissingEventId, Error::MalformedEventId),
        };
        match value.filter(|value| part.group == 0 || value.length() > 0) {
            Some(value) => self.check_value(value, at, malformed),
            None if part.group == 0 => Err(missing),
            None => Ok(()),
        }
    }

    pub(crate) fn check_url(&self) -> Result<(), Error> {
        self.request.url.filter(|url| !url.is_empty()).map(drop).ok_or(Error::MissingUrl)
    }

    pub(crate) fn check_method(&self) -> Result<(), Error> {
        self.request.method.filter(|it| is_method(it)).map(drop).ok_or(Error::MissingMethod)
    }

    /// A value is not empty, not long, and does not hold the edges of its neighbours. A scheme
    /// that joins loosely cannot keep to that: its values are free text.
    #[inline(always)]
    fn check_value(&self, value: Value<'_>, at: usize, malformed: Error) -> Result<(), Error> {
        let neighbour = |at: Option<usize>| at.and_then(|at| self.scheme.signed.parts().get(at));
        let before = neighbour(at.checked_sub(1)).and_then(|part| self.last_byte(part));
        let after = neighbour(at.checked_add(1)).and_then(|part| self.first_byte(part));
        let held = |byte: Option<u8>| byte.is_some_and(|byte| value.contains(byte));
        let most = if malformed == Error::MalformedEventId { MAX_EVENT_ID } else { MAX_FIELD };
        let fits = (1..=most).contains(&value.length());
        let is_apart = fits && !held(before) && !held(after);
        if is_apart || self.may_be_any(value, at) { Ok(()) } else { Err(malformed) }
    }

    /// Whether a value may be long, and hold what it likes: a scheme that joins loosely cannot
    /// keep to more; and one value alone is whatever the others leave.
    #[inline(never)]
    fn may_be_any(&self, value: Value<'_>, at: usize) -> bool {
        let is_loose = self.scheme.admits(Weakness::LooseJoins);
        is_loose || (value.length() > 0 && self.is_alone(at))
    }

    /// Whether a value stands among literals, a time and the secret alone. It is then whatever
    /// these leave, as a body is, and may be as long and hold what it likes.
    fn is_alone(&self, at: usize) -> bool {
        self.scheme.signed.parts().iter().enumerate().all(|(other, part)| {
            let parts_values = [Word::Literal, Word::Timestamp, Word::Secret, Word::KeyId];
            other == at || parts_values.contains(&part.word)
        })
    }

    /// The byte by which a part is known from the value before it. Where that is a time of RFC
    /// 3339, the value must not hold the time's colon: else another time, quoted in the body,
    /// could be taken for the delivery's, and all before it for the value.
    fn first_byte(&self, part: &Part) -> Option<u8> {
        match part.word {
            Word::Literal => self.scheme.signed.literal(part).first().copied(),
            Word::Timestamp if self.scheme.has_written_time() => Some(b':'),
            _ => None,
        }
    }

    /// The byte by which a literal is known from the value after it.
    fn last_byte(&self, part: &Part) -> Option<u8> {
        let text = self.scheme.signed.literal(part);
        text.last().copied().filter(|_| part.word == Word::Literal)
    }

    /// Hands over the signed bytes in order, as often as it is asked.
    #[inline(always)]
    pub(crate) fn for_each_run(&self, ours: &Ours<'_>, sink: &mut impl FnMut(&[u8])) {
        self.for_each_run_of(&self.scheme.signed, ours, sink);
    }

    /// The bytes of a template over this request.
    #[inline(always)]
    pub(crate) fn for_each_run_of(
        &self,
        template: &Template<'_>,
        ours: &Ours<'_>,
        sink: &mut impl FnMut(&[u8]),
    ) {
        for part in template.parts() {
            if part.group != 0 && self.is_absent(template, part.group) {
                continue;
            }
            // One call of the sink for all that is there as it is, so that the MAC is fed in line.
            let run = match part.word {
                Word::Literal => Some(template.literal(part)),
                Word::Body => Some(self.request.body),
                Word::Timestamp => self.timestamp.as_bytes(),
                Word::EventId => self.event_id.as_bytes(),
                _ => None,
            };
            match run {
                Some(run) => sink(run),
                None => self.rare(template, part, ours, sink),
            }
        }
    }

    /// Whether a value of a group is absent, or empty: then all of the group falls away.
    #[inline(never)]
    pub(crate) fn is_absent(&self, template: &Template<'_>, group: u8) -> bool {
        template.parts().iter().filter(|part| part.group == group).any(|part| match part.word {
            Word::EventId => self.event_id.length() == 0,
            Word::Field(_) | Word::Item => {
                let value = self.field_of(template, part).ok().flatten();
                value.is_none_or(|value| value.length() == 0)
            }
            _ => false,
        })
    }

    pub(crate) const fn scheme(&self) -> &'r Scheme<'r> {
        self.scheme
    }

    pub(crate) const fn request(&self) -> &Request<'r> {
        &self.request
    }

    pub(crate) const fn event_id(&self) -> Value<'r> {
        self.event_id
    }

    pub(crate) const fn timestamp(&self) -> Value<'r> {
        self.timestamp
    }

    /// The value of a field that a template names.
    pub(crate) fn field_of(
        &self,
        template: &Template<'_>,
        part: &Part,
    ) -> Result<Option<Value<'r>>, Error> {
        let (list, name) = (self.scheme.signature, template.text_of(part));
        let source = match part.word {
            Word::Field(place) => Source::at(place, name),
            Word::FieldText => Source::at(Place::Json, name),
            _ => list.item(list.split, name),
        };
        source.one(&self.request, Error::MalformedField)
    }
}

/// Upper case, as it is signed.
fn is_method(method: &str) -> bool {
    !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase())
}
