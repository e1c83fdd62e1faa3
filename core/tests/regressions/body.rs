//! Bodies that were written again, not covered, or handled whatever the verdict was.

use hookseal::{Algorithm, Body, Place, Scheme};
use serde_json::Value;

use crate::case::{Case, ID, Verify};
use crate::rows::{rows, signing_rows};

/// The body was parsed and written again before it was checked.
#[test]
fn stripe_node_body_parsed_and_written_again() {
    only_the_received_bytes_verify(&Case::accepted).unwrap();
    only_the_received_bytes_verify(&wrong::writes_it_again).unwrap_err();
}

/// The same JSON in other bytes is another body; and what was sent verifies, whatever it holds.
fn only_the_received_bytes_verify(verify: Verify<'_>) -> Result<(), String> {
    for row in signing_rows() {
        let genuine = Case::of(row);
        let text = String::from_utf8(genuine.body.clone()).unwrap();
        let parsed: Value = serde_json::from_str(&text).unwrap();
        let written = [
            serde_json::to_string_pretty(&parsed).unwrap(),
            text.replace("é", "\\u00e9"),
            text.replace(":1,", ":1.0,").replace(":1}", ":1.0}"),
            format!("{text}\n"),
            format!("{text}\r\n"),
            format!(" {text}"),
            format!("\u{feff}{text}"),
            text.replace(',', ", "),
            text.replace("é", "e\u{301}"),
            String::new(),
        ];
        for body in written {
            assert_ne!(body, text);
            let sent = Case::with_body(row, &genuine.time, ID, body.clone().into_bytes());
            let is_json = serde_json::from_str::<Value>(&body).is_ok();
            if verify(&genuine.with_other_body(&body)) {
                return Err(format!("{}: another body", row.name));
            }
            if (is_json || !reads_json(row)) && !verify(&sent) {
                return Err(format!("{}: not what was sent", row.name));
            }
        }
    }
    Ok(())
}

/// Whether a row needs a field of the body to verify.
pub(crate) fn reads_json(row: &Scheme<'_>) -> bool {
    let time = row.timestamp.is_some_and(|time| time.source.place == Place::Json);
    time || row.signed.text().contains("{json:")
}

/// The verdict was logged, and the handler ran whatever it was.
#[test]
fn matrix_hookshot_verdict_ignored() {
    forged_deliveries_are_not_handled(&|case| {
        let mut handled = Vec::new();
        let mut handle = |body: Body<'_>| handled.extend(body.danger_unsigned());
        // There is no other way to the body than through the verdict.
        case.ask(|verdict| {
            if let Ok(delivery) = verdict {
                handle(delivery.body());
            }
        });
        handled
    })
    .unwrap();
    forged_deliveries_are_not_handled(&wrong::logs_the_verdict).unwrap_err();
}

fn forged_deliveries_are_not_handled(handle: &dyn Fn(&Case) -> Vec<u8>) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        assert_eq!(handle(&genuine), genuine.body);
        if !handle(&genuine.with_headers(Vec::new())).is_empty() {
            return Err(row.name.to_owned());
        }
    }
    Ok(())
}

/// The signature did not cover the body, and the receiver could not know it.
#[test]
fn mailgun_signature_without_the_body() {
    each_byte_is_covered_or_said_not_to_be(&|case| {
        case.ask(|verdict| verdict.ok().map(|delivery| delivery.body().signed().is_some()))
    })
    .unwrap();
    each_byte_is_covered_or_said_not_to_be(&wrong::signs_the_time_alone).unwrap_err();
}

/// `signed` says of a delivery that verifies whether its body is signed.
fn each_byte_is_covered_or_said_not_to_be(
    signed: &dyn Fn(&Case) -> Option<bool>,
) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        let token = row.algorithm == Algorithm::Token;
        if signed(&genuine) != Some(!token) || row.bound().body.is_whole() == token {
            return Err(row.name.to_owned());
        }
        for at in 0..genuine.body.len() {
            let mut case = genuine.clone();
            case.body[at] ^= 1;
            let end = signed(&case);
            if end.is_some() && !(token && end == Some(false)) {
                return Err(format!("{}: byte {at}", row.name));
            }
        }
    }
    Ok(())
}

mod wrong {
    use super::{Case, Value};

    /// What a framework's JSON middleware hands on.
    pub(super) fn writes_it_again(case: &Case) -> bool {
        let parsed: Option<Value> = serde_json::from_slice(&case.body).ok();
        parsed.is_some_and(|parsed| case.with_other_body(&parsed.to_string()).accepted())
    }

    pub(super) fn logs_the_verdict(case: &Case) -> Vec<u8> {
        let _logged = case.code();
        case.body.clone()
    }

    pub(super) fn signs_the_time_alone(case: &Case) -> Option<bool> {
        (case.received() == case.signature.as_bytes()).then_some(true)
    }
}
