//! A JSON text with its names in order, written anew as JavaScript would: for providers that sign
//! what a program of theirs makes of the body, and not the bytes that they send.
//!
//! One forward pass writes every token as JavaScript spells it and notes where the members of each
//! object begin and end; a second copies them in order. Both take time and memory in proportion to
//! the text, whatever it holds.

use alloc::format;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::iter::repeat_n;
use core::mem;
use core::ops::Range;

use crate::cursor::{Visit, walk};
use crate::json_text::stringified;
use crate::value::Value;

/// The text as `JSON.stringify` writes it once the names of its objects are sorted at every depth,
/// also those of objects inside arrays; elements of an array keep their order.
///
/// - Names sort by UTF-16 units, as `sort()` of JavaScript does. Array indices (`0` to
///   `4294967294` without leading zeros) come before all others and by their number: a JavaScript
///   object holds them so, in whatever order they were put in.
/// - Numbers become doubles: `1.0` is `1`, `1e3` is `1000`, `-0` is `0`, and an integer beyond 2⁵³
///   is rounded. So two texts can have one form, and what was signed is the form.
///
/// `None`: the text is not JSON by the rules of the scanner, a name is twice in one object, or a
/// number is beyond what a double holds.
pub(crate) fn sorted(text: &[u8]) -> Option<Vec<u8>> {
    let mut form = Form::default();
    form.out.reserve(text.len());
    walk(text, &mut form).ok()?;
    (!form.refused).then(|| form.in_order())
}

/// A stretch of the written text.
struct Stretch {
    /// What is written before it.
    lead: Option<u8>,
    from: usize,
    to: usize,
    /// The first object that begins in or after it.
    object: usize,
}

struct Member<'r> {
    name: Value<'r>,
    index: u32,
    from: usize,
    to: usize,
    object: usize,
}

/// An object that has members: its place in the text, its members, and how many objects there
/// were when it ended.
#[derive(Default)]
struct Object {
    from: usize,
    to: usize,
    members: Range<usize>,
    next: usize,
}

/// The written text in the order of the original, and its objects by where they begin.
#[derive(Default)]
struct Form<'r> {
    out: Vec<u8>,
    objects: Vec<Object>,
    /// The members of all objects that have ended, sorted in each.
    members: Vec<Member<'r>>,
    /// The open objects, each with where its members begin in `pending`.
    open: Vec<(usize, usize)>,
    pending: Vec<Member<'r>>,
    refused: bool,
}

impl Form<'_> {
    /// Parts an item from the one before it.
    fn comma(&mut self) {
        if !matches!(self.out.last(), Some(b'[' | b'{')) {
            self.out.push(b',');
        }
    }

    fn string(&mut self, value: Value<'_>) {
        self.out.push(b'"');
        value.for_each_run(&mut |run| stringified(run, &mut |piece| self.out.extend(piece)));
        self.out.push(b'"');
    }

    fn number(&mut self, raw: &[u8]) {
        match str::from_utf8(raw).ok().and_then(|text| text.parse().ok()) {
            Some(number) if f64::is_finite(number) => write_number(number, &mut self.out),
            _ => self.refused = true,
        }
    }

    /// Ends the last member of the object whose members begin at `base`.
    fn end_member(&mut self, base: usize) {
        if let Some(last) = self.pending.get_mut(base..).and_then(<[_]>::last_mut) {
            last.to = self.out.len();
        }
    }

    fn end_object(&mut self) {
        let Some((object, base)) = self.open.pop() else { return };
        self.end_member(base);
        self.out.push(b'}');
        if base == self.pending.len() {
            self.objects.truncate(object);
            return;
        }
        let first = self.members.len();
        self.members.extend(self.pending.drain(base..));
        let members = self.members.get_mut(first..).unwrap_or_default();
        members.sort_unstable_by(|one, other| {
            one.index.cmp(&other.index).then_with(|| by_units(one.name, other.name))
        });
        let same = |pair: &[Member<'_>]| matches!(pair, [one, other] if one.name.same(&other.name));
        self.refused |= members.windows(2).any(same);
        let (to, next) = (self.out.len(), self.objects.len());
        if let Some(object) = self.objects.get_mut(object) {
            *object = Object { to, next, members: first..self.members.len(), ..mem::take(object) };
        }
    }

    fn in_order(&self) -> Vec<u8> {
        let mut all = Vec::with_capacity(self.out.len());
        let mut work = vec![Stretch { lead: None, from: 0, to: self.out.len(), object: 0 }];
        while let Some(Stretch { lead, from, to, object }) = work.pop() {
            all.extend(lead);
            let object = self.objects.get(object).filter(|object| object.from < to);
            let end = object.map_or(to, |object| object.from);
            all.extend(self.out.get(from..end).unwrap_or_default());
            let Some(object) = object else { continue };
            work.push(Stretch { lead: Some(b'}'), from: object.to, to, object: object.next });
            let members = self.members.get(object.members.clone()).unwrap_or_default();
            work.extend(members.iter().rev().map(|member| Stretch {
                lead: Some(b','),
                from: member.from,
                to: member.to,
                object: member.object,
            }));
            if let Some(first) = work.last_mut() {
                first.lead = Some(b'{');
            }
        }
        all
    }
}

impl<'r> Visit<'r> for Form<'r> {
    fn name(&mut self, name: Value<'r>, _: u32) {
        if let Some((_, base)) = self.open.last() {
            self.end_member(*base);
        }
        self.comma();
        let (from, object) = (self.out.len(), self.objects.len());
        self.pending.push(Member { name, index: index(name), from, to: from, object });
        self.string(name);
        self.out.push(b':');
    }

    fn item(&mut self, _: u32) {
        self.comma();
    }

    fn value(&mut self, raw: &'r [u8], value: Option<Value<'r>>) {
        match (raw.first(), value) {
            (Some(b'"'), Some(value)) => self.string(value),
            (Some(b't' | b'f' | b'n'), _) => self.out.extend(raw),
            _ => self.number(raw),
        }
    }

    fn open(&mut self, object: bool, _: &'r [u8], _: u32) {
        if object {
            self.open.push((self.objects.len(), self.pending.len()));
            self.objects.push(Object { from: self.out.len(), ..Object::default() });
        }
        self.out.push(if object { b'{' } else { b'[' });
    }

    fn close(&mut self, object: bool, _: &'r [u8], _: u32) {
        if object { self.end_object() } else { self.out.push(b']') }
    }
}

/// The array index that a name is; `u32::MAX`, which is none, for other names.
fn index(name: Value<'_>) -> u32 {
    let mut digits = name.bytes();
    let number = digits.next().and_then(|first| match first {
        b'0' => digits.next().is_none().then_some(0),
        _ => digits.try_fold(digit(first)?, |number, byte| {
            number.checked_mul(10)?.checked_add(digit(byte)?)
        }),
    });
    number.unwrap_or(u32::MAX)
}

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

/// The order of UTF-16 units, read off UTF-8. Bytes sort by code point; in units, what is beyond
/// U+FFFF (first byte from 0xF0) comes before U+E000 to U+FFFF (first byte 0xEE or 0xEF).
fn by_units(one: Value<'_>, other: Value<'_>) -> Ordering {
    let rank = |byte| if matches!(byte, 0xEE | 0xEF) { byte | 0x10 } else { byte };
    one.bytes().map(rank).cmp(other.bytes().map(rank))
}

/// A finite number as JavaScript's `String(number)`: the shortest digits that read back as it.
fn write_number(number: f64, out: &mut Vec<u8>) {
    let text = format!("{:e}", number.abs());
    let (mantissa, exponent) = text.split_once(['e']).unwrap_or((&text, "0"));
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or_default().saturating_add(1);
    if number < 0.0 {
        out.push(b'-');
    }
    let length = usize::try_from(point.unsigned_abs()).unwrap_or(usize::MAX);
    match point {
        1..=21 => {
            let (whole, fraction) = digits.split_at_checked(length).unwrap_or((&digits, &[]));
            out.extend(whole);
            out.extend(repeat_n(b'0', length.saturating_sub(whole.len())));
            write_fraction(fraction, out);
        }
        -5..=0 => {
            out.extend(b"0.");
            out.extend(repeat_n(b'0', length));
            out.extend(digits);
        }
        _ => {
            let (whole, fraction) = digits.split_at_checked(1).unwrap_or_default();
            out.extend(whole);
            write_fraction(fraction, out);
            out.extend(if point > 0 { "e+" } else { "e" }.bytes());
            out.extend(exponent.bytes());
        }
    }
}

fn write_fraction(digits: &[u8], out: &mut Vec<u8>) {
    if !digits.is_empty() {
        out.push(b'.');
        out.extend(digits);
    }
}
