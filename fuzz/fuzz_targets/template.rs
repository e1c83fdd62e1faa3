//! Any text as a template: no panic, the text comes back, its parts are those of a second parser,
//! and what is signed is what the second reading of the rows says.
#![no_main]

use hookseal::{
    MAX_PARTS, Part, Request, Scheme, SchemeError, Signer, Template, UnixTime, Weakness, event,
    header, seconds,
};
use hookseal_fuzz::{KEY, Owned};
use libfuzzer_sys::fuzz_target;

const URL: &str = "https://hooks.example.com/in?q=1&a=%20b";
const JSON: &[u8] = br#"{"a":"b","n":{"m":[{"x":1,"y":true}],"e":"\u00e9/"}}"#;
const FORM: &[u8] = b"a=b&n=%2Bm+x&e=";
const ID: &str = "id_1";

fuzz_target!(|text: &str| {
    let second = parse(text);
    let mut memory = [Part::NONE; MAX_PARTS];
    match Template::parse(text, &mut memory) {
        Ok(template) => {
            assert_eq!(template.text(), text);
            let parts = second.as_ref().expect("the second parser refuses it");
            assert!(!parts.is_empty() && parts.len() <= MAX_PARTS);
            sign(template);
        }
        Err(error) => assert_eq!(second.as_ref().err(), Some(&error)),
    }
    for ((group, start, end), part) in second.iter().flatten().zip(memory) {
        let expected = format!("group: {group}, start: {start}, end: {end} }}");
        assert!(format!("{part:?}").ends_with(&expected), "{part:?}, not {expected}");
    }
});

/// Where the scheme can be signed, the second reading takes the signature for genuine.
fn sign(template: Template<'_>) {
    let scheme = Scheme {
        name: "fuzz",
        signature: header("signature"),
        signed: template,
        key_id: Some(b':'),
        timestamp: Some(seconds(header("time"))),
        event_id: Some(event(header("id"))),
        signed_headers: Some(header("list")),
        admits: &[Weakness::BodyUnsigned, Weakness::LooseJoins, Weakness::LooseFields],
        ..Scheme::BASE
    };
    // What the signer writes itself is not there yet when it signs.
    let own = |name: &str| ["id", "time", "signature"].iter().any(|it| it.eq_ignore_ascii_case(name));
    let fields = template.text().split("{header:").skip(1);
    let mut names = fields.flat_map(|rest| rest.split('}').next().unwrap_or_default().split('|'));
    if names.any(own) {
        return;
    }
    let secret = format!("id:{KEY}");
    let Ok(signer) = Signer::new(&scheme, &secret) else { return };
    let body = if template.text().contains("{form") { FORM } else { JSON };
    let headers: [(&str, &[u8]); 3] = [("list", b"x-b,x-a"), ("x-a", b" 1 "), ("x-b", b"2")];
    let request = Request::new(&headers, body).url(URL).method("POST");
    let now = UnixTime::from_secs(1_700_000_000);
    let Ok(signed) = signer.sign(&request, Some(ID), now) else { return };
    let own = headers.iter().map(|(name, value)| ((*name).to_owned(), value.to_vec()));
    let made = signed
        .headers()
        .map(|(name, value)| (name.to_owned(), value.to_string().into_bytes()))
        .chain([("id".to_owned(), ID.into()), ("time".to_owned(), b"1700000000".to_vec())]);
    let of = Owned {
        headers: own.chain(made).collect(),
        body: body.to_vec(),
        url: URL.into(),
        method: "POST".into(),
    };
    assert!(of.holds(&scheme, &secret), "{:?} signs something else", template.text());
}

/// A second parser: takes the text apart from the left, one piece at a time. Group, start and end.
fn parse(text: &str) -> Result<Vec<(usize, usize, usize)>, SchemeError> {
    const MALFORMED: SchemeError = SchemeError::MalformedTemplate;
    if text.is_empty() || text.len() > 4096 {
        return Err(MALFORMED);
    }
    let (mut parts, mut rest) = (Vec::new(), text);
    let (mut open, mut groups) = (false, 0);
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let doubled = "{}[]".contains(first) && rest[1..].starts_with(first);
        if !doubled && "[]".contains(first) {
            if (first == '[') == open {
                return Err(MALFORMED);
            }
            open = !open;
            groups += usize::from(open);
            rest = &rest[1..];
            continue;
        }
        if parts.len() == MAX_PARTS {
            return Err(SchemeError::TooManyParts);
        }
        let (span, after) = match first {
            _ if doubled => ((start, start + 1), &rest[2..]),
            '{' => {
                let (name, after) = rest[1..].split_once('}').ok_or(MALFORMED)?;
                (named(name, start + 1).ok_or(MALFORMED)?, after)
            }
            '}' => return Err(MALFORMED),
            _ => {
                let length = rest.find(['{', '}', '[', ']']).unwrap_or(rest.len());
                ((start, start + length), &rest[length..])
            }
        };
        parts.push((if open { groups } else { 0 }, span.0, span.1));
        rest = after;
    }
    if open || parts.is_empty() { Err(MALFORMED) } else { Ok(parts) }
}

/// Where the name of a field stands that a word has behind its colon; without one, nothing.
fn named(name: &str, start: usize) -> Option<(usize, usize)> {
    const WORDS: &str = "body timestamp event_id secret key_id method method|lower url url|unescaped \
         url|port url|base url|sorted url|sha256|hex path path|quoted query|sorted form \
         form|repeated form|pairs form|json form|php form|marked headers headers|values \
         headers|lines jws jws|header body|quoted body|sorted body|base64url body|crc32 \
         body|sha256 body|sha256|hex body|sha256|base64 body|sha256|base64url \
         body|sha512|base64 body|md5|base64 body|minified|sha256|hex challenge mac";
    const FIELDS: [&str; 8] =
        ["header:", "json:", "json|text:", "json|php:", "form:", "query:", "form|pairs:", "item:"];
    if WORDS.split_whitespace().any(|word| word == name) {
        return Some((start, start));
    }
    let field =
        FIELDS.iter().find(|field| name.starts_with(**field) && name.len() > field.len())?;
    Some((start + field.len(), start + name.len()))
}
