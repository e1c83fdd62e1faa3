//! What is known of one provider.

use hookseal::{
    Bound, Clock, Confidence, Encoding, Identity, KeyFormat, Place, Retry, Scheme, Source,
};
use serde::Serialize;

use crate::report::named;

/// A row for programs.
#[derive(Serialize)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    algorithm: &'static str,
    encoding: &'static str,
    secret: String,
    signed: &'static str,
    headers: Vec<&'static str>,
    body_fields: Vec<&'static str>,
    body_bound: bool,
    id_bound: bool,
    time_bound: bool,
    url_bound: bool,
    method_bound: bool,
    tolerance: Option<Tolerance>,
    event_id: Option<&'static str>,
    retry: &'static str,
    confidence: &'static str,
    source: &'static str,
}

#[derive(Serialize)]
struct Tolerance {
    past: u32,
    future: u32,
    clock: &'static str,
}

impl Row {
    pub(crate) fn new(scheme: &Scheme<'static>) -> Self {
        let bound = scheme.bound();
        Row {
            name: scheme.name,
            algorithm: scheme.algorithm.name(),
            encoding: encoding(scheme.encoding),
            secret: secret(scheme.key),
            signed: scheme.signed.text(),
            headers: names(scheme, Place::Header, "{header:"),
            body_fields: names(scheme, Place::Json, "{json:"),
            body_bound: bound.body.is_whole(),
            id_bound: bound.event_id,
            time_bound: bound.timestamp,
            url_bound: bound.url,
            method_bound: bound.method,
            tolerance: scheme.timestamp.map(|time| Tolerance {
                past: time.past,
                future: time.future,
                clock: clock(time.clock),
            }),
            event_id: scheme.event_id.map(|id| identity(id.names)),
            retry: retry(scheme.retry),
            confidence: confidence(scheme.confidence),
            source: scheme.source,
        }
    }

    fn bound(&self) -> [(&'static str, bool); 5] {
        named(Bound {
            body: self.body_bound,
            event_id: self.id_bound,
            timestamp: self.time_bound,
            url: self.url_bound,
            method: self.method_bound,
        })
    }

    fn binds(&self) -> String {
        let bound = self.bound().into_iter().filter(|it| it.1).map(|it| it.0);
        let text = bound.collect::<Vec<_>>().join(", ");
        if text.is_empty() { "NOTHING".to_owned() } else { text }
    }

    fn window(&self) -> String {
        match &self.tolerance {
            Some(Tolerance { past, future, .. }) if past == future => format!("{past} s"),
            Some(Tolerance { past, future, .. }) => format!("{past}/{future} s"),
            None => "none".to_owned(),
        }
    }

    /// The cells of its line in the table.
    pub(crate) fn cells(&self) -> [String; 5] {
        let signature = self.headers.first().copied().unwrap_or_default();
        [
            self.name.to_owned(),
            self.algorithm.to_owned(),
            signature.to_owned(),
            self.binds(),
            self.window(),
        ]
    }

    /// All of it, for a person.
    pub(crate) fn details(&self) -> String {
        let free = self.bound().into_iter().filter(|it| !it.1).map(|it| it.0);
        let clock = self.tolerance.as_ref().map_or("", |time| time.clock);
        let lines = [
            ("algorithm", format!("{}, spelled in {}", self.algorithm, self.encoding)),
            ("secret", self.secret.clone()),
            ("signed", self.signed.to_owned()),
            ("headers", self.headers.join(", ")),
            ("in body", self.body_fields.join(", ")),
            ("binds", self.binds()),
            ("not bound", free.collect::<Vec<_>>().join(", ")),
            ("window", self.window()),
            ("time", clock.to_owned()),
            ("event id", self.event_id.unwrap_or("none").to_owned()),
            ("retries", self.retry.to_owned()),
            ("known from", format!("{}: {}", self.confidence, self.source)),
        ];
        let line = |(name, value): &(&str, String)| format!("  {name:<11}{value}\n");
        let known = lines.iter().filter(|(_, value)| !value.is_empty());
        format!("{}\n{}", self.name, known.map(line).collect::<String>())
    }
}

/// The names of one place that a row reads, each once, in the order of the walk.
fn names(scheme: &Scheme<'static>, place: Place, word: &str) -> Vec<&'static str> {
    let sources: [Option<Source<'static>>; 4] = [
        Some(scheme.signature),
        scheme.timestamp.map(|time| time.source),
        scheme.event_id.map(|id| id.source),
        scheme.event_type,
    ];
    let read = sources.into_iter().flatten().filter(|it| it.place == place);
    let signed = scheme.signed.text().split(word).skip(1).filter_map(|it| it.split('}').next());
    let mut names = Vec::new();
    for name in read.flat_map(|it| it.names()).chain(signed) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Hex => "hex",
        Encoding::Base64 => "base64",
        Encoding::Base64Url => "base64url",
        Encoding::Base64UrlPadded => "base64url, padded",
        Encoding::Text => "plain text",
        _ => "another form",
    }
}

fn secret(key: KeyFormat<'_>) -> String {
    match key {
        KeyFormat::Text => "text, byte for byte".to_owned(),
        KeyFormat::Hex => "hex".to_owned(),
        KeyFormat::Base64 { prefix: "" } => "base64".to_owned(),
        KeyFormat::Base64 { prefix } => format!("base64, after {prefix}"),
        _ => "another form".to_owned(),
    }
}

fn clock(clock: Clock) -> &'static str {
    match clock {
        Clock::Seconds => "Unix seconds",
        Clock::Millis => "Unix milliseconds",
        Clock::Rfc3339 => "RFC 3339",
        _ => "another form",
    }
}

fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Event => "event",
        Identity::Attempt => "attempt",
        Identity::Unconfirmed => "unconfirmed",
    }
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Resigned => "resigned",
        Retry::Repeated => "repeated",
        Retry::Unknown => "unknown",
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sdk => "sdk",
        Confidence::Docs => "docs",
        Confidence::ThirdParty => "third-party",
        Confidence::Custom => "custom",
    }
}
