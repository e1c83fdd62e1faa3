//! What is known of one provider, for programs.

use hookseal::{Place, Scheme, Source};
use serde::Serialize;

use crate::bound::named;
use crate::lint::Found;
use crate::words;

/// A row of the table.
#[derive(Serialize)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) algorithm: &'static str,
    /// Where the signature is: `header`, `json`, `form`, `query`, `body`.
    place: &'static str,
    encoding: &'static str,
    secret: String,
    /// What parts the two halves of a secret.
    key_id: Option<char>,
    signed: &'static str,
    checks: Vec<Condition>,
    headers: Vec<&'static str>,
    body_fields: Vec<&'static str>,
    form_fields: Vec<&'static str>,
    query_parameters: Vec<&'static str>,
    claims: Vec<&'static str>,
    body_bound: bool,
    body_coverage: &'static str,
    id_bound: bool,
    time_bound: bool,
    url_bound: bool,
    method_bound: bool,
    admits: Vec<&'static str>,
    tolerance: Option<Tolerance>,
    event_id: Option<&'static str>,
    retry: &'static str,
    confidence: &'static str,
    source: &'static str,
    /// What is weak about it, or worth to know.
    pub(crate) findings: Vec<Found>,
    #[serde(skip)]
    cells: [String; 5],
}

#[derive(Serialize)]
struct Tolerance {
    past: u32,
    future: u32,
    clock: &'static str,
}

/// A condition beside the signature.
#[derive(Serialize)]
struct Condition {
    place: &'static str,
    name: &'static str,
    equals: &'static str,
    when: &'static str,
}

impl Row {
    pub(crate) fn new(scheme: &Scheme<'static>) -> Self {
        let bound = scheme.bound();
        Row {
            name: scheme.name,
            algorithm: scheme.algorithm.name(),
            place: scheme.signature.place.name(),
            encoding: scheme.encoding.name(),
            secret: words::secret(scheme),
            key_id: words::key_id(scheme),
            signed: scheme.signed.text(),
            checks: conditions(scheme),
            headers: names(scheme, Place::Header),
            body_fields: names(scheme, Place::Json),
            form_fields: names(scheme, Place::Form),
            query_parameters: names(scheme, Place::Query),
            claims: names(scheme, Place::Claim),
            body_bound: bound.body.is_whole(),
            body_coverage: bound.body.name(),
            id_bound: bound.event_id,
            time_bound: bound.timestamp,
            url_bound: bound.url,
            method_bound: bound.method,
            admits: scheme.admits.iter().map(|it| it.name()).collect(),
            tolerance: scheme.timestamp.map(|time| Tolerance {
                past: time.past,
                future: time.future,
                clock: time.clock.name(),
            }),
            event_id: scheme.event_id.map(|id| id.names.name()),
            retry: scheme.retry.name(),
            confidence: scheme.confidence.name(),
            source: scheme.source,
            findings: scheme.lint().map(Found::from).collect(),
            cells: cells(scheme),
        }
    }

    /// The cells of its line in the table.
    pub(crate) fn cells(&self) -> &[String; 5] {
        &self.cells
    }
}

fn cells(scheme: &Scheme<'_>) -> [String; 5] {
    let (kept, _) = named(scheme.bound());
    let Source { place, .. } = scheme.signature;
    let name = scheme.signature.names().next().unwrap_or_default();
    [
        scheme.name.to_owned(),
        scheme.algorithm.name().to_owned(),
        match place {
            Place::Header => name.to_owned(),
            Place::Body => place.name().to_owned(),
            _ => format!("{}:{name}", place.name()),
        },
        if kept.is_empty() { "NOTHING".to_owned() } else { kept },
        scheme
            .timestamp
            .map_or_else(|| "none".to_owned(), |time| words::window(time.past, time.future)),
    ]
}

fn conditions(scheme: &Scheme<'static>) -> Vec<Condition> {
    let condition = |check: &hookseal::Check<'static>| Condition {
        place: check.source.place.name(),
        name: check.source.name,
        equals: check.equals.text(),
        when: check.when.name(),
    };
    scheme.checks.iter().map(condition).collect()
}

/// The names of one place that a row reads, each once, in the order of the walk.
fn names(scheme: &Scheme<'static>, place: Place) -> Vec<&'static str> {
    let sources: [Option<Source<'static>>; 5] = [
        Some(scheme.signature),
        scheme.timestamp.map(|time| time.source),
        scheme.event_id.map(|id| id.source),
        scheme.event_type,
        scheme.signed_headers,
    ];
    let checks = scheme.checks.iter().map(|check| check.source);
    let read = sources.into_iter().flatten().chain(checks).filter(|it| it.place == place);
    let signed = words::fields(scheme.signed.text(), place);
    let mut names = Vec::new();
    for name in read.flat_map(|it| it.names()).chain(signed) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
