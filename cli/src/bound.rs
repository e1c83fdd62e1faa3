//! What a signature covers, in words.

use hookseal::{Algorithm, Bound, Coverage, Scheme, Weakness};
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

/// Said of every shared token, wherever one is verified.
pub(crate) const TOKEN: &str = "NOTHING, not even the body: this is a shared token. Whoever has \
                                seen one delivery can write any other.";

/// What has to be known of a scheme that does not cover the whole body.
pub(crate) fn body_warning(scheme: &Scheme<'_>) -> Option<&'static str> {
    Some(match scheme.bound().body {
        _ if scheme.algorithm == Algorithm::Token => TOKEN,
        Coverage::Whole => return None,
        Coverage::Fields => {
            "NOT ALL OF THE BODY: fields of it are signed, and any other can be changed or added. \
             Ask the provider for what they name."
        }
        Coverage::Checksum => {
            "A CHECKSUM OF THE BODY ONLY: whoever wants to can write another body with the same \
             one."
        }
        Coverage::Nothing => {
            "NOT THE BODY: whoever has seen one delivery can send any body with its signature."
        }
    })
}

/// All that has to be known of what a scheme leaves open.
pub(crate) fn warnings(scheme: &Scheme<'_>) -> Vec<&'static str> {
    let is_token = scheme.algorithm == Algorithm::Token;
    let no_time = "No time is signed: an old delivery can be sent again at any time. Note the \
                   replay key of each.";
    let joins = "Signed values stand side by side: bytes could move from one to its neighbour.";
    let fields = "Signed fields run together: which byte is whose is not bound.";
    let others = [
        (no_time, !scheme.bound().timestamp && !is_token),
        (joins, scheme.admits(Weakness::LooseJoins)),
        (fields, scheme.admits(Weakness::LooseFields)),
    ];
    let others = others.into_iter().filter(|it| it.1).map(|it| it.0);
    body_warning(scheme).into_iter().chain(others).collect()
}
