//! A value put into a JSON text, in one walk over it.

use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

use crate::cursor::before;
use crate::json::{Step, for_each_step};
use crate::json_text::quoted;
use crate::json_walk::{Visit, walk};
use crate::value::Value;

/// The text with a value at a path of members, parted by dots; `name[]` is every element of a list.
/// All other values stay as they are written: `1.0` is not `1`. Nothing where there are no objects
/// on the way, or the text is none that a verifier reads.
pub(super) fn with(json: &[u8], path: &str, value: &str) -> Option<String> {
    let mut steps = Vec::new();
    for_each_step(path, |step| steps.push(step));
    let mut put = Put { steps, value: value.as_bytes(), ..Put::default() };
    walk(json, &mut put).ok()?;
    let made = String::from_utf8(put.made).ok()?;
    (!put.failed).then_some(made)
}

/// What becomes of the value that comes next.
#[derive(Clone, Copy, Default)]
enum Next {
    /// The path leads on into it.
    #[default]
    Enter,
    /// It is written as it is.
    Copied,
    /// The other value is written in its stead.
    Replaced,
    /// It is a part of what is copied or replaced.
    Within,
}

/// The text that is written, and how far it has come.
#[derive(Default)]
struct Put<'p, 'r> {
    steps: Vec<Step<'p>>,
    value: &'p [u8],
    made: Vec<u8>,
    next: Next,
    /// The open containers that the path leads into, always the outermost ones: whether the member
    /// of the path is there.
    open: Vec<bool>,
    /// The container that is copied: the text from where it begins, and its depth.
    copied: Option<(&'r [u8], u32)>,
    failed: bool,
}

impl<'p> Put<'p, '_> {
    /// Whether a container at this depth is one that the path leads into.
    fn is_open(&self, depth: u32) -> bool {
        usize::try_from(depth) == Ok(self.open.len())
    }

    /// What is left of the path in the innermost of them.
    fn rest(&self) -> &[Step<'p>] {
        let inside = self.open.len().saturating_sub(1);
        self.steps.get(inside..).unwrap_or_default()
    }

    /// Parts a member or an element from the one before it.
    fn comma(&mut self) {
        if !matches!(self.made.last(), Some(b'[' | b'{')) {
            self.made.push(b',');
        }
    }

    fn string(&mut self, text: &[u8]) {
        quoted(text, &mut |piece| self.made.extend(piece));
    }

    /// The path leads into the next value, or to it.
    fn follow(&mut self) {
        self.next = if self.rest().len() > 1 { Next::Enter } else { Next::Replaced };
    }

    /// Writes the members that were not there. Of a list, nobody knows how many elements there were.
    fn missing(&mut self) {
        let steps = self.rest().to_vec();
        for (at, step) in steps.iter().enumerate() {
            let Step::Name(name) = step else { return self.failed = true };
            if at > 0 {
                self.made.push(b'{');
            }
            self.comma();
            self.string(name.as_bytes());
            self.made.push(b':');
        }
        self.string(self.value);
        self.made.extend(steps.iter().skip(1).map(|_| b'}'));
    }
}

impl<'r> Visit<'r> for Put<'_, 'r> {
    fn name(&mut self, name: Value<'r>, depth: u32) {
        if !self.is_open(depth) {
            return;
        }
        self.comma();
        self.string(name.to_text().as_bytes());
        self.made.push(b':');
        self.next = Next::Copied;
        if matches!(self.rest().first(), Some(Step::Name(wanted)) if name.is(wanted)) {
            self.follow();
            self.open.last_mut().into_iter().for_each(|is_there| *is_there = true);
        }
    }

    fn item(&mut self, depth: u32) {
        if self.is_open(depth) {
            self.comma();
            self.follow();
        }
    }

    fn value(&mut self, raw: &'r [u8], _: Option<Value<'r>>) {
        match mem::replace(&mut self.next, Next::Within) {
            Next::Enter => self.failed = true,
            Next::Copied => self.made.extend(raw),
            Next::Replaced => self.string(self.value),
            Next::Within => {}
        }
    }

    fn open(&mut self, object: bool, text: &'r [u8], depth: u32) {
        match mem::replace(&mut self.next, Next::Within) {
            Next::Enter => {
                let step = self.steps.get(self.open.len());
                self.failed |= object != matches!(step, Some(Step::Name(_)));
                self.open.push(!object);
                self.made.push(if object { b'{' } else { b'[' });
            }
            Next::Copied => self.copied = Some((text, depth)),
            Next::Replaced => self.string(self.value),
            Next::Within => {}
        }
    }

    fn close(&mut self, object: bool, rest: &'r [u8], depth: u32) {
        if let Some((text, at)) = self.copied
            && at == depth
        {
            self.copied = None;
            self.made.extend(before(text, rest));
        }
        if self.is_open(depth) {
            if self.open.last() == Some(&false) {
                self.missing();
            }
            self.open.pop();
            self.made.push(if object { b'}' } else { b']' });
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    extern crate std;

    use std::format;

    use super::*;

    fn put(json: &str, path: &str) -> Option<String> {
        with(json.as_bytes(), path, "s")
    }

    #[test]
    fn a_value_is_put_at_its_path_and_no_other_is_touched() {
        let cases = [
            ("{}", "a", Some(r#"{"a":"s"}"#)),
            (r#"{"a": 1, "b": [1.0, 2e5 ]}"#, "a", Some(r#"{"a":"s","b":[1.0, 2e5 ]}"#)),
            (
                r#"{"n": 12345678901234567890.10}"#,
                "a.b",
                Some(r#"{"n":12345678901234567890.10,"a":{"b":"s"}}"#),
            ),
            (r#"{"a":{"x":{ }}}"#, "a.b.c", Some(r#"{"a":{"x":{ },"b":{"c":"s"}}}"#)),
            (
                r#"{"i":[{"x":1},{"x":2,"s":"old"}]}"#,
                "i[].s",
                Some(r#"{"i":[{"x":1,"s":"s"},{"x":2,"s":"s"}]}"#),
            ),
            (r#" {"i":[ ] } "#, "i[].s", Some(r#"{"i":[]}"#)),
            (r#"{"i":[1 , {}]}"#, "i[]", Some(r#"{"i":["s","s"]}"#)),
            (r#"{"i":[[{}]]}"#, "i[].a", None),
            (r#"{"a\n":{"b":[]}, "c":"}"}"#, "a\n.b", Some(r#"{"a\n":{"b":"s"},"c":"}"}"#)),
            (
                r#" {"a" : {} , "__proto__":[ ],"q":"\"," }"#,
                "a.x",
                Some(r#"{"a":{"x":"s"},"__proto__":[ ],"q":"\","}"#),
            ),
            (r#"{"a":1,"a":{"a":"\u00e9"}}"#, "a", Some(r#"{"a":"s","a":"s"}"#)),
            ("{}", "i[].s", None),
            ("{}", "a.i[]", None),
            ("[]", "a", None),
            (r#"{"a":1}"#, "a.b", None),
            (r#"{"i":{}}"#, "i[].s", None),
            ("", "a", None),
            (r#"{"a""#, "a", None),
            (r#""{}""#, "a", None),
            ("{} {}", "a", None),
            ("{} 1", "a", None),
        ];
        for (json, path, wanted) in cases {
            assert_eq!(put(json, path).as_deref(), wanted, "{json} {path}");
        }
        assert_eq!(with(b"{\"a\":\"\xff\"}", "a", "s"), None);
        assert_eq!(with(b"{}", "a", "\"\\\n").unwrap(), r#"{"a":"\"\\\n"}"#);
    }

    /// A walk for each level would take minutes.
    #[test]
    fn deep_and_large_texts_take_time_in_proportion() {
        let nest = |levels: usize, inside: &str| {
            format!("{}{inside}{}", "{\"a\":".repeat(levels), "}".repeat(levels))
        };
        let path = |steps: usize| ["a"].repeat(steps).join(".");
        assert_eq!(put(&nest(120, "{}"), &path(121)), Some(nest(121, "\"s\"")));
        assert_eq!(put(&nest(200, "{}"), &path(201)), None);
        let beside = |deep: &str| format!("{},\"b\":\"s\"}}", deep.strip_suffix('}').unwrap());
        assert_eq!(put(&nest(127, "1"), "b"), Some(beside(&nest(127, "1"))));
        assert_eq!(put(&nest(100_000, "1"), "b"), None, "no verifier reads it");
        let wide = format!("{{{}\"z\": 0}}", "\"b\": [1],".repeat(200_000));
        let made = put(&nest(100, &wide), &format!("{}.z", path(100))).unwrap();
        assert_eq!(made, nest(100, &wide).replace(": [", ":[").replace(": 0", ":\"s\""));
        assert_eq!(put("{}", &path(100_000)).unwrap().len(), 100_000 * 6 + 3);
    }
}
