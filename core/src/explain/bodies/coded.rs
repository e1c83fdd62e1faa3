//! Bodies in base64 or hex, and bodies inside JSON.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use base16ct::{lower, mixed};
use base64ct::{Base64, Base64Unpadded, Base64UrlUnpadded, Encoding as _};

use super::{Flow, Take};
use crate::cursor::Cursor;
use crate::json;
use crate::json_text::{is_text, quoted, stringified};
use crate::value::Value;

/// Fields in which gateways, queues and proxies put a body.
#[rustfmt::skip]
const FIELDS: [&str; 15] = [
    "body", "Body", "rawBody", "raw_body", "payload", "data", "event", "content", "message", "text",
    "Message", "detail", "request.body", "message.data", "Records[].body",
];

/// What programs write for what is special in HTML; the ampersand comes last.
#[rustfmt::skip]
const ENTITIES: [(&str, &str); 9] = [
    ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#039;", "'"), ("&#x27;", "'"),
    ("&#x2F;", "/"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"),
];

pub(super) fn base64(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    let bare = after_comma_of_data_url(body);
    if let Some(decoded) = from_base64(bare) {
        take("the body decoded from base64", &decoded)?;
    }
    if let Some(decoded) = from_hex(body.trim_ascii()) {
        take("the body decoded from hex", &decoded)?;
    }
    if let Some(text) = without_entities(body) {
        take("the body with the character references of HTML decoded", text.as_bytes())?;
    }
    if all {
        take("the body in base64", Base64::encode_string(body).as_bytes())?;
        let url = Base64UrlUnpadded::encode_string(body);
        take("the body in base64url without padding", url.as_bytes())?;
        take("the body in hex", &to_hex(body))?;
    }
    Flow::Continue(())
}

/// `data:application/json;base64,eyJ…`: what follows the comma.
fn after_comma_of_data_url(body: &[u8]) -> &[u8] {
    let comma = body.iter().take(256).position(|byte| *byte == b',');
    let rest = comma.filter(|_| body.starts_with(b"data:")).and_then(|at| body.get(at..));
    rest.and_then(|rest| rest.strip_prefix(b",")).unwrap_or(body)
}

/// Base64 of either alphabet, with or without padding and line breaks; a blank between digits is a
/// `+` that a form reader has read.
pub(super) fn from_base64(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii();
    let mut digits = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            b'\r' | b'\n' | b'\t' => {}
            b'-' | b' ' => digits.push(b'+'),
            b'_' => digits.push(b'/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' => digits.push(*byte),
            _ => return None,
        }
    }
    let padding = digits.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    digits.truncate(digits.len().saturating_sub(padding));
    let decoded = Base64Unpadded::decode_vec(str::from_utf8(&digits).ok()?).ok()?;
    (!decoded.is_empty()).then_some(decoded)
}

pub(super) fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = vec![0; text.len() / 2];
    mixed::decode(text, &mut decoded).ok()?;
    (!decoded.is_empty()).then_some(decoded)
}

fn to_hex(body: &[u8]) -> Vec<u8> {
    let mut digits = vec![0; body.len().saturating_mul(2)];
    let written = lower::encode(body, &mut digits).map(<[u8]>::len);
    digits.truncate(written.unwrap_or_default());
    digits
}

/// The text with `"` for `&quot;` and the like.
fn without_entities(body: &[u8]) -> Option<String> {
    let mut text = String::from(str::from_utf8(body).ok().filter(|it| it.contains("&"))?);
    for (entity, character) in ENTITIES {
        if text.contains(entity) {
            text = text.replace(entity, character);
        }
    }
    Some(text)
}

/// The body as a JSON string, and as a field of JSON.
pub(super) fn wrapped(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    let mut inside = string(body);
    for what in [
        "the text of which the body is a JSON string",
        "the text of which the body is a JSON string of a JSON string",
        "the text that the body is after being made a JSON string three times",
    ] {
        let Some(text) = inside else { break };
        take(what, &text)?;
        inside = string(&text);
    }
    if body.contains(&b'\\')
        && let Some(text) = string(&[b"\"", body.trim_ascii(), b"\""].concat())
    {
        take("the body without the backslashes of a JSON string's inside", &text)?;
    }
    if body.trim_ascii_start().starts_with(b"{") {
        FIELDS.iter().try_for_each(|name| field(body, name, take))?;
    }
    if all && is_text(body) {
        let mut text = Vec::with_capacity(body.len());
        quoted(body, &mut |run| text.extend_from_slice(run));
        take("the body as a JSON string", &text)?;
        text.clear();
        stringified(body, &mut |run| text.extend_from_slice(run));
        take("the body as the inside of a JSON string", &text)?;
    }
    Flow::Continue(())
}

/// The text that a JSON string says, where the body is one and nothing else.
fn string(body: &[u8]) -> Option<Vec<u8>> {
    let mut text = Cursor { rest: body.trim_ascii() };
    text.expect(b'"').ok()?;
    let value = text.string().ok()?;
    text.rest.is_empty().then(|| decoded(&value))
}

fn decoded(value: &Value<'_>) -> Vec<u8> {
    let mut text = Vec::with_capacity(value.length());
    value.for_each_run(&mut |run| text.extend_from_slice(run));
    text
}

/// A field of the body: the text that it says, also in base64; an object or a list as it is
/// written.
fn field(body: &[u8], name: &str, take: &mut Take<'_>) -> Flow {
    let Ok(Some(raw)) = json::find_raw(body, name) else { return Flow::Continue(()) };
    let what = format!("what is in the body's field {}", shown(name));
    match string(raw) {
        Some(text) => {
            take(&what, &text)?;
            from_base64(&text)
                .map_or(Flow::Continue(()), |text| take(&format!("{what}, from base64"), &text))
        }
        None => take(&what, raw),
    }
}

/// A path without the marks of lists.
fn shown(path: &str) -> String {
    path.replace("[]", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_in_its_spellings() {
        for text in ["e30/", "e30_", "e3 0/", " e30/\r\n", "e3\n0/"] {
            let wanted = if text.contains("3 0") { None } else { Some(&b"{}?"[..]) };
            assert_eq!(from_base64(text.as_bytes()).as_deref(), wanted, "{text}");
        }
        assert_eq!(from_base64(b"+/ -_==").as_deref(), None);
        assert_eq!(from_base64(b"e30=").as_deref(), Some(&b"{}"[..]));
        assert_eq!(from_base64(b"e30").as_deref(), Some(&b"{}"[..]));
        for bad in [&b""[..], b"=", b"{}", b"e", b"\xff\xff"] {
            assert_eq!(from_base64(bad), None);
        }
    }
}
