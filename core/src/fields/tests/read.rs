//! The reader, held against `form_urlencoded` and the library's own check of UTF-8.

use std::borrow::ToOwned;
use std::string::String;
use std::vec::Vec;

use form_urlencoded::parse;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{cases, received, text};
use crate::fields::{Encoded, Fields, Malformed, find};

/// A text of the pieces that decide something.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&[u8]] = &[
        b"&",
        b"&",
        b"=",
        b"=",
        b"+",
        b"%",
        b"%2",
        b"%2b",
        b"%2B",
        b"%26",
        b"%3d",
        b"%00",
        b"%zz",
        b"%C3%A9",
        b"%c3%a9",
        b"%C3",
        b"%A9",
        b"\xC3",
        b"\xA9",
        b"%F0%9F%98%80",
        b"%ED%A0%80",
        b"%ED%BF%BF",
        b"%F4%90%80%80",
        b"%C0%80",
        b"%E0%80%80",
        b"\xE2\x98\x83",
        b"a",
        b"b",
        b"name",
        b"\0",
        b" ",
        b"\n",
        b";",
    ];
    let piece = select(PIECES);
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Whether every name and value is as the strict reader wants it, by other means: escapes are
/// counted, and the bytes decoded by hand are shown to the library.
fn is_strict(item: &[u8]) -> bool {
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < item.len() {
        if item[at] == b'%' {
            let digits = item.get(at + 1..at + 3).and_then(|it| str::from_utf8(it).ok());
            let is_hex = |it: &&str| it.bytes().all(|byte| byte.is_ascii_hexdigit());
            let Some(digits) = digits.filter(is_hex) else { return false };
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            at += 3;
        } else {
            bytes.push(item[at]);
            at += 1;
        }
    }
    String::from_utf8(bytes).is_ok()
}

fn parsed(text: &[u8]) -> Vec<(String, String)> {
    parse(text).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn fields_are_those_of_another_house(body in pieces()) {
        // A name and its value are checked apart: half a character each is none.
        let strict = body
            .split(|byte| *byte == b'&')
            .all(|item| item.splitn(2, |byte| *byte == b'=').all(is_strict));
        prop_assert_eq!(received(&body), strict.then(|| parsed(&body)));
    }

    #[test]
    fn whatever_was_encoded_is_read(pairs in vec((any::<String>(), any::<String>()), 0..40)) {
        let mut body = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &pairs {
            body.append_pair(name, value);
        }
        prop_assert_eq!(received(body.finish().as_bytes()), Some(pairs));
    }

    #[test]
    fn the_field_found_is_that_of_another_house(body in pieces(), name in "a|b|name|a b|é|") {
        let got = find(&body, &name).map(|value| value.map(text));
        let wanted = received(&body).ok_or(Malformed).and_then(|fields| {
            let mut values = fields.into_iter().filter(|field| field.0 == name);
            let value = values.next().map(|field| field.1);
            if values.next().is_some() { Err(Malformed) } else { Ok(value) }
        });
        prop_assert_eq!(got, wanted);
    }

    #[test]
    fn every_text_has_one_verdict(raw in vec(any::<u8>(), 0..12)) {
        let got = Encoded::read(&raw).is_ok();
        prop_assert_eq!(got, is_strict(&raw));
    }

    #[test]
    fn characters_and_runs_are_the_decoded_text(wanted in any::<String>()) {
        let raw: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        let value = Encoded::read(raw.as_bytes()).unwrap();
        prop_assert_eq!(value.chars().collect::<String>(), &wanted[..]);
        prop_assert_eq!(text(value), &wanted[..]);
        prop_assert!(value.is(&wanted));
        prop_assert!(!value.is(&(wanted + "x")));
    }

    #[test]
    fn order_is_that_of_the_decoded_bytes(one in any::<String>(), other in any::<String>()) {
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let (a, b) = (encode(&one), encode(&other).to_lowercase());
        let b = if Encoded::read(b.as_bytes()).unwrap().is(&other) { b } else { encode(&other) };
        let compare = |one: &str, other: &str| {
            Encoded::read(one.as_bytes()).unwrap().compare(Encoded::read(other.as_bytes()).unwrap())
        };
        prop_assert_eq!(compare(&a, &b), one.cmp(&other));
    }
}

#[test]
fn utf8_is_that_of_the_library() {
    // All lead bytes with the edges of what may follow them, raw and escaped.
    let edges = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF];
    for lead in 0x80..=0xFF_u8 {
        for second in edges {
            for rest in [&[][..], &[0x80], &[0x80, 0x80], &[0xBF, 0xC0], &[0x7F]] {
                let bytes = [&[lead, second][..], rest].concat();
                let raw: String = bytes.iter().map(|byte| std::format!("%{byte:02x}")).collect();
                let valid = str::from_utf8(&bytes).is_ok();
                assert_eq!(Encoded::read(raw.as_bytes()).is_ok(), valid, "{bytes:x?}");
                if !bytes.contains(&b'%') {
                    assert_eq!(Encoded::read(&bytes).is_ok(), valid, "{bytes:x?}");
                }
            }
        }
    }
}

fn found(body: &[u8], name: &str) -> Result<Option<String>, Malformed> {
    find(body, name).map(|value| value.map(text))
}

#[test]
fn names_compare_decoded_and_once() {
    assert_eq!(found(b"p%61yload=x+y%2Bz", "payload"), Ok(Some("x y+z".to_owned())));
    assert_eq!(found(b"a=1&b=2", "c"), Ok(None));
    assert_eq!(found(b"a", "a"), Ok(Some(String::new())));
    assert_eq!(found(b"=v", ""), Ok(Some("v".to_owned())));
    assert_eq!(found(b"a=b=c", "a"), Ok(Some("b=c".to_owned())));
    assert_eq!(found(b"A=1", "a"), Ok(None));
    assert_eq!(found(b"", "a"), Ok(None));
    assert_eq!(found(b"&&a=1&&", "a"), Ok(Some("1".to_owned())));
    assert_eq!(found(b"a=%00", "a"), Ok(Some("\0".to_owned())));
    assert_eq!(found(b"data.id=7", "data.id"), Ok(Some("7".to_owned())));
    // Twice is refused, with equal values too, and by another spelling of the name.
    assert_eq!(found(b"a=1&a=1", "a"), Err(Malformed));
    assert_eq!(found(b"a=1&%61=2", "a"), Err(Malformed));
    assert_eq!(found(b"b=1&b=2&a=3", "a"), Ok(Some("3".to_owned())));
    // What is malformed elsewhere could be this field to another reader.
    for body in [&b"a=1&%6=2"[..], b"a=1&b=%", b"a=1&b=%f", b"a=1&b=%fg", b"a=1&b=%C3", b"\xFF&a=1"]
    {
        assert_eq!(found(body, "a"), Err(Malformed), "{body:?}");
    }
}

#[test]
fn plain_values_are_slices_of_the_request() {
    let body = &b"a=plain&b=not+plain&c=%41&d=\xC3\xA9&e="[..];
    let plain = |name| find(body, name).unwrap().unwrap().as_plain();
    assert_eq!(plain("a"), Some(&body[2..7]));
    assert_eq!((plain("b"), plain("c")), (None, None));
    assert_eq!((plain("d"), plain("e")), (Some(&b"\xC3\xA9"[..]), Some(&b""[..])));
    assert_eq!(find(body, "b").unwrap().unwrap().raw(), b"not+plain");
}

#[test]
fn distinct_sees_every_repeat() {
    let distinct = |body: &[u8]| Fields::read(body).unwrap().distinct().is_ok();
    assert!(distinct(b"") && distinct(b"a=1") && distinct(b"a=1&b=1&A=1&=1"));
    assert!(!distinct(b"a=1&b&a=1") && !distinct(b"a=1&b&%61=2") && !distinct(b"=1&b&=2"));
}
