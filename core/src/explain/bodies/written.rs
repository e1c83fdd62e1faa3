//! How programs write JSON: where they put white space, and what they escape in strings.

use alloc::vec::Vec;

use super::orders::spelled;
use super::tokens::{Kind, Text, Token};
use crate::cursor::first;

/// Where white space goes.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// How it is named: the JSON "written …".
    pub(super) name: &'static str,
    /// All white space stays as it came.
    pub(super) received: bool,
    /// What one level is indented by; empty: everything is on one line.
    pub(super) indent: &'static str,
    pub(super) newline: &'static str,
    pub(super) comma: &'static str,
    pub(super) colon: &'static str,
    /// What is inside of the brackets of a container on one line.
    pub(super) pad: &'static str,
    /// What is inside of the brackets of an empty one.
    pub(super) empty: &'static str,
    /// Arrays are on one line also where objects are not.
    pub(super) flat_arrays: bool,
    /// Each item of the outermost array ends a line, and all else is on one.
    pub(super) item_lines: bool,
}

/// What is escaped in strings beside what must be.
#[derive(Clone, Copy, Default)]
pub(super) struct Escapes {
    /// All but ASCII.
    pub(super) ascii: bool,
    /// The digits of `\u` are upper case.
    pub(super) upper: bool,
    /// `/` as `\/`.
    pub(super) slash: bool,
    /// The line separators U+2028 and U+2029.
    pub(super) separators: bool,
    /// These as `\u00XX`.
    pub(super) also: &'static [u8],
}

/// How a text is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) layout: Layout,
    /// `None`: strings stay as they came.
    pub(super) escapes: Option<Escapes>,
    pub(super) end: &'static str,
}

/// Writes tokens of a text.
pub(super) fn write(text: &Text<'_>, tokens: &[Token], style: &Style) -> Vec<u8> {
    let room = text.body.len().saturating_add(text.body.len() / 4);
    let mut writer =
        Writer { text, style, out: Vec::with_capacity(room), open: Vec::new(), is_first: true };
    if style.layout.received {
        writer.in_place(tokens)
    } else {
        writer.anew(tokens)
    }
    writer.out.extend_from_slice(style.end.as_bytes());
    writer.out
}

struct Writer<'a, 't> {
    text: &'a Text<'t>,
    style: &'a Style,
    out: Vec<u8>,
    /// The open containers: whether each is an object.
    open: Vec<bool>,
    /// Nothing is in the innermost container yet.
    is_first: bool,
}

impl Writer<'_, '_> {
    fn in_place(&mut self, tokens: &[Token]) {
        let mut before = None;
        for token in tokens {
            self.out.extend_from_slice(self.text.gap(before, Some(token)));
            self.token(token);
            before = Some(token);
        }
        self.out.extend_from_slice(self.text.gap(before, None));
    }

    fn anew(&mut self, tokens: &[Token]) {
        for token in tokens {
            match token.kind {
                Kind::Close { object } => self.close(object),
                Kind::Name => {
                    self.part();
                    self.token(token);
                    self.add(self.style.layout.colon);
                    continue;
                }
                // The value of a member follows its name.
                _ if self.open.last() != Some(&true) => self.part(),
                _ => {}
            }
            self.token(token);
            self.is_first = false;
            if let Kind::Open { object } = token.kind {
                self.open.push(object);
                self.is_first = true;
            }
        }
    }

    fn add(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// What parts an item from what is before it.
    fn part(&mut self) {
        let layout = self.style.layout;
        let Some(object) = self.open.last().copied() else { return };
        let lines = self.has_lines(object);
        match (self.is_first, lines) {
            (true, false) => self.add(layout.pad),
            (false, false) if layout.item_lines && self.open.len() == 1 && !object => {
                self.add(",");
                self.add(layout.newline);
            }
            (false, false) => self.add(layout.comma),
            (false, true) => self.out.push(b','),
            (true, true) => {}
        }
        if lines {
            self.line();
        }
        self.is_first = false;
    }

    fn close(&mut self, object: bool) {
        self.open.pop();
        match (self.is_first, self.has_lines(object)) {
            (true, _) => self.add(self.style.layout.empty),
            (false, true) => self.line(),
            (false, false) => self.add(self.style.layout.pad),
        }
    }

    fn has_lines(&self, object: bool) -> bool {
        let layout = self.style.layout;
        !layout.indent.is_empty() && (object || !layout.flat_arrays)
    }

    fn line(&mut self) {
        self.add(self.style.layout.newline);
        for at in 0..self.open.len() {
            if self.open.get(at).is_some_and(|object| self.has_lines(*object)) {
                self.add(self.style.layout.indent);
            }
        }
    }

    fn token(&mut self, token: &Token) {
        let raw = self.text.raw(token);
        match (token.kind, &self.style.escapes) {
            (Kind::Name | Kind::Text, Some(escapes)) => {
                self.out.push(b'"');
                let out = &mut self.out;
                self.text.value(token).for_each_run(&mut |run| escapes.write(run, out));
                self.out.push(b'"');
            }
            (Kind::Number, _) if token.spelling > 0 => {
                self.out.extend_from_slice(&spelled(raw, token.spelling));
            }
            _ => self.out.extend_from_slice(raw),
        }
    }
}

impl Escapes {
    fn meet(&self, byte: u8) -> bool {
        match byte {
            0..=0x1F | b'"' | b'\\' => true,
            b'/' => self.slash,
            0x80.. => self.ascii || (self.separators && byte == 0xE2),
            other => self.also.contains(&other),
        }
    }

    fn write(&self, run: &[u8], out: &mut Vec<u8>) {
        let mut rest = run;
        while let Some(at) = first(rest, |byte| self.meet(byte))
            && let Some((plain, tail)) = rest.split_at_checked(at)
        {
            out.extend_from_slice(plain);
            // A run is UTF-8, and what is escaped begins a character.
            let length = tail.first().map_or(1, |lead| match lead {
                0xF0.. => 4,
                0xE0.. => 3,
                0xC0.. => 2,
                _ => 1,
            });
            let (one, after) = tail.split_at_checked(length).unwrap_or((tail, &[]));
            self.escape(str::from_utf8(one).unwrap_or_default(), out);
            rest = after;
        }
        out.extend_from_slice(rest);
    }

    fn escape(&self, character: &str, out: &mut Vec<u8>) {
        let short = match character {
            "\u{2028}" | "\u{2029}" => None,
            _ if !character.is_ascii() && !self.ascii => {
                return out.extend_from_slice(character.as_bytes());
            }
            _ if character.bytes().any(|byte| self.also.contains(&byte)) => None,
            "\"" | "\\" | "/" => character.bytes().next(),
            "\u{8}" => Some(b'b'),
            "\t" => Some(b't'),
            "\n" => Some(b'n'),
            "\u{c}" => Some(b'f'),
            "\r" => Some(b'r'),
            _ => None,
        };
        match short {
            Some(short) => out.extend_from_slice(&[b'\\', short]),
            None => character.encode_utf16().for_each(|unit| self.unit(unit, out)),
        }
    }

    fn unit(&self, unit: u16, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\\u");
        let [high, low] = unit.to_be_bytes();
        for half in [high >> 4, high & 0xF, low >> 4, low & 0xF] {
            let digit = char::from_digit(half.into(), 16).unwrap_or_default();
            let digit = if self.upper { digit.to_ascii_uppercase() } else { digit };
            out.extend(u8::try_from(digit));
        }
    }
}
