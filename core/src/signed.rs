//! The headers of a signed delivery.

use core::fmt;

use crate::encoding::MAX_SPELLED;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::spelled::Spelled;
use crate::time::MAX_TIME;

/// A signed delivery: the headers to send with the body.
#[derive(Clone)]
pub struct Signed<'d> {
    scheme: &'d Scheme<'d>,
    event_id: &'d str,
    pub(crate) time: Spelled<MAX_TIME>,
    pub(crate) signature: Spelled<MAX_SPELLED>,
    token: &'d str,
}

impl<'d> Signed<'d> {
    /// Not yet signed. `token`: the secret where it is sent as it is; else empty.
    pub(crate) fn new(scheme: &'d Scheme<'d>, event_id: Option<&'d str>, token: &'d str) -> Self {
        let event_id = event_id.unwrap_or_default();
        Signed { scheme, event_id, time: Spelled::EMPTY, signature: Spelled::EMPTY, token }
    }

    /// The headers as name and value; a value is written by its `Display`. A scheme that puts
    /// time and signature into one header has one. A scheme whose id is in an unsigned header has
    /// none for it.
    pub fn headers(&self) -> impl Iterator<Item = (&'d str, HeaderValue<'_>)> {
        let names = self.sources().map(|source| source.and_then(first_header));
        (0..names.len()).filter_map(move |at| {
            let name = names.get(at).copied().flatten()?;
            let first = names.iter().position(|other| *other == Some(name)) == Some(at);
            first.then_some((name, HeaderValue { signed: self, name }))
        })
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
        let signature = if self.token.is_empty() { self.signature.text() } else { self.token };
        [self.event_id, self.time.text(), signature]
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
}

impl fmt::Display for HeaderValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut join = "";
        for (source, text) in self.signed.sources().into_iter().zip(self.signed.texts()) {
            let Some(source) = source.filter(|it| first_header(*it) == Some(self.name)) else {
                continue;
            };
            write!(f, "{join}{}{text}", source.prefix)?;
            join = source.split;
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
