//! Which rows headers point to: held against every vector.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions)]

use std::path::Path;

use hookseal::{Place, detect, providers};
use serde_json::Value;

fn names(headers: &[(&str, &str)]) -> Vec<&'static str> {
    detect(headers).map(|row| row.name).collect()
}

/// The files of vectors, imported and generated, of rows that sign in a header.
fn files() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let entries =
        [folder.clone(), folder.join("generated")].map(|it| std::fs::read_dir(it).unwrap());
    let paths = entries.into_iter().flatten().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        .filter(|file: &Value| {
            let row = providers::by_name(file["scheme"].as_str().unwrap());
            row.is_ok_and(|row| row.signature.place == Place::Header)
        })
        .collect()
}

fn headers(test: &Value) -> Vec<(&str, &str)> {
    let pairs = test["headers"].as_array().unwrap().iter();
    pairs.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect()
}

#[test]
fn every_delivery_that_verifies_is_detected() {
    let (mut missed, mut lengths, mut first) = (Vec::new(), 0, 0);
    let mut count = 0;
    for file in files() {
        let row = file["scheme"].as_str().unwrap().to_owned();
        for test in file["tests"].as_array().unwrap() {
            if test["expect"] != "verified" {
                continue;
            }
            let found = names(&headers(test));
            count += 1;
            lengths += found.len();
            first += usize::from(found.first() == Some(&row.as_str()));
            if !found.contains(&row.as_str()) {
                missed.push(format!("{row}#{}", test["id"]));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
    println!("{count} deliveries, {lengths} names, the row comes first {first} times");
    assert!(count > 500, "{count}");
    assert!(lengths < 8 * count, "{lengths} names for {count} deliveries");
}

#[test]
fn the_row_with_more_of_its_headers_comes_first() {
    let hex = "0".repeat(64);
    let signature = format!("sha256={hex}");
    let github = [("x-hub-signature-256", signature.as_str()), ("X-GitHub-Event", "push")];
    assert_eq!(names(&github).first(), Some(&"github"));
    assert!(names(&github[..1]).contains(&"meta"));
    let standard = [
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", "1700000000"),
        ("webhook-signature", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ];
    let found = names(&standard);
    assert!(found.contains(&"standard-webhooks") && found.contains(&"anthropic"));
    // Rows with as many of theirs are in order of name.
    let many: Vec<&str> = found.iter().copied().filter(|name| *name < "b").collect();
    assert!(many.is_sorted(), "{many:?}");
    for left_out in 0..3 {
        let mut fewer = standard.to_vec();
        fewer.remove(left_out);
        assert!(!names(&fewer).contains(&"standard-webhooks"), "{left_out}");
    }
}

#[test]
fn hostile_headers_point_nowhere() {
    let long = "a".repeat(9000);
    let hex = format!("sha256={}", "0".repeat(64));
    let cases: [&[(&str, &str)]; 8] = [
        &[],
        &[("", ""), (" ", " ")],
        &[("x-hub-signature-256", "")],
        &[("x-hub-signature-256", "sha256=")],
        &[("x-hub-signature-256", "sha1=0000")],
        &[("x-hub-signature-256", &long)],
        &[("x-hub-signature-256", &hex), ("X-Hub-Signature-256", &hex)],
        &[("stripe-signature", "t=1700000000,v1=zz")],
    ];
    for headers in cases {
        assert_eq!(names(headers), [] as [&str; 0], "{headers:?}");
    }
    let spoilt =
        [("x-hub-signature-256", hex.as_str()), ("x-github-event", "a"), ("x-github-event", "b")];
    assert!(names(&spoilt).contains(&"github"), "a header that is not read spoils nothing");
    // No header stands for more than one of a row's own.
    let twice = vec![("authorization", "Bearer x"); 2];
    assert_eq!(names(&twice), [] as [&str; 0]);
    let many: Vec<(String, String)> = (0..20_000).map(|n| (format!("x-{n}"), "1".into())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(names(&many), [] as [&str; 0]);
}
