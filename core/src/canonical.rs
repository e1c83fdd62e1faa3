//! A JSON text with its names in order, written anew as JavaScript would: for providers that sign
//! what a program of theirs makes of the body, and not the bytes that they send.
//!
//! One forward pass writes every token as JavaScript spells it and notes where the members of each
//! object begin and end; a second copies them in order. Both take time and memory in proportion to
//! the text, whatever it holds.

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::mem;
use core::ops::Range;

use crate::js_number::write_number;
use crate::json_text::stringified;
use crate::json_walk::{Visit, walk};
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
        // Most numbers are short integers, which JavaScript writes as they are.
        if raw.len() <= 15 && raw.iter().all(u8::is_ascii_digit) {
            return self.out.extend(raw);
        }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    extern crate std;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::format;
    use std::string::String;

    fn form(text: &str) -> Option<String> {
        sorted(text.as_bytes()).map(|form| String::from_utf8(form).unwrap())
    }

    #[test]
    fn names_are_in_order_at_every_depth() {
        for (text, wanted) in [
            ("{}", "{}"),
            (" [ ] ", "[]"),
            (r#"{ "b" : 1 , "a" : { } }"#, r#"{"a":{},"b":1}"#),
            (
                r#"{"b":{"d":1,"c":{"f":[],"e":null}},"a":2}"#,
                r#"{"a":2,"b":{"c":{"e":null,"f":[]},"d":1}}"#,
            ),
            (
                r#"[{"b":1,"a":[{"d":{},"c":{}},3,1]},"z"]"#,
                r#"[{"a":[{"c":{},"d":{}},3,1],"b":1},"z"]"#,
            ),
            (r#"{"b":{},"a":[{},{"z":{}}],"":{}}"#, r#"{"":{},"a":[{},{"z":{}}],"b":{}}"#),
            (r#"{"a":1,"B":2,"_":3,"aa":4,"A":5}"#, r#"{"A":5,"B":2,"_":3,"a":1,"aa":4}"#),
            (r#"{"\u0062":"\u00e9\/","\u0061":"\n"}"#, r#"{"a":"\n","b":"é/"}"#),
            // By UTF-16 units: what is beyond U+FFFF comes before U+E000 to U+FFFF.
            (
                "{\"\u{ffff}\":1,\"\u{e000}\":2,\"🦀\":3,\"\u{d7ff}\":4}",
                "{\"\u{d7ff}\":4,\"🦀\":3,\"\u{e000}\":2,\"\u{ffff}\":1}",
            ),
            // Array indices first, by number.
            (
                r#"{"a":1,"10":2,"9":3,"0":4,"01":5,"-1":6,"":7}"#,
                r#"{"0":4,"9":3,"10":2,"":7,"-1":6,"01":5,"a":1}"#,
            ),
            (
                r#"{"4294967295":1,"4294967294":2,"4294967296":3,"\u0035":4}"#,
                r#"{"5":4,"4294967294":2,"4294967295":1,"4294967296":3}"#,
            ),
        ] {
            assert_eq!(form(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn numbers_are_doubles() {
        assert_eq!(
            form("[0, -0, 1.0, 1e3, -7, 999999999999999, 9007199254740993, 0.10, 1e-400]")
                .as_deref(),
            Some("[0,0,1,1000,-7,999999999999999,9007199254740992,0.1,0]")
        );
    }

    #[test]
    fn what_has_no_one_form_is_refused() {
        for text in [
            "",
            "{",
            "[1,]",
            "{}{}",
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"[{"z":1,"b":{"a":1,"c":2,"a":1},"y":1}]"#,
            r#"{"1":1,"2":1,"1":2}"#,
            r#"{"\ud800":1}"#,
            r#""\udc00""#,
            "1e400",
            "[-1e309]",
        ] {
            assert_eq!(form(text), None, "{text}");
        }
        assert_eq!(sorted(b"\"\xff\""), None);
    }

    #[test]
    fn hostile_texts_take_time_in_proportion() {
        let nest = |depth| format!("{}1{}", r#"{"b":"#.repeat(depth), r#","a":1}"#.repeat(depth));
        assert_eq!(form(&nest(127)).unwrap().matches(r#"{"a":1,"b":"#).count(), 127);
        assert_eq!(form(&nest(128)), None);
        assert_eq!(form(&"[".repeat(1 << 20)), None);
        let many = format!("[{}{{}}]", r#"{"b":1,"a":2},"#.repeat(20_000));
        assert_eq!(form(&many).unwrap(), format!("[{}{{}}]", r#"{"a":2,"b":1},"#.repeat(20_000)));
        let names: Vec<_> = (0..20_000).rev().map(|n| format!("\"n{n:05}\":{n}")).collect();
        let wanted: Vec<_> = names.iter().rev().cloned().collect();
        let text = |names: &[String]| format!("{{{}}}", names.join(","));
        assert_eq!(form(&text(&names)), Some(text(&wanted)));
        let prefix = "p".repeat(1000);
        let names: Vec<_> = (100..999).rev().map(|n| format!("\"{prefix}{n}\":{n}")).collect();
        let wanted: Vec<_> = names.iter().rev().cloned().collect();
        assert_eq!(form(&text(&names)), Some(text(&wanted)));
    }

    /// JSON whose form `serde_json` writes as JavaScript does: its map sorts by bytes, which are
    /// the order of units up to U+D7FF, and no name is an array index.
    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            (-(1i64 << 53)..1i64 << 53).prop_map(serde_json::Value::from),
            any::<bool>().prop_map(serde_json::Value::from),
            any::<String>().prop_map(serde_json::Value::from),
            Just(serde_json::Value::Null),
        ];
        leaf.prop_recursive(5, 64, 6, |inner| {
            let members =
                prop::collection::vec(("[a-e\"/\u{1}é\u{d7ff}]{0,3}", inner.clone()), 0..6);
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(serde_json::Value::from),
                members.prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    /// The value with the names of its objects in another order.
    fn shuffled(value: &serde_json::Value, dice: &mut u32) -> String {
        match value {
            serde_json::Value::Object(members) => {
                let turned = members.iter().map(|(name, value)| {
                    *dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let name = serde_json::Value::from(name.as_str());
                    (*dice, format!(" {name} : {}", shuffled(value, dice)))
                });
                let turned: BTreeMap<u32, String> = turned.collect();
                format!("{{{}}}", turned.into_values().collect::<Vec<_>>().join(" ,"))
            }
            serde_json::Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| shuffled(item, dice)).collect();
                format!("[ {} ]", items.join(" , "))
            }
            leaf => format!("{leaf}"),
        }
    }

    proptest! {
        #[test]
        fn one_form_whatever_the_order(value in values(), mut dice in any::<u32>()) {
            let wanted = format!("{value}");
            prop_assert_eq!(form(&shuffled(&value, &mut dice)), Some(wanted.clone()));
            prop_assert_eq!(form(&wanted), Some(wanted));
        }

        #[test]
        fn scanner_and_form_agree_on_what_is_json(text in r#"[\[\]{}:, a"\\u0d1\.-]{0,12}"#) {
            prop_assume!(form(&text).is_none());
            let twice_or_not_json = serde_json::from_str::<serde_json::Value>(&text)
                .map_or(true, |_| text.matches(':').count() > 1);
            prop_assert!(twice_or_not_json, "{}", text);
        }
    }
}
