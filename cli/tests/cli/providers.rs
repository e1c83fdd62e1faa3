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
        assert_eq!(row["id_bound"], bound.event_id);
        assert_eq!(row["time_bound"], bound.timestamp);
        assert_eq!(row["tolerance"]["past"].as_u64(), scheme.timestamp.map(|it| it.past.into()));
        assert!(row["headers"].as_array().is_some_and(|it| !it.is_empty()), "{row}");
        assert!(row["confidence"].is_string() && row["retry"].is_string(), "{row}");
    }
}

#[test]
fn one_provider_is_told_in_full() {
    let row = hookseal(&["providers", "standard-webhooks", "--json"]).json();
    assert_eq!(row["headers"], json!(["webhook-signature", "webhook-timestamp", "webhook-id"]));
    assert_eq!(row["tolerance"], json!({"past": 300, "future": 300, "clock": "Unix seconds"}));
    assert_eq!(row["event_id"], "event");
    let text = hookseal(&["providers", "standard-webhooks"]).out;
    assert!(text.contains("{event_id}.{timestamp}.{body}"), "{text}");
    assert!(text.contains("base64, after whsec_"), "{text}");
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
