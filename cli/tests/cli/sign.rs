//! `hookseal sign`

use crate::run::{NOW, file, hookseal, hookseal_with, signature, verify};

#[test]
fn what_is_signed_verifies_whatever_the_body_holds() {
    for bytes in [&b""[..], b"{}", b"\xff\xfe\x00\r\n", "naïve ☕".as_bytes()] {
        let body = file(bytes);
        for provider in ["github", "stripe", "shopify", "vercel"] {
            let header = signature(provider, &body);
            assert_eq!(hookseal(&verify(provider, &header, &body)).code, 0, "{provider} {bytes:?}");
        }
    }
}

#[test]
fn every_header_is_on_its_own_line_and_a_pair_in_json() {
    let body = file(b"{}");
    let args = ["sign", "--provider", "standard-webhooks", "--secret-env", "STANDARD_SECRET"];
    let args = [&args[..], &["--body", &body, "--event-id", "msg_1", "--now", NOW]].concat();
    let lines = hookseal(&args).out;
    let pairs = hookseal(&[&args[..], &["--json"]].concat()).json();
    let joined: String = pairs
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| format!("{}: {}\n", pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
        .collect();
    assert_eq!(lines, joined);
    assert!(lines.starts_with("webhook-id: msg_1\nwebhook-timestamp: 1700000000\n"), "{lines}");
    let mut verify = vec!["verify", "--provider", "standard-webhooks", "--now", NOW];
    verify.extend(["--secret-env", "STANDARD_SECRET", "--body", &body]);
    verify.extend(lines.lines().flat_map(|line| ["-H", line]));
    assert_eq!(hookseal(&verify).code, 0);
}

#[test]
fn an_event_id_goes_where_the_provider_sends_it() {
    let args = ["sign", "--provider", "shopify", "--secret-env", "TEST_SECRET", "--body", "-"];
    let run = hookseal_with(&[&args[..], &["--event-id", "b54557e4"]].concat(), b"{}");
    assert!(run.out.starts_with("x-shopify-webhook-id: b54557e4\nx-shopify-hmac"), "{}", run.out);
}

#[test]
fn what_is_missing_is_said() {
    let body = file(b"{}");
    let sign = |provider: &str, secret: &str, more: &[&str]| {
        let args = ["sign", "--provider", provider, "--secret-env", secret, "--body", &body];
        hookseal(&[&args[..], more].concat())
    };
    sign("standard-webhooks", "STANDARD_SECRET", &[]).fails(2, &["--event-id"]);
    sign("square", "TEST_SECRET", &[]).fails(2, &["--url"]);
    sign("hubspot", "TEST_SECRET", &["--url", "https://example.com"]).fails(2, &["--method"]);
    sign("linear", "TEST_SECRET", &[]).fails(2, &["timestamp", "field of the body"]);
    sign("standard-webhooks", "STANDARD_SECRET", &["--event-id", "a\r\nb: c"])
        .fails(2, &["plain ASCII text"]);
    sign("github", "TEST_SECRET", &["--secret-env", "OTHER_SECRET"]).fails(2, &["one secret"]);
    let args = ["sign", "--provider", "svix", "--secret", "not base64 at all!", "--body", &body];
    hookseal(&[&args[..], &["--event-id", "a"]].concat()).fails(2, &["not spelled"]);
}

#[test]
fn a_shared_token_is_not_printed() {
    let body = file(b"{}");
    let args = ["sign", "--provider", "gitlab-shared-token", "--secret-env", "TEST_SECRET"];
    let run = hookseal(&[&args[..], &["--body", &body]].concat());
    run.fails(2, &["the secret itself", "hookseal send"]);
}
