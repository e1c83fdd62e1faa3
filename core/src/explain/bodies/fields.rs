//! The fields of a form: how programs write them, and which ones JSON has.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::trial::MAX_BODY;
use super::{Flow, Take};
use crate::json_walk::{Visit, walk};
use crate::value::Value;

/// How a program encodes fields: what stands for itself beside letters and digits, a blank as `+`
/// or `%20`, the case of the digits.
#[derive(Clone, Copy)]
pub(super) struct Spelling {
    name: &'static str,
    plain: &'static [u8],
    plus: bool,
    lower: bool,
}

const fn spelling(name: &'static str, plain: &'static [u8], plus: bool) -> Spelling {
    Spelling { name, plain, plus, lower: false }
}

const SPELLINGS: [Spelling; 8] = [
    spelling("as browsers, Ruby and Java encode", b"*-._", true),
    spelling("as Python and Go encode", b"-._~", true),
    spelling("as PHP encodes", b"-._", true),
    spelling("as RFC 3986 has it", b"-._~", false),
    spelling("as encodeURIComponent does", b"-_.!~*'()", false),
    Spelling { lower: true, ..spelling("as .NET encodes", b"!()*-._", true) },
    Spelling { lower: true, ..spelling("as RFC 3986 has it, in lower case", b"-._~", false) },
    Spelling { lower: true, ..spelling("as browsers encode, in lower case", b"*-._", true) },
];

/// Most fields that are made of JSON.
pub(super) const MAX_FIELDS: usize = 1024;

/// A field's name and value.
pub(super) type Pair = (Vec<u8>, Vec<u8>);

/// The fields in every spelling.
pub(super) fn encoded(pairs: &[Pair], what: &str, take: &mut Take<'_>) -> Flow {
    for spelling in SPELLINGS {
        take(&format!("{what} {}", spelling.name), &joined(pairs, Some(spelling)))?;
    }
    Flow::Continue(())
}

/// `a=1&b=2`; where nothing is encoded, a lone text without a value has no `=`.
pub(super) fn joined(pairs: &[Pair], spelling: Option<Spelling>) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push(b'&');
        }
        write(name, spelling, &mut out);
        if spelling.is_some() || !value.is_empty() {
            out.push(b'=');
        }
        write(value, spelling, &mut out);
    }
    out
}

fn write(text: &[u8], spelling: Option<Spelling>, out: &mut Vec<u8>) {
    let Some(spelling) = spelling else { return out.extend_from_slice(text) };
    for byte in text {
        match byte {
            b' ' if spelling.plus => out.push(b'+'),
            _ if byte.is_ascii_alphanumeric() || spelling.plain.contains(byte) => out.push(*byte),
            _ => {
                let digits = if spelling.lower { b"0123456789abcdef" } else { b"0123456789ABCDEF" };
                let digit = |half: u8| digits.get(usize::from(half)).copied().unwrap_or_default();
                out.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte & 0xF)]);
            }
        }
    }
}

/// JSON that was a form: an object of strings, of lists of them, of further objects.
pub(super) fn of_json(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    for list in [Some(""), all.then_some("[]")].into_iter().flatten() {
        let mut flat = Flat { list, ..Flat::default() };
        if walk(body, &mut flat).is_err() || flat.pairs.is_empty() || !flat.fits() {
            return Flow::Continue(());
        }
        encoded(&flat.pairs, "the form that the JSON was made of, encoded", take)?;
        take("the text that a form's reader took apart", &joined(&flat.pairs, None))?;
    }
    Flow::Continue(())
}

/// The leaves of a JSON object as fields: `a=1`, `a[b]=2`, and lists by `a=1&a=2` or `a[]=1`.
#[derive(Default)]
struct Flat {
    list: &'static str,
    pairs: Vec<Pair>,
    /// How many bytes the pairs have.
    length: usize,
    /// What leads to the value that comes next, and how long it is in each open container.
    path: String,
    open: Vec<usize>,
}

impl Flat {
    /// A long name counts again with each of the fields below it.
    const fn fits(&self) -> bool {
        self.length <= MAX_BODY && self.pairs.len() <= MAX_FIELDS
    }

    fn back(&mut self) {
        self.path.truncate(self.open.last().copied().unwrap_or_default());
    }
}

impl<'r> Visit<'r> for Flat {
    fn name(&mut self, name: Value<'r>, depth: u32) {
        self.back();
        match depth {
            1 => self.path.push_str(&name.to_text()),
            _ => {
                self.path.push('[');
                self.path.push_str(&name.to_text());
                self.path.push(']');
            }
        }
    }

    fn item(&mut self, _: u32) {
        self.back();
        self.path.push_str(self.list);
    }

    fn value(&mut self, _: &'r [u8], value: Option<Value<'r>>) {
        let length = self.path.len().saturating_add(value.map_or(0, |it| it.length()));
        self.length = self.length.saturating_add(length);
        if self.fits() {
            let mut text = Vec::new();
            value.inspect(|it| it.for_each_run(&mut |run| text.extend_from_slice(run)));
            self.pairs.push((self.path.clone().into_bytes(), text));
        }
    }

    fn open(&mut self, _: bool, _: &'r [u8], _: u32) {
        self.open.push(self.path.len());
    }

    fn close(&mut self, _: bool, _: &'r [u8], _: u32) {
        self.open.pop();
    }
}
