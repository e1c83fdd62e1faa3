//! Every vector of `core/vectors` through the core, and the counts that show none was skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects, missing_docs)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hookseal::{Error, KeyError, Request, SetupError, UnixTime, Verifier, providers};
use serde_json::Value;

/// Imported tests, by what `core/vectors/README.md` calls their origin. A new file changes these.
const IMPORTED: usize = 439;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

fn read(folder: &Path) -> Vec<Value> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        .collect()
}

fn all() -> Vec<Value> {
    let mut files = read(&folder());
    files.extend(read(&folder().join("generated")));
    files
}

fn tests(file: &Value) -> &[Value] {
    file["tests"].as_array().unwrap()
}

#[test]
fn every_vector_has_the_right_verdict() {
    let mut ran = 0;
    for file in all() {
        let scheme = file["scheme"].as_str().unwrap();
        for test in tests(&file) {
            let got = judge(scheme, test);
            assert_eq!(got, wanted(test), "{scheme}#{} {}", test["id"], test["comment"]);
            ran += 1;
        }
    }
    let generated: usize = read(&folder().join("generated")).iter().map(|it| tests(it).len()).sum();
    assert_eq!(ran, IMPORTED + generated);
}

#[test]
fn every_row_has_vectors_of_both_kinds() {
    let of = |files: &[Value]| -> BTreeSet<String> {
        files.iter().map(|file| file["scheme"].as_str().unwrap().to_owned()).collect()
    };
    let rows: BTreeSet<String> = providers::ALL.iter().map(|row| row.name.to_owned()).collect();
    assert_eq!(of(&read(&folder())), rows);
    assert_eq!(of(&read(&folder().join("generated"))), rows);
}

/// `missing_field` and `malformed_field` belong to words that no built-in row uses: they are
/// tested with rows of their own in `custom.rs`.
#[test]
fn every_code_occurs_in_a_vector() {
    let files = all();
    let met: BTreeSet<&str> =
        files.iter().flat_map(tests).map(|test| test["expect"].as_str().unwrap()).collect();
    let codes =
        Error::ALL.iter().map(|it| it.code()).chain(KeyError::ALL.iter().map(|it| it.code()));
    let missing: Vec<&str> = codes.filter(|code| !met.contains(code)).collect();
    assert_eq!(missing, ["missing_field", "malformed_field"]);
}

/// Two events of one object never share a key; and a scheme that confirms its signed id gives
/// one event delivered again the same key.
#[test]
fn replay_keys_tell_events_apart() {
    for file in read(&folder().join("generated")) {
        let scheme = providers::by_name(file["scheme"].as_str().unwrap()).unwrap();
        let key = |comment: &str| {
            let found = tests(&file).iter().find(|test| test["comment"] == comment);
            found.map(|test| test["replay_key"].as_str().unwrap())
        };
        let first = key("a genuine delivery").unwrap();
        let second = key("another event of the same object has another replay key").unwrap();
        assert_ne!(first, second, "{}", scheme.name);
        let confirmed = scheme.event_id.is_some_and(|id| id.names == hookseal::Identity::Event);
        if let Some(again) = key("the same event delivered again 20 seconds later") {
            let same = confirmed && scheme.bound().event_id;
            assert_eq!(first == again, same, "{}", scheme.name);
        }
    }
}

/// What a test says of itself, as far as it says it.
fn wanted(test: &Value) -> Vec<(&'static str, Value)> {
    KEYS.iter()
        .filter(|key| test.get(**key).is_some())
        .map(|key| (*key, test[*key].clone()))
        .collect()
}

const KEYS: [&str; 6] =
    ["expect", "event_id", "event_type", "replay_key", "secret_index", "sent_at_ms"];

fn judge(scheme: &str, test: &Value) -> Vec<(&'static str, Value)> {
    let known = "id comment origin secrets allow_weak_secret method url headers body body_base64 \
                 body_limit now disputed expect event_id event_type replay_key secret_index \
                 sent_at_ms";
    for key in test.as_object().unwrap().keys() {
        assert!(known.split_whitespace().any(|it| it == key), "{scheme}: unknown key {key}");
    }
    let verifier = match verifier(scheme, test) {
        Ok(verifier) => verifier,
        Err(error) => return vec![("expect", error.code().into())],
    };
    let headers: Vec<(&str, &str)> = test["headers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
        .collect();
    let body = body(test);
    let mut request = Request::new(headers.as_slice(), &body);
    if let Some(url) = test["url"].as_str() {
        request = request.url(url);
    }
    if let Some(method) = test["method"].as_str() {
        request = request.method(method);
    }
    let delivery =
        match verifier.verify(&request, UnixTime::from_secs(test["now"].as_i64().unwrap())) {
            Ok(delivery) => delivery,
            Err(error) => return vec![("expect", error.code().into())],
        };
    let text = |value: Option<hookseal::Value<'_>>| value.map(|it| it.to_text()).into();
    let owned = delivery.clone().into_owned();
    assert_eq!(owned.body(), delivery.body());
    assert_eq!(delivery.body().signed(), delivery.bound().body.is_whole().then_some(body.as_slice()));
    assert_eq!(delivery.body().danger_unsigned(), body);
    assert_eq!(owned.scheme(), scheme);
    assert_eq!(owned.bound(), delivery.bound());
    assert_eq!(owned.sent_at(), delivery.sent_at());
    assert_eq!(owned.secret_index(), delivery.secret_index());
    assert_eq!(Value::from(owned.event_type()), text(delivery.event_type()));
    assert_eq!(owned.replay_key(b"vectors"), delivery.replay_key(b"vectors"));
    assert_eq!(Value::from(owned.event_id()), text(delivery.event_id()));
    let key: String =
        delivery.replay_key(b"vectors").iter().map(|byte| format!("{byte:02x}")).collect();
    let known: [(&str, Value); 6] = [
        ("expect", "verified".into()),
        ("event_id", text(delivery.event_id())),
        ("event_type", text(delivery.event_type())),
        ("replay_key", key.into()),
        ("secret_index", delivery.secret_index().into()),
        ("sent_at_ms", delivery.sent_at().map(UnixTime::as_millis).into()),
    ];
    known.into_iter().filter(|(key, _)| test.get(*key).is_some()).collect()
}

fn verifier(scheme: &str, test: &Value) -> Result<Verifier<'static>, SetupError> {
    let scheme = providers::by_name(scheme)?;
    let weak = test.get("allow_weak_secret").is_some();
    let mut verifier: Option<Verifier<'static>> = None;
    for secret in test["secrets"].as_array().unwrap() {
        let secret = secret.as_str().unwrap();
        verifier = Some(match (verifier, weak) {
            (None, false) => Verifier::new(scheme, secret)?,
            (None, true) => Verifier::danger_weak_secret(scheme, secret)?,
            (Some(verifier), false) => verifier.and_secret(secret)?,
            (Some(verifier), true) => verifier.and_danger_weak_secret(secret)?,
        });
    }
    let verifier = verifier.expect("a test has a secret");
    Ok(match test["body_limit"].as_u64() {
        Some(limit) => verifier.body_limit(usize::try_from(limit).unwrap()),
        None => verifier,
    })
}

fn body(test: &Value) -> Vec<u8> {
    use base64ct::{Base64, Encoding as _};
    match test.get("body_base64") {
        Some(text) => {
            let text = text.as_str().unwrap();
            let mut memory = vec![0; text.len()];
            Base64::decode(text, &mut memory).unwrap().to_vec()
        }
        None => test["body"].as_str().unwrap().as_bytes().to_vec(),
    }
}
