//! Codings of bytes, loosely read: the alphabets, the padding and the case of another program's.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::Bytes;
use base16ct::{lower, mixed};
use base64ct::{Base64, Base64Unpadded, Base64UrlUnpadded, Encoding as _};

/// Base64 of either alphabet, padded or not. The second: whether it is the URL-safe one.
pub(super) fn from_base64(text: &[u8]) -> Option<(Bytes, bool)> {
    let text = text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(text);
    let text = str::from_utf8(text).ok().filter(|text| !text.is_empty())?;
    let plain = Base64Unpadded::decode_vec(text).ok().map(|bytes| (bytes, false));
    let (bytes, is_url) =
        plain.or_else(|| Base64UrlUnpadded::decode_vec(text).ok().map(|bytes| (bytes, true)))?;
    Some((bytes.into(), is_url))
}

/// Hex, in either case.
pub(super) fn from_hex(text: &[u8]) -> Option<Bytes> {
    let mut bytes = vec![0; text.len() / 2];
    let is_hex = !text.is_empty() && mixed::decode(text, &mut bytes).is_ok();
    is_hex.then_some(bytes.into())
}

/// Percent-escapes decoded; a text without one is none.
pub(in crate::explain) fn from_percent(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut rest, mut met) = (text, false);
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail) {
            (b'%', [a, b, after @ ..]) => match (digit(*a), digit(*b)) {
                (Some(a), Some(b)) => {
                    bytes.push((a << 4) | b);
                    (rest, met) = (after, true);
                }
                _ => bytes.push(b'%'),
            },
            _ => bytes.push(*byte),
        }
    }
    met.then_some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

pub(in crate::explain) fn to_base64(bytes: &[u8]) -> Vec<u8> {
    Base64::encode_string(bytes).into_bytes()
}

pub(super) fn to_base64_url(bytes: &[u8]) -> Vec<u8> {
    Base64UrlUnpadded::encode_string(bytes).into_bytes()
}

pub(super) fn to_hex(bytes: &[u8]) -> Vec<u8> {
    let mut text = vec![0; bytes.len().saturating_mul(2)];
    match lower::encode(bytes, &mut text) {
        Ok(_) => text,
        Err(_) => Vec::new(),
    }
}

/// Text in UTF-16, little-endian or big-endian, told by its mark or by the zeros of its first
/// character.
pub(super) fn from_utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let (rest, is_little) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, true),
        [0xFE, 0xFF, rest @ ..] => (rest, false),
        [_, 0, ..] => (bytes, true),
        [0, _, ..] => (bytes, false),
        _ => return None,
    };
    let (pairs, []) = rest.as_chunks::<2>() else { return None };
    let read = if is_little { u16::from_le_bytes } else { u16::from_be_bytes };
    let units = pairs.iter().map(|pair| read(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().map(String::into_bytes)
}

/// A text in UTF-16, little-endian, without a mark.
pub(super) fn to_utf16(text: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok()?;
    Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

/// A text of which each character is one byte of another text.
pub(super) fn from_latin1(text: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok().filter(|text| !text.is_ascii())?;
    text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect()
}
