//! The signed bytes of one delivery: the template's parts, each a slice of the request.

use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::Source;
use crate::value::Value;
use crate::word::Word;

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
        let mut before = None;
        let mut parts = self.scheme.signed.parts().peekable();
        while let Some((word, text)) = parts.next() {
            let after = parts.peek().and_then(|(word, text)| self.edge(*word, text));
            match word {
                Word::EventId => apart(self.event_id, before, after, Error::MalformedEventId)?,
                Word::Field(_) => {
                    let value = self.field(word, text)?.ok_or(Error::MissingField)?;
                    apart(value, before, after, Error::MalformedField)?;
                }
                Word::Url | Word::UrlUnescaped if self.request.url.is_none_or(str::is_empty) => {
                    return Err(Error::MissingUrl);
                }
                Word::Method if !self.request.method.is_some_and(is_method) => {
                    return Err(Error::MissingMethod);
                }
                _ => {}
            }
            before = text.as_bytes().last().copied().filter(|_| word == Word::Literal);
        }
        Ok(())
    }

    /// The byte by which a part is known from the value before it. Where that is a time of RFC
    /// 3339, the value must not hold the time's colon: else another time, quoted in the body,
    /// could be taken for the delivery's, and all before it for the value.
    fn edge(&self, word: Word, text: &str) -> Option<u8> {
        match word {
            Word::Literal => text.as_bytes().first().copied(),
            Word::Timestamp if self.scheme.has_written_time() => Some(b':'),
            _ => None,
        }
    }

    /// Hands over the signed bytes in order, as often as it is asked.
    pub(crate) fn for_each_run(&self, sink: &mut impl FnMut(&[u8])) {
        for (word, text) in self.scheme.signed.parts() {
            match word {
                Word::Literal => sink(text.as_bytes()),
                Word::Body => sink(self.request.body),
                Word::Timestamp => self.timestamp.for_each_run(sink),
                Word::EventId => self.event_id.for_each_run(sink),
                Word::Url => sink(self.request.url.unwrap_or_default().as_bytes()),
                Word::UrlUnescaped => unescaped(self.request.url.unwrap_or_default(), sink),
                Word::Method => sink(self.request.method.unwrap_or_default().as_bytes()),
                // `check` has found the field; a token's content is never asked for.
                Word::Field(_) => {
                    if let Ok(Some(value)) = self.field(word, text) {
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

    fn field(&self, word: Word, name: &'r str) -> Result<Option<Value<'r>>, Error> {
        match word {
            Word::Field(place) => Source::at(place, name).one(&self.request, Error::MalformedField),
            _ => Ok(None),
        }
    }
}

/// A value that is not empty and does not hold its neighbours' bytes.
fn apart(
    value: Value<'_>,
    before: Option<u8>,
    after: Option<u8>,
    malformed: Error,
) -> Result<(), Error> {
    let held = |byte: Option<u8>| byte.is_some_and(|byte| value.contains(byte));
    if value.is_empty() || held(before) || held(after) { Err(malformed) } else { Ok(()) }
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
