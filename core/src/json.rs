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

use core::{iter, mem};

use crate::cursor::{NotJson, Visit, before, walk};
use crate::error::Error;
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

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotJson => Self::MalformedBody,
            Failure::Ambiguous => Self::MalformedField,
        }
    }
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
    walk(text, &mut track)?;
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
enum Step<'p> {
    /// The value of this name in an object.
    Name(&'p str),
    /// Every element of an array.
    Each,
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.']).flat_map(|part| {
        let mut name = part;
        while let Some(shorter) = name.strip_suffix("[]") {
            name = shorter;
        }
        let arrays = part.len().saturating_sub(name.len()) >> 1;
        let named = (arrays == 0 || !name.is_empty()).then_some(Step::Name(name));
        named.into_iter().chain(iter::repeat_n(Step::Each, arrays))
    })
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

/// How far the path has been followed.
struct Track<'p, 'r> {
    path: &'p str,
    /// How many open containers the path leads into: always the outermost ones.
    level: u32,
    /// The step that is taken in the innermost of these, and whether it is the last of the path.
    step: Option<Step<'p>>,
    last: bool,
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
    const fn new(path: &'p str, raw: bool) -> Self {
        Track {
            path,
            level: 0,
            step: None,
            last: false,
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

    /// The steps from the container at this level on.
    fn from(&self, level: u32) -> impl Iterator<Item = Step<'p>> + use<'p> {
        steps(self.path).skip(usize::try_from(level).unwrap_or_default())
    }

    /// Goes into, or back to, the container at this level.
    fn stand(&mut self, level: u32) {
        self.level = level;
        let mut steps = self.from(level.saturating_sub(1));
        self.step = steps.next();
        self.last = steps.next().is_none();
    }

    /// The bit of the innermost container. A path of more than 32 steps is nobody's.
    fn bit(&mut self) -> u32 {
        let bit = 1u32.checked_shl(self.level.saturating_sub(1)).unwrap_or_default();
        self.ambiguous |= bit == 0;
        bit
    }

    const fn follow(&mut self) {
        self.next = if self.last { Next::Wanted } else { Next::Enter };
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
        if matches!(self.step, Some(Step::Name(wanted)) if name.is(wanted)) {
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
                let step = self.from(self.level).next();
                if step.is_some_and(|step| object == matches!(step, Step::Name(_))) {
                    self.stand(depth);
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
            let bit = self.bit();
            self.lacking |= self.pending & bit != 0;
            self.pending &= !bit;
        }
        self.stand(depth.saturating_sub(1));
    }
}
