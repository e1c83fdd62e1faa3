//! What a signature covers, in words.

use hookseal::{Bound, Coverage, Finding, Scheme, Severity};
use serde::Serialize;

/// What the signature covers, for programs.
#[derive(Serialize)]
pub(crate) struct BoundReport {
    /// Whether it covers all of the body.
    body: bool,
    /// How much of it: `whole`, `fields`, `checksum`, `nothing`.
    body_coverage: &'static str,
    event_id: bool,
    timestamp: bool,
    url: bool,
    method: bool,
}

impl From<Bound> for BoundReport {
    fn from(bound: Bound) -> Self {
        let Bound { body, event_id, timestamp, url, method } = bound;
        let (whole, coverage) = (body.is_whole(), body.name());
        BoundReport { body: whole, body_coverage: coverage, event_id, timestamp, url, method }
    }
}

/// What is bound, and what is not, as two lists.
pub(crate) fn named(bound: Bound) -> (String, String) {
    let (mut kept, mut free) = match bound.body {
        Coverage::Whole => (vec!["body"], vec![]),
        Coverage::Fields => (vec!["fields of the body"], vec!["the rest of the body"]),
        Coverage::Checksum => (vec!["a checksum of the body"], vec!["the body itself"]),
        Coverage::Nothing => (vec![], vec!["body"]),
    };
    for (name, is_bound) in others(bound) {
        if is_bound { kept.push(name) } else { free.push(name) }
    }
    (kept.join(", "), free.join(", "))
}

/// The parts of a delivery beside its body, and whether they are bound.
pub(crate) fn others(bound: Bound) -> [(&'static str, bool); 4] {
    [
        ("event id", bound.event_id),
        ("time", bound.timestamp),
        ("URL", bound.url),
        ("method", bound.method),
    ]
}

/// What is weak about a scheme, the gravest first.
pub(crate) fn weak(scheme: &Scheme<'_>) -> impl Iterator<Item = Finding> {
    scheme.lint().filter(|finding| finding.severity() == Severity::Weak)
}

/// What has to be known of a scheme that does not cover the whole body.
pub(crate) fn body_warning(scheme: &Scheme<'_>) -> Option<&'static str> {
    let is_whole = scheme.bound().body.is_whole();
    // The gravest finding is that of the body.
    weak(scheme).next().filter(|_| !is_whole).map(Finding::message)
}
