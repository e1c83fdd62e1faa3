//! Every vector of `core/vectors` through the core, and the counts that show none was skipped.
//!
//! `HOOKSEAL_ROW=stripe cargo test -p hookseal --test vectors verdict` runs those of one row only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects, missing_docs)]

use core::fmt::{Debug, Write as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hookseal::{Delivery, Error, KeyError, Request, SetupError, UnixTime, Verifier, providers};
use serde_json::Value;

/// Imported tests that are known to be there: fewer is a loss. `core/vectors/COUNTS` has the number
/// of every row.
const IMPORTED: usize = 2256;

/// Rows of which nothing was published, and no library of the provider's was there to run.
const GENERATED_ONLY: [&str; 2] = ["apideck", "websub-sha512"];

/// Rows that sign neither the body nor an id: two events of one second are signed alike, and only
/// what is not signed tells them apart.
const SAME_SECOND: [&str; 2] = ["dropbox-sign", "monday"];

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
    paths.iter().map(|path| read_file(path)).collect()
}

/// A file is named after its row.
fn read_file(path: &Path) -> Value {
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(path.file_stem().unwrap().to_str(), file["scheme"].as_str());
    file
}

fn imported() -> Vec<Value> {
    read(&folder())
}

fn generated() -> Vec<Value> {
    read(&folder().join("generated"))
}

fn all() -> Vec<Value> {
    let mut files = imported();
    files.extend(generated());
    files
}

fn name(file: &Value) -> &str {
    file["scheme"].as_str().unwrap()
}

fn tests(file: &Value) -> &[Value] {
    file["tests"].as_array().unwrap()
}

/// The one row to run, if only one is asked for.
fn one_row() -> Option<String> {
    std::env::var("HOOKSEAL_ROW").ok()
}

#[test]
fn every_vector_has_the_right_verdict() {
    let only = one_row();
    let chosen = |file: &Value| only.as_ref().is_none_or(|row| row == name(file));
    let mut files = all();
    files.retain(|file| chosen(file) && !is_out(name(file)));
    assert!(!files.is_empty(), "no vectors of {}", only.unwrap_or_default());
    let report: String = files.iter().filter_map(disagreements).collect();
    let ran: usize = files.iter().map(|file| tests(file).len()).sum();
    assert!(report.is_empty(), "{ran} vectors of {} files:\n{report}", files.len());
}

/// What is wrong in one file, one line a test.
fn disagreements(file: &Value) -> Option<String> {
    let (row, tests) = (name(file), tests(file));
    if let Err(error) = providers::by_name(row) {
        return Some(format!("{row}: {}, {} vectors\n", error.code(), tests.len()));
    }
    let mut lines = String::new();
    let mut wrong = 0;
    for test in tests {
        let (got, wanted) = (judge(row, test), wanted(test));
        if got != wanted {
            wrong += 1;
            let (id, comment) = (&test["id"], test["comment"].as_str().unwrap());
            let (got, wanted) = (differing(&got, &wanted), differing(&wanted, &got));
            writeln!(lines, "  {row}#{id} {comment} Expected {wanted}, got {got}").unwrap();
        }
    }
    (wrong > 0).then(|| format!("{row}: {wrong} of {} differ\n{lines}", tests.len()))
}

/// The pairs of the first that the second has not.
fn differing(these: &Found, those: &Found) -> String {
    let pairs = these.iter().filter(|pair| !those.contains(pair));
    pairs.map(|(key, value)| format!("{key} {value}")).collect::<Vec<_>>().join(", ")
}

/// Adding a provider adds a line, and nothing here changes.
#[test]
fn every_imported_vector_is_counted() {
    let lines = std::fs::read_to_string(folder().join("COUNTS")).unwrap();
    let listed: Vec<(&str, usize)> = lines
        .lines()
        .map(|line| line.split_once(' ').expect("a row and its count"))
        .map(|(row, count)| (row, count.parse().unwrap()))
        .collect();
    assert!(listed.is_sorted(), "COUNTS is not sorted");
    let files = imported();
    let there: Vec<(&str, usize)> =
        files.iter().map(|file| (name(file), tests(file).len())).collect();
    same(
        ("the files", &there.iter().copied().collect()),
        ("COUNTS", &listed.iter().copied().collect()),
    );
    assert_eq!(there.len(), listed.len(), "COUNTS names a row twice");
    let total: usize = there.iter().map(|(_, count)| count).sum();
    assert!(total >= IMPORTED, "{total} of {IMPORTED} imported vectors are left");
    for file in &files {
        let ids: Vec<u64> = tests(file).iter().map(|test| test["id"].as_u64().unwrap()).collect();
        assert!(ids.iter().copied().eq((1..).take(ids.len())), "{}: {ids:?}", name(file));
    }
}

#[test]
fn every_row_has_vectors_of_both_kinds() {
    let of = |files: &[Value]| -> BTreeSet<String> {
        files.iter().map(|file| name(file).to_owned()).collect()
    };
    let rows: BTreeSet<String> = providers::ALL.iter().map(|row| row.name.to_owned()).collect();
    let mut imported = of(&imported());
    // Of a provider without a row there may be vectors already.
    imported.retain(|name| !is_out(name));
    for row in GENERATED_ONLY {
        assert!(imported.insert(row.to_owned()), "{row} has vectors now");
    }
    let rows = ("the table", &rows);
    same(("core/vectors", &imported), rows);
    let signed: BTreeSet<String> = providers::ALL
        .iter()
        .filter(|row| is_signable(row))
        .map(|row| row.name.to_owned())
        .collect();
    same(("core/vectors/generated", &of(&generated())), ("the rows that can be signed", &signed));
    // What cannot be generated is imported.
    assert!(GENERATED_ONLY.iter().all(|row| signed.contains(*row)));
}

fn is_out(name: &str) -> bool {
    providers::OUT.iter().any(|out| out.name == name)
}

/// RSA is verified and never made; nor is a signature in a header that is filed under a key's id.
fn is_signable(row: &hookseal::Scheme<'_>) -> bool {
    use hookseal::{Algorithm, Place};
    let filed = row.signature.key_mark.is_some() && row.signature.place == Place::Header;
    let rsa = [Algorithm::RsaSha1, Algorithm::RsaSha256, Algorithm::RsaSha512];
    !rsa.contains(&row.algorithm) && !filed
}

/// Like `assert_eq`, but says only what differs.
fn same<T: Ord + Debug>((name, one): (&str, &BTreeSet<T>), other: (&str, &BTreeSet<T>)) {
    let only: Vec<&T> = one.difference(other.1).collect();
    let missing: Vec<&T> = other.1.difference(one).collect();
    assert!(one == other.1, "only in {name}: {only:?}\nonly in {}: {missing:?}", other.0);
}

/// An expectation is `verified` or the code of an error, and none is left to be decided.
#[test]
fn every_expectation_is_a_code() {
    let verdicts: BTreeSet<&str> = codes().chain(["verified"]).collect();
    let files = all();
    let mut open: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (file, test) in files.iter().flat_map(|file| tests(file).iter().map(move |it| (file, it))) {
        let expect = test["expect"].as_str().unwrap();
        if !verdicts.contains(expect) {
            open.entry(expect).or_default().push(format!("{}#{}", name(file), test["id"]));
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

fn codes() -> impl Iterator<Item = &'static str> {
    let delivery = Error::ALL.iter().map(|it| it.code());
    delivery.chain(KeyError::ALL.iter().map(|it| it.code()))
}

#[test]
fn every_code_occurs_in_a_vector() {
    let files = all();
    let met: BTreeSet<&str> =
        files.iter().flat_map(tests).map(|test| test["expect"].as_str().unwrap()).collect();
    let missing: Vec<&str> = codes().filter(|code| !met.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Two events of one object never share a key; and a scheme that confirms its signed id gives
/// one event delivered again the same key.
#[test]
fn replay_keys_tell_events_apart() {
    let mut alike = Vec::new();
    for file in generated() {
        let scheme = providers::by_name(name(&file)).unwrap();
        let key = |comment: &str| {
            let found = tests(&file).iter().find(|test| test["comment"] == comment);
            found.map(|test| test["replay_key"].as_str().unwrap())
        };
        let first = key("a genuine delivery").unwrap();
        match key("another event of the same object has another replay key") {
            Some(second) => assert_ne!(first, second, "{}", scheme.name),
            None => alike.push(scheme.name),
        }
        let confirmed = scheme.event_id.is_some_and(|id| id.names == hookseal::Identity::Event);
        if let Some(again) = key("the same event delivered again 20 seconds later") {
            // Where the time is part of the key, what is signed is the same.
            let timeless = scheme.key == hookseal::KeyFormat::AfterTimestamp;
            let same = timeless || confirmed && scheme.bound().event_id;
            assert_eq!(first == again, same, "{}", scheme.name);
        }
    }
    assert_eq!(alike, SAME_SECOND);
}

/// What a test says, or what came out of it, by key.
type Found = Vec<(&'static str, Value)>;

/// What a test says of itself, as far as it says it.
fn wanted(test: &Value) -> Found {
    KEYS.iter()
        .filter(|key| test.get(**key).is_some())
        .map(|key| (*key, test[*key].clone()))
        .collect()
}

const KEYS: [&str; 6] =
    ["expect", "event_id", "event_type", "replay_key", "secret_index", "sent_at_ms"];

fn judge(scheme: &str, test: &Value) -> Found {
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
    match verifier.verify(&request, UnixTime::from_secs(test["now"].as_i64().unwrap())) {
        Ok(delivery) => found(&delivery, scheme, test, &body),
        Err(error) => vec![("expect", error.code().into())],
    }
}

/// What the delivery says of all that the test speaks of; and where the delivery, what was sent
/// and the copy that owns its bytes do not agree.
fn found(delivery: &Delivery<'_>, scheme: &str, test: &Value, body: &[u8]) -> Found {
    let text =
        |value: Option<hookseal::Value<'_>>| -> Value { value.map(|it| it.to_text()).into() };
    let key: String =
        delivery.replay_key(b"vectors").iter().map(|byte| format!("{byte:02x}")).collect();
    let all: [(&str, Value); 6] = [
        ("expect", "verified".into()),
        ("event_id", text(delivery.event_id())),
        ("event_type", text(delivery.event_type())),
        ("replay_key", key.into()),
        ("secret_index", delivery.secret_index().into()),
        ("sent_at_ms", delivery.sent_at().map(UnixTime::as_millis).into()),
    ];
    let owned = delivery.clone().into_owned();
    let agree = [
        ("body", owned.body() == delivery.body()),
        (
            "signed body",
            delivery.body().signed() == delivery.bound().body.is_whole().then_some(body),
        ),
        ("unsigned body", delivery.body().danger_unsigned() == body),
        ("scheme", owned.scheme() == scheme),
        ("bound", owned.bound() == delivery.bound()),
        ("time", owned.sent_at() == delivery.sent_at()),
        ("index of the secret", owned.secret_index() == delivery.secret_index()),
        ("event type", Value::from(owned.event_type()) == text(delivery.event_type())),
        ("event id", Value::from(owned.event_id()) == text(delivery.event_id())),
        ("replay key", owned.replay_key(b"vectors") == delivery.replay_key(b"vectors")),
    ];
    let broken = agree.into_iter().filter(|(_, agrees)| !agrees);
    let spoken_of = all.into_iter().filter(|(key, _)| test.get(*key).is_some());
    spoken_of.chain(broken.map(|(what, _)| ("another", what.into()))).collect()
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
