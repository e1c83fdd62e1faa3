//! What an explanation tells, and in which forms: steps, JSON, report, signed content, times.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, missing_docs)]

use hookseal::explain::{
    CauseCode, Certainty, Explainer, Explanation, Fingerprint, Framework, Outcome, StepName,
    Verdict,
};
use hookseal::{KeyError, Request, Scheme, SetupError, Signer, UnixTime, providers};
use serde_json::{Value, json};

const SECRET: &str = "kX9vQ2mZ7pLr4TnB8wYc";
const BODY: &[u8] = br#"{"id":"evt_1","type":"invoice.paid"}"#;
const NOW: i64 = 1_700_000_000;
const NONE: &[(&str, &str)] = &[];

fn at(seconds: i64) -> UnixTime {
    UnixTime::from_secs(seconds)
}

/// The headers of a genuine delivery.
fn signed(scheme: &Scheme<'_>, body: &[u8]) -> Vec<(String, String)> {
    let signer = Signer::new(scheme, SECRET).unwrap();
    let request = Request::new(NONE, body);
    let signed = signer.sign(&request, Some("msg_1"), at(NOW)).unwrap();
    signed.headers().map(|(name, value)| (name.to_owned(), value.to_string())).collect()
}

fn explain(
    scheme: &Scheme<'_>,
    headers: &[(String, String)],
    body: &[u8],
    now: i64,
) -> Explanation {
    let pairs: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Explainer::new(scheme, SECRET).explain(&Request::new(pairs.as_slice(), body), at(now))
}

fn outcomes(explanation: &Explanation) -> Vec<(&'static str, &'static str)> {
    explanation.steps().iter().map(|it| (it.name().name(), it.outcome().name())).collect()
}

#[test]
fn the_steps_tell_how_far_the_walk_came() {
    let scheme = &providers::STRIPE;
    let headers = signed(scheme, BODY);
    let steps = |signature, timestamp, content, mac, window| {
        vec![
            ("signature", signature),
            ("timestamp", timestamp),
            ("event_id", "absent"),
            ("content", content),
            ("mac", mac),
            ("window", window),
        ]
    };
    let told = explain(scheme, &headers, BODY, NOW + 5);
    assert_eq!(outcomes(&told), steps("ok", "ok", "ok", "ok", "ok"));
    assert!(told.verdict().is_verified() && told.causes().is_empty());
    assert_eq!(told.trials(), 0, "nothing is tried where nothing is wrong");
    assert!(told.steps()[1].note().contains("2023-11-14T22:13:20Z"), "{told:?}");
    assert!(told.steps()[1].note().ends_with("5 s before now"), "{told:?}");

    let told = explain(scheme, &headers, b"{}", NOW);
    assert_eq!(outcomes(&told), steps("ok", "ok", "ok", "failed", "not_reached"));
    let told = explain(scheme, &headers, BODY, NOW + 301);
    assert_eq!(outcomes(&told), steps("ok", "ok", "ok", "ok", "failed"));
    let told = explain(scheme, &[], BODY, NOW);
    let none = "not_reached";
    assert_eq!(outcomes(&told), steps("failed", none, none, none, none));
    let timeless = [("stripe-signature".to_owned(), format!("v1={}", "0".repeat(64)))];
    let told = explain(scheme, &timeless, BODY, NOW);
    assert_eq!(outcomes(&told), steps("ok", "failed", none, none, none));

    // An id that is signed, and a condition, have steps of their own.
    let standard =
        Explainer::new(&providers::STANDARD_WEBHOOKS, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let headers =
        [("webhook-timestamp", "1700000000"), ("webhook-signature", &sized("v1,", 43, "="))];
    let told = standard.explain(&Request::new(&headers, BODY), at(NOW));
    assert_eq!(told.steps()[2].name(), StepName::EventId);
    assert_eq!(told.steps()[2].outcome(), Outcome::Failed);
    assert_eq!(told.causes()[0].code(), CauseCode::HeaderMissing);
}

fn sized(head: &str, letters: usize, tail: &str) -> String {
    [head, &"A".repeat(letters), tail].concat()
}

#[test]
fn a_secret_that_cannot_be_used_is_the_verdict() {
    let empty = Request::new(NONE, BODY);
    let told = Explainer::new(&providers::STRIPE, "").explain(&empty, at(NOW));
    assert_eq!(told.verdict(), Verdict::Unusable(SetupError::Key(KeyError::EmptySecret)));
    assert_eq!(told.verdict().code(), "empty_secret");
    assert!(told.steps().iter().all(|step| step.outcome() != Outcome::Ok));
    assert_eq!(told.causes()[0].code(), CauseCode::NoCauseFound);
    assert!(told.causes()[0].what().contains("anyone can sign"), "{told:?}");

    let weak = Explainer::new(&providers::STRIPE, "short");
    assert_eq!(weak.explain(&empty, at(NOW)).verdict().code(), "weak_secret");
    let weak = weak.danger_weak_secrets();
    assert_eq!(weak.explain(&empty, at(NOW)).verdict().code(), "missing_signature");
    let five =
        (0..4).fold(Explainer::new(&providers::STRIPE, SECRET), |it, _| it.and_secret(SECRET));
    assert_eq!(five.explain(&empty, at(NOW)).verdict().code(), "too_many_secrets");
    let zero = Explainer::new(&providers::STRIPE, SECRET).tolerance(0);
    assert_eq!(zero.explain(&empty, at(NOW)).verdict().code(), "invalid_tolerance");
    let large = Explainer::new(&providers::STRIPE, SECRET).body_limit(3);
    assert_eq!(large.explain(&empty, at(NOW)).verdict().code(), "body_too_large");
}

#[test]
fn a_genuine_delivery_outside_its_window_is_a_matter_of_time() {
    let scheme = &providers::STRIPE;
    let headers = signed(scheme, BODY);
    let first = |now: i64| {
        let told = explain(scheme, &headers, BODY, now);
        (told.causes()[0].code(), told.causes()[0].confidence())
    };
    // Nothing genuine comes from the future.
    assert_eq!(first(NOW - 3600), (CauseCode::ClockSkew, Certainty::Proved));
    assert_eq!(first(NOW + 400), (CauseCode::ClockSkew, Certainty::Likely));
    assert_eq!(first(NOW * 1000), (CauseCode::TimestampUnit, Certainty::Proved));
    assert_eq!(first(NOW / 1000), (CauseCode::TimestampUnit, Certainty::Proved));
    let told = explain(scheme, &headers, BODY, NOW + 86_400 * 2);
    let codes: Vec<_> = told.causes().iter().map(|cause| cause.code().code()).collect();
    assert!(codes.contains(&"old_retry") && codes.contains(&"clock_skew"), "{codes:?}");
    assert_eq!(told.trials(), 0);

    // A row whose retries repeat the signed bytes: late means retried.
    let repeated = Scheme { retry: hookseal::Retry::Repeated, ..*scheme };
    let told = explain(&repeated, &headers, BODY, NOW + 4 * 3600);
    assert_eq!(told.causes()[0].code(), CauseCode::OldRetry);
}

#[test]
fn json_has_the_documented_keys() {
    let told = explain(&providers::STRIPE, &signed(&providers::STRIPE, BODY), b"[1]", NOW);
    let value: Value = serde_json::from_str(&told.to_json()).unwrap();
    let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let all = [
        "causes", "excluded", "message", "scheme", "secrets", "signed", "steps", "trials",
        "verdict",
    ];
    assert_eq!(keys, all);
    assert_eq!(value["scheme"], "stripe");
    assert_eq!(value["verdict"], "signature_mismatch");
    assert_eq!(value["steps"][4]["name"], "mac");
    assert_eq!(value["steps"][4]["outcome"], "failed");
    assert_eq!(
        value["signed"],
        json!([
            {"name": "{timestamp}", "offset": 0, "length": 10},
            {"name": ".", "offset": 10, "length": 1},
            {"name": "{body}", "offset": 11, "length": 3},
        ])
    );
    assert_eq!(value["secrets"], json!([Fingerprint::of(SECRET.as_bytes()).to_string()]));
    let cause = &value["causes"][0];
    assert_eq!(
        (&cause["code"], &cause["confidence"]),
        (&json!("no_cause_found"), &json!("unknown"))
    );
    assert!(value["trials"].as_u64().unwrap() > 10);
    assert!(!value["excluded"].as_array().unwrap().is_empty());
}

#[test]
fn a_fingerprint_is_the_documented_one() {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"hookseal secret fingerprint 1").unwrap();
    mac.update(SECRET.as_bytes());
    let tag = mac.finalize().into_bytes();
    let hex: String = tag.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(Fingerprint::of(SECRET.as_bytes()).to_string(), hex);
    assert_ne!(Fingerprint::of(b""), Fingerprint::of(b"\0"));
}

#[test]
fn a_report_fits_a_terminal_and_shows_the_body_only_when_asked() {
    let body = "{\"name\":\"Zo\u{eb}\",\"text\":\"zzz\\u0000\"}\r\n".repeat(200);
    let told = explain(&providers::STRIPE, &signed(&providers::STRIPE, BODY), body.as_bytes(), NOW);
    for report in [told.report(), told.report().with_content()] {
        let text = report.to_string();
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.lines().count() <= 45, "one screen: {text}");
        assert!(!text.contains('\x1b'));
        assert!(report.coloured(true).to_string().contains("\x1b[1;31m✗\x1b[0m"));
    }
    assert!(!told.to_string().contains("Zo"), "no byte of the body");
    let shown = told.report().with_content().to_string();
    assert!(shown.contains("Zo\u{eb}") && shown.contains("\\r\\n"), "{shown}");
    assert!(shown.contains("bytes …"), "the middle of a long body is left out: {shown}");
    assert!(!format!("{told:?}{:?}", told.signed()).contains("Zo"));
    let explainer = Explainer::new(&providers::STRIPE, SECRET);
    assert!(!format!("{explainer:?}").contains(&SECRET[..6]));
}

#[test]
fn the_signed_content_is_what_enters_the_mac() {
    let told = explain(&providers::STRIPE, &signed(&providers::STRIPE, BODY), BODY, NOW);
    let bytes: Vec<u8> =
        told.signed().parts().iter().flat_map(|part| part.bytes().to_vec()).collect();
    assert_eq!(bytes, [b"1700000000.".as_slice(), BODY].concat());
    assert_eq!(told.signed().length(), bytes.len());

    // What is of the secret is named, and not shown.
    let secret = providers::by_name("paddle-classic").ok();
    let hashed = providers::ALL.iter().find(|row| row.signed.text().contains("{secret}"));
    let row = hashed.or(secret.as_ref()).unwrap();
    let request = Request::new(NONE, BODY).url("https://a.example/");
    let told = Explainer::new(row, SECRET).explain(&request, at(NOW));
    for part in told.signed().parts().iter().filter(|part| part.is_secret()) {
        assert_eq!((part.length(), part.bytes()), (0, &b""[..]));
    }
}

#[test]
fn the_expected_signature_is_the_one_that_verifies() {
    for row in providers::ALL {
        let Ok(signer) = Signer::new(row, SECRET) else { continue };
        let request = Request::new(NONE, BODY).url("https://a.example/").method("POST");
        let Ok(signed) = signer.sign(&request, Some("msg_1"), at(NOW)) else { continue };
        let headers: Vec<(&str, String)> =
            signed.headers().map(|(name, value)| (name, value.to_string())).collect();
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, it)| (*name, it.as_str())).collect();
        let request =
            Request::new(headers.as_slice(), BODY).url("https://a.example/").method("POST");
        if let Some(expected) = Explainer::new(row, SECRET).danger_expected_signature(&request) {
            assert_eq!(expected, signed.signature(), "{}", row.name);
        }
    }
}

#[test]
fn a_framework_s_raw_body_is_named() {
    let headers = signed(&providers::STRIPE, BODY);
    let pairs: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = Request::new(pairs.as_slice(), b"");
    for framework in Framework::ALL {
        let told = Explainer::new(&providers::STRIPE, SECRET)
            .framework(*framework)
            .explain(&request, at(NOW));
        assert_eq!(told.causes()[0].code(), CauseCode::BodyEmpty);
        assert!(told.causes()[0].fix().ends_with(framework.raw_body()), "{told:?}");
        assert_eq!(Framework::by_name(framework.name()), Some(*framework));
    }
}
