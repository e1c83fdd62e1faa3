//! The second reading of the rows agrees with the engine: on every vector of a real provider, on
//! every generated one, and on deliveries made here; and it finds out rows that are wrong.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs
)]

mod reference;
mod sender;
mod support;

use std::path::Path;

use hookseal::{Encoding, Scheme, providers, seconds, template};
use reference::Received;
use reference::tag::holds;
use sender::secrets::{Seed, secret};
use sender::{Event, is_signable, send};
use serde_json::{Map, Value, json};
use support::dice::{Dice, LETTERS};
use support::text::unbase64;

/// Deliveries per row.
const CASES: u64 = 24;

/// Every file of vectors, imported and generated.
fn files() -> Vec<Value> {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let folders = [vectors.clone(), vectors.join("generated")];
    let paths = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let json = paths
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"));
    json.map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
}

fn received(test: &Value) -> Received {
    let text = |key: &str| test[key].as_str().unwrap_or_default().to_owned();
    let pair = |pair: &Value| {
        let [name, value] = [0, 1].map(|at| pair[at].as_str().unwrap());
        (name.to_owned(), value.as_bytes().to_vec())
    };
    let body = test["body_base64"].as_str().map(unbase64);
    Received {
        headers: test["headers"].as_array().unwrap().iter().map(pair).collect(),
        url: text("url"),
        method: text("method"),
        body: body.unwrap_or_else(|| text("body").into_bytes()),
    }
}

#[test]
fn every_vector_is_read_alike() {
    let (mut genuine, mut forged, mut unread) = (0, 0, 0);
    let mut wrong = Vec::new();
    for file in files() {
        let name = file["scheme"].as_str().unwrap();
        let Ok(row) = providers::by_name(name) else { continue };
        for test in file["tests"].as_array().unwrap() {
            let expect = test["expect"].as_str().unwrap();
            let secrets = test["secrets"].as_array().unwrap();
            let secrets: Vec<&str> = secrets.iter().map(|it| it.as_str().unwrap()).collect();
            let of = received(test);
            let answers: Vec<_> = secrets.iter().map(|secret| holds(row, &of, secret)).collect();
            let found = answers.contains(&Some(true));
            match expect {
                "verified" if answers.contains(&None) && !found => unread += 1,
                "verified" => genuine += 1,
                "signature_mismatch" => forged += 1,
                _ => continue,
            }
            if (expect == "verified") != found && !answers.contains(&None) {
                wrong.push(format!("{name}#{}: {expect}, {answers:?}", test["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {genuine} and {forged}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(genuine >= 2_400 && forged >= 1_400, "only {genuine} and {forged}");
    assert!(unread <= 4, "{unread} public keys in a spelling that the reference cannot read");
}

/// A delivery of a row, all its values by chance.
fn event(dice: &mut Dice) -> Event {
    let mut text = |length: usize| dice.text(LETTERS, length);
    let (id, kind, value, note) = (text(12), text(8), text(10), text(9));
    let mut fields = Map::new();
    fields.insert("note".into(), format!("{note} é&=/%\"{value}").into());
    fields.insert("count".into(), json!(dice.below(1000)));
    fields.insert("inner".into(), json!({ "z": [1, 2], "a": null }));
    let length = dice.below(300);
    Event {
        id,
        kind,
        sent: dice.between(1_000_000_000, 9_000_000_000) * 1000,
        value,
        fields,
        plain: dice.one_in(2).then(|| dice.text("{}[]\":, \nabc=&%+", length).into()),
        url: dice.pick(URLS).to_owned(),
        whole: !dice.one_in(4),
        conditions: dice.one_in(3),
    }
}

const URLS: &[&str] = &[
    "https://hooks.example.com/in",
    "https://hooks.example.com:8443/in%3Aside?to=%20a&b=1",
    "http://hooks.example.com/a%20b/c?z=1&a=2&b=1&q=x%2Fy+z",
    "https://hooks.example.com",
];

fn seed(dice: &mut Dice) -> Seed {
    let bytes = dice.bytes(32);
    Seed { text: dice.text(LETTERS, 40), bytes, pair: dice.below(5) }
}

#[test]
fn what_the_engine_signs_is_what_the_reference_reads() {
    let mut rows = 0;
    for row in providers::ALL.iter().filter(|row| is_signable(row)) {
        rows += 1;
        for case in 0..CASES {
            let mut dice = Dice::for_case(0x5eed, row.name, case);
            let (event, seed) = (event(&mut dice), seed(&mut dice));
            let own = secret(row, &seed, 1);
            let sent = send(row, &own, &event)
                .unwrap_or_else(|error| panic!("{}: {error:?} of {event:?}", row.name));
            let found = holds(row, &sent.received, &own.verifier);
            assert_eq!(found, Some(true), "{} case {case}: {:?}", row.name, sent.received);
            let (bytes, text) = (dice.bytes(32), dice.text(LETTERS, 40));
            let other = secret(row, &Seed { pair: seed.pair + 1, bytes, text }, 1);
            assert_eq!(holds(row, &sent.received, &other.verifier), Some(false), "{}", row.name);
        }
    }
    assert!(rows * 10 > providers::ALL.len() * 9, "only {rows} of {}", providers::ALL.len());
}

/// A body that is no form, beside words over the query.
#[test]
fn a_word_reads_only_what_it_names() {
    let row = &providers::MESSAGEBIRD_LEGACY;
    assert!(row.signed.text().contains("{query|sorted}"));
    for body in [&b"100 % of it"[..], &b"a&".repeat(300), b"\xff", b"%"] {
        let mut dice = Dice::for_case(7, row.name, 0);
        let (event, seed) = (event(&mut dice), seed(&mut dice));
        let url = "https://example.com/a?b=c%3Ad".to_owned();
        let event = Event { plain: Some(body.to_vec()), url, ..event };
        let secret = secret(row, &seed, 1);
        let sent = send(row, &secret, &event).unwrap();
        assert_eq!(sent.received.body, body);
        assert_eq!(holds(row, &sent.received, &secret.verifier), Some(true), "{body:?}");
    }
}

/// The control: rows that are wrong in one fact each.
#[test]
fn a_wrong_row_is_found_out() {
    let stripe = &providers::STRIPE;
    let wrong = [
        Scheme { signed: template!("{timestamp}:{body}"), ..*stripe },
        Scheme { signed: template!("{timestamp}.{body|quoted}"), ..*stripe },
        Scheme { encoding: Encoding::Base64, ..*stripe },
        Scheme { timestamp: Some(seconds(hookseal::header("date"))), ..*stripe },
        Scheme { timestamp: None, signed: template!("{body}"), ..*stripe },
    ];
    let mut dice = Dice::for_case(1, "stripe", 0);
    let seed = seed(&mut dice);
    let secret = secret(stripe, &seed, 1);
    let sent = send(&providers::STRIPE, &secret, &event(&mut dice)).unwrap();
    assert_eq!(holds(stripe, &sent.received, &secret.verifier), Some(true));
    for row in wrong {
        assert_eq!(holds(&row, &sent.received, &secret.verifier), Some(false), "{row:?}");
    }
}
