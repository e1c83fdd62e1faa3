//! The tables of the documentation.

use core::fmt::Write as _;

use hookseal::{
    Algorithm, Confidence, Error, Identity, KeyError, Place, Retry, Scheme, SchemeError, Source,
    TextError, providers,
};

/// `docs/providers.md`: one line a row.
pub(super) fn providers() -> String {
    let mut text = String::from(PROVIDERS);
    for scheme in providers::ALL {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} | {} | {} |",
            scheme.name,
            scheme.algorithm.name(),
            place(&scheme.signature),
            covered(scheme),
            scheme.timestamp.map_or("–".into(), |it| format!("{}/{} s", it.past, it.future)),
            event_id(scheme),
            retry(scheme.retry),
            confidence(scheme.confidence),
            scheme.source,
        );
    }
    text
}

const PROVIDERS: &str = "\
# Providers
Made by `make generate` from the table in `core/src/providers`; do not edit.

- **covers**: what the signature covers. What it does not cover can be changed by whoever sees a
  delivery on its way. A shared token covers nothing: the body is only as genuine as the connection.
- **window**: how far the signed time may lie in the past and in the future. A scheme without one
  has no guard against an old delivery sent again, other than your own note of what was handled.
- **event id**: where it is. *event*: confirmed to name one event over all its retries. *attempt*:
  a retry has another. *unconfirmed*: the provider does not say. In (brackets): not covered by the
  signature.
- **retry**: whether a retry is signed anew, repeats the signed bytes, or is not known.
- **known from**: the provider's own code (sdk), its text (docs), or independent code that agrees
  (third party).

| name | algorithm | signature | covers | window | event id | retry | known from | source |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
";

fn place(source: &Source<'_>) -> String {
    let names: Vec<String> = source.names().map(|name| format!("`{name}`")).collect();
    let place = if source.place == Place::Json { "JSON " } else { "" };
    format!("{place}{}", names.join(" or "))
}

fn covered(scheme: &Scheme<'_>) -> String {
    let bound = scheme.bound();
    let all = [
        (bound.body.is_whole(), "body"),
        (bound.event_id, "event id"),
        (bound.timestamp, "time"),
        (bound.url, "URL"),
        (bound.method, "method"),
    ];
    let covered: Vec<&str> = all.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
    match scheme.algorithm {
        Algorithm::Token => "**nothing**".into(),
        _ => covered.join(", "),
    }
}

fn event_id(scheme: &Scheme<'_>) -> String {
    let Some(id) = scheme.event_id else { return "–".into() };
    let names = match id.names {
        Identity::Event => "event",
        Identity::Attempt => "attempt",
        Identity::Unconfirmed => "unconfirmed",
    };
    let text = format!("{} {names}", place(&id.source));
    if scheme.bound().event_id { text } else { format!("({text})") }
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Resigned => "signed anew",
        Retry::Repeated => "repeated",
        Retry::Unknown => "–",
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sdk => "sdk",
        Confidence::Docs => "docs",
        Confidence::ThirdParty => "third party",
        Confidence::Custom => "–",
    }
}

/// `docs/errors.md`: one line a code.
pub(super) fn errors() -> String {
    let mut text = String::from(ERRORS);
    text.push_str("\n## The delivery is refused (`Error`)\n\n");
    text.push_str("| code | status | meaning |\n| --- | --- | --- |\n");
    for error in Error::ALL {
        let _ = writeln!(text, "| `{}` | {} | {error} |", error.code(), error.status());
    }
    text.push_str("\n## Your secret cannot be used (`KeyError`)\n\n");
    text.push_str("| code | meaning |\n| --- | --- |\n");
    for error in KeyError::ALL {
        let _ = writeln!(text, "| `{}` | {error} |", error.code());
    }
    text.push_str("\n## Your scheme is wrong (`SchemeError`)\n\n");
    text.push_str("| code | meaning |\n| --- | --- |\n");
    for error in SchemeError::ALL {
        let _ = writeln!(text, "| `{}` | {error} |", error.code());
    }
    text.push_str("\n## The text of your scheme cannot be read (`TextError`)\n\n");
    text.push_str("| code | meaning |\n| --- | --- |\n");
    for error in TextError::ALL {
        let _ = writeln!(text, "| `{}` | {error} |", error.code());
    }
    text
}

const ERRORS: &str = "\
# Error codes
Made by `make generate` from the lists in `core/src/error.rs`; do not edit.

Codes are frozen: they do not change their name or their meaning. They are for your own log. The
sender gets the status and one line of text that is the same for every refusal. The first stage of
the walk that fails is the one reported; a signature that is well-formed and does not match outranks
one that is malformed.
";
