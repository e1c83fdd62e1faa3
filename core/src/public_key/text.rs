//! The text of a key: PEM, JWK, hex or base64, and the bytes that it stands for.

use base16ct::mixed;
use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding as _};
use subtle::{Choice, ConstantTimeEq};
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
use zeroize::Zeroizing;

use crate::error::KeyError;
use crate::key::reveal;

/// A key as it was found. What is decoded stands in the room that was lent for it.
pub(super) enum Found<'k> {
    /// The text of a JSON Web Key.
    Jwk(&'k [u8]),
    /// The label of a PEM block, and what it holds.
    Pem(&'k [u8], &'k [u8]),
    /// Bytes that say nothing of themselves.
    Bytes(&'k [u8]),
}

/// Room for a base64 text of 1755 digits and the 1316 bytes that it stands for: no key that needs
/// no heap is longer, and few certificates of such a key are.
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
const ROOM: usize = 3072;

/// Room that is wiped.
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
pub(super) fn room() -> Zeroizing<[u8; ROOM]> {
    Zeroizing::new([0; ROOM])
}

/// The lengths of a key in hex: 32 bytes, 33 and 65 (a point of P-256), 64 (both halves of an
/// Ed25519 key). No key in base64 is a text of hex digits alone.
const HEX: [usize; 4] = [64, 66, 128, 130];

/// Finds what a text is.
pub(super) fn find<'k>(
    prefix: &str,
    text: &'k [u8],
    room: &'k mut [u8],
) -> Result<Found<'k>, KeyError> {
    let text = text.trim_ascii();
    let text = skip_blanks(text.strip_prefix(prefix.as_bytes()).unwrap_or(text));
    match text {
        [] => return Err(KeyError::EmptySecret),
        [b'{', ..] => return Ok(Found::Jwk(text)),
        [b'-', b'-', b'-', b'-', b'-', ..] => return pem(text, room),
        _ => {}
    }
    if HEX.contains(&text.len()) && mixed::decode(text, room).is_ok() {
        let bytes = room.get(..text.len() / 2).ok_or(KeyError::MalformedSecret)?;
        return Ok(Found::Bytes(bytes));
    }
    base64(text, room).map(Found::Bytes)
}

/// The one block of a PEM text. After a certificate those of its issuers may stand.
fn pem<'k>(text: &'k [u8], room: &'k mut [u8]) -> Result<Found<'k>, KeyError> {
    let mut found = block(text);
    // The name of the curve, which some tools write before the key.
    if let Some((b"EC PARAMETERS", _, rest)) = found {
        found = block(skip_blanks(rest));
    }
    let (label, body, rest) = found.ok_or(KeyError::MalformedSecret)?;
    if !label.ends_with(b"CERTIFICATE") && !skip_blanks(rest).is_empty() {
        return Err(KeyError::MalformedSecret);
    }
    match label {
        b"PUBLIC KEY" | b"CERTIFICATE" | b"PRIVATE KEY" | b"RSA PUBLIC KEY" | b"EC PRIVATE KEY" => {
            Ok(Found::Pem(label, base64(body, room)?))
        }
        // Whatever it holds; an encrypted key is no base64 alone.
        _ => Err(KeyError::WrongKeyType),
    }
}

/// The label of the first block, what is between its lines, and what follows.
fn block(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let text = text.strip_prefix(b"-----BEGIN ")?;
    let (label, text) = split(text, b"-----")?;
    let (body, text) = split(text, b"-----END ")?;
    let (again, rest) = split(text, b"-----")?;
    (label == again).then_some((label, body, rest))
}

/// What is before and after the first of a mark.
fn split<'k>(text: &'k [u8], mark: &[u8]) -> Option<(&'k [u8], &'k [u8])> {
    let starts = |at: &usize| text.get(*at..).is_some_and(|tail| tail.starts_with(mark));
    let (head, tail) = text.split_at_checked((0..text.len()).find(starts)?)?;
    Some((head, tail.strip_prefix(mark)?))
}

/// Decodes base64 of either alphabet, with its padding or without, strictly else. Blanks and line
/// breaks count for nothing.
fn base64<'k>(text: &[u8], room: &'k mut [u8]) -> Result<&'k [u8], KeyError> {
    let length = squeeze(text, room).ok_or(KeyError::MalformedSecret)?;
    let (text, room) = room.split_at_mut_checked(length).ok_or(KeyError::MalformedSecret)?;
    let text = unpad(text).ok_or(KeyError::MalformedSecret)?;
    let decode = if is_url(text) { Base64UrlUnpadded::decode } else { Base64Unpadded::decode };
    decode(text, room).map_err(|_| KeyError::MalformedSecret)
}

/// Whether a digit of the URL-safe alphabet is in it.
fn is_url(text: &[u8]) -> bool {
    let found = |found: Choice, byte: &u8| found | byte.ct_eq(&b'-') | byte.ct_eq(&b'_');
    reveal(text.iter().fold(Choice::from(0), found))
}

/// A text without its padding: none, or as much as its length asks for.
fn unpad(text: &[u8]) -> Option<&[u8]> {
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    let whole = padding == 0 || (padding <= 2 && text.len().is_multiple_of(4));
    text.get(..text.len().checked_sub(padding)?).filter(|_| whole)
}

/// Copies a text without its blanks, and says how long it is then. `None`: there is no room.
fn squeeze(mut text: &[u8], room: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    for free in room.iter_mut() {
        text = skip_blanks(text);
        let Some((byte, rest)) = text.split_first() else { break };
        *free = *byte;
        text = rest;
        length = usize::checked_add(length, 1)?;
    }
    skip_blanks(text).is_empty().then_some(length)
}

/// A text from its first byte that is no blank. A line break that was escaped is one.
fn skip_blanks(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] | [b'\\', b'n' | b'r', rest @ ..] = text {
        text = rest;
    }
    text
}
