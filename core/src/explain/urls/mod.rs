//! Changes to the URL: what proxies, routers and a wrong setting make of it. The URL that is signed
//! is the one configured at the provider; what the request says of itself is only a hint, and is
//! tried.

mod parts;
mod paths;
mod said;
mod search;

use alloc::collections::BTreeSet;

use self::search::{Component, Search};
use super::secrets::budget::Budget;
use super::trial::Trial;
use super::{Explainer, Explanation, Verdict};
use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::template::Template;
use crate::word::{Hashed, Word};

/// Most changes that are tried.
const MOST: usize = 600;

/// Longest URL that is changed, in bytes.
const MAX_LENGTH: usize = 8 << 10;

/// Tries what may be wrong with the URL. Whether it is proved.
pub(super) fn prove(
    explainer: &Explainer<'_>,
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
    found: &mut Explanation,
) -> bool {
    let used = Used::by(explainer.scheme);
    let is_long = request.url.is_some_and(|url| url.len() > MAX_LENGTH);
    if is_long || !used.any() || !matters(explainer.scheme, found.verdict) {
        return false;
    }
    let components = components(request, used);
    let bytes = request.body.len().saturating_mul(explainer.secrets.len().min(4));
    let budget = Budget::new(MOST, bytes);
    let mut search = Search { components, request, trial, budget, tried: BTreeSet::new() };
    match search.find() {
        Some(change) => {
            found.prove(change);
            true
        }
        None => {
            found.excluded.push(search.excluded());
            false
        }
    }
}

/// Whether the URL can be at fault: the delivery was refused where it is read, or after it.
fn matters(scheme: &Scheme<'_>, verdict: Verdict) -> bool {
    let in_query = |source: Option<Source<'_>>| source.is_some_and(|it| it.place == Place::Query);
    let Verdict::Refused(error) = verdict else { return false };
    match error {
        Error::SignatureMismatch | Error::MissingUrl | Error::ClaimMismatch => true,
        Error::MissingField | Error::MalformedField => true,
        Error::MissingSignature | Error::MalformedSignature => in_query(Some(scheme.signature)),
        Error::MissingTimestamp | Error::MalformedTimestamp => {
            in_query(scheme.timestamp.map(|time| time.source))
        }
        Error::MissingEventId | Error::MalformedEventId => {
            in_query(scheme.event_id.map(|id| id.source))
        }
        _ => false,
    }
}

/// Which parts of the URL a scheme reads.
#[derive(Clone, Copy, Default)]
struct Used {
    origin: bool,
    path: bool,
    query: bool,
}

impl Used {
    fn by(scheme: &Scheme<'_>) -> Self {
        let templates = || scheme.checks.iter().map(|check| check.equals);
        let id = scheme.event_id.filter(|_| scheme.signs_event_id()).map(|id| id.source);
        let time = scheme.timestamp.map(|time| time.source);
        let checks = scheme.checks.iter().map(|check| check.source);
        let sources = [Some(scheme.signature), time, id].into_iter().flatten().chain(checks);
        let query = sources.into_iter().any(|source| source.place == Place::Query);
        let mut used = Used { query, ..Used::default() };
        templates().chain([scheme.signed]).for_each(|template| used.add(&template));
        used
    }

    fn add(&mut self, template: &Template<'_>) {
        for part in template.parts() {
            let (origin, path, query) = match part.word {
                Word::Url | Word::UrlUnescaped | Word::UrlPort | Word::UrlSorted => {
                    (true, true, true)
                }
                Word::Hash(Hashed::Url, ..) => (true, true, true),
                Word::UrlBase => (true, true, false),
                Word::Path | Word::PathQuoted => (false, true, true),
                Word::QuerySorted | Word::Field(Place::Query) => (false, false, true),
                _ => (false, false, false),
            };
            self.origin |= origin;
            self.path |= path;
            self.query |= query;
        }
    }

    const fn any(self) -> bool {
        self.origin || self.path || self.query
    }
}

/// The parts of the URL, each as it was given and, where it is signed, as it may have been.
fn components(request: &Request<'_>, used: Used) -> [Component; 6] {
    let url = parts::Parts {
        missing: request.url.is_none(),
        ..parts::Parts::of(request.url.unwrap_or_default())
    };
    let said = said::Said::by(request);
    [
        parts::scheme(&url, &said).only(used.origin),
        parts::host(&url, &said).only(used.origin),
        parts::port(&url, &said).only(used.origin),
        paths::path(&url, &said).only(used.path),
        paths::slash().only(used.path),
        paths::query(&url, &said).only(used.query),
    ]
}

#[cfg(test)]
mod tests;
