//! `hookseal verify`

use serde_json::json;

use crate::run::{
    NOW, OTHER, SECRET, WEAK, file, hookseal, hookseal_with, leaks, signature, verify,
};

const BODY: &[u8] = br#"{"id":"evt_1","type":"thing.made"}"#;

#[test]
fn a_published_delivery_is_verified() {
    let body = file(b"Hello, World!");
    let run = hookseal(&[
        "verify",
        "--provider",
        "github",
        "--secret",
        "It's a Secret to Everybody",
        "-H",
        "X-Hub-Signature-256: \
         sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "--body",
        &body,
    ]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("verified  github"), "{}", run.out);
    assert!(run.out.contains("not bound: event id, time, URL, method"), "{}", run.out);
}

#[test]
fn the_block_tells_what_a_receiver_asks_for() {
    let body = file(BODY);
    let run = hookseal(&verify("stripe", &signature("stripe", &body), &body));
    assert_eq!(run.code, 0);
    let told = ["bound", "evt_1", "thing.made", "2023-11-14T22:13:20Z  (now)", "1 of 1 matched"];
    for part in told {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(!run.out.contains("not signed"), "{}", run.out);
}

#[test]
fn json_tells_the_same() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    let args = verify("stripe", &header, &body);
    let mut told = hookseal(&[args.as_slice(), &["--json"]].concat()).json();
    let told = told.as_object_mut().unwrap();
    assert!(told.remove("micros").unwrap().as_f64().unwrap() > 0.0);
    assert_eq!(told.remove("replay_key").unwrap().as_str().unwrap().len(), 64);
    let bound = json!({"body": true, "body_coverage": "whole", "event_id": true, "timestamp": true,
            "url": false, "method": false});
    assert_eq!(
        json!(told),
        json!({
            "verdict": "verified", "code": "verified", "message": "the delivery is genuine",
            "scheme": "stripe", "bound": bound, "event_id": "evt_1", "event_type": "thing.made",
            "sent_at_ms": 1_700_000_000_000_u64, "secret_index": 0,
        })
    );
}

#[test]
fn a_changed_body_is_refused() {
    let (body, changed) = (file(BODY), file(b"{}"));
    let header = signature("github", &body);
    let run = hookseal(&verify("github", &header, &changed));
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.starts_with("refused  github"), "{}", run.out);
    let run = hookseal(&[verify("github", &header, &changed).as_slice(), &["--json"]].concat());
    assert_eq!(run.code, 1);
    assert_eq!(run.json()["verdict"], "refused");
    assert_eq!(run.json()["code"], "signature_mismatch");
}

#[test]
fn the_window_is_the_row_s_unless_another_is_given() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    let at = |more: &[&str]| {
        let args = ["verify", "--provider", "stripe", "--secret-env", "TEST_SECRET", "--json"];
        let run = hookseal(&[&args[..], &["-H", &header, "--body", &body], more].concat());
        (run.code, run.json()["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(at(&["--now", "1700000300"]), (0, "verified".to_owned()));
    assert_eq!(at(&["--now", "1700000301"]), (1, "timestamp_too_old".to_owned()));
    assert_eq!(at(&["--now", "1700000301", "--tolerance", "301"]).0, 0);
    assert_eq!(at(&["--now", "1699999699"]), (1, "timestamp_too_new".to_owned()));
    assert_eq!(at(&["--now", "1699999699", "--future-tolerance", "301"]).0, 0);
    assert_eq!(at(&["--now", "1800000000", "--danger-any-time"]).0, 0);
    assert_eq!(at(&[]), (1, "timestamp_too_old".to_owned()), "the default is this machine's clock");
}

#[test]
fn secrets_are_tried_in_the_order_of_the_command_line() {
    let body = file(BODY);
    let header = signature("github", &body);
    let secret = file(SECRET.as_bytes());
    let index = |secrets: &[&str]| {
        let args = ["verify", "--provider", "github", "--json", "-H", &header, "--body", &body];
        hookseal(&[&args[..], secrets].concat()).json()["secret_index"].as_u64()
    };
    assert_eq!(index(&["--secret-file", &secret, "--secret-env", "OTHER_SECRET"]), Some(0));
    assert_eq!(index(&["--secret-env", "OTHER_SECRET", "--secret-file", &secret]), Some(1));
    assert_eq!(
        index(&["--secret", OTHER, "--secret", OTHER, "--secret-env", "TEST_SECRET"]),
        Some(2)
    );
    assert_eq!(index(&["--secret-env", "OTHER_SECRET", "--secret", SECRET]), Some(1));
}

#[test]
fn a_secret_s_file_is_taken_byte_for_byte() {
    let body = file(BODY);
    let header = signature("github", &body);
    let spaced = file(format!("{SECRET}\n").as_bytes());
    let args = ["verify", "--provider", "github", "-H", &header, "--body", &body];
    assert_eq!(hookseal(&[&args[..], &["--secret-file", &spaced]].concat()).code, 1);
}

#[test]
fn a_weak_secret_needs_its_override_and_an_empty_one_has_none() {
    let body = file(BODY);
    let args = ["verify", "--provider", "github", "--body", &body, "-H", "X-Hub-Signature-256: a"];
    let with = |more: &[&str]| hookseal(&[&args[..], more].concat());
    with(&["--secret", WEAK]).fails(2, &["shorter than 16 bytes", "--allow-weak-secret"]);
    with(&["--secret-env", "TEST_SECRET", "--secret-env", "WEAK_SECRET"])
        .fails(2, &["secret 2 of 2", "--allow-weak-secret"]);
    assert_eq!(with(&["--secret", WEAK, "--allow-weak-secret"]).code, 1);
    let empty = file(b"");
    for none in [["--secret", ""], ["--secret-env", "EMPTY_SECRET"], ["--secret-file", &empty]] {
        with(&none).fails(2, &["the secret is empty"]);
        with(&[none[0], none[1], "--allow-weak-secret"]).fails(2, &["the secret is empty"]);
    }
}

#[test]
fn a_shared_token_says_loudly_that_nothing_is_bound() {
    let body = file(BODY);
    let header = format!("X-Gitlab-Token: {SECRET}");
    let run = hookseal(&verify("gitlab-shared-token", &header, &body));
    assert_eq!(run.code, 0);
    assert!(run.out.contains("NOTHING: a shared token covers nothing"), "{}", run.out);
    assert!(!run.out.contains("genuine"), "{}", run.out);
    let args = verify("gitlab-shared-token", &header, &body);
    let run = hookseal(&[args.as_slice(), &["--json"]].concat());
    assert_eq!(run.json()["bound"]["body"], false);
    assert!(leaks(header.as_bytes()), "the secret was there to be printed");
}

#[test]
fn a_body_that_is_not_all_signed_is_said_so() {
    let body = br#"{"signature":{"timestamp":"1700000000","token":"t0","signature":"?"},"x":1}"#;
    let args = ["--provider", "mailgun", "--secret-env", "TEST_SECRET", "--now", NOW];
    let sign = [&["sign", "--whole", "--body", "-"], &args[..]].concat();
    let whole = hookseal_with(&sign, body).out;
    let verify = [&["verify", "--request", "-"], &args[..]].concat();
    for whole in [whole.clone(), whole.replace(r#"\"x\":1"#, r#"\"x\":2"#)] {
        let run = hookseal_with(&verify, whole.as_bytes());
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        assert!(run.out.contains("bound      fields of the body, event id, time"), "{}", run.out);
        assert!(
            run.out.contains("WARNING    only some fields of the body are signed"),
            "{}",
            run.out
        );
        let told = hookseal_with(&[&verify[..], &["--json"]].concat(), whole.as_bytes()).json();
        assert_eq!(told["bound"]["body"], false);
        assert_eq!(told["bound"]["body_coverage"], "fields");
    }
    let other = whole.replace("t0", "t1");
    assert_eq!(hookseal_with(&verify, other.as_bytes()).code, 1);
}

#[test]
fn what_a_row_needs_beside_headers_and_body_is_hinted_at() {
    let body = file(BODY);
    let refused = |provider: &str, header: &str, more: &[&str]| {
        let args = [&verify(provider, header, &body)[..], more].concat();
        let run = hookseal(&args);
        assert_eq!(run.code, 1, "{provider}: {}{}", run.out, run.err);
        let hint = hookseal(&[&args[..], &["--json"]].concat()).json()["hint"].clone();
        let hint = hint.as_str().unwrap_or_default().to_owned();
        assert!(run.out.contains(&hint), "{}", run.out);
        hint
    };
    let square = format!("x-square-hmacsha256-signature: {}=", "A".repeat(43));
    assert!(refused("square", &square, &[]).contains("--url"));
    assert_eq!(refused("square", &square, &["--url", "https://example.com"]), "");
    let hubspot = format!("x-hubspot-signature-v3: {}=", "A".repeat(43));
    let more = ["-H", "x-hubspot-request-timestamp: 1700000000000"];
    assert!(refused("hubspot", &hubspot, &more).contains("--method"));
    assert!(refused("pandadoc", "x: y", &[]).contains("with the query of the request"));
}

#[test]
fn a_captured_request_is_read_and_flags_override_its_parts() {
    let body = file(BODY);
    let args = ["sign", "--provider", "square", "--secret-env", "TEST_SECRET", "--body", &body];
    let signed = hookseal(&[&args[..], &["--url", "https://example.com/hook"]].concat());
    let (name, value) = signed.out.trim_end().split_once(": ").unwrap();
    let captured = format!(
        "POST /hook HTTP/1.1\r\nHost: internal:8080\r\n{name}: {value}\r\n\r\n{}",
        str::from_utf8(BODY).unwrap()
    );
    let args = ["verify", "--provider", "square", "--secret-env", "TEST_SECRET", "--request", "-"];
    let run = |more: &[&str]| hookseal_with(&[&args[..], more].concat(), captured.as_bytes());
    assert_eq!(run(&[]).code, 1, "the captured URL is not the configured one");
    assert_eq!(run(&["--url", "https://example.com/hook"]).code, 0);
    let url = ["--url", "https://example.com/hook"];
    assert_eq!(run(&[&url[..], &["--body", &file(b"{}")]].concat()).code, 1);
    let wrong = format!("{}: AAAA", name.to_uppercase());
    let run = run(&[&url[..], &["-H", &wrong, "--json"]].concat());
    assert_eq!(run.json()["code"], "malformed_signature", "a header replaces the captured one");
}

#[test]
fn text_of_a_sender_cannot_steer_the_terminal() {
    let body = file(br#"{"id":"evt\u001b[2J","type":"\u202e"}"#);
    let run = hookseal(&verify("stripe", &signature("stripe", &body), &body));
    assert_eq!(run.code, 0);
    assert!(!run.out.contains('\u{1b}') && !run.out.contains('\u{202e}'), "{:?}", run.out);
    assert!(run.out.contains("evt\\u{1b}[2J"), "{}", run.out);
}

#[test]
fn the_time_is_in_seconds() {
    let body = file(BODY);
    let header = signature("stripe", &body);
    let mut args = verify("stripe", &header, &body);
    args.retain(|it| *it != NOW);
    let at = args.iter().position(|it| *it == "--now").unwrap();
    args.insert(at + 1, "1700000000000");
    hookseal(&args).fails(2, &["--now <SECONDS>", "not one that it takes"]);
}
