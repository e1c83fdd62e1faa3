//! Character sets: UTF-8 that was read as another set, or written in one.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Flow, Take};

/// What the bytes 0x80 to 0x9F are in Windows-1252, as browsers read it: five of them are
/// themselves.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

pub(super) fn each(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    if let Some(text) = from_utf16(body) {
        take("the body in UTF-8 where UTF-16 came", text.as_bytes())?;
    }
    if !body.is_ascii() {
        for (name, windows) in [("Latin-1", false), ("Windows-1252", true)] {
            one_byte(body, name, windows, take)?;
        }
        if let Some(text) = from_surrogates(body) {
            let what = "the body in UTF-8, where surrogates came each in three bytes";
            take(what, text.as_bytes())?;
        }
    }
    match str::from_utf8(body) {
        Ok(text) if all => other_utf(text, take),
        _ => Flow::Continue(()),
    }
}

/// The body read or written in a set of one byte a character.
fn one_byte(body: &[u8], name: &str, windows: bool, take: &mut Take<'_>) -> Flow {
    if let Ok(text) = str::from_utf8(body)
        && let Some(bytes) = narrowed(text, windows)
    {
        let what = match str::from_utf8(&bytes) {
            Ok(_) => alloc::format!("the body without an encoding too many: it was read as {name}"),
            Err(_) => alloc::format!("the body in {name} where UTF-8 came"),
        };
        take(&what, &bytes)?;
    }
    let text: String = body.iter().map(|byte| widened(*byte, windows)).collect();
    let what = match str::from_utf8(body) {
        Ok(_) => alloc::format!("the body read as {name} and written in UTF-8"),
        Err(_) => alloc::format!("the body in UTF-8 where {name} came"),
    };
    take(&what, text.as_bytes())
}

/// The body in the other encodings of Unicode.
fn other_utf(text: &str, take: &mut Take<'_>) -> Flow {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (what, mark, little) in [
        ("the body in UTF-16, low byte first", "", true),
        ("the body in UTF-16, high byte first", "", false),
        ("the body in UTF-16 with a byte order mark, low byte first", "\u{feff}", true),
        ("the body in UTF-16 with a byte order mark, high byte first", "\u{feff}", false),
    ] {
        let units = mark.encode_utf16().chain(bare.encode_utf16());
        let order = if little { u16::to_le_bytes } else { u16::to_be_bytes };
        let bytes: Vec<u8> = units.flat_map(order).collect();
        take(what, &bytes)?;
    }
    if text.chars().any(|character| character > '\u{ffff}') {
        let what = "the body with each surrogate in three bytes, where UTF-8 came";
        take(what, &to_surrogates(text))?;
    }
    Flow::Continue(())
}

fn widened(byte: u8, windows: bool) -> char {
    let place = byte.checked_sub(0x80).filter(|_| windows);
    place.and_then(|at| WINDOWS.get(usize::from(at)).copied()).unwrap_or(char::from(byte))
}

/// A text in a set of one byte a character, where all of it is in the set.
fn narrowed(text: &str, windows: bool) -> Option<Vec<u8>> {
    let narrow = |character: char| match u8::try_from(character) {
        Ok(byte) if widened(byte, windows) == character => Some(byte),
        _ if !windows => None,
        _ => (0x80..0xA0).find(|byte| widened(*byte, windows) == character),
    };
    text.chars().map(narrow).collect()
}

/// A text that came in UTF-16: with a byte order mark, or with a 0 in every second byte at first.
fn from_utf16(body: &[u8]) -> Option<String> {
    let (order, text): (fn([u8; 2]) -> u16, _) = match body {
        [0xFF, 0xFE, text @ ..] => (u16::from_le_bytes, text),
        [0xFE, 0xFF, text @ ..] => (u16::from_be_bytes, text),
        [one, 0, ..] if *one != 0 => (u16::from_le_bytes, body),
        [0, one, ..] if *one != 0 => (u16::from_be_bytes, body),
        _ => return None,
    };
    let (units, odd) = text.as_chunks::<2>();
    let characters = char::decode_utf16(units.iter().copied().map(order));
    characters.collect::<Result<_, _>>().ok().filter(|_| odd.is_empty())
}

/// CESU-8: a surrogate is a character of three bytes.
fn to_surrogates(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for character in text.chars() {
        let mut memory = [0; 4];
        if character <= '\u{ffff}' {
            out.extend_from_slice(character.encode_utf8(&mut memory).as_bytes());
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let [high, low] = unit.to_be_bytes();
            let middle = ((high & 0x0F) << 2) | (low >> 6);
            out.extend_from_slice(&[0xE0 | (high >> 4), 0x80 | middle, 0x80 | (low & 0x3F)]);
        }
    }
    out
}

/// UTF-8 of CESU-8, where a surrogate is in it.
fn from_surrogates(body: &[u8]) -> Option<String> {
    let unit = |a: u8, b: u8| 0xD000 | (u16::from(a & 0x3F) << 6) | u16::from(b & 0x3F);
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Err(error) = str::from_utf8(rest) {
        let (valid, bad) = rest.split_at_checked(error.valid_up_to())?;
        text.push_str(str::from_utf8(valid).ok()?);
        let [0xED, a @ 0xA0..=0xAF, b, 0xED, c @ 0xB0..=0xBF, d, after @ ..] = bad else {
            return None;
        };
        let pair = [unit(*a, *b), unit(*c, *d)];
        text.push(char::decode_utf16(pair).next()?.ok()?);
        rest = after;
    }
    text.push_str(str::from_utf8(rest).unwrap_or_default());
    (rest.len() < body.len()).then_some(text)
}
