//! One name or value as it is in the text, decoded only while it is read.

use core::cmp::Ordering;

use super::Malformed;
use super::escape::{hex_digit, stream};
use crate::cursor::first;

/// A name or a value of a form-encoded text: well-formed, and UTF-8 once it is decoded.
#[derive(Clone, Copy)]
pub(crate) struct Encoded<'r>(&'r [u8]);

impl<'r> Encoded<'r> {
    pub(crate) fn read(raw: &'r [u8]) -> Result<Self, Malformed> {
        let plain = first(raw, |byte| byte == b'%' || !byte.is_ascii()).unwrap_or(raw.len());
        let mut rest = raw.get(plain..).unwrap_or_default();
        let mut text = Utf8::default();
        while let Some((byte, after)) = decode(rest)? {
            text.take(byte)?;
            rest = after;
        }
        if text.left == 0 { Ok(Encoded(raw)) } else { Err(Malformed) }
    }

    /// What `read` has seen before.
    pub(super) const fn checked(raw: &'r [u8]) -> Self {
        Encoded(raw)
    }

    /// The bytes as they are in the request.
    pub(crate) const fn raw(self) -> &'r [u8] {
        self.0
    }

    /// The value's bytes, where the text holds them as they are.
    pub(crate) fn as_plain(self) -> Option<&'r [u8]> {
        first(self.0, |byte| matches!(byte, b'%' | b'+')).is_none().then_some(self.0)
    }

    /// The decoded bytes.
    pub(crate) fn bytes(self) -> impl Iterator<Item = u8> + Clone + use<'r> {
        let mut rest = self.0;
        core::iter::from_fn(move || {
            let (byte, after) = decode(rest).ok()??;
            rest = after;
            Some(byte)
        })
    }

    /// The decoded characters.
    pub(crate) fn chars(self) -> impl Iterator<Item = char> + Clone + use<'r> {
        let mut bytes = self.bytes();
        core::iter::from_fn(move || {
            let lead = bytes.next()?;
            let (bits, more) = match lead {
                0..=0x7F => (lead, 0),
                0x80..=0xDF => (lead & 0x1F, 1),
                0xE0..=0xEF => (lead & 0x0F, 2),
                0xF0.. => (lead & 0x07, 3),
            };
            let add = |code: u32, byte: u8| (code << 6) | u32::from(byte & 0x3F);
            let code = bytes.by_ref().take(more).fold(u32::from(bits), add);
            Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
        })
    }

    /// Hands over the decoded bytes, run by run.
    pub(crate) fn for_each_run(self, sink: &mut dyn FnMut(&[u8])) {
        match self.as_plain() {
            Some(plain) => sink(plain),
            None => stream(self.bytes(), sink),
        }
    }

    /// What is before the first decoded ASCII byte of a kind, and what follows it.
    pub(crate) fn cut(self, is: impl Fn(u8) -> bool) -> (Self, Option<Self>) {
        let mut rest = self.0;
        while let Ok(Some((byte, after))) = decode(rest) {
            if is(byte) {
                let head = self.0.len().saturating_sub(rest.len());
                return (Encoded(self.0.get(..head).unwrap_or_default()), Some(Encoded(after)));
            }
            rest = after;
        }
        (self, None)
    }

    /// What follows an ASCII text that the decoded value begins with.
    pub(crate) fn strip_prefix(self, prefix: &str) -> Option<Self> {
        let mut rest = self.0;
        for wanted in prefix.bytes() {
            rest = decode(rest).ok()?.filter(|(byte, _)| *byte == wanted)?.1;
        }
        Some(Encoded(rest))
    }

    /// What is before an ASCII byte that ends the decoded value. A `%` begins an escape wherever it
    /// is, so that the last three bytes are one or hold none that goes to the end.
    pub(crate) fn strip_last(self, wanted: u8) -> Option<Self> {
        let (head, tail) = match self.0 {
            [head @ .., b'%', _, _] => (head, self.0.get(head.len()..)?),
            [head @ .., last] => (head, core::slice::from_ref(last)),
            [] => return None,
        };
        let (last, _) = decode(tail).ok()??;
        (last == wanted).then_some(Encoded(head))
    }

    /// Whether the decoded value is this text.
    pub(crate) fn is(self, text: &str) -> bool {
        self.bytes().eq(text.bytes())
    }

    /// The order of the decoded bytes, which is also that of the code points.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

/// The first byte that a text stands for, and what follows it.
fn decode(text: &[u8]) -> Result<Option<(u8, &[u8])>, Malformed> {
    Ok(Some(match text {
        [] => return Ok(None),
        [b'%', high, low, after @ ..] => match (hex_digit(*high), hex_digit(*low)) {
            (Some(high), Some(low)) => ((high << 4) | low, after),
            _ => return Err(Malformed),
        },
        [b'%', ..] => return Err(Malformed),
        [b'+', after @ ..] => (b' ', after),
        [byte, after @ ..] => (*byte, after),
    }))
}

/// UTF-8 (RFC 3629), checked byte by byte: what comes next, where a character is open. The
/// library's check wants a slice, and there is none of what is decoded.
#[derive(Default)]
struct Utf8 {
    left: u8,
    low: u8,
    high: u8,
}

impl Utf8 {
    fn take(&mut self, byte: u8) -> Result<(), Malformed> {
        let (left, low, high) = match (self.left, byte) {
            (0, 0..=0x7F) => (0, 0, 0),
            (0, 0xC2..=0xDF) => (1, 0x80, 0xBF),
            (0, 0xE0) => (2, 0xA0, 0xBF),
            (0, 0xED) => (2, 0x80, 0x9F),
            (0, 0xE1..=0xEF) => (2, 0x80, 0xBF),
            (0, 0xF0) => (3, 0x90, 0xBF),
            (0, 0xF1..=0xF3) => (3, 0x80, 0xBF),
            (0, 0xF4) => (3, 0x80, 0x8F),
            (1.., _) if (self.low..=self.high).contains(&byte) => {
                (self.left.saturating_sub(1), 0x80, 0xBF)
            }
            _ => return Err(Malformed),
        };
        *self = Utf8 { left, low, high };
        Ok(())
    }
}
