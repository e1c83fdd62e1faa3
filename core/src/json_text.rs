//! JSON texts written anew, as the writers of other languages would, streamed and without a tree:
//! some providers sign such a text and not the bytes that they send.
//!
//! What [`minified`] and [`php`] read must be JSON by [`is_json`](crate::json::is_json), so that
//! nothing here can fail: the caller checks first. Of other texts they write what they come to.

#[cfg(any(feature = "capture", feature = "explain"))]
use alloc::{string::String, vec::Vec};

use base16ct::lower;

use crate::cursor::{Cursor, before, first};
use crate::value::Value;

/// The text without the blanks between its tokens. Strings, numbers and the order of names stay as
/// they are written, so it is `JSON.stringify(JSON.parse(text))` only of a text whose tokens are
/// already spelled as JavaScript spells them.
pub(crate) fn minified(text: &[u8], sink: &mut dyn FnMut(&[u8])) {
    for_each_piece(text, &mut |piece, _| sink(piece));
}

/// A JSON text as PHP's `json_encode` writes it without flags: no blanks, `/` as `\/`, all but
/// ASCII as lower-case `\uXXXX` of its UTF-16 units. Numbers and the order of names stay as they
/// are written; an empty object stays `{}`.
pub(crate) fn php(text: &[u8], sink: &mut dyn FnMut(&[u8])) {
    for_each_piece(text, &mut |piece, string| match string {
        None => sink(piece),
        Some(string) => {
            sink(b"\"");
            string.for_each_run(&mut |run| Escapes::Php.write(run, sink));
            sink(b"\"");
        }
    });
}

/// Whether these bytes can be [`quoted`]: others than UTF-8 have no one spelling in JSON.
pub(crate) const fn is_text(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok()
}

/// The bytes as a JSON string, quotes and all, as `JSON.stringify` writes it. Bytes that are not
/// UTF-8 would go out as they are: [`is_text`] tells before.
pub(crate) fn quoted(bytes: &[u8], sink: &mut dyn FnMut(&[u8])) {
    sink(b"\"");
    stringified(bytes, sink);
    sink(b"\"");
}

/// The text as [`quoted`].
#[cfg(any(feature = "capture", feature = "explain"))]
pub(crate) fn quoted_text(text: &str) -> String {
    let mut all = Vec::new();
    quoted(text.as_bytes(), &mut |piece| all.extend(piece));
    String::from_utf8(all).unwrap_or_default()
}

/// The inside of a [`quoted`] string, or a piece of it.
pub(crate) fn stringified(bytes: &[u8], sink: &mut dyn FnMut(&[u8])) {
    Escapes::JavaScript.write(bytes, sink);
}

/// Hands over the text without its blanks: each string whole, with its quotes and with its value,
/// and what is between them.
fn for_each_piece<'r>(text: &'r [u8], each: &mut impl FnMut(&[u8], Option<Value<'r>>)) {
    let mut text = Cursor { rest: text };
    loop {
        text.blank();
        let start = text.rest;
        if text.take(b'"') {
            let string = text.string().ok();
            each(before(start, text.rest), string);
            continue;
        }
        let end = first(start, |byte| matches!(byte, b'"' | b' ' | b'\t' | b'\n' | b'\r'));
        let (run, rest) = end.and_then(|at| start.split_at_checked(at)).unwrap_or((start, &[]));
        if run.is_empty() {
            return;
        }
        each(run, None);
        text.rest = rest;
    }
}

/// What a language escapes in the strings that it writes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// `"`, `\` and the control characters.
    JavaScript,
    /// `/` and all but ASCII too.
    Php,
}

impl Escapes {
    const fn meet(self, byte: u8) -> bool {
        match byte {
            0..=0x1F | b'"' | b'\\' => true,
            b'/' | 0x80.. => matches!(self, Self::Php),
            _ => false,
        }
    }

    fn write(self, text: &[u8], sink: &mut dyn FnMut(&[u8])) {
        let mut rest = text;
        while let Some(at) = first(rest, |byte| self.meet(byte))
            && let Some((run, [byte, after @ ..])) = rest.split_at_checked(at)
        {
            sink(run);
            rest = match byte {
                0x80.. => units(rest.get(at..).unwrap_or_default(), sink),
                _ => {
                    escape(*byte, sink);
                    after
                }
            };
        }
        sink(rest);
    }
}

fn escape(byte: u8, sink: &mut dyn FnMut(&[u8])) {
    let short = match byte {
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        0x00..=0x1F => return unit(u16::from(byte), sink),
        itself => itself,
    };
    sink(&[b'\\', short]);
}

/// Writes the UTF-16 units of the text up to its first byte of ASCII, and gives what follows.
fn units<'t>(text: &'t [u8], sink: &mut dyn FnMut(&[u8])) -> &'t [u8] {
    let end = first(text, |byte| byte.is_ascii());
    let (run, rest) = end.and_then(|at| text.split_at_checked(at)).unwrap_or((text, &[]));
    match str::from_utf8(run) {
        Ok(run) => run.encode_utf16().for_each(|code| unit(code, sink)),
        Err(_) => sink(run),
    }
    rest
}

fn unit(code: u16, sink: &mut dyn FnMut(&[u8])) {
    let mut digits = [0; 4];
    sink(b"\\u");
    sink(lower::encode(&code.to_be_bytes(), &mut digits).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

    extern crate std;
    use super::*;
    use crate::json::is_json;
    use proptest::prelude::*;
    use std::string::{String, ToString};
    use std::{format, vec, vec::Vec};

    fn bytes_of(write: impl Fn(&mut dyn FnMut(&[u8]))) -> Vec<u8> {
        let mut all = Vec::new();
        write(&mut |piece| all.extend_from_slice(piece));
        all
    }

    fn all(write: impl Fn(&mut dyn FnMut(&[u8]))) -> String {
        String::from_utf8(bytes_of(write)).unwrap()
    }

    fn php_of(text: &str) -> String {
        assert!(is_json(text.as_bytes()), "{text}");
        all(|mut sink| php(text.as_bytes(), &mut sink))
    }

    fn minified_of(text: &str) -> String {
        assert!(is_json(text.as_bytes()), "{text}");
        all(|mut sink| minified(text.as_bytes(), &mut sink))
    }

    fn quoted_of(text: &str) -> String {
        assert!(is_text(text.as_bytes()));
        all(|mut sink| quoted(text.as_bytes(), &mut sink))
    }

    #[test]
    fn blanks_go_and_all_else_stays() {
        for (text, wanted) in [
            (" [ 1 , -2.50e+1 , true ] ", "[1,-2.50e+1,true]"),
            ("\t{\r\n \"a b\" : \" \\t \\\" \" }\n", "{\"a b\":\" \\t \\\" \"}"),
            (r#"{"\\":"\\" , "é\u00e9":"☕ "}"#, r#"{"\\":"\\","é\u00e9":"☕ "}"#),
            ("7", "7"),
            (r#" "" "#, r#""""#),
        ] {
            assert_eq!(minified_of(text), wanted);
        }
    }

    #[test]
    fn strings_as_javascript_has_them() {
        assert_eq!(quoted_of(""), r#""""#);
        assert_eq!(quoted_of("a\"b\\c/d"), r#""a\"b\\c/d""#);
        assert_eq!(quoted_of("\u{8}\t\n\u{c}\r"), r#""\b\t\n\f\r""#);
        assert_eq!(quoted_of("\0\u{b}\u{1f}\u{7f}"), "\"\\u0000\\u000b\\u001f\u{7f}\"");
        assert_eq!(quoted_of("é\u{2028}\u{feff}🦀"), "\"é\u{2028}\u{feff}🦀\"");
        for bad in [&b"\xff"[..], b"a\xc0\xaf", b"\xed\xa0\x80", b"\xf0\x9f\xa6"] {
            assert!(!is_text(bad));
        }
    }

    #[test]
    fn texts_as_php_has_them() {
        for (text, wanted) in [
            (r#"{ "b/c" : [ 1.0 , 1e3 , -0 ] , "a" : { } }"#, r#"{"b\/c":[1.0,1e3,-0],"a":{}}"#),
            (r#""Café ☃ 😀""#, r#""Caf\u00e9 \u2603 \ud83d\ude00""#),
            (r#""\u0041\u00E9\uD83D\uDE00\/\u002f""#, r#""A\u00e9\ud83d\ude00\/\/""#),
            (r#""\u0008\t\u000a\f\r\"\\""#, r#""\b\t\n\f\r\"\\""#),
            ("\"\\u0000\\u001F\u{7f}\u{80}\"", "\"\\u0000\\u001f\u{7f}\\u0080\""),
            (r#""é\n☃/é""#, r#""\u00e9\n\u2603\/\u00e9""#),
            ("null", "null"),
        ] {
            assert_eq!(php_of(text), wanted);
        }
    }

    /// A value, spelled in some way, and as PHP and `minified` write it.
    #[derive(Clone, Debug)]
    struct Spelled {
        text: String,
        php: String,
        minified: String,
    }

    fn blank() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["", "", " ", "\n", "\t\r "])
    }

    fn string() -> impl Strategy<Value = Spelled> {
        let character = prop_oneof![
            prop::sample::select(vec![
                'a', '/', '"', '\\', '\n', '\u{1f}', '\u{7f}', 'é', '\u{2028}'
            ]),
            any::<char>(),
        ];
        prop::collection::vec((character, any::<bool>()), 0..8).prop_map(|characters| {
            let (mut text, mut php) = (String::new(), String::new());
            for (character, escaped) in characters {
                let mut units = [0; 2];
                let units = character.encode_utf16(&mut units);
                let escape: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
                if escaped || character < ' ' || matches!(character, '"' | '\\') {
                    text.push_str(&escape);
                } else {
                    text.push(character);
                }
                match character {
                    '\u{8}' => php.push_str("\\b"),
                    '\u{c}' => php.push_str("\\f"),
                    '\n' => php.push_str("\\n"),
                    '\r' => php.push_str("\\r"),
                    '\t' => php.push_str("\\t"),
                    '"' | '\\' | '/' => php.extend(['\\', character]),
                    ' '..='\u{7f}' => php.push(character),
                    _ => php.push_str(&escape),
                }
            }
            let text = format!("\"{text}\"");
            Spelled { minified: text.clone(), text, php: format!("\"{php}\"") }
        })
    }

    fn values() -> impl Strategy<Value = Spelled> {
        let bare = prop::sample::select(vec!["0", "-1.50", "1E+3", "true", "null", "{}", "[]"]);
        let bare = (bare, blank()).prop_map(|(bare, blank)| Spelled {
            text: format!("{blank}{bare}{blank}"),
            php: bare.to_string(),
            minified: bare.to_string(),
        });
        prop_oneof![bare, string()].prop_recursive(3, 24, 4, |inner| {
            let member =
                (string(), blank(), inner.clone()).prop_map(|(name, blank, value)| Spelled {
                    text: format!("{blank}{}{blank}:{}", name.text, value.text),
                    php: format!("{}:{}", name.php, value.php),
                    minified: format!("{}:{}", name.minified, value.minified),
                });
            let join = |open: &'static str, close: &'static str| {
                move |(items, blank): (Vec<Spelled>, &'static str)| {
                    let join = |comma: &str, form: fn(&Spelled) -> &str| {
                        let items: Vec<_> = items.iter().map(form).collect();
                        items.join(comma)
                    };
                    let comma = format!("{blank},{blank}");
                    Spelled {
                        text: format!("{blank}{open}{}{close}", join(&comma, |it| &it.text)),
                        php: format!("{open}{}{close}", join(",", |it| &it.php)),
                        minified: format!("{open}{}{close}", join(",", |it| &it.minified)),
                    }
                }
            };
            prop_oneof![
                (prop::collection::vec(member, 1..4), blank()).prop_map(join("{", "}")),
                (prop::collection::vec(inner, 1..4), blank()).prop_map(join("[", "]")),
            ]
        })
    }

    proptest! {
        #[test]
        fn written_as_it_was_meant(value in values()) {
            prop_assert_eq!(php_of(&value.text), value.php.as_str());
            prop_assert_eq!(minified_of(&value.text), value.minified.as_str());
            // What is written is the same value, and writing it again changes nothing.
            let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            prop_assert_eq!(parsed(&value.php), parsed(&value.text));
            prop_assert_eq!(php_of(&value.php), value.php.as_str());
        }

        #[test]
        fn quoted_as_serde_json_has_it(text in any::<String>(), low in "[\\x00-\\x7f]{0,40}") {
            let text = text + &low;
            prop_assert_eq!(quoted_of(&text), serde_json::to_string(&text).unwrap());
        }

        /// Of what is no JSON something is written, and no more than six bytes for each.
        #[test]
        fn other_texts_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let minified = bytes_of(|mut sink| minified(&bytes, &mut sink));
            prop_assert!(minified.len() <= bytes.len());
            let most = bytes.len().saturating_mul(6).saturating_add(2);
            prop_assert!(bytes_of(|mut sink| php(&bytes, &mut sink)).len() <= most);
            prop_assert!(bytes_of(|mut sink| quoted(&bytes, &mut sink)).len() <= most);
        }
    }

    #[test]
    fn hostile_texts_take_time_in_proportion() {
        let megabyte = 1 << 20;
        assert_eq!(minified_of(&format!("[{}1]", " ".repeat(megabyte))), "[1]");
        let ones = format!("[{}1]", "1,".repeat(megabyte / 2));
        assert_eq!(minified_of(&ones), ones);
        let escapes = format!("\"{}\"", "\\u0001".repeat(megabyte / 6));
        assert_eq!(php_of(&escapes), escapes);
        let accents = "\\u00e9".repeat(megabyte / 6);
        assert_eq!(php_of(&format!("\"{}\"", "é".repeat(megabyte / 6))), format!("\"{accents}\""));
        assert_eq!(quoted_of(&"\u{1}".repeat(megabyte / 6)), escapes);
        let nest = format!("{}{}", "[ ".repeat(127), " ]".repeat(127));
        assert_eq!(php_of(&nest), nest.replace(' ', ""));
    }
}
