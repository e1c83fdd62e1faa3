//! Bodies that were written again, not covered, or handled whatever the verdict was.

use hookseal::Body;
use serde_json::Value;

use crate::case::{Case, ID, Verify};
use crate::reference::template::words;
use crate::rows::{is_in_body, made_rows, reads_json, rows, signing_rows, signs_bytes};

/// The body was parsed and written again before it was checked.
#[test]
fn stripe_node_body_parsed_and_written_again() {
    only_the_received_bytes_verify(&Case::accepted).unwrap();
    only_the_received_bytes_verify(&wrong::writes_it_again).unwrap_err();
}

/// The same JSON in other bytes is another body; and what was sent verifies, whatever it holds.
fn only_the_received_bytes_verify(verify: Verify<'_>) -> Result<(), String> {
    for row in signing_rows().filter(|row| signs_bytes(row) && !is_in_body(row)) {
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
            if verify(&genuine.with_other_body(&body)) {
                return Err(format!("{}: another body", row.name));
            }
            let is_json = serde_json::from_str::<Value>(&body).is_ok();
            let sent = || Case::with_body(row, &genuine.time, ID, body.clone().into_bytes());
            if (is_json || !reads_json(row)) && !verify(&sent()) {
                return Err(format!("{}: not what was sent", row.name));
            }
        }
    }
    Ok(())
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
        if !handle(&genuine.without_signature()).is_empty() {
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
        let whole = row.bound().body.is_whole();
        if signed(&genuine) != Some(whole) {
            return Err(row.name.to_owned());
        }
        for at in 0..genuine.body.len() {
            let mut case = genuine.clone();
            case.body[at] ^= 1;
            let end = signed(&case);
            if end.is_some() && (whole || end == Some(true)) {
                return Err(format!("{}: byte {at}", row.name));
            }
        }
    }
    Ok(())
}

/// A field of the body that a row signs, changed: the whole of what `Coverage::Fields` promises.
#[test]
fn each_signed_field_is_covered() {
    a_changed_field_is_refused(&Case::accepted).unwrap();
    a_changed_field_is_refused(&wrong::looks_for_the_signature).unwrap_err();
}

fn a_changed_field_is_refused(verify: Verify<'_>) -> Result<(), String> {
    let mut count = 0;
    for row in made_rows().filter(|row| !signs_bytes(row)) {
        let genuine = Case::of(row);
        let words = words(row.signed.text());
        if !words.iter().any(|(word, name)| !name.is_empty() && ["form", "json"].contains(&&**word))
        {
            continue;
        }
        // Every such field holds this text.
        for (at, _) in str::from_utf8(&genuine.body).unwrap().match_indices("acme") {
            let mut case = genuine.clone();
            case.body[at] ^= 1;
            count += 1;
            if verify(&case) {
                return Err(format!("{}: at {at}", row.name));
            }
        }
    }
    assert!(count >= 10, "only {count} fields");
    Ok(())
}

mod wrong {
    use super::{Case, Value};

    /// What a framework's JSON middleware hands on.
    pub(super) fn writes_it_again(case: &Case) -> bool {
        let parsed: Option<Value> = serde_json::from_slice(&case.body).ok();
        parsed.is_some_and(|parsed| case.with_other_body(parsed.to_string()).accepted())
    }

    pub(super) fn logs_the_verdict(case: &Case) -> Vec<u8> {
        let _logged = case.code();
        case.body.clone()
    }

    pub(super) fn signs_the_time_alone(case: &Case) -> Option<bool> {
        (case.received() == case.signature.as_bytes()).then_some(true)
    }

    pub(super) fn looks_for_the_signature(case: &Case) -> bool {
        let whole = case.received_whole();
        let mut headers = whole.headers.iter().map(|(_, value)| value.as_slice());
        let has = |value: &[u8]| crate::place::position(value, case.signature.as_bytes()).is_some();
        headers.any(has) || case.received() == case.signature.as_bytes()
    }
}
