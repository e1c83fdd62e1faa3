//! Which rows a request may belong to, told from its headers alone.

use crate::error::Error;
use crate::facts::When;
use crate::providers::ALL;
use crate::request::{Headers, Request};
use crate::scheme::Scheme;
use crate::signatures::Signatures;
use crate::source::{Place, Source, header};
use crate::word::{Part, Word};

/// The rows that a delivery with these headers may be verified by: those whose signature it
/// carries, well-formed and under their header, with all other headers without which they verify
/// nothing. The best come first: those of whose own headers more are there; then by name.
///
/// Only headers are read. Rows that have the signature elsewhere (in the body, or in the URL) are
/// never named, and a name here proves nothing: many providers share a header.
///
/// ```
/// let signature = format!("sha256={}", "0".repeat(64));
/// let headers = [("X-Hub-Signature-256", signature.as_str()), ("X-GitHub-Event", "push")];
/// assert_eq!(hookseal::detect(&headers).next().map(|row| row.name), Some("github"));
/// ```
pub fn detect<'r>(
    headers: impl Into<Headers<'r>>,
) -> impl Iterator<Item = &'static Scheme<'static>> {
    let request = Request::new(headers, b"");
    let mut scores = [0_u8; ALL.len()];
    for (score, row) in scores.iter_mut().zip(ALL) {
        *score = row.headers_there(&request).unwrap_or_default();
    }
    (1..=MOST).rev().flat_map(move |wanted| {
        let rows = ALL.iter().zip(scores).filter(move |(_, score)| usize::from(*score) == wanted);
        rows.map(|(row, _)| *row)
    })
}

/// Most headers of a row that count.
const MOST: usize = 16;

impl Scheme<'_> {
    /// How many of the row's own headers a request bears. `None`: not those that it must.
    pub(crate) fn headers_there(&self, request: &Request<'_>) -> Option<u8> {
        if self.signature.place != Place::Header {
            return None;
        }
        let mut signatures = Signatures::none();
        signatures.find(self, request).ok()?;
        self.bears_what_it_must(request).then_some(())?;
        let sources = [
            Some(self.signature),
            self.timestamp.map(|it| it.source),
            self.event_id.map(|it| it.source),
            self.event_type,
            self.signed_headers,
        ];
        let checked = self.checks.iter().map(|check| check.source);
        let named = sources.into_iter().flatten().chain(checked).flat_map(|it| names(&it));
        let signed = self.signed.parts().iter().filter_map(|part| self.header_of(part));
        let mut met = [""; MOST];
        let mut count = 0;
        for name in named.chain(signed).filter(|name| is_there(&header(name), request)) {
            let is_new = !met.iter().any(|other| other.eq_ignore_ascii_case(name));
            if let Some(free) = met.get_mut(count).filter(|_| is_new) {
                *free = name;
                count = count.saturating_add(1);
            }
        }
        u8::try_from(count).ok()
    }

    /// Whether the headers are there without which no delivery of the row verifies.
    fn bears_what_it_must(&self, request: &Request<'_>) -> bool {
        let time = self.timestamp.is_none_or(|time| {
            let is_time = |text: &[u8]| time.clock.read(text).is_some();
            let found = time.source.one_of(request, Error::MalformedTimestamp, &is_time);
            time.source.place != Place::Header
                || matches!(found, Ok(Some(text)) if text.as_bytes().is_some_and(is_time))
        });
        let id = self.event_id.is_none_or(|id| {
            let must = self.signs_event_id() && !self.signed.has_optional_event_id();
            !must || is_there(&id.source, request)
        });
        let list = self.signed_headers.is_none_or(|list| is_there(&list, request));
        let fields = self.signed.parts().iter().filter(|part| part.group == 0);
        let mut fields = fields.filter_map(|part| self.header_of(part));
        time && id
            && list
            && fields.all(|name| is_there(&header(name), request))
            && self.meets_conditions(request)
    }

    /// Whether the conditions on headers hold, as far as the headers alone can tell.
    fn meets_conditions(&self, request: &Request<'_>) -> bool {
        let mut checks = self.checks.iter().filter(|it| it.source.place == Place::Header);
        checks.all(|check| {
            let Ok(value) = check.source.one(request, Error::MalformedField) else { return false };
            match (value, check.equals.parts()) {
                (None, _) => check.when != When::Always,
                (Some(value), [only @ Part { word: Word::Literal, .. }]) => {
                    value.is(check.equals.text_of(only))
                }
                (Some(_), _) => true,
            }
        })
    }

    /// The header that a word of the template names.
    fn header_of(&self, part: &Part) -> Option<&str> {
        matches!(part.word, Word::Field(Place::Header)).then(|| self.signed.text_of(part))
    }
}

/// Whether a header is there; what is elsewhere is not looked for.
fn is_there(source: &Source<'_>, request: &Request<'_>) -> bool {
    source.place != Place::Header
        || matches!(source.one(request, Error::MalformedField), Ok(Some(_)))
}

/// The names of a header.
fn names<'a>(source: &Source<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let is_header = source.place == Place::Header;
    source.names().filter(move |_| is_header)
}
