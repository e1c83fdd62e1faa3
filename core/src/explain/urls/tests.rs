#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use crate::explain::{Certainty, Explainer, Explanation};
use crate::source::{header, query};
use crate::{Request, Scheme, Signer, UnixTime, providers, template};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const SECRET: &str = "a-secret-of-this-endpoint";

/// Signs the whole URL and the body.
const WHOLE: Scheme<'static> =
    Scheme { signature: header("x-sign"), signed: template!("{url}{body}"), ..Scheme::BASE };

/// A delivery signed for one URL and explained for another, with these headers.
fn explain(
    scheme: &Scheme<'_>,
    signed: &str,
    given: Option<&str>,
    headers: &[(&str, &str)],
) -> Explanation {
    let body = b"a=1&b=2";
    let request = Request::new(headers, body).method("POST").url(signed);
    let signer = Signer::new(scheme, SECRET).unwrap();
    let signature = signer.sign(&request, Some("n-1"), NOW).unwrap();
    let made: Vec<(&str, String)> =
        signature.headers().map(|(name, value)| (name, value.to_string())).collect();
    let made = made.iter().map(|(name, value)| (*name, value.as_str()));
    let headers: Vec<(&str, &str)> = made.chain(headers.iter().copied()).collect();
    let request = Request { url: given, headers: headers.as_slice().into(), ..request };
    Explainer::new(scheme, SECRET).explain(&request, NOW)
}

fn codes(explanation: &Explanation) -> Vec<&'static str> {
    let proved = explanation.causes().iter().filter(|it| it.confidence() == Certainty::Proved);
    proved.map(|cause| cause.code().code()).collect()
}

#[test]
fn one_part_that_differs_is_named() {
    const URL: &str = "https://hooks.example.com/in/a%2Fb/c?x=1&y=a%20b";
    for (signed, given, code) in [
        (URL, "http://hooks.example.com/in/a%2Fb/c?x=1&y=a%20b", "url_scheme"),
        ("http://h.example/", "https://h.example/", "url_scheme"),
        (URL, "https://www.hooks.example.com/in/a%2Fb/c?x=1&y=a%20b", "url_host"),
        ("https://www.h.example/a", "https://h.example/a", "url_host"),
        (URL, "https://Hooks.Example.com/in/a%2Fb/c?x=1&y=a%20b", "url_host"),
        (URL, "https://me:pw@hooks.example.com/in/a%2Fb/c?x=1&y=a%20b", "url_host"),
        (URL, "https://hooks.example.com:443/in/a%2Fb/c?x=1&y=a%20b", "url_port"),
        (URL, "https://hooks.example.com:8080/in/a%2Fb/c?x=1&y=a%20b", "url_port"),
        ("https://h.example:443/a", "https://h.example/a", "url_port"),
        ("http://[::1]:80/a", "http://[::1]/a", "url_port"),
        (URL, "https://hooks.example.com/api/v2/in/a%2Fb/c?x=1&y=a%20b", "url_path"),
        (URL, "https://hooks.example.com/in/a/b/c?x=1&y=a%20b", "none"),
        ("https://h.example/in/a/b", "https://h.example/in/a%2Fb", "url_path"),
        ("https://h.example/a%20b", "https://h.example/a b", "url_path"),
        (URL, "https://hooks.example.com/in/a%2fb/c?x=1&y=a%20b", "url_path"),
        (URL, "https://hooks.example.com//in/a%2Fb/c?x=1&y=a%20b", "url_path"),
        (URL, "https://hooks.example.com/in/a%2Fb/c/?x=1&y=a%20b", "url_trailing_slash"),
        ("https://h.example/a/", "https://h.example/a", "url_trailing_slash"),
        ("https://h.example", "https://h.example/", "url_trailing_slash"),
        ("https://h.example/", "https://h.example", "url_trailing_slash"),
        ("https://h.example/a", "https://h.example/a?x=1", "url_query"),
        ("https://h.example/a?", "https://h.example/a", "url_query"),
        ("https://h.example/a", "https://h.example/a?", "url_query"),
        ("https://h.example/a", "https://h.example/a#top", "url_query"),
        (URL, "https://hooks.example.com/in/a%2Fb/c?x=1&y=a+b", "url_query"),
        (URL, "https://hooks.example.com/in/a%2Fb/c?x=1&y=a b", "url_query"),
        (URL, "https://hooks.example.com/in/a%2Fb/c?x=1&amp;y=a%20b", "url_query"),
        (URL, "https://hooks.example.com/in/a%2Fb/c?y=a%20b&x=1", "url_query"),
        (URL, "https://hooks.example.com/in/a%2Fb/c?x=1&y=a%20b&slug=in", "url_query"),
    ] {
        let explanation = explain(&WHOLE, signed, Some(given), &[]);
        let named = codes(&explanation);
        let expected = if code == "none" { vec![] } else { vec![code] };
        assert_eq!(named, expected, "{signed} {given} {explanation:?}");
        for cause in explanation.causes() {
            for part in ["example", "a%20b", "me:pw", "slug", "/in"] {
                assert!(!cause.what().contains(part), "{}", cause.what());
            }
        }
    }
}

#[test]
fn what_a_header_says_is_tried_and_named() {
    const GIVEN: &str = "http://10.0.0.7:3000/hook?x=1";
    let hosts: [(&str, &str); 4] = [
        ("Host", "hooks.example.com"),
        ("X-Forwarded-Host", "hooks.example.com, proxy.internal"),
        ("Forwarded", "for=1.2.3.4;host=\"hooks.example.com\";by=x"),
        ("X-Original-Host", "hooks.example.com"),
    ];
    for (name, value) in hosts {
        let given = "https://10.0.0.7/hook";
        let explanation =
            explain(&WHOLE, "https://hooks.example.com/hook", Some(given), &[(name, value)]);
        assert_eq!(codes(&explanation), ["url_host"], "{name}");
        let what = explanation.causes()[0].what();
        assert!(what.contains(&name.to_ascii_lowercase()) && !what.contains("example"), "{what}");
    }
    for header in [
        ("X-Forwarded-Proto", "https"),
        ("x-forwarded-proto", "https, http"),
        ("Forwarded", "for=1.2.3.4; Proto=https"),
        ("CF-Visitor", "{\"scheme\":\"https\"}"),
        ("Front-End-Https", "on"),
        ("X-Url-Scheme", "https"),
    ] {
        let explanation = explain(&WHOLE, "https://10.0.0.7:3000/hook?x=1", Some(GIVEN), &[header]);
        assert_eq!(codes(&explanation), ["url_scheme"]);
        let what = explanation.causes()[0].what().to_ascii_lowercase();
        assert!(what.contains(&header.0.to_ascii_lowercase()), "{what}");
    }
    for name in [
        "X-Original-URL",
        "X-Original-URI",
        "X-Rewrite-URL",
        "X-Envoy-Original-Path",
        "X-Forwarded-Uri",
        "X-Forwarded-Path",
    ] {
        let signed = "http://10.0.0.7:3000/public/path?x=1";
        let explanation = explain(&WHOLE, signed, Some(GIVEN), &[(name, "/public/path?x=1")]);
        assert_eq!(codes(&explanation), ["url_path"], "{name}");
        let signed = "http://10.0.0.7:3000/hook?y=2&x=1";
        let explanation = explain(&WHOLE, signed, Some(GIVEN), &[(name, "/hook?y=2&x=1")]);
        assert_eq!(codes(&explanation), ["url_query"], "{name}");
    }
    let signed = "http://10.0.0.7:3000/api/hook?x=1";
    let prefix = [("X-Forwarded-Prefix", "/api")];
    assert_eq!(codes(&explain(&WHOLE, signed, Some(GIVEN), &prefix)), ["url_path"]);
    let signed = "http://10.0.0.7:8443/hook?x=1";
    let port = [("X-Forwarded-Port", "8443")];
    let explanation = explain(&WHOLE, signed, Some(GIVEN), &port);
    assert_eq!(codes(&explanation), ["url_port"]);
    assert!(explanation.causes()[0].what().contains("the port 8443, as header x-forwarded-port"));
}

#[test]
fn several_parts_that_differ_are_all_named() {
    for (signed, given, headers, named) in [
        (
            "https://h.example/hook",
            "http://h.example/hook/",
            &[][..],
            &["url_scheme", "url_trailing_slash"][..],
        ),
        (
            "https://h.example/hook",
            "http://h.example:8080/hook/",
            &[],
            &["url_scheme", "url_port", "url_trailing_slash"],
        ),
        (
            "https://h.example/hook",
            "http://10.0.0.7:8080/hook",
            &[("x-forwarded-proto", "https"), ("x-forwarded-host", "h.example")],
            &["url_scheme", "url_host", "url_port"],
        ),
        (
            "https://h.example/public?x=1",
            "http://10.0.0.7:8080/hook",
            &[
                ("x-forwarded-proto", "https"),
                ("x-forwarded-host", "h.example"),
                ("x-original-url", "/public?x=1"),
            ],
            &["url_scheme", "url_host", "url_port", "url_path"],
        ),
    ] {
        let explanation = explain(&WHOLE, signed, Some(given), headers);
        assert_eq!(codes(&explanation), named, "{explanation:?}");
    }
}

#[test]
fn a_url_that_is_missing_or_a_path_alone_is_put_together() {
    let headers = [("host", "h.example:8443"), ("x-original-url", "/hook?x=1")];
    let signed = "https://h.example:8443/hook?x=1";
    let explanation = explain(&WHOLE, signed, None, &headers);
    assert_eq!(explanation.verdict().code(), "missing_url");
    assert_eq!(codes(&explanation), ["url_host", "url_path", "url_query"], "{explanation:?}");
    let explanation = explain(&WHOLE, signed, Some("/hook?x=1"), &headers);
    assert_eq!(codes(&explanation), ["url_host"], "{explanation:?}");
    let explanation = explain(&WHOLE, signed, Some("h.example:8443/hook?x=1"), &[]);
    assert_eq!(codes(&explanation), ["url_scheme"], "{explanation:?}");
}

#[test]
fn rows_that_sign_a_part_of_the_url_are_searched_in_that_part() {
    const PATH: Scheme<'static> = Scheme { signed: template!("{path}{body}"), ..WHOLE };
    const SORTED: Scheme<'static> = Scheme { signed: template!("{query|sorted}.{body}"), ..WHOLE };
    const SIGNED_QUERY: Scheme<'static> =
        Scheme { signed: template!("{query:id}.{body}"), ..WHOLE };
    let signed = "https://h.example/hook?id=1";
    let cases = [
        (&PATH, "http://other.example:1/hook/?id=1", "url_trailing_slash"),
        (&SORTED, "http://other.example:1/hook/?id=1&route=x", "url_query"),
        (&providers::TWILIO, "http://h.example/hook?id=1", "url_scheme"),
        (&providers::PLIVO_V2, "https://h.example:8443/hook", "url_port"),
        (&providers::HUBSPOT, "https://h.example/hook/?id=1", "url_trailing_slash"),
    ];
    for (scheme, given, code) in cases {
        let explanation = explain(scheme, signed, Some(given), &[]);
        assert_eq!(codes(&explanation), [code], "{} {explanation:?}", scheme.name);
    }
    let lost = [("x-original-url", "/hook?id=1")];
    let explanation = explain(&SIGNED_QUERY, signed, Some("https://h.example/hook"), &lost);
    assert_eq!(explanation.verdict().code(), "missing_field");
    assert_eq!(codes(&explanation), ["url_query"]);
}

#[test]
fn a_signature_in_the_query_is_found_where_a_header_names_it() {
    const IN_QUERY: Scheme<'static> = Scheme { signature: query("sig"), ..Scheme::BASE };
    let empty: [(&str, &str); 0] = [];
    let signer = Signer::new(&IN_QUERY, SECRET).unwrap();
    let signature = signer.sign(&Request::new(&empty, b"{}"), None, NOW).unwrap();
    let target = std::format!("/hook?sig={}", signature.signature());
    let headers = [("x-original-url", target.as_str())];
    let request = Request::new(&headers, b"{}").url("https://h.example/hook");
    let explanation = Explainer::new(&IN_QUERY, SECRET).explain(&request, NOW);
    assert_eq!(explanation.verdict().code(), "missing_signature");
    assert_eq!(codes(&explanation), ["url_query"]);
    assert!(!std::format!("{explanation:?}").contains(signature.signature()));
}

#[test]
fn nothing_is_proved_where_all_else_is_wrong_and_the_work_is_bounded() {
    let long = "https://h.example/".to_string() + &"a/".repeat(2000) + "?" + &"b&".repeat(1500);
    let junk = ["", "?", "#", "://", "https://", "/", "//", ":", "@", "h:1:2", "%", "%zz", &long];
    let many: Vec<(String, String)> = ["x-forwarded-host", "forwarded", "x-original-url", "host"]
        .iter()
        .map(|name| (name.to_string(), "a=b,/c?d;host=x;proto=https".repeat(70)))
        .collect();
    let many: Vec<(&str, &str)> =
        many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for url in junk {
        let explanation = explain(&WHOLE, "https://never.example/", Some(url), &many);
        assert!(codes(&explanation).is_empty(), "{url}");
        assert!(explanation.trials() < 2500, "{}", explanation.trials());
    }
    let explanation = explain(&WHOLE, "https://never.example/", Some("https://h.example/a"), &[]);
    assert!(explanation.excluded().iter().any(|it| it.contains("the URL with another scheme")));
    // A scheme that signs no URL is not searched.
    let explanation = explain(&providers::GITHUB, "https://h.example/", None, &[]);
    assert!(explanation.verdict().is_verified());
}
