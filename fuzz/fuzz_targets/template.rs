//! Any text as a template: no panic, the text comes back, its parts are those of a second parser,
//! and what is signed is what the second parser says.
#![no_main]

use hookseal::{
    MAX_PARTS, Part, Place, Request, Scheme, SchemeError, Signer, Template, UnixTime, Word, event,
    header, seconds,
};
use hookseal_fuzz::{KEY, mac};
use libfuzzer_sys::fuzz_target;

const URL: &str = "https://hooks.example.com/in";
const BODY: &[u8] = br#"{"a":"b"}"#;
const ID: &str = "id_1";
const NOW: &str = "1700000000";

fuzz_target!(|text: &str| {
    let second = parse(text);
    let mut memory = [Part::NONE; MAX_PARTS];
    match Template::parse(text, &mut memory) {
        Ok(template) => {
            assert_eq!(template.text(), text);
            sign(template, second.as_ref().expect("the second parser refuses it"));
        }
        Err(error) => assert_eq!(second.as_ref().err(), Some(&error)),
    }
    for ((word, start, end), part) in second.iter().flatten().zip(memory) {
        let expected = format!("Part {{ word: {word:?}, start: {start}, end: {end} }}");
        assert_eq!(format!("{part:?}"), expected);
    }
});

/// Where the scheme can be signed, the signature is the MAC of the parts joined by hand.
fn sign(template: Template<'_>, parts: &[(Word, usize, usize)]) {
    let scheme = Scheme {
        name: "fuzz",
        signature: header("signature"),
        signed: template,
        timestamp: Some(seconds(header("time"))),
        event_id: Some(event(header("id"))),
        ..Scheme::BASE
    };
    let Ok(signer) = Signer::new(&scheme, KEY) else { return };
    let none: &[(&str, &str)] = &[];
    let request = Request::new(none, BODY).url(URL).method("POST");
    let now = UnixTime::from_secs(1_700_000_000);
    let Ok(signed) = signer.sign(&request, Some(ID), now) else { return };
    let content: Option<Vec<&[u8]>> = parts
        .iter()
        .map(|(word, start, end)| match word {
            Word::Literal => template.text().as_bytes().get(*start..*end),
            Word::Body => Some(BODY),
            Word::Timestamp => Some(NOW.as_bytes()),
            Word::EventId => Some(ID.as_bytes()),
            Word::Url | Word::UrlUnescaped => Some(URL.as_bytes()),
            Word::Method => Some(b"POST".as_slice()),
            // The one field that this request has, by any of the alternative names.
            Word::Field(Place::Json) => {
                let names = template.text().get(*start..*end).unwrap_or_default();
                names.split('|').any(|name| name == "a").then_some(b"b".as_slice())
            }
            _ => None,
        })
        .collect();
    let content = content.expect("a field was signed that the request does not have");
    let signature = signed.headers().find(|(name, _)| *name == "signature").unwrap().1;
    assert_eq!(signature.to_string(), mac(&content));
}

/// A second parser: takes the text apart from the left, one piece at a time.
fn parse(text: &str) -> Result<Vec<(Word, usize, usize)>, SchemeError> {
    if text.is_empty() || text.len() > 4096 {
        return Err(SchemeError::MalformedTemplate);
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if parts.len() == MAX_PARTS {
            return Err(SchemeError::TooManyParts);
        }
        let start = text.len() - rest.len();
        let (part, after) = match rest.strip_prefix('{') {
            Some(inner) => {
                let (name, after) = inner.split_once('}').ok_or(SchemeError::MalformedTemplate)?;
                (named(name, start + 1).ok_or(SchemeError::MalformedTemplate)?, after)
            }
            None => {
                let length = rest.find(['{', '}']).unwrap_or(rest.len());
                if length == 0 {
                    return Err(SchemeError::MalformedTemplate);
                }
                ((Word::Literal, start, start + length), &rest[length..])
            }
        };
        parts.push(part);
        rest = after;
    }
    Ok(parts)
}

/// The word of a name; a field keeps where its own name stands.
fn named(name: &str, start: usize) -> Option<(Word, usize, usize)> {
    let word = match name {
        "body" => Word::Body,
        "timestamp" => Word::Timestamp,
        "event_id" => Word::EventId,
        "url" => Word::Url,
        "url|unescaped" => Word::UrlUnescaped,
        "method" => Word::Method,
        "secret" => Word::Secret,
        _ => {
            let (kind, field) = name.split_once(':')?;
            let place = match kind {
                "header" => Place::Header,
                "json" => Place::Json,
                _ => return None,
            };
            let from = start + kind.len() + 1;
            let good = !field.is_empty() && !field.contains('{');
            return good.then_some((Word::Field(place), from, start + name.len()));
        }
    };
    Some((word, start, start))
}
