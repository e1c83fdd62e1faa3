//! What providers sign of the fields, decoded and put together anew.
//!
//! Names and values run together in some of these spellings, so two forms can have the same
//! content (`a` = `bc`, `ab` = `c`): that is the provider's, and no reader's, choice.

use super::escape::{decimal, percent, stream, unit_escape};
use super::{Distinct, Encoded, Fields};
use crate::url;

/// What becomes of a field that is there twice with one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// It is written once.
    Once,
    /// It is written as often as it was received.
    Kept,
}

/// `{name}{value}{name}{value}`: sorted, nothing between.
pub(crate) fn concatenated(fields: &Fields<'_>, repeats: Repeats, sink: &mut dyn FnMut(&[u8])) {
    let mut last: Option<(Encoded<'_>, Encoded<'_>)> = None;
    for (name, value) in fields.sorted() {
        let again =
            last.is_some_and(|last| last.0.compare(name).is_eq() && last.1.compare(value).is_eq());
        if !(again && repeats == Repeats::Once) {
            name.for_each_run(sink);
            value.for_each_run(sink);
        }
        last = Some((name, value));
    }
}

/// `{name}={value}&{name}={value}`: sorted; fields of no value, and those named, left out.
pub(crate) fn pairs(fields: &Distinct<'_>, drop: &[&str], sink: &mut dyn FnMut(&[u8])) {
    let full = kept(fields, drop).filter(|(_, value)| !value.raw().is_empty());
    joined(full, sink);
}

/// `&{name}={value}&{name}={value}`: sorted, those named left out, `&` and `=` in a value
/// replaced by `_`.
pub(crate) fn marked(fields: &Distinct<'_>, drop: &[&str], sink: &mut dyn FnMut(&[u8])) {
    for (name, value) in kept(fields, drop) {
        sink(b"&");
        name.for_each_run(sink);
        sink(b"=");
        let unmarked = |byte| if matches!(byte, b'&' | b'=') { b'_' } else { byte };
        stream(value.bytes().map(unmarked), sink);
    }
}

/// An object of strings in the order received, as Python's `json.dumps` spells it by default:
/// `{"a": "1", "b": "\u00e9"}`.
pub(crate) fn json(fields: &Distinct<'_>, sink: &mut dyn FnMut(&[u8])) {
    sink(b"{");
    let mut before: &[u8] = b"\"";
    for (name, value) in fields.fields().received() {
        sink(before);
        stream(name.chars().flat_map(json_char), sink);
        sink(b"\": \"");
        stream(value.chars().flat_map(json_char), sink);
        sink(b"\"");
        before = b", \"";
    }
    sink(b"}");
}

/// An array of strings as PHP's `serialize` spells it: `a:1:{s:4:"name";s:5:"value";}`, sorted,
/// those named left out. Lengths are in bytes.
pub(crate) fn php(fields: &Distinct<'_>, drop: &[&str], sink: &mut dyn FnMut(&[u8])) {
    sink(b"a:");
    decimal(kept(fields, drop).count(), sink);
    sink(b":{");
    for (name, value) in kept(fields, drop) {
        php_string(name, sink);
        php_string(value, sink);
    }
    sink(b"}");
}

/// `{name}={value}&{name}={value}`: sorted and form-encoded anew, as Go's `url.Values.Encode` and
/// Python's `urlencode` do: only ASCII letters, digits and `-._~` stand for themselves, a space
/// is `+`, escapes are in upper case.
pub(crate) fn query_sorted(fields: &Distinct<'_>, sink: &mut dyn FnMut(&[u8])) {
    let mut before: &[u8] = b"";
    for (name, value) in fields.fields().sorted() {
        sink(before);
        stream(name.bytes().flat_map(query_byte), sink);
        sink(b"=");
        stream(value.bytes().flat_map(query_byte), sink);
        before = b"&";
    }
}

/// A URL whose query is decoded and sorted, repeats kept: `https://host/path?a=1&b=2`. Where form
/// fields follow it in what is signed, the `?` is there even without a query, and a `.` ends one.
pub(crate) fn sorted_url(
    url: &str,
    query: &Fields<'_>,
    form_follows: bool,
    sink: &mut dyn FnMut(&[u8]),
) {
    sink(url::base(url).as_bytes());
    if form_follows || !query.is_empty() {
        sink(b"?");
    }
    joined(query.sorted(), sink);
    if form_follows && !query.is_empty() {
        sink(b".");
    }
}

/// The fields in order, without those named. An empty text names none: a field without a name is
/// one like any other.
fn kept<'r>(
    fields: &Distinct<'r>,
    drop: &[&str],
) -> impl Iterator<Item = (Encoded<'r>, Encoded<'r>)> {
    let is_dropped = |name: &Encoded<'_>| drop.iter().any(|it| !it.is_empty() && name.is(it));
    let wanted = move |(name, _): &(Encoded<'_>, _)| !is_dropped(name);
    fields.fields().sorted().filter(wanted)
}

/// `{name}={value}&{name}={value}`, decoded.
fn joined<'r>(
    pairs: impl Iterator<Item = (Encoded<'r>, Encoded<'r>)>,
    sink: &mut dyn FnMut(&[u8]),
) {
    let mut before: &[u8] = b"";
    for (name, value) in pairs {
        sink(before);
        name.for_each_run(sink);
        sink(b"=");
        value.for_each_run(sink);
        before = b"&";
    }
}

/// A character inside a string of ASCII JSON: as it is, after a backslash, or as its UTF-16 units.
fn json_char(character: char) -> impl Iterator<Item = u8> {
    let (slash, ascii) = match character {
        '"' | '\\' => (true, Some(character)),
        '\n' => (true, Some('n')),
        '\r' => (true, Some('r')),
        '\t' => (true, Some('t')),
        '\u{8}' => (true, Some('b')),
        '\u{c}' => (true, Some('f')),
        ' '..='~' => (false, Some(character)),
        _ => (false, None),
    };
    let [first, second] = if ascii.is_none() { utf16(character) } else { [None, None] };
    let units = [first, second].into_iter().flatten().flat_map(unit_escape);
    let ascii = ascii.and_then(|ascii| u8::try_from(ascii).ok());
    slash.then_some(b'\\').into_iter().chain(ascii).chain(units)
}

/// The one or two UTF-16 units of a character.
fn utf16(character: char) -> [Option<u16>; 2] {
    let mut memory = [0; 2];
    let units = character.encode_utf16(&mut memory);
    [units.first().copied(), units.get(1).copied()]
}

fn php_string(text: Encoded<'_>, sink: &mut dyn FnMut(&[u8])) {
    sink(b"s:");
    decimal(text.bytes().count(), sink);
    sink(b":\"");
    text.for_each_run(sink);
    sink(b"\";");
}

fn query_byte(byte: u8) -> impl Iterator<Item = u8> {
    let keep = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b' ');
    percent(byte, keep).map(|byte| if byte == b' ' { b'+' } else { byte })
}
