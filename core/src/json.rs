//! One field of a JSON text, found in one forward pass: no allocation, no recursion.
//!
//! Strict, so that no two readers can disagree on the field: a name of the path that is met twice
//! in its object is refused, and so is a lone surrogate. A fuzz target holds it against
//! `serde_json`.
//!
//! # Paths
//! Names are parted by `.`; `[]` after a name, or alone for the text itself, stands for every
//! element of that array: `a.b`, `items[].id`, `[].id`, `a[].b[].c`. No element may vouch for
//! another, so the value counts only when every element has it and all are the same decoded bytes.

use core::mem;

use crate::cursor::{NotJson, before};
use crate::json_walk::{Visit, walk, walk_with};
use crate::value::Value;

/// Why a field could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The text is not JSON.
    NotJson,
    /// A name of the path is there twice; or the field is an object or an array; or the elements
    /// of an array differ in it, where one that lacks it differs from one that has it.
    Ambiguous,
}

impl From<NotJson> for Failure {
    fn from(_: NotJson) -> Self {
        Self::NotJson
    }
}

/// Finds the string, number or boolean at a path. `None`: it is absent or null, also where every
/// element of an array lacks it, where the array is empty, and where `[]` meets what is no array:
/// a lone object is not taken for a list of one.
pub(crate) fn find<'r>(text: &'r [u8], path: &str) -> Result<Option<Value<'r>>, Failure> {
    search(text, path, false)
}

/// The text of the value at a path, of any kind and as it is written: a string with its quotes,
/// an object with its blanks, null too. Where [`find`] compares what elements say, this compares
/// how they say it.
pub(crate) fn find_raw<'r>(text: &'r [u8], path: &str) -> Result<Option<&'r [u8]>, Failure> {
    Ok(search(text, path, true)?.and_then(|value| value.as_bytes()))
}

/// Whether the whole text is JSON by the same rules. Names that are there twice are not looked for.
pub(crate) fn is_json(text: &[u8]) -> bool {
    walk(text, &mut Nobody).is_ok()
}

fn search<'r>(text: &'r [u8], path: &str, raw: bool) -> Result<Option<Value<'r>>, Failure> {
    let mut track = Track::new(path, raw);
    walk_with(text, &mut track)?;
    if track.ambiguous || (track.lacking && track.found.is_some()) {
        return Err(Failure::Ambiguous);
    }
    Ok(track.found)
}

/// A visitor that only wants to know whether the walk comes to its end.
struct Nobody;

impl<'r> Visit<'r> for Nobody {
    fn name(&mut self, _: Value<'r>, _: u32) {}
    fn item(&mut self, _: u32) {}
    fn value(&mut self, _: &'r [u8], _: Option<Value<'r>>) {}
    fn open(&mut self, _: bool, _: &'r [u8], _: u32) {}
    fn close(&mut self, _: bool, _: &'r [u8], _: u32) {}
}

/// One step of a path, into one container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'p> {
    /// The value of this name in an object.
    Name(&'p str),
    /// Every element of an array.
    Each,
}

/// Hands over the steps of a path. A `[]` that no name stands before is of the array that the
/// path has come to.
pub(crate) fn for_each_step<'p>(path: &'p str, mut each: impl FnMut(Step<'p>)) {
    for part in path.split(['.']) {
        let mut name = part;
        while let Some(shorter) = name.strip_suffix("[]") {
            name = shorter;
        }
        if name.len() == part.len() || !name.is_empty() {
            each(Step::Name(name));
        }
        for _ in 0..part.len().saturating_sub(name.len()) >> 1 {
            each(Step::Each);
        }
    }
}

/// What the value is that comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Other,
    /// The path leads on into it.
    Enter,
    /// It is the value sought.
    Wanted,
}

/// Most steps of a path: one bit each. A longer path finds nothing.
const MAX_STEPS: usize = 32;

/// How far the path has been followed.
struct Track<'p, 'r> {
    steps: [Step<'p>; MAX_STEPS],
    /// How many steps the path has.
    length: u32,
    /// How many open containers the path leads into: always the outermost ones.
    level: u32,
    next: Next,
    /// One bit for each name of the path: in its object each can be entered once only.
    seen: u32,
    /// One bit for each `[]` of the path: nothing was found yet in the element that is open.
    pending: u32,
    /// An element has ended in which nothing was found.
    lacking: bool,
    found: Option<Value<'r>>,
    ambiguous: bool,
    /// The text of any value is sought, not what one says.
    raw: bool,
    /// The container that is sought: the text from where it begins, and its depth.
    wanted: Option<(&'r [u8], u32)>,
}

impl<'p, 'r> Track<'p, 'r> {
    fn new(path: &'p str, raw: bool) -> Self {
        let mut known = [Step::Each; MAX_STEPS];
        let mut length = 0u32;
        let mut places = known.iter_mut();
        for_each_step(path, |step| {
            length = length.saturating_add(1);
            if let Some(place) = places.next() {
                *place = step;
            }
        });
        Track {
            steps: known,
            length,
            level: 0,
            next: Next::Enter,
            seen: 0,
            pending: 0,
            lacking: false,
            found: None,
            ambiguous: false,
            raw,
            wanted: None,
        }
    }

    /// The step into what is in `containers` of the path.
    fn step(&self, containers: u32) -> Option<Step<'p>> {
        self.steps.get(usize::try_from(containers).ok()?).copied()
    }

    /// The bit of the step that is taken in the innermost container of the path.
    const fn bit(&self) -> u32 {
        1u32.wrapping_shl(self.level.saturating_sub(1))
    }

    const fn follow(&mut self) {
        self.next = if self.level == self.length { Next::Wanted } else { Next::Enter };
    }

    fn found(&mut self, value: Option<Value<'r>>) {
        let Some(value) = value else { return };
        self.pending = 0;
        self.ambiguous |= self.found.is_some_and(|first| !first.same(&value));
        self.found = Some(value);
    }
}

impl<'r> Visit<'r> for Track<'_, 'r> {
    fn name(&mut self, name: Value<'r>, depth: u32) {
        if depth != self.level {
            return;
        }
        if matches!(self.step(self.level.saturating_sub(1)), Some(Step::Name(wanted)) if name.is(wanted))
        {
            let bit = self.bit();
            self.ambiguous |= self.seen & bit != 0;
            self.seen |= bit;
            self.follow();
        }
    }

    fn item(&mut self, depth: u32) {
        if depth != self.level {
            return;
        }
        let bit = self.bit();
        self.lacking |= self.pending & bit != 0;
        self.pending |= bit;
        // The objects of this element are others than those of the one before.
        self.seen &= bit.wrapping_sub(1);
        self.follow();
    }

    fn value(&mut self, raw: &'r [u8], value: Option<Value<'r>>) {
        if mem::take(&mut self.next) == Next::Wanted {
            self.found(if self.raw { Some(Value::plain(raw)) } else { value });
        }
    }

    fn open(&mut self, object: bool, text: &'r [u8], depth: u32) {
        match mem::take(&mut self.next) {
            Next::Other => {}
            Next::Wanted if self.raw => self.wanted = Some((text, depth)),
            Next::Wanted => self.ambiguous = true,
            Next::Enter => {
                let step = self.step(self.level);
                if step.is_some_and(|step| object == matches!(step, Step::Name(_))) {
                    self.level = depth;
                }
            }
        }
    }

    fn close(&mut self, object: bool, rest: &'r [u8], depth: u32) {
        if let Some((text, at)) = self.wanted
            && at == depth
        {
            self.wanted = None;
            self.found(Some(Value::plain(before(text, rest))));
        }
        if depth != self.level {
            return;
        }
        if !object {
            self.lacking |= self.pending & self.bit() != 0;
        }
        self.level = depth.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    extern crate std;
    use super::*;
    use proptest::prelude::*;
    use serde_json::value::RawValue;
    use std::{format, string::String, string::ToString, vec, vec::Vec};

    fn text(body: &str, path: &str) -> Result<Option<String>, Failure> {
        let decode = |value: Value<'_>| String::from_utf8(value.bytes().collect()).unwrap();
        Ok(find(body.as_bytes(), path)?.map(decode))
    }

    fn raw<'t>(body: &'t str, path: &str) -> Result<Option<&'t str>, Failure> {
        Ok(find_raw(body.as_bytes(), path)?.map(|raw| str::from_utf8(raw).unwrap()))
    }

    #[test]
    fn steps_of_paths() {
        for (path, wanted) in [
            ("", &[Step::Name("")][..]),
            ("a", &[Step::Name("a")]),
            ("a.b", &[Step::Name("a"), Step::Name("b")]),
            ("a[].b", &[Step::Name("a"), Step::Each, Step::Name("b")]),
            ("[].b", &[Step::Each, Step::Name("b")]),
            ("a[][]", &[Step::Name("a"), Step::Each, Step::Each]),
            ("a.[]", &[Step::Name("a"), Step::Each]),
            ("a[0].[b]", &[Step::Name("a[0]"), Step::Name("[b]")]),
        ] {
            let mut steps = Vec::new();
            for_each_step(path, |step| steps.push(step));
            assert_eq!(steps, wanted, "{path}");
        }
    }

    #[test]
    fn what_is_absent_is_not_what_is_ambiguous() {
        for (body, path, wanted) in [
            (r#"{"a":[]}"#, "a[].b", Ok(None)),
            (r#"{"a":[{},{"b":null},1,[]]}"#, "a[].b", Ok(None)),
            (r#"{"a":{"b":1}}"#, "a[].b", Ok(None)),
            (r#"{"a":[{"b":1}]}"#, "a.b", Ok(None)),
            (r#"{"a":[{"b":1},{}]}"#, "a[].b", Err(Failure::Ambiguous)),
            (r#"{"a":[{},{"b":1}]}"#, "a[].b", Err(Failure::Ambiguous)),
            (r#"{"a":[{"b":1},{"b":2}]}"#, "a[].b", Err(Failure::Ambiguous)),
            (r#"{"a":[{"b":{}}]}"#, "a[].b", Err(Failure::Ambiguous)),
            (r#"{"a":[{"b":1,"b":1}]}"#, "a[].b", Err(Failure::Ambiguous)),
            (r#"{"a":[{"b":1},{"b":2}]"#, "a[].b", Err(Failure::NotJson)),
            (r#"{"a":[{"b":1},]}"#, "a[].b", Err(Failure::NotJson)),
        ] {
            assert_eq!(text(body, path), wanted, "{path} in {body}");
        }
    }

    #[test]
    fn values_as_they_are_written() {
        let body = "{ \"a\" : [ 1 , {\"x\":\"]\"} ] , \"b\":\t{ \"c\" : {} }\n, \"s\" : \"\\u0061 \" ,\"n\":null, \"t\":true,\"d\": -1.0e+2 }";
        for (path, wanted) in [
            ("a", r#"[ 1 , {"x":"]"} ]"#),
            ("b", r#"{ "c" : {} }"#),
            ("b.c", "{}"),
            ("s", r#""\u0061 ""#),
            ("n", "null"),
            ("t", "true"),
            ("d", "-1.0e+2"),
        ] {
            assert_eq!(raw(body, path), Ok(Some(wanted)), "{path}");
        }
        assert_eq!(raw(body, "z"), Ok(None));
        assert_eq!(raw(body, "b.c.d"), Ok(None));
        assert_eq!(raw(r#"{"a":{},"a":{}}"#, "a"), Err(Failure::Ambiguous));
        assert_eq!(raw(r#"{"a":{}"#, "a"), Err(Failure::NotJson));
        assert_eq!(raw(r#"[{"a": [1]},{"a":[1]}]"#, "[].a"), Ok(Some("[1]")));
        assert_eq!(raw(r#"[{"a":[1]},{"a":[ 1]}]"#, "[].a"), Err(Failure::Ambiguous));
        assert_eq!(raw(r#"[{"a":[1]},{}]"#, "[].a"), Err(Failure::Ambiguous));
    }

    #[test]
    fn whole_texts() {
        for good in ["1", " [ ] ", "{}", r#""\ud83e\udd80""#, r#"{"a":1,"a":2}"#, "-0.0e-0"] {
            assert!(is_json(good.as_bytes()), "{good}");
        }
        for bad in ["", " ", "[", "[1}", "{}{}", r#""\ud83e""#, "01", "nul", "\u{feff}1", "[1,]"] {
            assert!(!is_json(bad.as_bytes()), "{bad}");
        }
        assert!(!is_json(b"\"\xff\""));
        let nest = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(is_json(nest(127).as_bytes()));
        assert!(!is_json(nest(128).as_bytes()));
        assert!(!is_json("[".repeat(1 << 20).as_bytes()));
        assert!(is_json(format!("[{}1]", "1,".repeat(1 << 19)).as_bytes()));
    }

    proptest! {
        #[test]
        fn is_json_as_serde_json_has_it(body in r#"[\[\]{}:, a"\\u0d8-c1\.eE+-]{0,12}"#) {
            let theirs = serde_json::from_str::<serde_json::Value>(&body);
            // It keeps no number beyond a double; the grammar has no bound.
            prop_assume!(!matches!(&theirs, Err(error) if error.to_string().contains("range")));
            prop_assert_eq!(is_json(body.as_bytes()), theirs.is_ok());
        }

        #[test]
        fn raw_as_serde_json_has_it(
            values in prop::collection::vec(
                prop::sample::select(vec!["{ }", "[1, {\"a\" :2}]", "\"\\u0061\"", "-1.50", "null", " [ ] "]),
                1..4,
            ),
            at in any::<prop::sample::Index>(),
        ) {
            let members: Vec<_> =
                values.iter().enumerate().map(|(n, value)| format!("\"m{n}\" : {value} ")).collect();
            let body = format!("{{ {} }}", members.join(","));
            let name = format!("m{}", at.index(values.len()));
            let theirs: std::collections::BTreeMap<String, &RawValue> =
                serde_json::from_str(&body).unwrap();
            prop_assert_eq!(raw(&body, &name), Ok(Some(theirs.get(&name).unwrap().get())));
        }
    }
}
