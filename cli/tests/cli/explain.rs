//! `hookseal explain`

use crate::run::{NOW, OTHER, SECRET, file, hookseal, signature, verify};

const BODY: &[u8] = br#"{"id":"evt_1","type":"thing.made"}"#;

/// The arguments that explain a delivery of Stripe.
fn explain<'a>(header: &'a str, body: &'a str) -> Vec<&'a str> {
    let mut args = verify("stripe", header, body);
    args[0] = "explain";
    args
}

#[test]
fn the_proved_cause_is_named_with_its_fix() {
    let header = signature("stripe", &file(BODY));
    let body = file(&[BODY, b"\n"].concat());
    let run = hookseal(&[explain(&header, &body).as_slice(), &["--framework", "flask"]].concat());
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.starts_with("refused: signature_mismatch  stripe\n"), "{}", run.out);
    for told in ["✓ signature", "✗ mac", "· window", "{body}", "thing.made\"}\\n"] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
    assert!(run.out.contains("body_trailing_bytes (proved)"), "{}", run.out);
    assert!(run.out.contains("get_data"), "{}", run.out);
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    assert!(!run.out.contains('\x1b'), "colours are for terminals");
}

#[test]
fn json_has_the_keys_that_programs_read() {
    let header = signature("stripe", &file(BODY));
    let pretty = file(b"{\n  \"id\": \"evt_1\",\n  \"type\": \"thing.made\"\n}");
    let run = hookseal(&[explain(&header, &pretty).as_slice(), &["--json"]].concat());
    assert_eq!(run.code, 1);
    let told = run.json();
    assert_eq!(told["scheme"], "stripe");
    assert_eq!(told["verdict"], "signature_mismatch");
    assert_eq!(told["steps"].as_array().unwrap().len(), 6);
    assert_eq!(told["signed"][2]["name"], "{body}");
    assert_eq!(told["causes"][0]["code"], "body_reserialised");
    assert_eq!(told["causes"][0]["confidence"], "proved");
    assert!(!run.out.contains("thing.made"), "no byte of the body");
}

#[test]
fn a_genuine_delivery_has_no_cause() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    let run = hookseal(&explain(&header, &body));
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.starts_with("verified  stripe\n"), "{}", run.out);
    assert!(!run.out.contains("Cause"), "{}", run.out);
}

#[test]
fn another_secret_of_the_user_is_the_cause() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    let (true_one, other) = (file(SECRET.as_bytes()), file(OTHER.as_bytes()));
    let args = [
        "explain",
        "--provider",
        "stripe",
        "--secret-env",
        "OTHER_SECRET",
        "--now",
        NOW,
        "-H",
        &header,
        "--body",
        &body,
        "--other-secret-file",
        &other,
        "--other-secret-file",
        &true_one,
        "--json",
    ];
    let run = hookseal(&args);
    assert_eq!(run.code, 1);
    assert_eq!(run.json()["causes"][0]["code"], "secret_of_another_endpoint");
    assert_eq!(run.json()["causes"][0]["confidence"], "proved");
}

#[test]
fn a_secret_that_cannot_be_used_is_explained_too() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    let args = [
        "explain",
        "--provider",
        "standard-webhooks",
        "--secret-env",
        "TEST_SECRET",
        "-H",
        &header,
        "--body",
        &body,
        "--json",
    ];
    let run = hookseal(&args);
    assert_eq!(run.code, 2, "{}", run.out);
    assert_eq!(run.json()["verdict"], "weak_secret");
}

#[test]
fn the_expected_signature_comes_only_by_its_name() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    let expected = header.rsplit_once("v1=").unwrap().1.to_owned();
    let changed = file(&[BODY, b"?"].concat());
    let wrong = signature("stripe", &changed);
    let run = hookseal(&explain(&wrong, &body));
    assert!(!run.out.contains(&expected) && !run.err.contains(&expected));
    let run = hookseal(&[explain(&wrong, &body).as_slice(), &["--danger-show-expected"]].concat());
    assert!(run.err.contains(&expected), "{}", run.err);
    assert!(!run.out.contains(&expected), "not where it is piped on");
}

#[test]
fn a_framework_that_is_not_known_is_refused() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    hookseal(&[explain(&header, &body).as_slice(), &["--framework", "none"]].concat())
        .fails(2, &["--framework"]);
}
