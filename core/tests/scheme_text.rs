//! Schemes made at run time: what is written is read as an equal row, and what is wrong is told by
//! its key and its place.
#![cfg(feature = "scheme-text")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects, missing_docs)]

use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use hookseal::{
    Key, KeyFormat, OwnedScheme, Request, Scheme, SchemeError, SchemeMemory, TextError, UnixTime,
    Verifier, check, event, header, json, providers, query, seconds, template,
};
use serde_json::Value;

/// A row without the endpoint validations, which have no text.
fn told<'a>(row: &Scheme<'a>) -> Scheme<'a> {
    Scheme { handshakes: &[], ..*row }
}

/// All of a row: two rows with the same text are equal in every field.
fn whole(row: &Scheme<'_>) -> String {
    format!("{:#?}", told(row))
}

#[test]
fn every_row_is_read_as_it_was_written() {
    for row in providers::ALL {
        let text = row.to_toml();
        let owned = OwnedScheme::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut memory = SchemeMemory::new();
        let again = owned.scheme(&mut memory);
        assert_eq!(whole(&again), whole(row), "{text}");
        assert_eq!((again.check(), again.bound()), (row.check(), row.bound()));
        assert!(again.lint().eq(told(row).lint()));
        assert_eq!(again.to_toml(), text);
    }
}

#[test]
fn every_row_is_the_same_in_json() {
    for row in providers::ALL {
        let text = row.to_json();
        let owned = OwnedScheme::from_json(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut memory = SchemeMemory::new();
        let again = owned.scheme(&mut memory);
        assert_eq!(whole(&again), whole(row), "{text}");
        assert_eq!((again.to_json(), again.to_toml()), (text.clone(), row.to_toml()));
        assert!(serde_json::from_str::<Value>(&text).unwrap().is_object() && !text.contains('\n'));
    }
}

#[test]
fn any_text_is_the_same_in_json() {
    let odd = "a\" = \\ \n\t\r\u{7}\u{7f}\u{85}é\u{2028}🦀 = ],";
    let row = Scheme { source: odd, ..providers::STRIPE };
    let text = row.to_json();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["source"], odd);
    assert_eq!(whole(OwnedScheme::from_json(&text).unwrap().leak()), whole(&row));
}

/// The comparison of rows sees a difference in any field.
#[test]
fn rows_that_differ_are_not_equal() {
    let row = &providers::STRIPE;
    let others = [
        Scheme { name: "other", ..*row },
        Scheme { signature: header("stripe-signature").item(",", "v2="), ..*row },
        Scheme { timestamp: row.timestamp.map(|time| time.window(301, 300)), ..*row },
        Scheme { checks: &[check(query("a"), template!("b"))], ..*row },
        Scheme { key: KeyFormat::Hex, ..*row },
        Scheme { signed: template!("{timestamp}.[{body}]"), ..*row },
    ];
    for other in &others {
        assert_ne!(whole(other), whole(row));
    }
}

#[test]
fn every_row_that_was_read_gives_every_vector_its_verdict() {
    let (mut ran, mut verified) = (0, 0);
    for file in vectors() {
        let Ok(row) = providers::by_name(file["scheme"].as_str().unwrap()) else { continue };
        let owned = OwnedScheme::from_toml(&row.to_toml()).unwrap();
        let mut memory = SchemeMemory::new();
        let again = owned.scheme(&mut memory);
        for test in file["tests"].as_array().unwrap() {
            let verdicts = (verdict(row, test), verdict(&again, test));
            assert_eq!(verdicts.0, verdicts.1, "{}#{}", row.name, test["id"]);
            ran += 1;
            verified += usize::from(verdicts.0.starts_with("verified"));
        }
    }
    assert!(ran > 2000 && verified > 500, "{ran} vectors ran, {verified} verified");
}

fn vectors() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let list = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let paths = list(folder.join("generated")).chain(list(folder));
    let files = paths.filter(|path| path.extension().is_some_and(|it| it == "json"));
    files.map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
}

/// What becomes of a vector: a code, and the replay key of what is verified.
fn verdict(row: &Scheme<'_>, test: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let secrets: Vec<String> = test["secrets"].as_array().unwrap().iter().map(text).collect();
    let mut verifier = match Verifier::danger_weak_secret(row, &secrets[0]) {
        Ok(verifier) => verifier,
        Err(error) => return error.code().into(),
    };
    for secret in &secrets[1..] {
        verifier = match verifier.and_danger_weak_secret(secret) {
            Ok(verifier) => verifier,
            Err(error) => return error.code().into(),
        };
    }
    let pairs = test["headers"].as_array().unwrap().iter();
    let headers: Vec<(String, String)> =
        pairs.map(|pair| (text(&pair[0]), text(&pair[1]))).collect();
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let body = match test.get("body_base64") {
        Some(body) => decoded(body.as_str().unwrap()),
        None => test["body"].as_str().unwrap().into(),
    };
    let mut request = Request::new(headers.as_slice(), &body);
    if let Some(url) = test["url"].as_str() {
        request = request.url(url);
    }
    if let Some(method) = test["method"].as_str() {
        request = request.method(method);
    }
    match verifier.verify(&request, UnixTime::from_secs(test["now"].as_i64().unwrap())) {
        Ok(delivery) => format!("verified {:?}", delivery.replay_key(b"")),
        Err(error) => error.code().into(),
    }
}

fn decoded(text: &str) -> Vec<u8> {
    let mut memory = vec![0; text.len()];
    Base64::decode(text, &mut memory).unwrap().to_vec()
}

#[test]
fn a_base_gives_what_is_not_said() {
    let text = r#"
        base = "stripe"
        name = "acme"
        signature = { header = "acme-signature", split = ",", prefix = "v1=" }
        event_id = { header = "acme-id", names = "event" }
        event_type = "none"
    "#;
    let acme = OwnedScheme::from_toml(text).unwrap().leak();
    let expected = Scheme {
        name: "acme",
        signature: header("acme-signature").item(",", "v1="),
        event_id: Some(event(header("acme-id"))),
        event_type: None,
        confidence: hookseal::Confidence::Custom,
        source: "",
        ..providers::STRIPE
    };
    assert_eq!(whole(acme), whole(&expected));
    assert!(acme.check().is_ok());
}

#[test]
fn toml_and_json_are_two_spellings_of_one_row() {
    let toml = OwnedScheme::from_toml(
        r#"
        name = "acme"
        key_id = ":"
        admits = ["body-unsigned"]
        checks = [{ query = "a", equals = "{key_id}", when = "with-body" }]
        signed = "{timestamp}.{url}"
        [signature]
        header = "acme-signature"
        [timestamp]
        json = "sent.at"
        clock = "expiry"
        [key]
        format = "base64"
        prefix = "k_"
        "#,
    );
    let json = OwnedScheme::from_json(
        r#"{
        "name": "acme", "key_id": ":", "admits": ["body-unsigned"], "event_id": null,
        "checks": [{"query": "a", "equals": "{key_id}", "when": "with-body"}],
        "signed": "{timestamp}.{url}", "signature": {"header": "acme-signature"},
        "timestamp": {"json": "sent.at", "clock": "expiry", "past": 0, "future": 300},
        "key": {"format": "base64", "prefix": "k_"}
        }"#,
    );
    let expected = Scheme {
        name: "acme",
        signature: header("acme-signature"),
        signed: template!("{timestamp}.{url}"),
        checks: &[check(query("a"), template!("{key_id}")).with_body()],
        admits: &[hookseal::Weakness::BodyUnsigned],
        key: KeyFormat::Base64 { prefix: "k_" },
        key_id: Some(b':'),
        timestamp: Some(hookseal::expiry(json_path())),
        ..Scheme::BASE
    };
    for owned in [toml.unwrap(), json.unwrap()] {
        assert_eq!(whole(owned.leak()), whole(&expected));
    }
}

const fn json_path() -> hookseal::Source<'static> {
    json("sent.at")
}

/// Text, code, key, and where it is said to be: line and column.
type Broken = (&'static str, &'static str, &'static str, Option<(usize, usize)>);

const BROKEN: &[Broken] = &[
    ("", "missing_key", "signature", None),
    ("name = \"a\"", "missing_key", "signature", None),
    ("signature = { header = \"a\" }", "missing_key", "name", None),
    ("name = \"a\"\nsignatur = 1", "unknown_key", "signatur", Some((2, 1))),
    ("name = \n", "malformed_text", "", Some((1, 8))),
    ("name = \"a\"\nname = \"b\"", "malformed_text", "", Some((2, 1))),
    ("base = \"nobody\"\nname = \"a\"", "unknown_provider", "base", Some((1, 1))),
    ("base = \"github\"\nname = \"a\"\n encodin = \"hex\"", "unknown_key", "encodin", Some((3, 2))),
    (
        "base = \"github\"\nname = \"a\"\nencoding = \"Hex\"",
        "unknown_word",
        "encoding",
        Some((3, 1)),
    ),
    ("base = \"github\"\nname = \"a\"\nencoding = 1", "wrong_type", "encoding", Some((3, 1))),
    ("base = \"github\"\nname = \"\"", "wrong_value", "name", Some((2, 1))),
    ("base = \"github\"\nname = \"a\\nb\"", "wrong_value", "name", Some((2, 1))),
    (
        "base = \"github\"\nname = \"a\"\nsigned = \"{bdy}\"",
        "malformed_template",
        "signed",
        Some((3, 1)),
    ),
    ("base = \"github\"\nname = \"a\"\nkey = \"pem\"", "unknown_word", "key", Some((3, 1))),
    (
        "base = \"github\"\nname = \"a\"\nkey = { prefix = \"a\" }",
        "missing_key",
        "key.format",
        Some((3, 1)),
    ),
    (
        "base = \"github\"\nname = \"a\"\nkey = { format = \"hex\", prefix = \"a\" }",
        "wrong_value",
        "key.prefix",
        Some((3, 25)),
    ),
    ("base = \"github\"\nname = \"a\"\nkey_id = \"::\"", "wrong_value", "key_id", Some((3, 1))),
    (
        "base = \"github\"\nname = \"a\"\nsignature = \"none\"",
        "wrong_type",
        "signature",
        Some((3, 1)),
    ),
    (
        "base = \"github\"\nname = \"a\"\nsignature = { head = \"a\" }",
        "unknown_key",
        "signature.head",
        Some((3, 15)),
    ),
    (
        "base = \"github\"\nname = \"a\"\nsignature = { header = \"a\", clock = \"seconds\" }",
        "unknown_key",
        "signature.clock",
        Some((3, 29)),
    ),
    (
        "base = \"github\"\nname = \"a\"\nsignature = { header = \"a\", json = \"b\" }",
        "two_places",
        "signature.json",
        Some((3, 29)),
    ),
    (
        "base = \"github\"\nname = \"a\"\nsignature = { header = \"\" }",
        "wrong_value",
        "signature.header",
        Some((3, 15)),
    ),
    (
        "base = \"github\"\nname = \"a\"\nsignature = { body = \"x\" }",
        "wrong_value",
        "signature.body",
        Some((3, 15)),
    ),
    (
        "base = \"github\"\nname = \"a\"\n[timestamp]\nheader = \"a\"",
        "missing_key",
        "timestamp.clock",
        Some((3, 2)),
    ),
    (
        "base = \"github\"\nname = \"a\"\n[timestamp]\nheader = \"a\"\nclock = \"seconds\"\npast = -1",
        "wrong_value",
        "timestamp.past",
        Some((6, 1)),
    ),
    (
        "base = \"github\"\nname = \"a\"\n[timestamp]\nheader = \"a\"\nclock = \"seconds\"\npast = \"1\"",
        "wrong_type",
        "timestamp.past",
        Some((6, 1)),
    ),
    (
        "base = \"github\"\nname = \"a\"\n[timestamp]\nheader = \"a\"\nclock = \"seconds\"\npast = 4294967296",
        "wrong_value",
        "timestamp.past",
        Some((6, 1)),
    ),
    (
        "base = \"github\"\nname = \"a\"\nchecks = [\n  { claim = \"a\", equals = \"1\" },\n  { claim = \"b\", \
         equals = \"2\", when = \"never\" },\n]",
        "unknown_word",
        "checks[1].when",
        Some((5, 32)),
    ),
    ("base = \"github\"\nname = \"a\"\nchecks = {}", "wrong_type", "checks", Some((3, 1))),
    (
        "base = \"github\"\nname = \"a\"\nadmits = [\"all\"]",
        "unknown_word",
        "admits[0]",
        Some((3, 11)),
    ),
    ("base = \"github\"\nname = \"ü\"\nevent_id = {}", "missing_key", "event_id", Some((3, 1))),
    ("base = \"github\"\nname = \"ü\"\nevent_id = 1.5", "wrong_type", "event_id", Some((3, 1))),
    (
        "base = \"github\"\nname = \"a\"\nsecret = \"kX9vQ2mZ7p\"",
        "unknown_key",
        "secret",
        Some((3, 1)),
    ),
];

#[test]
fn what_is_wrong_is_told_by_its_key_and_its_place() {
    for (text, code, key, at) in BROKEN {
        let error = OwnedScheme::from_toml(text).unwrap_err();
        assert_eq!(
            (error.code(), error.key().as_str(), error.position()),
            (*code, *key, *at),
            "{text}\n{error}"
        );
        assert!(error.to_string().contains(key), "{error}");
        assert!(!error.to_string().contains("kX9vQ2mZ7p"), "{error}");
    }
    let known = |code: &&str| {
        TextError::ALL.iter().any(|it| it.code() == *code)
            || SchemeError::ALL.iter().any(|it| it.code() == *code)
    };
    assert!(BROKEN.iter().map(|it| it.1).all(|code| known(&code)));
}

#[test]
fn json_is_told_apart_the_same_way() {
    let of = |text: &str| {
        let error = OwnedScheme::from_json(text).unwrap_err();
        (error.code(), error.key(), error.position())
    };
    assert_eq!(of("{\n\"name\": ]"), ("malformed_text", String::new(), Some((2, 9))));
    assert_eq!(of("[]"), ("wrong_type", String::new(), None));
    let twice = r#"{"name": "a", "base": "github", "signature": {"header": "a", "header": "b"}}"#;
    assert_eq!(of(twice), ("repeated_key", "header".into(), None));
    let past = r#"{"name": "a", "base": "stripe", "timestamp": {"header": "a", "clock": "seconds",
                   "past": 1e3}}"#;
    assert_eq!(of(past), ("wrong_value", "timestamp.past".into(), None));
    assert_eq!(of("{\"name\": \"a\"} x").0, "malformed_text");
}

#[test]
fn a_text_of_any_depth_or_size_gets_an_answer() {
    let deep = [("[", "]"), ("{\"a\":", "}")]
        .map(|(open, close)| format!("{}1{}", open.repeat(9000), close.repeat(9000)));
    assert_eq!(OwnedScheme::from_json(&deep[0]).unwrap_err().code(), "malformed_text");
    assert_eq!(OwnedScheme::from_json(&deep[1]).unwrap_err().code(), "malformed_text");
    let deep = format!("name = {}1{}", "[".repeat(9000), "]".repeat(9000));
    assert_eq!(OwnedScheme::from_toml(&deep).unwrap_err().code(), "malformed_text");
    let dotted = format!("{}a = 1", "a.".repeat(9000));
    assert_ne!(OwnedScheme::from_toml(&dotted).unwrap_err().code(), "");
    let large = "#".repeat(65 << 10);
    assert_eq!(OwnedScheme::from_toml(&large).unwrap_err().code(), "text_too_large");
    assert_eq!(OwnedScheme::from_json(&large).unwrap_err().code(), "text_too_large");
}

/// Every cut of a long text, and every byte of it changed: an answer, never a panic.
#[test]
fn a_damaged_text_gets_an_answer() {
    let text = "base = \"stripe\"\nname = \"é\"\nkey = { format = \"base64\", prefix = \"whsec_\" }\n\
                checks = [{ query = \"a\", equals = \"{body|sha256|hex}\" }]\n\
                timestamp = { json = \"a.b\", clock = \"rfc3339\", past = 0x10, future = 1_0 }\n";
    let whole = OwnedScheme::from_toml(text).unwrap().leak();
    let time = whole.timestamp.unwrap();
    assert_eq!((time.past, time.future), (16, 10));
    let mut refused = 0;
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        refused += usize::from(OwnedScheme::from_toml(&text[..at]).is_err());
        for with in ["", "\"", "{", "]", "\u{0}", "=", "\n", "9"] {
            let end = at + text[at..].chars().next().unwrap().len_utf8();
            let changed = format!("{}{with}{}", &text[..at], &text[end..]);
            let _ = OwnedScheme::from_toml(&changed).map(|it| it.leak().check());
        }
    }
    assert!(refused > 100, "{refused}");
}

/// No key can be read that is not written, and none written that is not read.
#[test]
fn every_key_is_written_and_read() {
    let row = Scheme {
        name: "quo\"te \\ tab\tend",
        signature: header("a").under_key_id(b'|'),
        checks: &[check(query("a"), template!("b")).if_present()],
        signed_headers: Some(header("c").item(" ,", "x|y")),
        key: KeyFormat::PublicKey { prefix: "p_", private_prefix: "s_" },
        key_id: Some(b'"'),
        timestamp: Some(seconds(header("t")).window(1, 2)),
        event_id: Some(event(json("a|b"))),
        event_type: Some(hookseal::form("e")),
        retry: hookseal::Retry::Repeated,
        admits: &[hookseal::Weakness::LooseJoins],
        confidence: hookseal::Confidence::Docs,
        source: "https://example.com/\u{7f}",
        ..Scheme::BASE
    };
    let text = row.to_toml();
    for key in Key::ALL.iter().filter(|key| **key != Key::Base) {
        assert!(text.lines().any(|line| line.starts_with(&format!("{} = ", key.name()))), "{text}");
    }
    // A name with a control character is refused, the rest of the row is equal.
    assert_eq!(OwnedScheme::from_toml(&text).unwrap_err().key(), "name");
    let row = Scheme { name: "quo\"te \\", ..row };
    assert_eq!(whole(OwnedScheme::from_toml(&row.to_toml()).unwrap().leak()), whole(&row));
}
