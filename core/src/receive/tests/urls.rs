//! The URL of a request, and the same rule written down a second time, with text alone.

use std::string::{String, ToString};
use std::{format, vec::Vec};

use proptest::prelude::*;

use crate::error::EndpointError::{MalformedPublicUrl, NoPublicUrl};
use crate::providers::{self, STRIPE};
use crate::receive::PublicUrl;

fn of(url: Option<&str>, target: &str) -> String {
    PublicUrl::new(url, &STRIPE).unwrap().of(target).to_string()
}

#[test]
fn the_url_is_the_configured_one() {
    for (url, target, url_of_request) in [
        (None, "/g?x=2", "/g?x=2"),
        (None, "http://b.example/g?x=2", "/g?x=2"), // a sender would choose the host
        (None, "http://b.example", "/"),
        (None, "*", "/"),
        (None, "", "/"),
        (Some("https://a.example"), "/g?x=2", "https://a.example/g?x=2"),
        (Some("https://a.example"), "http://b.example/g?x=2", "https://a.example/g?x=2"),
        (Some("https://a.example"), "/", "https://a.example/"),
        (Some("https://a.example?x=1"), "/g", "https://a.example/g"),
        (Some("http://a.example:8080/h"), "/g?x=2", "http://a.example:8080/h?x=2"),
        (Some("https://a.example/h?x=1"), "/g?x=2", "https://a.example/h?x=2"),
        (Some("https://a.example/h?x=1"), "/g?", "https://a.example/h?"),
        (Some("https://a.example/h?x=1"), "/g", "https://a.example/h?x=1"),
        (Some("https://a.example/h?"), "/g", "https://a.example/h"),
        (Some("https://a.example/h?x=/y?z"), "/g", "https://a.example/h?x=/y?z"),
        (Some("https://a.example/h"), "/g?x=%20?&#b", "https://a.example/h?x=%20?&#b"),
        (Some("https://a.example/"), "/g", "https://a.example/"),
    ] {
        assert_eq!(of(url, target), url_of_request, "{url:?} {target}");
    }
}

#[test]
fn a_scheme_that_signs_the_url_wants_its_address() {
    let signs_url = providers::ALL.iter().find(|row| row.names_origin()).unwrap();
    assert_eq!(PublicUrl::new(None, signs_url).unwrap_err(), NoPublicUrl);
    let refused = providers::ALL.iter().filter(|row| PublicUrl::new(None, row).is_err()).count();
    let named = providers::ALL.iter().filter(|row| row.names_origin()).count();
    assert!(refused == named && named >= 3, "{named}");
    for url in [
        "",
        "a.example",
        "//a.example",
        "ftp://a.example",
        "HTTPS://a.example",
        "https:/a.example",
        "https://",
        "https:///h",
        "https://?x",
        "https://a.example#",
        "https://a.example/?x#y",
        "https://a.example ",
        "https://a.example\n",
        "https://a.example/\x7f",
    ] {
        for row in [&STRIPE, signs_url] {
            assert_eq!(PublicUrl::new(Some(url), row).unwrap_err(), MalformedPublicUrl, "{url}");
        }
    }
}

#[test]
fn nothing_of_it_is_in_a_log() {
    let url = PublicUrl::new(Some("https://a.example/token-4242"), &STRIPE).unwrap();
    let request = url.of("/?token=4243");
    assert_eq!(format!("{url:?} {request:?}"), "PublicUrl RequestUrl");
    assert_eq!(request.parts(), ["https://a.example/token-4242", "?token=4243"]);
}

fn second(url: Option<&str>, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(_) => target.to_string(),
        None => {
            let rest: Vec<&str> = target.splitn(2, "://").skip(1).collect();
            let path = rest.concat().split_once('/').map(|(_, it)| format!("/{it}"));
            path.unwrap_or_else(|| "/".to_string())
        }
    };
    let url = url.unwrap_or_default();
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let has_path = base.split_once("://").is_some_and(|it| it.1.contains('/'));
    match whole.split_once('?') {
        _ if !has_path => format!("{base}{whole}"),
        Some((_, asked)) => format!("{base}?{asked}"),
        None if query.is_empty() => base.to_string(),
        None => format!("{base}?{query}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn the_url_of_a_request_is_as_by_text(
        url in proptest::option::of("https?://[a-b:]{1,3}[a-b/?&=:]{0,6}"),
        target in prop_oneof!["[a-b:/?#]{0,12}", "(http://)?[a-b]{0,2}(/[a-b:/?#]{0,6})?"],
    ) {
        prop_assert_eq!(of(url.as_deref(), &target), second(url.as_deref(), &target));
    }

    #[test]
    fn what_is_configured_stays_in_front(target in any::<String>()) {
        prop_assert!(of(Some("https://a.example"), &target).starts_with("https://a.example/"));
        let whole = of(Some("https://a.example/h"), &target);
        let added = whole.strip_prefix("https://a.example/h").unwrap();
        prop_assert!(added.is_empty() || added.starts_with('?'));
    }
}
