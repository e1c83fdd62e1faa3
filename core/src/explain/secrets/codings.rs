//! The coding of a secret: decoded where it is not to be, not decoded where it is, or written in
//! another.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Bytes;
use super::Spelling;
use super::coding::{
    from_base64, from_hex, from_latin1, from_percent, from_utf16, to_base64, to_base64_url, to_hex,
    to_utf16,
};
use crate::explain::cause::CauseCode;
use crate::facts::KeyFormat;
use crate::scheme::Scheme;

/// The secret decoded, and the text that comes of it used as the secret.
pub(super) fn decoded(secret: &[u8], to: &mut Vec<Spelling>) {
    let mut add = |how: &'static str, bytes: Option<Vec<u8>>| {
        to.extend(bytes.map(|bytes| Spelling::new(CauseCode::SecretEncoding, how, bytes)));
    };
    let (base64, is_url) = from_base64(secret).unzip();
    let how = if is_url == Some(true) { "decoded as base64url" } else { "decoded as base64" };
    add(how, base64.map(|bytes| bytes.to_vec()));
    add("decoded as hex", from_hex(secret).map(|bytes| bytes.to_vec()));
    add("with its percent-escapes decoded", from_percent(secret));
    add("read as UTF-16", from_utf16(secret));
    add("with its HTML escapes decoded", from_html(secret));
    add("without its backslashes", has(secret, b"\\").then(|| without(secret, b"\\", b"")));
    add("with one `$` for two", has(secret, b"$$").then(|| without(secret, b"$$", b"$")));
}

/// The key's bytes otherwise than by the scheme's rule; and other texts for the same bytes.
pub(super) fn others(scheme: &Scheme<'_>, secret: &[u8], to: &mut Vec<Spelling>) {
    keys(scheme, secret, to);
    texts(secret, to);
}

/// Bytes that are the key itself.
fn keys(scheme: &Scheme<'_>, secret: &[u8], to: &mut Vec<Spelling>) {
    let mut add = |how: &'static str, bytes: Bytes| {
        let code = CauseCode::SecretEncoding;
        to.push(Spelling { code, how: Cow::Borrowed(how), bytes, is_key: true });
    };
    let is_text = matches!(scheme.key, KeyFormat::Text);
    if !is_text {
        add("taken as text, not decoded", secret.to_vec().into());
    }
    if let KeyFormat::Base64 { prefix } = scheme.key
        && let Some(rest) = secret.strip_prefix(prefix.as_bytes()).filter(|_| !prefix.is_empty())
    {
        add("taken as text, without its prefix and not decoded", rest.to_vec().into());
        each_decoded(rest, &mut add);
    }
    if !is_text {
        each_decoded(secret, &mut add);
    }
}

fn each_decoded(secret: &[u8], add: &mut dyn FnMut(&'static str, Bytes)) {
    if let Some(bytes) = from_hex(secret) {
        add("decoded as hex", bytes);
    }
    if let Some((bytes, is_url)) = from_base64(secret) {
        let how = if is_url { "decoded as base64url" } else { "decoded as base64 without padding" };
        add(how, bytes);
    }
}

/// Texts that stand for the same bytes.
fn texts(secret: &[u8], to: &mut Vec<Spelling>) {
    let mut add = |how: &'static str, bytes: Option<Vec<u8>>| {
        to.extend(bytes.map(|bytes| Spelling::new(CauseCode::SecretEncoding, how, bytes)));
    };
    add("encoded as base64", Some(to_base64(secret)));
    add("encoded as hex", Some(to_hex(secret)));
    add("encoded as base64url", Some(to_base64_url(secret)));
    if let Some((bytes, is_url)) = from_base64(secret) {
        let other = if is_url { to_base64(&bytes) } else { to_base64_url(&bytes) };
        add("in the other alphabet of base64", Some(other));
        add("written in hex, not in base64", Some(to_hex(&bytes)));
        add("with the padding of base64", Some(to_base64(&bytes)));
    }
    if let Some(bytes) = from_hex(secret) {
        add("written in base64, not in hex", Some(to_base64(&bytes)));
    }
    add("in lower case", Some(secret.to_ascii_lowercase()));
    add("in upper case", Some(secret.to_ascii_uppercase()));
    add("in UTF-16", to_utf16(secret));
    add("in Latin-1", from_latin1(secret));
    let read: String = secret.iter().map(|byte| char::from(*byte)).collect();
    add("with its Latin-1 read as UTF-8", Some(read.into_bytes()));
}

/// The escapes that HTML needs, decoded.
fn from_html(secret: &[u8]) -> Option<Vec<u8>> {
    const ESCAPES: [(&[u8], &[u8]); 7] = [
        (b"&lt;", b"<"),
        (b"&gt;", b">"),
        (b"&quot;", b"\""),
        (b"&#39;", b"'"),
        (b"&#x27;", b"'"),
        (b"&#x2F;", b"/"),
        // The last: what it stands for begins the others.
        (b"&amp;", b"&"),
    ];
    let is_any = ESCAPES.iter().any(|(escape, _)| has(secret, escape));
    is_any
        .then(|| ESCAPES.iter().fold(secret.to_vec(), |text, (from, to)| without(&text, from, to)))
}

fn has(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// A text with each of one part another in its place.
fn without(text: &[u8], part: &[u8], other: &[u8]) -> Vec<u8> {
    let (mut written, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some((byte, tail)) = rest.split_first() {
        rest = match rest.strip_prefix(part) {
            Some(after) => {
                written.extend_from_slice(other);
                after
            }
            None => {
                written.push(*byte);
                tail
            }
        };
    }
    written
}
