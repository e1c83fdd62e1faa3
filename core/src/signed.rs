//! The headers of a signed delivery.

use core::fmt;

use crate::content::{Content, Ours};
use crate::encoding::MAX_SIGNATURE;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::spelled::Spelled;
use crate::template::Template;
use crate::time::MAX_TIME;
use crate::word::{Part, Word};

/// A signed delivery: the headers to send with the body.
#[derive(Clone)]
pub struct Signed<'d> {
    scheme: &'d Scheme<'d>,
    event_id: &'d str,
    pub(crate) time: Spelled<MAX_TIME>,
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
            content.for_each_run_of(condition, &Ours::NONE, &mut |run| {
                written =
                    written.and_then(|()| f.write_str(str::from_utf8(run).unwrap_or_default()));
            });
            return written;
        }
        let mut join = "";
        for (source, text) in self.signed.sources().into_iter().zip(self.signed.texts()) {
            let Some(source) = source.filter(|it| first_header(*it) == Some(self.name)) else {
                continue;
            };
            let prefix = source.prefix.split(['|']).next().unwrap_or_default();
            let close = if source.is_quoted() { "\"" } else { "" };
            write!(f, "{join}{prefix}{text}{close}")?;
            join = source.split;
        }
        self.write_items(join, f)
    }
}

impl<'s> HeaderValue<'s> {
    /// The other items of the signature's list that are signed, as the request has them.
    fn write_items(&self, mut join: &'s str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.signed.scheme;
        let content = Content::new(scheme, &self.signed.request, None, None);
        let is_item = |part: &&Part| {
            part.word == Word::Item && first_header(scheme.signature) == Some(self.name)
        };
        for part in scheme.signed.parts().iter().filter(is_item) {
            let Ok(Some(item)) = content.field_of(&scheme.signed, part) else { continue };
            let text = item.as_str().unwrap_or_default();
            write!(f, "{join}{}{text}", scheme.signed.text_of(part))?;
            join = scheme.signature.split;
        }
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
