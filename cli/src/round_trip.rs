//! Every row through the commands' own code: signed, put into a delivery, read again, verified.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

use std::path::Path;

use hookseal::capture::{self, Captured};
use hookseal::{Algorithm, KeyFormat, Place, Scheme, UnixTime, providers};
use serde_json::{Value, json};

use crate::delivery::{pairs, request};
use crate::setup;
use crate::sign::{lines, put, sign};

/// A delivery of a row: a vector that verifies, or the plainest one.
struct Sample {
    secret: String,
    delivery: Captured,
    event_id: Option<String>,
    now: UnixTime,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/vectors")
}

/// Of the vectors of a row the first that verifies; where the signature takes any body, with its
/// own secret.
fn sample(scheme: &Scheme<'_>) -> Sample {
    let file = std::fs::read(folder().join(format!("{}.json", scheme.name)));
    let file: Value = file.map_or(Value::Null, |it| serde_json::from_slice(&it).unwrap());
    let verified = |test: &&Value| test["expect"] == "verified";
    let half = scheme.key_id.map(|mark| format!("id{}", char::from(mark))).unwrap_or_default();
    let plain = json!({
        "secrets": [format!("{half}a secret for the tests")], "headers": [], "body": "{}", "now": 1_700_000_000,
        "url": "https://example.com/hook", "method": "POST",
    });
    let test = file["tests"].as_array().and_then(|it| it.iter().find(verified));
    let mut test = test.unwrap_or(&plain).clone();
    let index = test["secret_index"].as_u64().unwrap_or_default();
    let secret = test["secrets"][usize::try_from(index).unwrap()].as_str().unwrap().to_owned();
    let now = UnixTime::from_secs(test["now"].as_i64().unwrap());
    let event_id = test["event_id"].as_str().map(ToOwned::to_owned);
    let parts = ["method", "url", "headers", "body", "body_base64"];
    test.as_object_mut().unwrap().retain(|key, _| parts.contains(&key.as_str()));
    let delivery = capture::read(test.to_string().as_bytes()).unwrap();
    Sample { secret, delivery, event_id, now }
}

/// The two keys of a public-key row, from those of the primitives' tests.
fn key_pair(algorithm: Algorithm) -> (String, String) {
    let kind = if algorithm == Algorithm::Ed25519 { "ed25519" } else { "p256" };
    let read = |end: &str| {
        std::fs::read_to_string(folder().join("keys").join(format!("{kind}{end}"))).unwrap()
    };
    (read(".pem"), read(".pub.pem"))
}

/// Signs a sample anew and verifies it; the code that it ends with.
fn judge(scheme: &'static Scheme<'static>) -> &'static str {
    let Sample { secret, mut delivery, event_id, now } = sample(scheme);
    let (private, public) = match scheme.key {
        KeyFormat::PublicKey { .. } => {
            let id = scheme.key_id.and_then(|mark| secret.split_once(char::from(mark)));
            let id = id.map(|(id, _)| format!("{id}{}", char::from(scheme.key_id.unwrap_or(b':'))));
            let (private, public) = key_pair(scheme.algorithm);
            let id = id.unwrap_or_default();
            (format!("{id}{private}"), format!("{id}{public}"))
        }
        _ => (secret.clone(), secret),
    };
    unsign(scheme, &mut delivery);
    let signer = match setup::signer(scheme, private.as_bytes(), true) {
        Ok(signer) => signer,
        Err(failure) => return failure.code,
    };
    let header = scheme
        .event_id_header()
        .and_then(|name| delivery.headers.iter().find(|it| it.0.eq_ignore_ascii_case(name)))
        .and_then(|(_, value)| String::from_utf8(value.clone()).ok());
    let id = event_id.or(header).unwrap_or_else(|| "evt_1".to_owned());
    let added = sign(scheme, &signer, &delivery, Some(&id), now).unwrap_or_else(|failure| {
        panic!("{}: {}", scheme.name, failure.message);
    });
    let count = added.headers.len() + usize::from(added.elsewhere.is_some());
    assert_eq!(lines(&added).lines().count(), count, "{}", scheme.name);
    put(scheme, added, &mut delivery).unwrap_or_else(|failure| {
        panic!("{}: {}", scheme.name, failure.message);
    });
    let delivery = capture::read(delivery.to_json().as_bytes()).unwrap();
    let headers = pairs(&delivery);
    let verifier = setup::verifier(scheme, &[public], true);
    let verifier = verifier.unwrap_or_else(|(error, _)| panic!("{}: {error}", scheme.name));
    match verifier.verify(&request(&delivery, &headers), now) {
        Ok(_) => "verified",
        Err(error) => error.code(),
    }
}

/// Takes the old signature away, so that it cannot be what verifies.
fn unsign(scheme: &Scheme<'_>, delivery: &mut Captured) {
    let names: Vec<&str> = scheme.signature.names().collect();
    let is_one = |name: &String| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    // A list that holds more than the signature is what a sender signs, too.
    let has_items = scheme.signed.text().contains("{item:") || scheme.signed_headers.is_some();
    if scheme.signature.place == Place::Header && !has_items {
        delivery.headers.retain(|(name, _)| !is_one(name));
    }
}

#[test]
fn every_row_that_can_be_signed_verifies() {
    let verdicts: Vec<(&str, &str)> =
        providers::ALL.iter().map(|scheme| (scheme.name, judge(scheme))).collect();
    let with = |wanted: &str| -> Vec<&str> {
        verdicts.iter().filter(|it| it.1 == wanted).map(|it| it.0).collect()
    };
    let rsa = |scheme: &&&Scheme<'_>| scheme.algorithm.name().starts_with("rsa-");
    let rsa: Vec<&str> = providers::ALL.iter().filter(rsa).map(|it| it.name).collect();
    assert_eq!(with("cannot_sign"), rsa, "these are only verified");
    let wrong: Vec<_> =
        verdicts.iter().filter(|it| !["verified", "cannot_sign"].contains(&it.1)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(with("verified").len(), providers::ALL.len() - rsa.len());
    assert!(with("verified").len() >= 280, "{}", with("verified").len());
}
