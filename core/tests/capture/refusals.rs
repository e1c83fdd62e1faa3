//! Malformed captures and the error of each; and what an error and a `Debug` never show.

use std::collections::BTreeSet;

use hookseal::capture::{CaptureError, Captured, read};

fn nested(levels: usize) -> String {
    format!("{{\"headers\":[],\"x\":{}{}}}", "[".repeat(levels), "]".repeat(levels))
}

fn http(headers: &str, body: &str) -> String {
    format!("POST / HTTP/1.1\r\n{headers}\r\n\r\n{body}")
}

fn cases() -> Vec<(CaptureError, String)> {
    use CaptureError::*;
    let many = format!("GET / HTTP/1.1\n{}\n", "A: b\n".repeat(257));
    let mut cases = vec![(MalformedJson, nested(127)), (TooManyHeaders, many)];
    let chunked = "Transfer-Encoding: chunked";
    for (error, headers, body) in [
        (MalformedHeader, "A: b\r\n folded", ""),
        (MalformedHeader, "A : b", ""),
        (MalformedHeader, "no colon", ""),
        (MalformedHeader, "A: \0", ""),
        (AmbiguousLength, "Content-Length: 1\r\ncontent-length: 1", "a"),
        (AmbiguousLength, "Content-Length: 1\r\nTransfer-Encoding: chunked", "a"),
        (AmbiguousLength, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\n\n"),
        (MalformedLength, "Content-Length: +1", "a"),
        (MalformedLength, "Content-Length: 1, 1", "a"),
        (MalformedLength, "Content-Length:", "a"),
        (TruncatedBody, "Content-Length: 5", "four"),
        (TruncatedBody, "Content-Length: 99999999999999999999999", "four"),
        (UnsupportedEncoding, "Transfer-Encoding: gzip, chunked", ""),
        (MalformedChunks, chunked, "{\"already\":\n\"joined\"}"),
        (MalformedChunks, chunked, "{\"already\":\"joined\"}"),
        (MalformedChunks, chunked, "+1\r\na\r\n0\r\n\r\n"),
        (MalformedChunks, chunked, "1\r\nab\r\n0\r\n\r\n"),
        (TruncatedBody, chunked, ""),
        (TruncatedBody, chunked, "5\r\nfour"),
        (TruncatedBody, chunked, "4\r\nfour\r\n"),
        (TruncatedBody, chunked, "4\r\nfour\r\n0\r\n"),
        (TruncatedBody, chunked, "ffffffffffffffffffff\r\n"),
    ] {
        cases.push((error, http(headers, body)));
    }
    for (error, input) in [
        (Empty, ""),
        (Empty, "\u{feff} \r\n"),
        (Unrecognised, "id=1&event=paid"),
        (Unrecognised, "HTTP"),
        (Unrecognised, "curl"),
        (Unrecognised, "[]"),
        (Unrecognised, r#"{"id":"evt_1","object":"event","request":{"id":null},"log":{}}"#),
        (MalformedJson, "{"),
        (MalformedJson, r#"{"headers":[]}{"headers":[]}"#),
        (MalformedJson, r#"{"body":"\ud800"}"#),
        (DuplicateKey, r#"{"headers":[],"body":"a","body":"b"}"#),
        (DuplicateKey, r#"{"httpMethod":"POST","body":"a","b\u006fdy":"b"}"#),
        (DuplicateKey, r#"{"headers":{"A":"1","A":"2"}}"#),
        (MalformedField, r#"{"headers":"A: b"}"#),
        (MalformedField, r#"{"headers":[["A"]]}"#),
        (MalformedField, r#"{"headers":{"A":1}}"#),
        (MalformedField, r#"{"headers":[],"method":1}"#),
        (MalformedField, r#"{"headers":[],"body_base64":1}"#),
        (MalformedField, r#"{"httpMethod":"POST","isBase64Encoded":"true"}"#),
        (MalformedField, r#"{"httpMethod":"POST","cookies":[1]}"#),
        (MalformedField, r#"{"log":{"entries":{}}}"#),
        (MalformedBase64, r#"{"headers":[],"body_base64":"YQ"}"#),
        (MalformedBase64, r#"{"httpMethod":"POST","body":"{}","isBase64Encoded":true}"#),
        (BodyNotText, r#"{"headers":[],"body":{"id":1}}"#),
        (BodyNotText, r#"{"httpMethod":"POST","body":{"id":1}}"#),
        (BodyNotText, r#"{"method":"POST","headers":[],"postData":{"text":{}}}"#),
        (TwoBodies, r#"{"headers":[],"body":"","body_base64":""}"#),
        (NoRequest, r#"{"log":{"entries":[]}}"#),
        (NoRequest, r#"{"log":{"entries":[{}]}}"#),
        (SeveralEntries, r#"{"log":{"entries":[{},{}]}}"#),
        (NoBodyText, r#"{"method":"POST","postData":{"params":[{"name":"a","value":"b"}]}}"#),
        (NoBodyText, r#"{"method":"POST","headers":[],"bodySize":7}"#),
        (UnsupportedEncoding, r#"{"method":"POST","postData":{"text":"a","encoding":"x"}}"#),
        (MalformedRequestLine, "POST  / HTTP/1.1\n\n"),
        (MalformedRequestLine, "PO\u{e9}ST / HTTP/1.1\n\n"),
        (UnsupportedVersion, "POST / HTTP/2\n\n"),
        (TruncatedHead, "POST / HTTP/1.1\nHost: a\n"),
        (MalformedHeader, "curl a -H 'no colon'"),
        (MalformedHeader, "curl a -H ': b'"),
        (MalformedHeader, "curl a -H 'A: b\nC: d'"),
        (MalformedQuoting, "curl 'a"),
        (WindowsQuoting, "curl ^\"https://a/^\" ^\r\n  -H ^\"a: b^\""),
        (ShellSyntax, "curl a -H \"X: $SIGNATURE\""),
        (ShellSyntax, "curl a | jq ."),
        (ShellSyntax, "curl a\ncurl b"),
        (NotUtf8, "curl $'\\xff'"),
        (MissingValue, "curl a -H"),
        (MissingValue, "curl a --data"),
        (FileData, "curl a -d @body.json"),
        (FileData, "curl a --json @-"),
        (FileData, "curl a --data-urlencode name@file"),
        (FileData, "curl a -b cookies.txt"),
        (FileData, "curl a -H @headers"),
        (UnsupportedOption, "curl a -F x=y"),
        (UnsupportedOption, "curl a -sG"),
        (UnsupportedOption, "curl a --expand-data x"),
        (UnsupportedOption, "curl a -u me"),
        (UnsupportedOption, "curl a -u me:pass --oauth2-bearer token"),
        (NoUrl, "curl -H 'A: b'"),
        (SeveralUrls, "curl a b"),
        (SeveralUrls, "curl a --not-known-here value"),
    ] {
        cases.push((error, input.to_owned()));
    }
    cases
}

#[test]
fn every_error_has_its_case() {
    let mut seen = BTreeSet::new();
    for (expected, input) in cases() {
        assert_eq!(read(input.as_bytes()).err(), Some(expected), "{input}");
        seen.insert(expected.code());
    }
    let all: BTreeSet<_> = CaptureError::ALL.iter().map(|error| error.code()).collect();
    assert_eq!(seen, all);
    assert_eq!(all.len(), CaptureError::ALL.len(), "a code is there twice");
    assert!(read(nested(126).as_bytes()).is_ok(), "the deepest JSON that is read");
}

#[test]
fn errors_are_small_and_speak_one_sentence() {
    assert!(size_of::<CaptureError>() <= 16);
    for error in CaptureError::ALL {
        let (code, sentence) = (error.code(), error.to_string());
        assert!(
            code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')),
            "{code}"
        );
        assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
    }
}

#[test]
fn debug_shows_no_captured_value() {
    let shows = |text: &str| ["tok_1", "cus_1", "query_1"].map(|value| text.contains(value));
    let curl = b"curl https://a/?query_1 -H 'X-Token: tok_1' -d cus_1";
    let request: Captured = read(curl).unwrap();
    assert_eq!(shows(&format!("{request:?}{request:#?}")), [false; 3]);
    assert_eq!(shows(&request.to_json()), [true, true, true], "the search finds what is there");
    let text = "Captured { method: Some(4 bytes), url: Some(18 bytes), headers: [(\"X-Token\", 5 \
        bytes), (\"Content-Type\", 33 bytes)], body: 5 bytes }";
    assert_eq!(format!("{request:?}"), text);
}
