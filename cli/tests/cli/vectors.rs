//! `hookseal vectors`

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::run::{file, fresh_path, hookseal};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/vectors")
}

/// The tests of a file, counted without the program.
fn count(path: &Path) -> usize {
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    file["tests"].as_array().unwrap().len()
}

/// The tests of a folder's own files.
fn count_all(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|it| it == "json")).map(|it| count(&it)).sum()
}

/// The imported tests, as they are counted in a file of their own.
fn imported() -> usize {
    let counts = std::fs::read_to_string(folder().join("COUNTS")).unwrap();
    counts.lines().map(|line| line.split(' ').next_back().unwrap().parse::<usize>().unwrap()).sum()
}

#[test]
fn every_vector_of_the_tree_passes_and_all_are_run() {
    assert!(imported() >= 2250 && imported() == count_all(&folder()), "{}", imported());
    let generated = folder().join("generated");
    let there = imported() + count_all(&generated);
    let paths = [folder(), generated];
    let paths = paths.each_ref().map(|it| it.to_str().unwrap());
    let run = hookseal(&[&["vectors"], &paths[..]].concat());
    let failed: Vec<&str> = run.out.lines().filter(|it| it.starts_with("FAILED")).collect();
    let some = failed.get(..10).unwrap_or(&failed);
    assert_eq!(run.code, 0, "{} failed: {some:#?}{}", failed.len(), run.err);
    let last = run.out.lines().last().unwrap();
    assert_eq!(last, format!("{there} vectors: {there} passed, 0 failed"));
    let run = hookseal(&[&["vectors", "--json"], &paths[..]].concat());
    assert_eq!(run.json()["passed"], there);
    let run = hookseal(&["vectors", folder().join("keys").to_str().unwrap()]);
    assert_eq!(run.code, 2, "what is another format is no file of these vectors");
}

#[test]
fn vectors_of_a_row_that_is_not_there_fail() {
    let unknown = vector(&json!({}));
    let text = std::fs::read_to_string(&unknown).unwrap().replace("\"github\"", "\"nobody\"");
    let run = hookseal(&["vectors", &file(text.as_bytes())]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("got unknown_provider"), "{}", run.out);
    assert!(run.out.ends_with("1 vectors: 0 passed, 1 failed\n"), "{}", run.out);
}

#[test]
fn one_file_is_run_by_its_name() {
    let path = folder().join("github.json");
    let run = hookseal(&["vectors", path.to_str().unwrap()]);
    assert_eq!(run.code, 0);
    let counted = format!("github.json: {} passed\n", count(&path));
    assert!(run.out.contains(&counted), "{}", run.out);
}

/// GitHub's own example, with some keys changed. A key that becomes null is taken away.
fn vector(changes: &Value) -> String {
    let mut test = json!({
        "id": 7, "comment": "an example", "origin": "published",
        "secrets": ["It's a Secret to Everybody"],
        "headers": [["X-Hub-Signature-256",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"]],
        "body": "Hello, World!", "now": 1_700_000_000, "expect": "verified", "secret_index": 0,
    });
    for (key, value) in changes.as_object().unwrap() {
        test[key] = value.clone();
    }
    test.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let all =
        json!({"scheme": "github", "about": "", "licence": "", "sources": [], "tests": [test]});
    file(all.to_string().as_bytes())
}

#[test]
fn a_wrong_expectation_is_a_failure_that_says_what_came_out() {
    let path = vector(&json!({}));
    assert_eq!(hookseal(&["vectors", &path]).code, 0, "the example itself passes");
    let cases = [
        (json!({"expect": "signature_mismatch"}), "expected signature_mismatch", "got verified"),
        (json!({"body": "Hello!"}), "expected verified", "got signature_mismatch"),
        (json!({"secret_index": 1}), "secret_index 1", "secret_index 0"),
        (json!({"sent_at_ms": 5}), "sent_at_ms 5", "sent_at_ms none"),
        (json!({"event_id": "evt"}), "event_id evt", "event_id none"),
        (json!({"replay_key": "00"}), "replay_key 00", "got verified, "),
        (json!({"secrets": [""]}), "expected verified", "got empty_secret"),
        (json!({"secrets": ["short"]}), "expected verified", "got weak_secret"),
        (json!({"body_limit": 4}), "expected verified", "got body_too_large"),
    ];
    for (change, expected, got) in cases {
        let path = vector(&change);
        let run = hookseal(&["vectors", &path]);
        assert_eq!(run.code, 1, "{change}");
        let line = run.out.lines().find(|line| line.contains("#7 an example: ")).unwrap();
        assert!(line.contains(expected) && line.contains(got), "{line}");
        assert!(run.out.ends_with("1 vectors: 0 passed, 1 failed\n"), "{}", run.out);
    }
}

#[test]
fn what_is_no_file_of_vectors_is_said_so() {
    let unknown = vector(&json!({"extra": 1}));
    hookseal(&["vectors", &unknown]).fails(2, &["unknown field `extra`"]);
    hookseal(&["vectors", &vector(&json!({"now": null}))]).fails(2, &["missing field `now`"]);
    hookseal(&["vectors", &vector(&json!({"secrets": 5}))]).fails(2, &["wrong type"]);
    let two = json!({"body_base64": "AA=="});
    hookseal(&["vectors", &vector(&two)]).fails(2, &["#7", "keep one"]);
    let none = file(br#"{"scheme": "github", "tests": []}"#);
    hookseal(&["vectors", &none]).fails(2, &["holds no test vectors"]);
    let other = file(br#"{"scheme": "nobody", "tests": []}"#);
    hookseal(&["vectors", &other]).fails(2, &["holds no test vectors"]);
    hookseal(&["vectors", &file(b"")]).fails(2, &["not JSON"]);
    hookseal(&["vectors", "/no/such/file"]).fails(2, &["/no/such/file"]);
    let empty = fresh_path();
    std::fs::create_dir(&empty).unwrap();
    hookseal(&["vectors", empty.to_str().unwrap()]).fails(2, &["holds no test vectors"]);
    hookseal(&["vectors"]).fails(2, &["must be given"]);
}
