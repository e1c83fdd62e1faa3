//! The signed bytes of one delivery: the template's parts, each a slice of the request.

use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::value::Value;
use crate::word::{Part, Word};

/// Longest value, in bytes of the request, that stands beside the body in what is signed.
const MAX_VALUE: usize = 256;

/// The signed content, not joined: its parts are handed to the MAC one after the other, as they
/// were received.
#[derive(Clone, Copy)]
pub(crate) struct Content<'r> {
    scheme: &'r Scheme<'r>,
    request: Request<'r>,
    timestamp: Value<'r>,
    event_id: Value<'r>,
}

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

    /// Everything that the template names must be there; and no value may hold the byte by which
    /// the template parts it from its neighbour, or two deliveries could have the same content.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for (at, part) in self.scheme.signed.parts().iter().enumerate() {
            match part.word {
                Word::EventId => self.check_value(self.event_id, at, Error::MalformedEventId)?,
                Word::Field(place) => {
                    let value = self.field(place, part)?.ok_or(Error::MissingField)?;
                    self.check_value(value, at, Error::MalformedField)?;
                }
                Word::Url | Word::UrlUnescaped if self.request.url.is_none_or(str::is_empty) => {
                    return Err(Error::MissingUrl);
                }
                Word::Method if !self.request.method.is_some_and(is_method) => {
                    return Err(Error::MissingMethod);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A value is not empty, not long, and does not hold the edges of its neighbours.
    fn check_value(&self, value: Value<'_>, at: usize, malformed: Error) -> Result<(), Error> {
        let neighbour = |at: Option<usize>| at.and_then(|at| self.scheme.signed.parts().get(at));
        let before = neighbour(at.checked_sub(1)).and_then(|part| self.last_byte(part));
        let after = neighbour(at.checked_add(1)).and_then(|part| self.first_byte(part));
        let held = |byte: Option<u8>| byte.is_some_and(|byte| value.contains(byte));
        let fits = (1..=MAX_VALUE).contains(&value.length());
        if fits && !held(before) && !held(after) { Ok(()) } else { Err(malformed) }
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
    pub(crate) fn for_each_run(&self, sink: &mut impl FnMut(&[u8])) {
        for part in self.scheme.signed.parts() {
            match part.word {
                Word::Literal => sink(self.scheme.signed.literal(part)),
                Word::Body => sink(self.request.body),
                Word::Timestamp => self.timestamp.for_each_run(sink),
                Word::EventId => self.event_id.for_each_run(sink),
                Word::Url => sink(self.request.url.unwrap_or_default().as_bytes()),
                Word::UrlUnescaped => unescaped(self.request.url.unwrap_or_default(), sink),
                Word::Method => sink(self.request.method.unwrap_or_default().as_bytes()),
                // `check` has found the field; a token's content is never asked for.
                Word::Field(place) => {
                    if let Ok(Some(value)) = self.field(place, part) {
                        value.for_each_run(sink);
                    }
                }
                Word::Secret => {}
            }
        }
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

    fn field(&self, place: Place, part: &Part) -> Result<Option<Value<'r>>, Error> {
        let name = self.scheme.signed.text_of(part);
        Source::at(place, name).one(&self.request, Error::MalformedField)
    }
}

/// Upper case, as it is signed.
fn is_method(method: &str) -> bool {
    !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// `{url|unescaped}`: the escapes of `: / ? @ ! $ ' ( ) * , ;` decoded, and no other.
fn unescaped(url: &str, sink: &mut impl FnMut(&[u8])) {
    let mut rest = url.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let (run, tail) = rest.split_at(at);
        sink(run);
        rest = match tail {
            [b'%', a, b, after @ ..] if plain(*a, *b).is_some() => {
                sink(plain(*a, *b).unwrap_or_default());
                after
            }
            [percent, after @ ..] => {
                sink(&[*percent]);
                after
            }
            [] => return,
        };
    }
    sink(rest);
}

/// The character that an escape of the table stands for.
const fn plain(a: u8, b: u8) -> Option<&'static [u8]> {
    Some(match (a, b.to_ascii_uppercase()) {
        (b'3', b'A') => b":",
        (b'2', b'F') => b"/",
        (b'3', b'F') => b"?",
        (b'4', b'0') => b"@",
        (b'2', b'1') => b"!",
        (b'2', b'4') => b"$",
        (b'2', b'7') => b"'",
        (b'2', b'8') => b"(",
        (b'2', b'9') => b")",
        (b'2', b'A') => b"*",
        (b'2', b'C') => b",",
        (b'3', b'B') => b";",
        _ => return None,
    })
}
