//! `hookseal lint`, and schemes of one's own in place of a provider.

use serde_json::json;

use crate::run::{NOW, SECRET, file, fresh_path, hookseal, hookseal_with};

/// A scheme of the user's own.
const ACME: &str = r#"
name = "acme"
signature = { header = "acme-signature", split = ",", prefix = "v1=" }
timestamp = { header = "acme-signature", split = ",", prefix = "t=", clock = "seconds" }
event_id = { header = "acme-id", names = "event" }
signed = "{event_id}.{timestamp}.{body}"
"#;

/// The same in JSON.
const ACME_JSON: &str = r#"{
    "name": "acme",
    "signature": {"header": "acme-signature", "split": ",", "prefix": "v1="},
    "timestamp": {"header": "acme-signature", "split": ",", "prefix": "t=", "clock": "seconds"},
    "event_id": {"header": "acme-id", "names": "event"},
    "signed": "{event_id}.{timestamp}.{body}"
}"#;

/// A file with a name that ends so.
fn named(text: &str, extension: &str) -> String {
    let path = fresh_path().with_extension(extension);
    std::fs::write(&path, text).unwrap();
    path.into_os_string().into_string().unwrap()
}

#[test]
fn a_scheme_that_holds_together_is_told_with_its_findings() {
    let run = hookseal(&["lint", &named(ACME, "toml")]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.starts_with("acme\n"), "{}", run.out);
    for text in [
        "{event_id}.{timestamp}.{body}",
        "\n  note       the URL is not signed: a delivery to one endpoint verifies at\n             another \
         with the same secret (url_unsigned)\n",
        "\nacme holds together: 0 weak points, 2 notes\n",
    ] {
        assert!(run.out.contains(text), "{text:?} is not in: {}", run.out);
    }
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
}

#[test]
fn both_forms_and_standard_input_say_the_same() {
    let first = hookseal(&["lint", &named(ACME, "toml"), "--json"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let others = [
        hookseal(&["lint", &named(ACME_JSON, "json"), "--json"]),
        hookseal(&["lint", &file(ACME.as_bytes()), "--json"]),
        hookseal(&["lint", &file(ACME_JSON.as_bytes()), "--json"]),
        hookseal_with(&["lint", "-", "--json"], ACME.as_bytes()),
        hookseal_with(&["lint", "-", "--json"], ACME_JSON.as_bytes()),
    ];
    for other in others {
        assert_eq!((other.code, other.json()), (0, first.json()), "{}", other.err);
    }
    let told = first.json();
    assert_eq!(told["verdict"], "holds_together");
    assert_eq!(told["name"], "acme");
    assert_eq!(told["body_bound"], true);
    assert_eq!(
        told["findings"][0],
        json!({
            "code": "url_unsigned", "severity": "note",
            "message": "the URL is not signed: a delivery to one endpoint verifies at another with \
                        the same secret"
        })
    );
}

#[test]
fn a_weak_point_is_counted_and_is_no_failure() {
    let run = hookseal(&["lint", "--provider", "gitlab-shared-token"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("\n  weak       a shared token covers nothing"), "{}", run.out);
    assert!(run.out.contains("holds together: 1 weak point, "), "{}", run.out);
}

#[test]
fn what_does_not_hold_together_has_a_code_and_a_sentence() {
    let broken = ACME.replace(".{timestamp}", "");
    let run = hookseal(&["lint", &file(broken.as_bytes())]);
    run.fails(2, &["the scheme checks a time that it does not sign"]);
    let run = hookseal(&["lint", &file(broken.as_bytes()), "--json"]);
    assert_eq!((run.code, &run.json()["code"]), (2, &json!("timestamp_unsigned")));
    let unread = [
        (ACME.replace("clock", "clok"), "unknown_key", "line 4, column 70: timestamp.clok: "),
        (ACME.replace("\"seconds\"", "\"sec\""), "unknown_word", "there are seconds, millis"),
        (ACME.replace("\"acme\"", "\"acme"), "malformed_text", "line 2"),
        (format!("{ACME}secret = \"{SECRET}\""), "unknown_key", "secret"),
    ];
    for (text, code, words) in unread {
        let path = file(text.as_bytes());
        let run = hookseal(&["lint", &path, "--json"]);
        run.fails(2, &["the scheme cannot be read: ", words]);
        assert_eq!(run.json()["code"], code);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    hookseal(&["lint", "/no/such/file"]).fails(2, &["the scheme cannot be read", "No such file"]);
    hookseal(&["lint", &file(b"\xff")]).fails(2, &["not UTF-8"]);
    hookseal(&["lint", &file(&[b'#'; 70_000])]).fails(2, &["larger than 64 KiB"]);
    hookseal(&["lint"]).fails(2, &["must be given"]);
    hookseal(&["lint", "a", "--provider", "stripe"]).fails(2, &["exclude each other"]);
    hookseal(&["lint", "--provider", "strpe"]).fails(2, &["no provider of this name", "stripe"]);
    // A JSON scheme is read as what its name says.
    hookseal(&["lint", &named(ACME_JSON, "toml")]).fails(2, &["cannot be read"]);
}

/// Signs a body with a scheme file, and verifies it with the arguments and another body.
fn signed(scheme: &str, body: &str) -> Vec<String> {
    let args = ["--secret-env", "TEST_SECRET", "--now", NOW, "--scheme", scheme];
    let run = hookseal(&[&["sign", "--event-id", "evt-1", "--body", body], &args[..]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let headers = run.out.lines().flat_map(|line| ["--header".to_owned(), line.to_owned()]);
    args.iter().map(|it| (*it).to_owned()).chain(headers).collect()
}

fn verdict(args: &[String], body: &str) -> crate::run::Run {
    let mut all = vec!["verify".to_owned(), "--body".to_owned(), body.to_owned()];
    all.extend_from_slice(args);
    hookseal_with(&all, b"")
}

#[test]
fn a_delivery_of_ones_own_scheme_is_signed_and_verified() {
    let (body, other) = (file(b"{\"n\":1}"), file(b"{\"n\":2}"));
    for scheme in [named(ACME, "toml"), named(ACME_JSON, "json")] {
        let args = signed(&scheme, &body);
        let run = verdict(&args, &body);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        assert!(run.out.contains("acme: the delivery is genuine"), "{}", run.out);
        let run = verdict(&args, &other);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        assert!(run.out.contains("signature_mismatch"), "{}", run.out);
    }
}

#[test]
fn a_scheme_stands_in_place_of_a_provider() {
    let body = file(b"{}");
    let scheme = named(ACME, "toml");
    let args = ["verify", "--secret-env", "TEST_SECRET", "--body", &body];
    let with = |more: &[&str]| hookseal(&[&args[..], more].concat());
    with(&["--scheme", &scheme, "--provider", "stripe"]).fails(2, &["exclude each other"]);
    with(&["--scheme", "-"]).fails(2, &["--scheme takes a file"]);
    with(&["--scheme", "/no/such/file"]).fails(2, &["the scheme cannot be read"]);
    with(&[]).fails(2, &["--provider <NAME>", "--scheme <FILE>", "must be given"]);
    let broken = named(&ACME.replace(".{body}", ""), "toml");
    with(&["--scheme", &broken]).fails(2, &["does not sign the body"]);
}

#[test]
fn a_built_in_row_is_a_text_to_start_from() {
    let run = hookseal(&["providers", "stripe", "--toml"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.out, hookseal::providers::STRIPE.to_toml());
    let (body, other) = (file(b"{\"id\":\"a\"}"), file(b"{\"id\":\"b\"}"));
    let args = signed(&named(&run.out, "toml"), &body);
    assert_eq!((verdict(&args, &body).code, verdict(&args, &other).code), (0, 1));
    hookseal(&["providers", "--toml"]).fails(2, &["must be given"]);
    hookseal(&["providers", "stripe", "--toml", "--json"]).fails(2, &["exclude each other"]);
}

/// The rows of `docs/custom` on the command line: each is told, signs, verifies what it signed, and
/// refuses another body.
#[test]
fn the_schemes_of_the_documentation_work() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/custom/");
    let text = r#"{"type":"paid","meta":{"id":"m1","sent_at":"2023-11-14T22:13:20Z"}}"#;
    let (body, other) = (file(text.as_bytes()), file(text.replace("paid", "void").as_bytes()));
    let ed25519 = ("acme_sk_", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let plain = ("k7:", "a secret of twenty-six bytes");
    let standard = ("whsec_", "dGhlIHNlY3JldCBvZiB0aGUgZG9jcw==");
    let cases = [
        ("in-house", plain, plain.1),
        ("standard-dialect", standard, standard.1),
        ("key-id", plain, plain.1),
        ("time-in-body", plain, plain.1),
        ("ed25519", ed25519, public),
    ];
    for (name, (prefix, signing), verifying) in cases {
        let scheme = format!("{folder}{name}.toml");
        let told = hookseal(&["lint", &scheme]);
        assert_eq!(told.code, 0, "{}", told.err);
        assert!(told.out.contains("holds together: 0 weak points"), "{}", told.out);

        let (signing, verifying) = (
            file(format!("{prefix}{signing}").as_bytes()),
            file(format!("{}{verifying}", prefix.replace("_sk_", "_pk_")).as_bytes()),
        );
        let shared =
            ["--scheme", &scheme, "--now", NOW, "--method", "POST", "--url", "https://a.example/"];
        let id = ["--header", "x-acme-key-id: k7"];
        let event: &[&str] =
            if told.out.contains("{event_id}") { &["--event-id", "e1"] } else { &[] };
        let args = ["sign", "--secret-file", &signing, "--body", &body];
        let signed = hookseal(&[&args[..], &shared, &id, event].concat());
        assert_eq!(signed.code, 0, "{name}: {}", signed.err);
        let headers: Vec<&str> = signed.out.lines().flat_map(|line| ["--header", line]).collect();
        let verify = |body: &str| {
            let args = ["verify", "--secret-file", &verifying, "--body", body];
            hookseal(&[&args[..], &shared, &headers].concat())
        };
        let genuine = verify(&body);
        assert_eq!(genuine.code, 0, "{name}: {}{}", genuine.out, genuine.err);
        let changed = verify(&other);
        assert_eq!(changed.code, 1, "{name}: {}{}", changed.out, changed.err);
        assert!(changed.out.contains("signature_mismatch"), "{name}: {}", changed.out);
    }
}
