//! Bodies that are a program's rendering of what it parsed or read.

use alloc::format;
use alloc::vec::Vec;

use super::coded::from_hex;
use super::{Flow, Take, anew, fields, literal};
use crate::cursor::Cursor;
use crate::json::is_json;

/// What programs make of an empty body.
const OF_NOTHING: [&[u8]; 9] =
    [b"{}", b"[]", b"null", b"\"\"", b"undefined", b"None", b"nil", b"[object Object]", b"b''"];

/// How renderings begin that cannot be undone, and what writes them.
const BEGINNINGS: [(&str, &str); 26] = [
    ("[object ", "what JavaScript writes for an object"),
    ("undefined", "JavaScript's undefined"),
    ("<Buffer ", "what Node prints of bytes"),
    ("ReadableStream", "what JavaScript prints of a stream"),
    ("Promise {", "what JavaScript prints of a promise"),
    ("Object {", "what JavaScript prints of an object"),
    ("Array", "what PHP writes for an array"),
    ("array(", "what PHP prints of an array"),
    ("stdClass", "what PHP prints of an object"),
    ("System.", "the name of a type of .NET"),
    ("Newtonsoft.", "the name of a type of .NET"),
    ("Microsoft.", "the name of a type of .NET"),
    ("map[", "what Go prints of a map"),
    ("&map[", "what Go prints of a map"),
    ("&{", "what Go prints of a struct"),
    ("[B@", "what Java writes for an array of bytes"),
    ("java.", "what Java writes for an object"),
    ("org.", "what Java writes for an object"),
    ("#<", "what Ruby prints of an object"),
    ("ImmutableMultiDict(", "what Python prints of a form"),
    ("MultiDict(", "what Python prints of a form"),
    ("OrderedDict(", "what Python prints of a dict"),
    ("FormData(", "what Python prints of a form"),
    ("b'", "what Python prints of bytes"),
    ("b\"", "what Python prints of bytes"),
    ("None", "Python's None"),
];

/// What prints of Python have at their beginning and in them.
const IN_ANGLES: [&str; 6] = [" at 0x", "QueryDict", "built-in", "object", "coroutine", "class"];

pub(super) fn each(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    if OF_NOTHING.contains(&body.trim_ascii()) {
        take("an empty body, of which a parser made something", b"")?;
    }
    bytes(body, take)?;
    let Some(json) = printed(body) else { return Flow::Continue(()) };
    let mut of_object =
        |how: &str, bytes: &[u8]| take(&format!("the printed object written as JSON {how}"), bytes);
    of_object("as it is spaced", &json)?;
    anew::styles(&json, all, &mut of_object)?;
    fields::of_json(&json, all, &mut |what, bytes| {
        take(&format!("{what}, of a printed one"), bytes)
    })
}

/// What may come after another change.
pub(super) fn plain(body: &[u8], _: bool, take: &mut Take<'_>) -> Flow {
    bytes(body, take)?;
    let json = printed(body).unwrap_or_default();
    anew::plain(&json, false, &mut |_, bytes| take("the printed object written as JSON", bytes))
}

/// A printed object that is no JSON as it is.
fn printed(body: &[u8]) -> Option<Vec<u8>> {
    if is_json(body) { None } else { literal::as_json(body) }
}

/// Printed bytes and texts.
fn bytes(body: &[u8], take: &mut Take<'_>) -> Flow {
    let body = body.trim_ascii();
    if let Some(text) = python_bytes(body) {
        take("the bytes of which Python's repr came", &text)?;
    }
    if let Some(text) = numbers(body) {
        take("the bytes that came as a list of numbers", &text)?;
    }
    match node_buffer(body) {
        Some(text) => take("the bytes of a buffer that Node printed", &text),
        None => Flow::Continue(()),
    }
}

/// `b'…'`, `bytearray(b'…')`, and `'…'` of a text.
fn python_bytes(body: &[u8]) -> Option<Vec<u8>> {
    let inside = body.strip_prefix(b"bytearray(").and_then(|it| it.strip_suffix(b")"));
    let body = inside.unwrap_or(body);
    let quoted = body.strip_prefix(b"b");
    let mut text = Cursor { rest: quoted.unwrap_or(body) };
    let quote = text.next().ok().filter(|it| *it == b'\'' || (*it == b'"' && quoted.is_some()))?;
    let said = literal::string(&mut text, quote, quoted.is_some())?;
    text.rest.is_empty().then_some(said)
}

/// `{"type":"Buffer","data":[123,125]}`, `{"0":123,"1":125}`, `[123, 125]`, `123,125`, `[123 125]`,
/// `Uint8Array(2) [ 123, 125 ]`.
fn numbers(body: &[u8]) -> Option<Vec<u8>> {
    if let Some(object) = body.strip_prefix(b"{").and_then(|it| it.strip_suffix(b"}")) {
        let is_buffer = object.starts_with(b"\"type\"") || object.starts_with(b" \"type\"");
        return match list(object).filter(|_| is_buffer) {
            Some(items) => items.split(|byte| *byte == b',').map(number).collect(),
            None => indexed(object),
        };
    }
    let items = match body.starts_with(b"[") || body.starts_with(b"Uint8Array(") {
        true => list(body)?,
        false => body,
    };
    let is_part = |byte: &u8| matches!(byte, b',' | b' ' | b'\n' | b'\r' | b'\t');
    let bytes = items.split(is_part).filter(|item| !item.is_empty()).map(number);
    let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
    (bytes.len() > 1).then_some(bytes)
}

/// What is in the brackets, the first of which is near the start.
fn list(text: &[u8]) -> Option<&[u8]> {
    let at = text.iter().take(64).position(|byte| *byte == b'[')?;
    text.get(at..)?.strip_prefix(b"[")?.trim_ascii_end().strip_suffix(b"]")
}

/// `"0":123,"1":125`, in this order.
fn indexed(object: &[u8]) -> Option<Vec<u8>> {
    let one = |(at, item): (usize, &[u8])| {
        let colon = item.iter().position(|byte| *byte == b':')?;
        let (name, value) = item.split_at_checked(colon)?;
        let name = name.trim_ascii().strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        let index: usize = str::from_utf8(name).ok()?.parse().ok()?;
        number(value.strip_prefix(b":")?).filter(|_| index == at)
    };
    object.split(|byte| *byte == b',').enumerate().map(one).collect()
}

fn number(text: &[u8]) -> Option<u8> {
    str::from_utf8(text.trim_ascii()).ok()?.parse().ok()
}

/// `<Buffer 7b 7d>`; Node leaves out what follows the first 50 bytes.
fn node_buffer(body: &[u8]) -> Option<Vec<u8>> {
    let digits = body.strip_prefix(b"<Buffer ")?.strip_suffix(b">")?;
    let digits: Vec<u8> = digits.iter().copied().filter(|byte| *byte != b' ').collect();
    from_hex(&digits)
}

/// What a body looks like that is a program's rendering of something: a few words.
pub(in crate::explain) fn is_rendering(body: &[u8]) -> Option<&'static str> {
    let body = body.trim_ascii();
    let begins = |(start, _): &&(&str, &str)| body.starts_with(start.as_bytes());
    if let Some((_, what)) = BEGINNINGS.iter().find(begins) {
        return Some(what);
    }
    if body.starts_with(b"<") && body.ends_with(b">") {
        let head = body.get(..body.len().min(256)).unwrap_or_default();
        let has = |part: &&str| head.windows(part.len()).any(|it| it == part.as_bytes());
        return IN_ANGLES.iter().any(has).then_some("what Python prints of an object");
    }
    let has = |part: &[u8]| body.windows(part.len()).any(|it| it == part);
    if body.starts_with(b"{") && !is_json(body) && (has(b": [Object]") || has(b": [Array]")) {
        return Some("an object as Node prints it");
    }
    if printed(body).is_some() {
        return Some("an object as a program prints it");
    }
    if body.len() > 2 && numbers(body).is_some() {
        return Some("bytes as a list of numbers");
    }
    is_java_map(body).then_some("what Java writes for a map")
}

/// `{id=1, type=x}`.
fn is_java_map(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"[").and_then(|it| it.strip_suffix(b"]")).unwrap_or(body);
    let inside = body.strip_prefix(b"{").and_then(|it| it.strip_suffix(b"}")).unwrap_or_default();
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let name = inside.iter().take_while(|byte| is_of_name(byte)).count();
    name > 0 && inside.get(name) == Some(&b'=')
}
