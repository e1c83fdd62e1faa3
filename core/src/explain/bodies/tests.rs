//! Each fault is made to a signed body and has to be named.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

extern crate std;

mod edges;
mod rendered;
mod written;

use core::time::Duration;
use std::string::{String, ToString};
use std::time::Instant;
use std::vec::Vec;
use std::{format, vec};

use super::super::{Certainty, Explainer, Explanation};
use super::{CauseCode, is_rendering};
use crate::providers::GITHUB;
use crate::request::Request;
use crate::sign::Signer;
use crate::time::UnixTime;

const SECRET: &str = "It's a Secret to Everybody";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

/// What is found where one body was signed and another came.
fn explained(signed: &[u8], received: &[u8], others: &[(&str, &str)]) -> Explanation {
    let none: &[(&str, &str)] = &[];
    let signer = Signer::new(&GITHUB, SECRET).unwrap();
    let headers = signer.sign(&Request::new(none, signed), None, NOW).unwrap();
    let mut headers: Vec<(&str, String)> =
        headers.headers().map(|(name, value)| (name, value.to_string())).collect();
    headers.extend(others.iter().map(|(name, value)| (*name, value.to_string())));
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Explainer::new(&GITHUB, SECRET).explain(&Request::new(headers.as_slice(), received), NOW)
}

fn proved(signed: &[u8], received: &[u8]) -> Vec<&'static str> {
    let found = explained(signed, received, &[]);
    let proved = |it: &&super::super::Cause| it.confidence() == Certainty::Proved;
    found.causes().iter().filter(proved).map(|it| it.code().code()).collect()
}

/// Each pair, signed and received, is named so.
fn all_are(code: CauseCode, cases: &[(&[u8], &[u8])]) {
    for (signed, received) in cases {
        let shown = String::from_utf8_lossy(received);
        assert_eq!(proved(signed, received), [code.code()], "{}", &shown[..shown.len().min(200)]);
    }
}

const JSON: &str = r#"{"id":"evt_1","type":"invoice.paid","data":{"url":"https://a.example/b?c=1&d=<2>","name":"Café ☃ 😀","n":1250,"list":[1,{"x":null}],"none":{},"empty":[]}}"#;

fn json() -> serde_json::Value {
    serde_json::from_str(JSON).unwrap()
}

fn form_of(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn base64(bytes: &[u8]) -> String {
    use base64ct::Encoding as _;
    base64ct::Base64::encode_string(bytes)
}

/// A gzip stream with every part that its header can have.
fn gzip(text: &[u8], flags: u8) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 3];
    for (flag, part) in [(4, &b"\x02\0ab"[..]), (8, b"name\0"), (16, b"comment\0"), (2, b"xx")] {
        out.extend(part.iter().filter(|_| flags & flag != 0));
    }
    out.extend(miniz_oxide::deflate::compress_to_vec(text, 6));
    out.extend([0; 8]);
    out
}

#[test]
fn two_faults() {
    let pretty = "{\n  \"id\": \"evt_1\",\n  \"n\": 1\n}\n";
    let dos = pretty.replace('\n', "\r\n");
    let compact = r#"{"id":"evt_1","n":1}"#;
    let name = r#"{"name":"Café"}"#;
    let twice: String = name.bytes().map(char::from).collect();
    let quoted = serde_json::to_string(compact).unwrap() + "\n";
    for (signed, received, wanted) in [
        (
            pretty.as_bytes(),
            dos.trim_end().as_bytes(),
            ["body_line_endings", "body_trailing_bytes"],
        ),
        (
            compact.as_bytes(),
            (base64((compact.to_string() + "\n").as_bytes())).as_bytes(),
            ["body_base64", "body_trailing_bytes"],
        ),
        (
            pretty.as_bytes(),
            &[b"\xEF\xBB\xBF", dos.as_bytes()].concat(),
            ["body_bom", "body_line_endings"],
        ),
        (
            compact.as_bytes(),
            base64(quoted.as_bytes()).as_bytes(),
            ["body_base64", "body_json_string"],
        ),
        (
            (name.to_string() + "\n").as_bytes(),
            twice.as_bytes(),
            ["body_charset", "body_trailing_bytes"],
        ),
        (
            compact.as_bytes(),
            base64(&gzip(compact.as_bytes(), 0)).as_bytes(),
            ["body_base64", "body_compressed"],
        ),
        (
            compact.as_bytes(),
            base64(pretty.as_bytes()).as_bytes(),
            ["body_base64", "body_reserialised"],
        ),
        (
            compact.as_bytes(),
            &[b"\xEF\xBB\xBF", pretty.as_bytes()].concat(),
            ["body_bom", "body_reserialised"],
        ),
    ] {
        let mut names = proved(signed, received);
        names.sort_unstable();
        assert_eq!(names, wanted, "{}", received.escape_ascii());
    }
}

#[test]
fn the_evidence() {
    let found = explained(b"Hello, World!", b"Hello, World!\n", &[]);
    assert_eq!(
        found.causes()[0].what(),
        "The signature is that of the body without the line end after it: 13 bytes were signed, 14 \
         came, the first difference is at byte 13."
    );
    assert!(found.trials() < 50, "{}", found.trials());
}

#[test]
fn nothing_is_proved_of_another_body() {
    let found = explained(b"something else", JSON.as_bytes(), &[]);
    assert_eq!(found.causes()[0].code(), CauseCode::NoCauseFound);
    let ours = found.excluded().iter().filter(|it| it.starts_with("the body"));
    assert_eq!(ours.count(), 3, "{found:?}");
    assert!(found.trials() > 200, "{}", found.trials());
    let huge = vec![b' '; (4 << 20) + 1];
    let found = explained(b"{}", &huge, &[]);
    let excluded = found.excluded().iter();
    assert_eq!(excluded.filter(|it| it.starts_with("nothing of the body")).count(), 1);
}

/// Bodies that could cost too much or break a reader.
#[test]
fn hostile_bodies_cost_no_more_than_others() {
    const SIZE: usize = 1 << 14;
    let nest = |open: &str, close: &str, depth| [open.repeat(depth), close.repeat(depth)].concat();
    let many: Vec<String> = (0..SIZE / 32).map(|n| format!("\"n{n:05}\":{n}.5")).collect();
    let long = format!("{{\"{}\":{{{}}}}}", "p".repeat(SIZE / 2), many.join(","));
    let mut slowest = Duration::ZERO;
    for body in [
        b"".to_vec(),
        vec![b'x'; SIZE],
        vec![0xFF; SIZE],
        vec![b'\\'; SIZE],
        vec![b'"'; SIZE],
        vec![b'%'; SIZE],
        vec![b'\n'; SIZE],
        "😀é".repeat(SIZE / 8).into_bytes(),
        format!("[{}1]", "1,".repeat(SIZE / 2)).into_bytes(),
        nest("[", "]", SIZE / 2).into_bytes(),
        nest("[", "]", 127).into_bytes(),
        format!("{}1{}", "{\"b\":".repeat(127), ",\"a\":1}".repeat(127)).into_bytes(),
        nest("(", ")", SIZE / 2).into_bytes(),
        format!("{{{}}}", many.join(",")).into_bytes(),
        long.into_bytes(),
        "a=1&".repeat(SIZE / 4).into_bytes(),
        base64(&vec![0; SIZE / 2]).into_bytes(),
        vec![b'x'; 1 << 20],
        vec![0xFF; 1 << 20],
        format!("[\"{}\"]", "a long string ".repeat(1 << 16)).into_bytes(),
        vec![b'['; 1 << 20],
        b"{\"a\":\"\xFF\"}".to_vec(),
        b"\xED\xA0\x80\xED\xA0\x80".to_vec(),
    ] {
        let start = Instant::now();
        assert!(proved(b"something else", &body).is_empty());
        slowest = slowest.max(start.elapsed());
    }
    assert!(slowest < Duration::from_secs(120), "{slowest:?}");
}
