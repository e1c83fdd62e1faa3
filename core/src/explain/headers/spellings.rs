//! Signatures whose spelling has suffered: a lost prefix, lost padding, another case. One in
//! another encoding is of another scheme.

use alloc::format;
use alloc::vec::Vec;

use super::Faults;
use super::list::{Edit, List};
use crate::explain::secrets::from_percent;
use crate::facts::Encoding;
use crate::source::{Place, Source};

/// A change to the text of one signature; nothing where it does not apply.
type Mend = fn(Encoding, &[u8]) -> Option<Vec<u8>>;

/// The changes, and what is said of them.
const MENDS: [(Mend, &str); 5] = [
    (padded, "the signature in it has lost the `=` at its end"),
    (lower, "the hex digits of the signature in it have become upper case"),
    (plus, "the `+` in its signature have become blanks"),
    (unescaped, "its signature is percent-escaped"),
    (unquoted, "quotes stand around its signature"),
];

pub(super) fn find(list: &mut List<'_, '_, '_, '_>) -> Option<Faults> {
    let source = list.scheme.signature;
    if source.place != Place::Header {
        return None;
    }
    let names: Vec<&str> = source.names().collect();
    let places = list.places(&names);
    let changes = places.into_iter().map(|at| mended(list, &source, at));
    let changes: Vec<Vec<Edit>> = changes.collect();
    list.first(changes)
}

/// A header with the spelling of its signatures mended.
fn mended(list: &List<'_, '_, '_, '_>, source: &Source<'_>, at: usize) -> Vec<Edit> {
    let value = list.value(at);
    let mut edits = Vec::new();
    let mut add = |value: Option<Vec<u8>>, what: &str| {
        let what = format!("{}: {what}", list.name(at));
        edits.extend(value.map(|value| list.edit(at, value, what)));
    };
    for prefix in source.prefix.split(['|']).filter(|prefix| !prefix.is_empty()) {
        add(prefixed(source, prefix, value), "the prefix of the signature in it is lost");
        add(recased(prefix, value), "the prefix in it is in another case");
        add(plus_between(source, prefix, value), "the `+` in its signature have become blanks");
    }
    for (mend, what) in MENDS {
        add(each_item(source, value, &|text| mend(list.scheme.encoding, text)), what);
    }
    edits
}

/// A value with each item of a source changed, where one is: the text behind its prefix, and before
/// the quote that closes it.
pub(super) fn each_item(
    source: &Source<'_>,
    value: &[u8],
    change: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let quote: &[u8] = if source.is_quoted() { b"\"" } else { b"" };
    each_piece(source, value, &|item| {
        let mut prefixes = source.prefix.split(['|']).map(str::as_bytes);
        let prefix = prefixes.find(|prefix| item.starts_with(prefix))?;
        let text = item.get(prefix.len()..)?;
        let text = text.strip_suffix(quote).unwrap_or(text);
        Some([prefix, &change(text)?, quote].concat())
    })
}

/// A value with each piece of the list that it is changed, where one is.
fn each_piece(
    source: &Source<'_>,
    value: &[u8],
    change: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let (mut written, mut rest, mut changed) = (Vec::with_capacity(value.len()), value, false);
    loop {
        let is_split = |byte: &u8| source.split.as_bytes().contains(byte);
        let end = rest.iter().position(is_split).unwrap_or(rest.len());
        let (item, tail) = rest.split_at_checked(end).unwrap_or((rest, b""));
        let other = change(item).filter(|other| other != item);
        changed |= other.is_some();
        written.extend_from_slice(other.as_deref().unwrap_or(item));
        let Some((mark, after)) = tail.split_first() else { break };
        written.push(*mark);
        rest = after;
    }
    changed.then_some(written)
}

/// The prefix before every piece that may be a signature: it has no name and `=` before it.
fn prefixed(source: &Source<'_>, prefix: &str, value: &[u8]) -> Option<Vec<u8>> {
    let is_there = each_item(source, value, &|text| Some([text, b"."].concat())).is_some();
    let quote: &[u8] = if source.is_quoted() { b"\"" } else { b"" };
    let put = |item: &[u8]| {
        let bare = item.iter().rposition(|byte| *byte != b'=').and_then(|at| item.get(..at))?;
        let is_bare = source.split.is_empty() || !bare.contains(&b'=');
        is_bare.then(|| [prefix.as_bytes(), item, quote].concat())
    };
    if is_there { None } else { each_piece(source, value, &put) }
}

/// The prefix in the scheme's own case.
fn recased(prefix: &str, value: &[u8]) -> Option<Vec<u8>> {
    let (head, tail) = value.split_at_checked(prefix.len())?;
    let is_other = head != prefix.as_bytes() && head.eq_ignore_ascii_case(prefix.as_bytes());
    is_other.then(|| [prefix.as_bytes(), tail].concat())
}

/// `+` for each blank in a list, but before a prefix and behind a comma.
fn plus_between(source: &Source<'_>, prefix: &str, value: &[u8]) -> Option<Vec<u8>> {
    let mut written: Vec<u8> = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((byte, tail)) = rest.split_first() {
        let parts = tail.starts_with(prefix.as_bytes()) || written.last() == Some(&b',');
        written.push(if *byte == b' ' && !parts { b'+' } else { *byte });
        rest = tail;
    }
    let applies = source.split.contains([' ']) && written != value;
    applies.then_some(written)
}

const fn is_base64(encoding: Encoding) -> bool {
    !matches!(encoding, Encoding::Hex | Encoding::HexAnyCase | Encoding::Text)
}

fn padded(encoding: Encoding, text: &[u8]) -> Option<Vec<u8>> {
    let has_none = matches!(encoding, Encoding::Base64Url | Encoding::Jws);
    let missing: &[u8] = match text.len() % 4 {
        2 => b"==",
        3 => b"=",
        _ => return None,
    };
    (is_base64(encoding) && !has_none).then(|| [text, missing].concat())
}

fn lower(encoding: Encoding, text: &[u8]) -> Option<Vec<u8>> {
    let applies = matches!(encoding, Encoding::Hex | Encoding::HexOrBase64);
    (applies && text.iter().all(u8::is_ascii_hexdigit)).then(|| text.to_ascii_lowercase())
}

fn plus(encoding: Encoding, text: &[u8]) -> Option<Vec<u8>> {
    let is_url =
        matches!(encoding, Encoding::Base64UrlPadded | Encoding::Base64Url | Encoding::Jws);
    let plus = |byte: &u8| if *byte == b' ' { b'+' } else { *byte };
    (is_base64(encoding) && !is_url).then(|| text.iter().map(plus).collect())
}

fn unescaped(_: Encoding, text: &[u8]) -> Option<Vec<u8>> {
    from_percent(text)
}

fn unquoted(_: Encoding, text: &[u8]) -> Option<Vec<u8>> {
    let quotes = [b'"', b'\''].into_iter();
    quotes
        .filter_map(|quote| text.strip_prefix(&[quote])?.strip_suffix(&[quote]))
        .next()
        .map(Into::into)
}
