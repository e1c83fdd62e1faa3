//! JSON texts written anew, as the writers of other languages would, streamed and without a tree:
//! some providers sign such a text and not the bytes that they send.
//!
//! What [`minified`] and [`php`] read must be JSON by [`is_json`](crate::json::is_json), so that
//! nothing here can fail: the caller checks first. Of other texts they write what they come to.

use base16ct::lower;

use crate::cursor::{Cursor, before, first};
use crate::value::Value;

/// The text without the blanks between its tokens. Strings, numbers and the order of names stay as
/// they are written, so it is `JSON.stringify(JSON.parse(text))` only of a text whose tokens are
/// already spelled as JavaScript spells them.
pub(crate) fn minified(text: &[u8], sink: &mut impl FnMut(&[u8])) {
    for_each_piece(text, &mut |piece, _| sink(piece));
}

/// A JSON text as PHP's `json_encode` writes it without flags: no blanks, `/` as `\/`, all but
/// ASCII as lower-case `\uXXXX` of its UTF-16 units. Numbers and the order of names stay as they
/// are written; an empty object stays `{}`.
pub(crate) fn php(text: &[u8], sink: &mut impl FnMut(&[u8])) {
    for_each_piece(text, &mut |piece, string| match string {
        None => sink(piece),
        Some(string) => {
            sink(b"\"");
            string.for_each_run(&mut |run| Escapes::Php.write(run, sink));
            sink(b"\"");
        }
    });
}

/// Whether these bytes can be [`quoted`]: others than UTF-8 have no one spelling in JSON.
pub(crate) const fn is_text(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok()
}

/// The bytes as a JSON string, quotes and all, as `JSON.stringify` writes it. Bytes that are not
/// UTF-8 would go out as they are: [`is_text`] tells before.
pub(crate) fn quoted(bytes: &[u8], sink: &mut impl FnMut(&[u8])) {
    sink(b"\"");
    stringified(bytes, sink);
    sink(b"\"");
}

/// The inside of a [`quoted`] string, or a piece of it.
pub(crate) fn stringified(bytes: &[u8], sink: &mut impl FnMut(&[u8])) {
    Escapes::JavaScript.write(bytes, sink);
}

/// Hands over the text without its blanks: each string whole, with its quotes and with its value,
/// and what is between them.
fn for_each_piece<'r>(text: &'r [u8], each: &mut impl FnMut(&[u8], Option<Value<'r>>)) {
    let mut text = Cursor { rest: text };
    loop {
        text.blank();
        let start = text.rest;
        if text.take(b'"') {
            let string = text.string().ok();
            each(before(start, text.rest), string);
            continue;
        }
        let end = first(start, |byte| matches!(byte, b'"' | b' ' | b'\t' | b'\n' | b'\r'));
        let (run, rest) = end.and_then(|at| start.split_at_checked(at)).unwrap_or((start, &[]));
        if run.is_empty() {
            return;
        }
        each(run, None);
        text.rest = rest;
    }
}

/// What a language escapes in the strings that it writes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// `"`, `\` and the control characters.
    JavaScript,
    /// `/` and all but ASCII too.
    Php,
}

impl Escapes {
    const fn meet(self, byte: u8) -> bool {
        match byte {
            0..=0x1F | b'"' | b'\\' => true,
            b'/' | 0x80.. => matches!(self, Self::Php),
            _ => false,
        }
    }

    fn write(self, text: &[u8], sink: &mut impl FnMut(&[u8])) {
        let mut rest = text;
        while let Some(at) = first(rest, |byte| self.meet(byte))
            && let Some((run, [byte, after @ ..])) = rest.split_at_checked(at)
        {
            sink(run);
            rest = match byte {
                0x80.. => units(rest.get(at..).unwrap_or_default(), sink),
                _ => {
                    escape(*byte, sink);
                    after
                }
            };
        }
        sink(rest);
    }
}

fn escape(byte: u8, sink: &mut impl FnMut(&[u8])) {
    let short = match byte {
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        0x00..=0x1F => return unit(u16::from(byte), sink),
        itself => itself,
    };
    sink(&[b'\\', short]);
}

/// Writes the UTF-16 units of the text up to its first byte of ASCII, and gives what follows.
fn units<'t>(text: &'t [u8], sink: &mut impl FnMut(&[u8])) -> &'t [u8] {
    let end = first(text, |byte| byte.is_ascii());
    let (run, rest) = end.and_then(|at| text.split_at_checked(at)).unwrap_or((text, &[]));
    match str::from_utf8(run) {
        Ok(run) => run.encode_utf16().for_each(|code| unit(code, sink)),
        Err(_) => sink(run),
    }
    rest
}

fn unit(code: u16, sink: &mut impl FnMut(&[u8])) {
    let mut digits = [0; 4];
    sink(b"\\u");
    sink(lower::encode(&code.to_be_bytes(), &mut digits).unwrap_or_default());
}
