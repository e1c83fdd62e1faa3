//! The tables of the documentation.

use core::fmt::Write as _;

use hookseal::providers::{ALL, OUT};
use hookseal::{
    Algorithm, Clock, Confidence, Coverage, EndpointError, Error, Identity, KeyError, Place,
    ReceiverOutcome, Retry, Scheme, SchemeError, Source, TextError, Weakness,
};

/// `docs/providers.md`: the rows, those that need a warning, and who is out.
pub(super) fn providers() -> String {
    let mut text = String::from(PROVIDERS);
    let _ = writeln!(text, "{} rows, {} providers without one.\n", ALL.len(), OUT.len());
    text.push_str(WARNING);
    for (about, rows) in warned() {
        let _ = writeln!(text, "- **{about}**: {}.", rows.join(", "));
    }
    text.push_str(&legend());
    text.push_str(TABLE);
    for scheme in ALL {
        let cells = [
            format!("`{}`", scheme.name),
            scheme.algorithm.name().into(),
            place(&scheme.signature),
            body(scheme),
            beside(scheme),
            window(scheme),
            event_id(scheme),
            scheme.retry.name().into(),
            weaknesses(scheme),
            scheme.confidence.name().into(),
            scheme.source.into(),
        ];
        // A bar ends a cell, in code too.
        let cells = cells.map(|cell: String| cell.replace('|', "\\|"));
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text.push_str(WITHOUT);
    for out in OUT {
        let _ = writeln!(text, "| `{}` | {} |", out.name, out.reason);
    }
    text
}

const PROVIDERS: &str = "\
# Providers
Made by `make generate` from the table in `core/src/providers`; do not edit.

";

const WARNING: &str = "\
## Read this before you trust a body
A signature is worth what it covers. These rows do not cover all of the body: whoever sees a
delivery on its way, or can write to the connection, can send another body with it, and it verifies.
`Delivery::body` gives such a body as `Body::Unsigned`. Take from it what was signed, or ask the
provider's API for the object.

";

const TABLE: &str = "
| name | algorithm | signature | body | beside it | window | event id | retry | weak | known from | source |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
";

const WITHOUT: &str = "
## Providers without a row
A secret that you put into the URL, or into a header that the provider lets you configure, is a
token: a scheme of your own with `Algorithm::Token` compares it, and binds nothing to it.

| name | why |
| --- | --- |
";

/// What the columns say. The words of a row are told as the core tells them.
fn legend() -> String {
    let words = |all: &[(&str, &str)]| -> String {
        all.iter().map(|(name, meaning)| format!("\n  - *{name}*: {meaning}")).collect()
    };
    let identity: Vec<_> = Identity::ALL.iter().map(|it| (it.name(), it.meaning())).collect();
    let retry: Vec<_> = Retry::ALL.iter().map(|it| (it.name(), it.meaning())).collect();
    let known = Confidence::ALL.iter().filter(|it| **it != Confidence::Custom);
    let known: Vec<_> = known.map(|it| (it.name(), it.meaning())).collect();
    LEGEND
        .replace("{identity}", &words(&identity))
        .replace("{retry}", &words(&retry))
        .replace("{known}", &words(&known))
}

const LEGEND: &str = "
## Rows
- **body**: how much of it the signature covers. *whole*: all of it. *fields*: those that the row
  names, and no other. *checksum*: whoever wants to can write another body with the same one.
  *nothing*.
- **beside it**: what else the signature covers.
- **window**: how far the signed time may lie in the past and in the future. A scheme without one
  has no guard against an old delivery sent again, other than your own note of what was handled.
- **event id**: where it is, and what it names. In (brackets): not covered by the signature.{identity}
- **retry**: what a retry of a delivery looks like.{retry}
- **weak**: *joins*: values run together in what is signed, so that some bytes could move from one
  to its neighbour. *fields*: so do the names and values of a form.
- **known from**: how well the row is known.{known}
";

/// The rows that do not cover all of the body, by what they cover.
fn warned() -> impl Iterator<Item = (&'static str, Vec<String>)> {
    let of = |is: &dyn Fn(&Scheme<'_>) -> bool| -> Vec<String> {
        ALL.iter().filter(|row| is(row)).map(|row| format!("`{}`", row.name)).collect()
    };
    let covers = |row: &Scheme<'_>, coverage| {
        row.algorithm != Algorithm::Token && row.bound().body == coverage
    };
    let kinds = [
        (
            "a shared token is sent, and nothing is signed",
            of(&|row| row.algorithm == Algorithm::Token),
        ),
        ("nothing of the body is signed", of(&|row| covers(row, Coverage::Nothing))),
        (
            "a checksum of the body is signed, which is no hash",
            of(&|row| covers(row, Coverage::Checksum)),
        ),
        ("some fields of the body are signed", of(&|row| covers(row, Coverage::Fields))),
    ];
    kinds.into_iter().filter(|(_, rows)| !rows.is_empty())
}

fn place(source: &Source<'_>) -> String {
    let names: Vec<String> = source.names().map(|name| format!("`{name}`")).collect();
    let place = match source.place {
        Place::Header => "",
        Place::Json => "JSON ",
        Place::Form => "form ",
        Place::Query => "query ",
        Place::Claim => "claim ",
        _ => return "the body itself".into(),
    };
    format!("{place}{}", names.join(" or "))
}

fn body(scheme: &Scheme<'_>) -> String {
    match scheme.bound().body {
        Coverage::Whole => "whole".into(),
        other => format!("⚠ **{}**", other.name()),
    }
}

fn beside(scheme: &Scheme<'_>) -> String {
    let bound = scheme.bound();
    let all = [
        (bound.event_id, "event id"),
        (bound.timestamp, "time"),
        (bound.url, "URL"),
        (bound.method, "method"),
    ];
    let covered: Vec<&str> = all.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
    if covered.is_empty() { "–".into() } else { covered.join(", ") }
}

fn window(scheme: &Scheme<'_>) -> String {
    match scheme.timestamp {
        None => "–".into(),
        Some(time) if time.clock == Clock::Expiry => format!("until it says, and {} s", time.past),
        Some(time) => format!("{}/{} s", time.past, time.future),
    }
}

fn event_id(scheme: &Scheme<'_>) -> String {
    let Some(id) = scheme.event_id else { return "–".into() };
    let text = format!("{} {}", place(&id.source), id.names.name());
    if scheme.bound().event_id { text } else { format!("({text})") }
}

fn weaknesses(scheme: &Scheme<'_>) -> String {
    let names: Vec<&str> = scheme
        .admits
        .iter()
        .filter_map(|weakness| match weakness {
            Weakness::BodyUnsigned => None,
            Weakness::LooseJoins => Some("joins"),
            Weakness::LooseFields => Some("fields"),
        })
        .collect();
    if names.is_empty() { "–".into() } else { names.join(", ") }
}

/// `docs/errors.md`: one line a code.
pub(super) fn errors() -> String {
    let mut text = String::from(ERRORS);
    text.push_str("\n## The delivery is refused (`Error`)\n\n");
    text.push_str("| code | status | meaning |\n| --- | --- | --- |\n");
    for error in Error::ALL {
        let _ = writeln!(text, "| `{}` | {} | {error} |", error.code(), error.status());
    }
    text.push_str("\n## At a receiver (`ReceiverOutcome`)\n\n");
    text.push_str("| code | status | meaning |\n| --- | --- | --- |\n");
    for outcome in ReceiverOutcome::ALL {
        let _ = writeln!(text, "| `{}` | {} | {outcome} |", outcome.code(), outcome.status());
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
    text.push_str("\n## Your endpoint is set up wrong (`EndpointError`)\n\n");
    text.push_str("| code | meaning |\n| --- | --- |\n");
    for error in EndpointError::ALL {
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
