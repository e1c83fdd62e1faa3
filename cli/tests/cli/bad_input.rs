//! Bad input: one clear sentence, the right status, no panic, no secret.

use core::time::Duration;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::unix::ffi::OsStrExt;
use std::time::Instant;

use crate::run::{OTHER, SECRET, WEAK, file, fresh_path, hookseal, hookseal_with, signature};

const KEY: [&str; 5] = ["verify", "--provider", "github", "--secret-env", "TEST_SECRET"];

fn verify(more: &[&str]) -> crate::run::Run {
    hookseal(&[&KEY[..], more].concat())
}

#[test]
fn the_delivery_must_be_given() {
    verify(&[]).fails(2, &["--body FILE", "--request FILE"]);
    verify(&["--body", "-", "--request", "-"]).fails(2, &["cannot both", "standard input"]);
    verify(&["--body", "/no/such/file"]).fails(2, &["the body", "/no/such/file", "No such file"]);
    verify(&["--request", "/no/such/file"]).fails(2, &["captured request", "/no/such/file"]);
    verify(&["--body", "/"]).fails(2, &["the body cannot be read"]);
}

#[test]
fn the_secret_must_be_given() {
    let body = file(b"{}");
    let args = ["verify", "--provider", "github", "--body", &body];
    let with = |more: &[&str]| hookseal(&[&args[..], more].concat());
    with(&[]).fails(2, &["--secret-env NAME"]);
    with(&["--secret-env", "UNSET_SECRET"]).fails(2, &["variable UNSET_SECRET is not set"]);
    with(&["--secret-env", SECRET]).fails(2, &["not the secret itself"]);
    with(&["--secret-file", "/no/such/file"]).fails(2, &["the secret", "/no/such/file"]);
    with(&["--secret-file", &file(&[b'a'; 70_000])]).fails(2, &["larger than 64 KiB"]);
    let five = ["--secret-env", "TEST_SECRET"].repeat(5);
    with(&five).fails(2, &["at most 4 secrets"]);
    with(&["--secret", "-----BEGIN PUBLIC KEY-----"]).fails(2, &["PEM"]);
}

#[test]
fn the_provider_must_be_known() {
    let body = file(b"{}");
    let args = ["--secret-env", "TEST_SECRET", "--body", &body];
    let named = ["verify", "--provider", "gihtub"];
    hookseal(&[&named[..], &args].concat()).fails(2, &["no provider of this name", "github"]);
    hookseal(&[&["verify"][..], &args].concat()).fails(2, &["--provider <NAME>", "must be given"]);
    let secret = ["verify", "--provider", SECRET];
    hookseal(&[&secret[..], &args].concat()).fails(2, &["no provider of this name"]);
}

#[test]
fn a_header_has_a_name_and_a_value() {
    let body = file(b"{}");
    for header in ["no colon", ": no name", "na me: value", "name: two\nlines", "name: end\n"] {
        verify(&["--body", &body, "-H", header]).fails(2, &["'Name: value'"]);
    }
    let name =
        [OsStr::new("--body"), body.as_ref(), OsStr::new("-H"), OsStr::from_bytes(b"\xff: a")];
    let args: Vec<&OsStr> = KEY.iter().map(OsStr::new).chain(name).collect();
    hookseal_with(&args, b"").fails(2, &["'Name: value'"]);
}

#[test]
fn header_bytes_outside_utf_8_are_judged_not_lost() {
    let body = file(b"{}");
    let judge = |header: OsString| {
        let rest =
            [OsString::from("--json"), "--body".into(), body.clone().into(), "-H".into(), header];
        let args: Vec<OsString> = KEY.iter().map(OsString::from).chain(rest).collect();
        let run = hookseal_with(&args, b"");
        (run.code, run.json()["code"].as_str().unwrap().to_owned())
    };
    let header = OsStr::from_bytes(b"X-Hub-Signature-256: sha256=\xff\xfe").to_owned();
    assert_eq!(judge(header), (1, "malformed_signature".to_owned()));
    assert_eq!(judge("X-Other: a".into()), (1, "missing_signature".to_owned()));
    assert_eq!(judge(signature("github", &body).into()), (0, "verified".to_owned()));
}

#[test]
fn a_captured_request_must_be_one() {
    let read = |bytes: &[u8]| verify(&["--request", &file(bytes)]);
    read(b"").fails(2, &["cannot be read", "empty"]);
    read(b"{\"id\":1}").fails(2, &["cannot be read", "a body alone is not enough"]);
    read(br#"{"log": {"entries": []}}"#).fails(2, &["HAR file holds no request"]);
    read(b"\xff\xfe\x00").fails(2, &["cannot be read"]);
    read(b"{\"headers\": [").fails(2, &["not valid JSON"]);
    read(br#"{"headers": [], "body": {"id": 1}}"#).fails(2, &["instead of text"]);
    let json = verify(&["--json", "--request", &file(b"")]);
    assert_eq!((json.code, json.json()["code"].as_str()), (2, Some("empty")));
}

#[test]
fn a_body_of_a_gibibyte_is_refused_by_its_size() {
    let path = fresh_path();
    File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let path = path.to_str().unwrap();
    let started = Instant::now();
    let run = verify(&["--json", "--body", path]);
    assert_eq!((run.code, run.json()["code"].as_str()), (1, Some("body_too_large")));
    verify(&["--request", path]).fails(2, &["larger than 64 MiB"]);
    let sign = ["sign", "--provider", "github", "--secret-env", "TEST_SECRET", "--body", path];
    hookseal(&sign).fails(2, &["larger than this verifier reads"]);
    assert!(started.elapsed() < Duration::from_secs(20), "the whole file was read");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn what_is_out_of_place_is_not_shown() {
    let body = file(b"{}");
    verify(&["--body", &body, OTHER]).fails(2, &["an argument is not known"]);
    verify(&["--body", &body, &format!("--secret{OTHER}")]).fails(2, &["argument is not known"]);
    verify(&["--body", &body, &format!("-x{OTHER}")]).fails(2, &["argument is not known"]);
    verify(&["--body", &body, "--tolerance", WEAK]).fails(2, &["--tolerance <SECONDS>"]);
    verify(&["--bdoy", &body]).fails(2, &["perhaps --body was meant"]);
    hookseal(&[SECRET]).fails(2, &["the command is not known"]);
    hookseal(&["verfy"]).fails(2, &["perhaps verify was meant"]);
    verify(&["--body"]).fails(2, &["--body <FILE>", "lacks its value"]);
    verify(&["--body", &body, "--tolerance", "0"]).fails(2, &["a tolerance of 0 seconds"]);
    verify(&["--body", &body, "--tolerance", "5", "--danger-any-time"]).fails(2, &["exclude"]);
    let json = verify(&["--json", "--body", &body, OTHER]);
    assert_eq!((json.code, json.json()["code"].as_str()), (2, Some("usage")));
    assert_eq!(hookseal(&[]).code, 2);
}
