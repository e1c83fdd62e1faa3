//! The headers of a signed delivery.

use core::fmt;

use crate::content::{Content, Ours};
use crate::encoding::MAX_SIGNATURE;
use crate::error::Error;
use crate::key_id::MAX_KEY_ID;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::spelled::Spelled;
use crate::template::Template;
use crate::time::MAX_TIME;
use crate::value::Value;
use crate::word::Word;

/// A signed delivery: the headers to send with the body.
#[derive(Clone)]
pub struct Signed<'d> {
    scheme: &'d Scheme<'d>,
    event_id: &'d str,
    pub(crate) time: Spelled<MAX_TIME>,
    /// The public half of the secret, which a condition may name.
    pub(crate) key_id: Spelled<MAX_KEY_ID>,
    pub(crate) signature: Spelled<MAX_SIGNATURE>,
    /// The signature where it is a JWS.
    #[cfg(feature = "jwt")]
    pub(crate) jws: alloc::string::String,
    token: &'d str,
    request: Request<'d>,
}

impl<'d> Signed<'d> {
    /// Not yet signed. `token`: the secret where it is sent as it is; else empty.
    pub(crate) fn new(
        scheme: &'d Scheme<'d>,
        request: Request<'d>,
        event_id: Option<&'d str>,
        token: &'d str,
    ) -> Self {
        Signed {
            scheme,
            event_id: event_id.unwrap_or_default(),
            time: Spelled::EMPTY,
            key_id: Spelled::EMPTY,
            signature: Spelled::EMPTY,
            #[cfg(feature = "jwt")]
            jws: alloc::string::String::new(),
            token,
            request,
        }
    }

    /// The signature, as it is spelled, without a prefix or the key's id that may stand before it. A
    /// scheme whose signature is no header, but a field of the body or a parameter of the URL, has it
    /// nowhere else: the caller puts it there.
    #[must_use]
    pub fn signature(&self) -> &str {
        #[cfg(feature = "jwt")]
        if self.scheme.is_jws() {
            return &self.jws;
        }
        if self.signature.bytes().is_empty() { self.token } else { self.signature.text() }
    }

    /// The headers as name and value; a value is written by its `Display`. A scheme that puts
    /// time and signature into one header has one. A scheme whose id is in an unsigned header has
    /// none for it.
    pub fn headers(&self) -> impl Iterator<Item = (&'d str, HeaderValue<'_>)> {
        let names = self.sources().map(|source| source.and_then(first_header));
        let values = (0..names.len()).filter_map(move |at| {
            let name = names.get(at).copied().flatten()?;
            let first = names.iter().position(|other| *other == Some(name)) == Some(at);
            first.then_some((name, HeaderValue { signed: self, name, condition: None }))
        });
        let conditions = self.scheme.checks.iter().filter_map(|check| {
            let name = first_header(check.source)?;
            Some((name, HeaderValue { signed: self, name, condition: Some(check.equals) }))
        });
        values.chain(conditions)
    }

    /// Where the event id, the time and the signature go: the order in which providers write
    /// them.
    fn sources(&self) -> [Option<Source<'d>>; 3] {
        let id = self.scheme.event_id.filter(|_| self.scheme.signs_event_id());
        [
            id.map(|id| id.source),
            self.scheme.timestamp.map(|time| time.source),
            Some(self.scheme.signature),
        ]
    }

    fn texts(&self) -> [&str; 3] {
        [self.event_id, self.time.text(), self.signature()]
    }
}

/// No signature in a log.
impl fmt::Debug for Signed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").field("scheme", &self.scheme.name).finish_non_exhaustive()
    }
}

/// The value of one header of a signed delivery, written by its `Display`.
#[derive(Clone, Copy)]
pub struct HeaderValue<'s> {
    signed: &'s Signed<'s>,
    name: &'s str,
    /// What the header must be, where it is a condition of the scheme.
    condition: Option<Template<'s>>,
}

impl fmt::Display for HeaderValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(condition) = &self.condition {
            let content = Content::new(self.signed.scheme, &self.signed.request, None, None);
            let mut written = Ok(());
            let ours = Ours::id(self.signed.key_id.bytes());
            content.for_each_run_of(condition, &ours, &mut |run| {
                written =
                    written.and_then(|()| f.write_str(str::from_utf8(run).unwrap_or_default()));
            });
            return written;
        }
        let mut list = List { to: f, join: "" };
        let scheme = self.signed.scheme;
        let has_items = first_header(scheme.signature) == Some(self.name) && self.has_items();
        // A list with other items has the signature first, and the others as they are signed.
        if has_items {
            list.source(scheme.signature, self.signed.signature())?;
            self.write_items(&mut list)?;
        }
        for (source, text) in self.signed.sources().into_iter().zip(self.signed.texts()) {
            let source = source.filter(|it| first_header(*it) == Some(self.name));
            if let Some(source) = source.filter(|it| !(has_items && *it == scheme.signature)) {
                list.source(source, text)?;
            }
        }
        Ok(())
    }
}

impl<'s> HeaderValue<'s> {
    fn has_items(&self) -> bool {
        let scheme = self.signed.scheme;
        scheme.signed_headers.is_some_and(|list| first_header(list) == Some(self.name))
            || scheme.signed.parts().iter().any(|part| part.word == Word::Item)
    }

    /// The other items of the signature's list that are signed, as the request has them.
    fn write_items(&self, list: &mut List<'s, '_, '_>) -> fmt::Result {
        let scheme = self.signed.scheme;
        let content = Content::new(scheme, &self.signed.request, None, None);
        for part in scheme.signed.parts().iter().filter(|part| part.word == Word::Item) {
            // One that is absent falls away with its group.
            let Some(item) = content.field_of(&scheme.signed, part).ok().flatten() else {
                continue;
            };
            let text = item.as_str().unwrap_or_default();
            list.item(scheme.signature.split, scheme.signed.text_of(part), text)?;
        }
        let names = scheme.signed_headers.filter(|names| first_header(*names) == Some(self.name));
        if let Some(names) = names {
            let value = names.one(&self.signed.request, Error::MalformedField).ok().flatten();
            list.source(names, value.as_ref().and_then(Value::as_str).unwrap_or_default())?;
        }
        Ok(())
    }
}

/// A header's value while it is written.
struct List<'s, 'f, 'a> {
    to: &'f mut fmt::Formatter<'a>,
    join: &'s str,
}

impl<'s> List<'s, '_, '_> {
    fn source(&mut self, source: Source<'s>, text: &str) -> fmt::Result {
        let prefix = source.prefix.split(['|']).next().unwrap_or_default();
        self.item(source.split, prefix, text)?;
        self.to.write_str(if source.is_quoted() { "\"" } else { "" })
    }

    fn item(&mut self, split: &'s str, prefix: &str, text: &str) -> fmt::Result {
        write!(self.to, "{}{prefix}{text}", self.join)?;
        self.join = split;
        Ok(())
    }
}

/// No signature in a log.
impl fmt::Debug for HeaderValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeaderValue { .. }")
    }
}

/// The first name of a source that is a header: the one that the provider sends by default.
fn first_header(source: Source<'_>) -> Option<&str> {
    source.names().next().filter(|_| source.place == Place::Header)
}
