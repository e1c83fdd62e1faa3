//! The writers, each held against a plain one made of the library's collections, and the spellings
//! that the providers' languages give.

use std::borrow::ToOwned;
use std::collections::BTreeSet;
use std::format;
use std::string::String;
use std::vec::Vec;

use form_urlencoded::{Serializer, byte_serialize};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{cases, written};
use crate::fields::{
    Distinct, Fields, Malformed, Repeats, concatenated, json, marked, pairs, php, query_sorted,
    sorted_url,
};

type Pairs = Vec<(String, String)>;

fn read(body: &[u8]) -> Fields<'_> {
    Fields::read(body).unwrap()
}

fn distinct(body: &[u8]) -> Distinct<'_> {
    read(body).distinct().unwrap()
}

fn written_text(write: impl FnOnce(&mut dyn FnMut(&[u8]))) -> String {
    String::from_utf8(written(write)).unwrap()
}

/// Short texts that meet often, of characters that some writer or another treats on its own.
fn short() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[ab&=_%+ \"\\\\\n\u{7f}\u{1}é\u{ffff}😀~!*'().-]{0,3}", 1 => any::<String>()]
}

fn some() -> impl Strategy<Value = Pairs> {
    vec((short(), short()), 0..12)
}

fn encoded(pairs: &Pairs) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The first of each name, as a reader of another house has them.
fn first_of_each(pairs: &Pairs) -> Pairs {
    let mut seen = BTreeSet::new();
    pairs.iter().filter(|pair| seen.insert(pair.0.clone())).cloned().collect()
}

fn sorted(pairs: &Pairs) -> Pairs {
    let mut sorted = pairs.clone();
    sorted.sort();
    sorted
}

fn joined<'p>(pairs: impl IntoIterator<Item = &'p (String, String)>) -> String {
    let pairs = pairs.into_iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

/// Python's `json.dumps` of a text, by its own account.
fn python(text: &str) -> String {
    let escaped = text.encode_utf16().map(|unit| match char::from_u32(unit.into()) {
        Some('"') => "\\\"".to_owned(),
        Some('\\') => "\\\\".to_owned(),
        Some('\n') => "\\n".to_owned(),
        Some('\r') => "\\r".to_owned(),
        Some('\t') => "\\t".to_owned(),
        Some('\u{8}') => "\\b".to_owned(),
        Some('\u{c}') => "\\f".to_owned(),
        Some(ascii @ ' '..='~') => ascii.into(),
        _ => format!("\\u{unit:04x}"),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn concatenated_is_a_sorted_set(pairs in some()) {
        let body = encoded(&pairs);
        let fields = read(body.as_bytes());
        let wanted: BTreeSet<_> = pairs.iter().cloned().collect();
        let wanted: String = wanted.into_iter().flat_map(|(name, value)| [name, value]).collect();
        let got = written_text(|mut sink| concatenated(&fields, Repeats::Once, &mut sink));
        prop_assert_eq!(got, wanted);
        let wanted: String = sorted(&pairs).into_iter().flat_map(|pair| [pair.0, pair.1]).collect();
        let got = written_text(|mut sink| concatenated(&fields, Repeats::Kept, &mut sink));
        prop_assert_eq!(got, wanted);
    }

    #[test]
    fn distinct_writers_are_the_plain_ones(received in some()) {
        let pairs = first_of_each(&received);
        let body = encoded(&pairs);
        let fields = distinct(body.as_bytes());
        let drop = ["a", "é"];
        let kept: Pairs =
            sorted(&pairs).into_iter().filter(|pair| !drop.contains(&&pair.0[..])).collect();

        let wanted = joined(kept.iter().filter(|pair| !pair.1.is_empty()));
        prop_assert_eq!(written_text(|mut s| self::pairs(&fields, &drop, &mut s)), wanted);

        let unmarked = kept.iter().map(|(name, value)| format!("&{name}={}", value.replace(['&', '='], "_")));
        prop_assert_eq!(written_text(|mut s| marked(&fields, &drop, &mut s)), unmarked.collect::<String>());

        let string = |text: &str| format!("s:{}:\"{text}\";", text.len());
        let items: String = kept.iter().flat_map(|pair| [string(&pair.0), string(&pair.1)]).collect();
        let wanted = format!("a:{}:{{{items}}}", kept.len());
        prop_assert_eq!(written_text(|mut s| php(&fields, &drop, &mut s)), wanted);

        let members = pairs.iter().map(|(name, value)| format!("{}: {}", python(name), python(value)));
        let wanted = format!("{{{}}}", members.collect::<Vec<_>>().join(", "));
        let got = written_text(|mut s| json(&fields, &mut s));
        prop_assert_eq!(&got, &wanted);
        // And it is JSON, with the texts it was made of.
        let read: serde_json::Value = serde_json::from_str(&got).unwrap();
        prop_assert_eq!(read.as_object().unwrap().len(), pairs.len());
        prop_assert!(pairs.iter().all(|(name, value)| read[name] == value[..]));

        // Another house's encoder differs in `*`, which it leaves, and `~`, which it does not.
        let encode = |text: &str| {
            byte_serialize(text.as_bytes()).collect::<String>().replace('*', "%2A").replace("%7E", "~")
        };
        let wanted = sorted(&pairs).iter().map(|pair| format!("{}={}", encode(&pair.0), encode(&pair.1))).collect::<Vec<_>>().join("&");
        prop_assert_eq!(written_text(|mut s| query_sorted(&fields, &mut s)), wanted);
    }

    #[test]
    fn a_sorted_url_has_its_query_decoded(pairs in some(), form: bool) {
        let query = encoded(&pairs);
        let url = format!("https://u:p@host:8443/a%20b?{query}#fragment");
        let stop = if form && !pairs.is_empty() { "." } else { "" };
        let mark = if form || !pairs.is_empty() { "?" } else { "" };
        let wanted = format!("https://u:p@host:8443/a%20b{mark}{}{stop}", joined(&sorted(&pairs)));
        let fields = read(query.as_bytes());
        prop_assert_eq!(written_text(|mut s| sorted_url(&url, &fields, form, &mut s)), wanted);
    }
}

#[test]
fn a_name_met_twice_has_no_spelling() {
    for body in [&b"a=1&a=2"[..], b"a=1&a=1", b"a=1&b&%61="] {
        assert_eq!(read(body).distinct().err(), Some(Malformed), "{body:?}");
    }
}

#[test]
fn concatenated_sorts_by_name_then_value() {
    let fields = read(b"Digits=5678&Sid=CA123&Digits=1234&digits=9&Digits=12%334&Empty=");
    let once = written_text(|mut s| concatenated(&fields, Repeats::Once, &mut s));
    assert_eq!(once, "Digits1234Digits5678EmptySidCA123digits9");
    let kept = written_text(|mut s| concatenated(&fields, Repeats::Kept, &mut s));
    assert_eq!(kept, "Digits1234Digits1234Digits5678EmptySidCA123digits9");
    // A shorter name comes first, whatever its value: pairs are compared, not what is joined.
    let fields = read(b"ab=1&a=z");
    assert_eq!(written_text(|mut s| concatenated(&fields, Repeats::Once, &mut s)), "azab1");
}

#[test]
fn json_is_that_of_python() {
    // Made by `json.dumps({"b": ..., "a": ""})`.
    let fields =
        distinct(b"b=%F0%9F%98%80%C3%A9+%22%5C%2F%08%0C%0A%0D%09%00%1F%7F%C2%80%EF%BF%BF&a=");
    let wanted =
        r#"{"b": "\ud83d\ude00\u00e9 \"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080\uffff", "a": ""}"#;
    assert_eq!(written_text(|mut s| json(&fields, &mut s)), wanted);
    assert_eq!(written_text(|mut s| json(&distinct(b""), &mut s)), "{}");
}

#[test]
fn php_counts_bytes() {
    let fields = distinct(b"n=zo%C3%AB&a=12.50&e=&sig=x");
    let wanted = r#"a:3:{s:1:"a";s:5:"12.50";s:1:"e";s:0:"";s:1:"n";s:4:"zoë";}"#;
    assert_eq!(written_text(|mut s| php(&fields, &["sig"], &mut s)), wanted);
    assert_eq!(written_text(|mut s| php(&distinct(b""), &[], &mut s)), "a:0:{}");
    let long = format!("k={}", "v".repeat(12_345));
    let text = written_text(|mut s| php(&distinct(long.as_bytes()), &[], &mut s));
    assert!(text.starts_with("a:1:{s:1:\"k\";s:12345:\"vvv"));
}

#[test]
fn marks_are_replaced_in_values_alone() {
    let fields = distinct(b"b=1%262%3D3&a%26=x&sig=y&e=");
    let text = written_text(|mut s| marked(&fields, &["sig"], &mut s));
    assert_eq!(text, "&a&=x&b=1_2_3&e=");
}

#[test]
fn empty_values_are_no_pairs() {
    let fields = distinct(b"c=%26%3D&b=&a=1&sign=x&d");
    assert_eq!(written_text(|mut s| pairs(&fields, &["sign"], &mut s)), "a=1&c=&=");
}

#[test]
fn queries_are_encoded_as_in_go() {
    // Made by `urllib.parse.urlencode`, which does the same.
    let fields = distinct(b"z=%2A~%21%27%28%29+-._%2f&a=%C3%A9%2b%3A");
    let text = written_text(|mut s| query_sorted(&fields, &mut s));
    assert_eq!(text, "a=%C3%A9%2B%3A&z=%2A~%21%27%28%29+-._%2F");
}

#[test]
fn a_sorted_url_keeps_repeats() {
    let url = "https://example.com/answer?b=2&a=1%20x&b=2&a=";
    let sorted = |url: &str, form| {
        let query = crate::url::query(url).unwrap_or_default();
        written_text(|mut s| sorted_url(url, &read(query.as_bytes()), form, &mut s))
    };
    assert_eq!(sorted(url, false), "https://example.com/answer?a=&a=1 x&b=2&b=2");
    assert_eq!(sorted(url, true), "https://example.com/answer?a=&a=1 x&b=2&b=2.");
    assert_eq!(sorted("https://example.com/answer", false), "https://example.com/answer");
    assert_eq!(sorted("https://example.com/answer", true), "https://example.com/answer?");
    assert_eq!(sorted("https://example.com/answer?", false), "https://example.com/answer");
    assert_eq!(sorted("https://example.com/answer?", true), "https://example.com/answer?");
}
