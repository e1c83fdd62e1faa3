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

/// Signs a body, verifies it as a whole, and returns what `sign` prints.
fn signed(provider: &str, body: &[u8], more: &[&str]) -> (String, String) {
    let key = ["--provider", provider, "--secret-env", "TEST_SECRET", "--now", NOW];
    let sign = [&["sign", "--body", "-"], &key[..], more].concat();
    let run = hookseal_with(&sign, body);
    assert_eq!(run.code, 0, "{provider}: {}", run.err);
    let whole = hookseal_with(&[&sign[..], &["--whole"]].concat(), body);
    assert_eq!(whole.code, 0, "{provider}: {}", whole.err);
    let verify = [&["verify", "--request", "-"], &key[..]].concat();
    let verdict = hookseal_with(&verify, whole.out.as_bytes());
    assert_eq!(verdict.code, 0, "{provider}: {}{}", verdict.out, verdict.err);
    (run.out, whole.out)
}

#[test]
fn a_signature_that_is_no_header_is_told_and_put_where_it_goes() {
    let url = ["--url", "https://example.com/hook"];
    let (line, whole) = signed("pandadoc", b"[]", &url);
    assert!(line.starts_with("query parameter signature: ") && line.len() == 28 + 64, "{line}");
    assert!(whole.contains("https://example.com/hook?signature="), "{whole}");

    let (line, whole) = signed("vonage-sms-hmac-sha256", b"a=1&timestamp=1700000000", &[]);
    assert!(line.starts_with("form field sig: "), "{line}");
    assert!(whole.contains("\"a=1&timestamp=1700000000&sig="), "{whole}");

    let item = r#"{"NotificationRequestItem":{"pspReference":"p","amount":{"value":1}}}"#;
    let adyen = format!(r#"{{"notificationItems":[{item}]}}"#);
    let sign = ["sign", "--provider", "adyen", "--secret-env", "HEX_SECRET", "--body", "-"];
    let run = hookseal_with(&sign, adyen.as_bytes());
    let at = "JSON field notificationItems[].NotificationRequestItem.additionalData.hmacSignature";
    assert!(run.out.starts_with(at), "{}{}", run.out, run.err);
    let pairs = hookseal_with(&[&sign[..], &["--json"]].concat(), adyen.as_bytes()).json();
    assert_eq!(pairs[0][2], "json");
    assert_eq!(pairs[0].as_array().unwrap().len(), 3);
    let whole = hookseal_with(&[&sign[..], &["--whole"]].concat(), adyen.as_bytes()).out;
    let verify = ["verify", "--provider", "adyen", "--secret-env", "HEX_SECRET", "--request", "-"];
    assert_eq!(hookseal_with(&verify, whole.as_bytes()).code, 0);
    assert_eq!(hookseal_with(&verify, whole.replace("\\\"p\\\"", "1").as_bytes()).code, 1);
}

#[test]
fn a_signature_under_a_key_s_id_has_it_before_it() {
    let sign = ["sign", "--provider", "braintree", "--secret-env", "HALVES_SECRET", "--body", "-"];
    let run = hookseal_with(&sign, b"bt_payload=YQ%3D%3D");
    assert!(run.out.starts_with("form field bt_signature: public_id|"), "{}{}", run.out, run.err);
    let whole = hookseal_with(&[&sign[..], &["--whole"]].concat(), b"bt_payload=YQ%3D%3D").out;
    let verify =
        ["verify", "--provider", "braintree", "--secret-env", "HALVES_SECRET", "--request", "-"];
    assert_eq!(hookseal_with(&verify, whole.as_bytes()).code, 0);
    let other = whole.replace("public_id", "public_if");
    assert_eq!(hookseal_with(&verify, other.as_bytes()).code, 1);
}

#[test]
fn the_headers_that_are_signed_may_be_left_to_the_signer() {
    let more = ["--url", "https://example.com/hook", "--method", "POST"];
    let (lines, _) = signed("contentful", b"{}", &more);
    let names: Vec<&str> = lines.lines().filter_map(|line| line.split(':').next()).collect();
    let list = "x-contentful-signed-headers";
    assert_eq!(names, [list, "x-contentful-timestamp", "x-contentful-signature"]);
    let own = format!("{list}: x-contentful-timestamp,{list},x-own");
    let (lines, _) =
        signed("contentful", b"{}", &[&more[..], &["-H", &own, "-H", "x-own: 1"]].concat());
    assert!(lines.starts_with(&format!("{own}\n")), "{lines}");
}

#[test]
fn a_private_key_signs_and_a_public_one_verifies() {
    let key = |name: &str| format!("{}/../core/vectors/keys/{name}", env!("CARGO_MANIFEST_DIR"));
    let (private, public) = (key("ed25519.pem"), key("ed25519.pub.pem"));
    let body = file(b"{}");
    let provider = "keygen";
    let more = ["--url", "https://example.com/hook?x=1", "--method", "POST", "--now", NOW];
    let headers = [
        "-H",
        "host: example.com",
        "-H",
        "digest: sha-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=",
    ];
    let rest = [&["--provider", provider, "--body", &body], &more[..], &headers[..2]].concat();
    let sign =
        |key: &str| hookseal(&[&["sign", "--secret-file", key], &rest[..], &headers[2..]].concat());
    let run = sign(&private);
    assert_eq!(run.code, 0, "{}", run.err);
    let lines: Vec<&str> = run.out.lines().flat_map(|line| ["-H", line]).collect();
    let verify = ["verify", "--secret-file", &public];
    let run = hookseal(&[&verify[..], &rest, &lines].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    sign(&public).fails(2, &["key of another kind", "the private key"]);
}

#[test]
fn what_only_its_provider_can_sign_is_said() {
    let key = format!("{}/../core/vectors/keys/rsa2048.pem", env!("CARGO_MANIFEST_DIR"));
    let args = ["sign", "--provider", "travis-ci", "--secret-file", &key, "--body", "-"];
    let run = hookseal_with(&[&args[..], &["--json"]].concat(), b"payload=1");
    assert_eq!((run.code, run.json()["code"].as_str()), (2, Some("cannot_sign")));
}

#[test]
fn a_field_that_is_missing_is_looked_up() {
    let sign = |provider: &str, body: &[u8], more: &[&str]| {
        let args = ["sign", "--provider", provider, "--secret-env", "TEST_SECRET", "--body", "-"];
        hookseal_with(&[&args[..], more].concat(), body)
    };
    sign("gitea-form", b"a=1", &[]).fails(2, &["hookseal providers gitea-form"]);
    sign("mailgun", b"{}", &[]).fails(2, &["JSON field signature.timestamp"]);
    let url = ["--url", "https://example.com/hook"];
    sign("twilio", b"{\"a\": 1}", &url).fails(2, &["query parameter bodySHA256"]);
    let sha = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let url = format!("https://example.com/hook?bodySHA256={sha}");
    assert_eq!(sign("twilio", b"{}", &["--url", &url]).code, 0);
}

#[test]
fn a_shared_token_is_not_printed() {
    let body = file(b"{}");
    let args = ["sign", "--provider", "gitlab-shared-token", "--secret-env", "TEST_SECRET"];
    let run = hookseal(&[&args[..], &["--body", &body]].concat());
    run.fails(2, &["the secret itself", "hookseal send"]);
}
