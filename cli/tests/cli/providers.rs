//! `hookseal providers`

use hookseal::providers::ALL;
use serde_json::json;

use crate::run::{command, hookseal};

#[test]
fn every_row_is_listed() {
    let run = hookseal(&["providers"]);
    assert_eq!(run.code, 0);
    let names: Vec<&str> = run.out.lines().filter_map(|line| line.split('\t').next()).collect();
    let rows: Vec<&str> = ALL.iter().map(|row| row.name).collect();
    assert_eq!(names, rows);
    assert!(run.out.contains("gitlab-shared-token\tshared-token\tx-gitlab-token\tNOTHING\tnone\n"));
}

#[test]
fn json_tells_what_programs_choose_by() {
    let rows = hookseal(&["providers", "--json"]).json();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), ALL.len());
    for (row, scheme) in rows.iter().zip(ALL) {
        let bound = scheme.bound();
        assert_eq!(row["name"], scheme.name);
        assert_eq!(row["algorithm"], scheme.algorithm.name());
        assert_eq!(row["source"], scheme.source);
        assert_eq!(row["body_bound"], bound.body.is_whole());
        assert_eq!(row["body_coverage"], bound.body.name());
        assert_eq!(row["id_bound"], bound.event_id);
        assert_eq!(row["time_bound"], bound.timestamp);
        assert_eq!(row["tolerance"]["past"].as_u64(), scheme.timestamp.map(|it| it.past.into()));
        let read = ["headers", "body_fields", "form_fields", "query_parameters"];
        let read = read.map(|key| row[key].as_array().unwrap().len()).iter().sum::<usize>();
        assert!(read > 0 || row["place"] == "body", "{row}");
        let count = |key: &str| row[key].as_array().unwrap().len();
        assert_eq!((count("checks"), count("admits")), (scheme.checks.len(), scheme.admits.len()));
        assert_eq!(row["key_id"].is_string(), scheme.key_id.is_some(), "{row}");
        let is_open = !bound.body.is_whole() || !bound.timestamp;
        assert!(!is_open || row["findings"][0]["severity"] == "weak", "{row}");
        assert!(row["confidence"].is_string() && row["retry"].is_string(), "{row}");
    }
}

#[test]
fn one_provider_is_told_in_full() {
    let row = hookseal(&["providers", "standard-webhooks", "--json"]).json();
    assert_eq!(row["headers"], json!(["webhook-signature", "webhook-timestamp", "webhook-id"]));
    assert_eq!(row["tolerance"], json!({"past": 300, "future": 300, "clock": "seconds"}));
    assert_eq!(row["event_id"], "event");
    let text = hookseal(&["providers", "standard-webhooks"]).out;
    assert!(text.contains("{event_id}.{timestamp}.{body}"), "{text}");
    assert!(text.contains("base64, after whsec_"), "{text}");
}

#[test]
fn a_card_tells_where_the_signature_is_and_what_it_leaves_open() {
    let cases: [(&str, &[&str]); 9] = [
        ("github", &["header x-hub-signature-256, after \"sha256=\"", "no time is signed"]),
        (
            "mailgun",
            &[
                "JSON field signature.signature or",
                "WARNING only some fields of the body are signed",
                "body-unsigned",
            ],
        ),
        ("braintree", &["form field bt_signature", "key's id and |", "id:key; the key: text"]),
        ("pandadoc", &["query parameter signature"]),
        ("twilio", &["query parameter bodySHA256 is {body|sha256|hex} (if-present)"]),
        ("plivo-v2", &["WARNING no byte of the body is signed", "binds       event id, URL"]),
        ("contentful", &["list        header x-contentful-signed-headers"]),
        ("messagebird-legacy", &["{timestamp}\\n{query|sorted}\\n{body|sha256}"]),
        ("gitlab-shared-token", &["shared token", "WARNING a shared token covers nothing"]),
    ];
    for (name, words) in cases {
        let text = hookseal(&["providers", name]).out;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&word), "{name}: {word}: {text}");
        }
    }
    let row = hookseal(&["providers", "twilio", "--json"]).json();
    let check = json!({"place": "query", "name": "bodySHA256", "equals": "{body|sha256|hex}",
        "when": "if-present"});
    assert_eq!((&row["checks"], &row["place"]), (&json!([check]), &json!("header")));
    let row = hookseal(&["providers", "braintree", "--json"]).json();
    assert_eq!(
        (&row["key_id"], &row["form_fields"]),
        (&json!(":"), &json!(["bt_signature", "bt_payload"]))
    );
    assert_eq!((&row["body_bound"], &row["body_coverage"]), (&json!(false), &json!("fields")));
    assert_eq!(row["admits"], json!(["body-unsigned"]));
}

#[test]
fn an_unknown_name_gets_the_nearest() {
    let run = hookseal(&["providers", "strpe"]);
    run.fails(2, &["no provider of this name", "stripe"]);
    assert_eq!(run.out, "");
    let run = hookseal(&["providers", "strpe", "--json"]);
    assert_eq!(run.json()["code"], "unknown_provider");
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    for args in [&["providers"][..], &["providers", "--json"], &["--help"], &["--version"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command().args(args).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command().arg("providers").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"));
}
