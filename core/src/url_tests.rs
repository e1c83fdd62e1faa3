#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use std::borrow::ToOwned;
use std::format;
use std::string::String;

use proptest::prelude::*;
use url::Url;

use crate::fields::tests::{self as fields, cases};

use super::{base, other_port, path, path_and_query, query, quoted};

fn written(write: impl FnOnce(&mut dyn FnMut(&[u8]))) -> String {
    String::from_utf8(fields::written(write)).unwrap()
}

fn other(url: &str) -> String {
    written(|mut sink| other_port(url, &mut sink))
}

fn target(url: &str) -> String {
    written(|mut sink| path_and_query(url, &mut sink))
}

fn quotes(url: &str) -> String {
    written(|mut sink| quoted(url, &mut sink))
}

/// URLs that are written as the other house writes them, so that it can be asked for their parts.
fn urls() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![Just("https"), Just("http")];
    let user = prop_oneof![Just(""), Just("user@"), Just("user:p%40ss@")];
    let host = prop_oneof![Just("example.com"), Just("[2001:db8::1]"), Just("192.0.2.1")];
    let port = prop_oneof![Just(None), (1_u16..).prop_map(Some)];
    let path = prop_oneof![Just("/"), Just("/a/b"), Just("/a%20b;c:d@e"), Just("/a//b/")];
    let query = prop_oneof![Just(""), Just("?"), Just("?a=1&b=%2F/?@:x"), Just("?a?b")];
    let fragment = prop_oneof![Just(""), Just("#"), Just("#/x?y#z")];
    (scheme, user, host, port, path, query, fragment).prop_map(|it| {
        let default = if it.0 == "https" { 443 } else { 80 };
        let port = it.3.filter(|port| *port != default).map(|port| format!(":{port}"));
        format!("{}://{}{}{}{}{}{}", it.0, it.1, it.2, port.unwrap_or_default(), it.4, it.5, it.6)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn parts_are_those_of_another_house(text in urls()) {
        let url = Url::parse(&text).unwrap();
        prop_assert_eq!(url.as_str(), &text);
        prop_assert_eq!(path(&text), url.path());
        prop_assert_eq!(query(&text), url.query());
        let mut bare = url.clone();
        bare.set_fragment(None);
        let mark = url.query().map_or(String::new(), |query| format!("?{query}"));
        prop_assert_eq!(target(&text), format!("{}{mark}", url.path()));
        bare.set_query(None);
        prop_assert_eq!(base(&text), bare.as_str());
    }

    #[test]
    fn the_other_port_is_that_of_another_house(text in urls()) {
        let mut url = Url::parse(&text).unwrap();
        url.set_fragment(None);
        let sent = url.as_str().to_owned();
        if url.port().is_some() {
            url.set_port(None).unwrap();
            prop_assert_eq!(other(&text), url.as_str());
        } else {
            let with = other(&text);
            prop_assert_eq!(with.len(), sent.len() + if sent.starts_with("https") { 4 } else { 3 });
            // A default port is none: the other house takes it away again.
            prop_assert_eq!(Url::parse(&with).unwrap(), Url::parse(&sent).unwrap());
            prop_assert_eq!(other(&with), sent);
        }
    }

    #[test]
    fn any_text_has_parts(text in any::<String>()) {
        let sent = text.split('#').next().unwrap();
        let mark = query(&text).map_or(String::new(), |query| format!("?{query}"));
        prop_assert_eq!(format!("{}{mark}", base(&text)), sent);
        prop_assert_eq!(target(&text), format!("{}{mark}", path(&text)));
        prop_assert!(path(&text) == "/" || base(&text).ends_with(path(&text)));
        prop_assert!(quotes(&text).is_ascii());
        prop_assert!(!other(&text).contains('#'));
    }
}

#[test]
fn a_url_without_a_path_is_sent_with_one() {
    for (url, path_of, target_of) in [
        ("https://example.com", "/", "/"),
        ("https://example.com?u=/a", "/", "/?u=/a"),
        ("https://example.com#/a", "/", "/"),
        ("https://example.com/?", "/", "/?"),
        ("https://example.com/a?b?c#d?e", "/a", "/a?b?c"),
        ("/a/b?u=http://x/y", "/a/b", "/a/b?u=http://x/y"),
    ] {
        assert_eq!((path(url), &target(url)[..]), (path_of, target_of), "{url}");
    }
    assert_eq!(base("https://example.com?u=/a"), "https://example.com");
    assert_eq!(base("https://example.com/a#?b"), "https://example.com/a");
    assert_eq!((query("https://h/a#?b"), query("https://h/a?")), (None, Some("")));
}

#[test]
fn ports_are_seen_for_what_they_are() {
    for (url, wanted) in [
        ("https://example.com/a?b#c", "https://example.com:443/a?b"),
        ("http://example.com", "http://example.com:80"),
        ("HTTPS://Example.com", "HTTPS://Example.com:443"),
        ("https://example.com?u=h:1", "https://example.com:443?u=h:1"),
        ("https://example.com:1234/a:5", "https://example.com/a:5"),
        ("https://example.com:/a", "https://example.com/a"),
        ("https://u:p@example.com/a", "https://u:p@example.com:443/a"),
        ("https://u:p@example.com:8443/a", "https://u:p@example.com/a"),
        ("https://[::1]/a", "https://[::1]:443/a"),
        ("https://[::1]:8443/a", "https://[::1]/a"),
    ] {
        assert_eq!(other(url), wanted);
    }
}

#[test]
fn quoted_is_escaped_twice() {
    // Made in JavaScript: `encodeURI(path + "?" + encodeURIComponent(query))`.
    for (url, wanted) in [
        ("https://h/a", "/a"),
        ("https://h", "/"),
        ("https://h/a?", "/a"),
        ("https://h/a?a=1", "/a?a%253D1"),
        ("https://h/a?a=1?b=2", "/a?a%253D1"),
        ("https://h/a??b=2", "/a"),
        ("https://h/a%20b/é;,/:@&=+$-_.!~*'()", "/a%2520b/%C3%A9;,/:@&=+$-_.!~*'()"),
        (
            "https://h/a?x=1%202&é=\"-_.!~*'()#f",
            "/a?x%253D1%2525202%2526%25C3%25A9%253D%2522-_.!~*'()",
        ),
    ] {
        assert_eq!(quotes(url), wanted, "{url}");
    }
}
