//! One field of a JSON text, found in one forward pass: no allocation, no recursion.
//!
//! Strict RFC 8259 over UTF-8, so that no two readers can disagree on the field: a name of the
//! path that is met twice in its object is refused, and so is a lone surrogate. At most 127
//! levels deep, as deep as `serde_json` reads; a fuzz target holds the two against each other.

use crate::cursor::{Cursor, NotJson};
use crate::value::Value;

/// Why a field could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The text is not JSON.
    NotJson,
    /// A name of the path is there twice, or the field is an object or an array.
    Ambiguous,
}

impl From<NotJson> for Failure {
    fn from(_: NotJson) -> Self {
        Self::NotJson
    }
}

/// Finds the string, number or boolean at a path of names (`a.b`). `None`: it is absent or null.
pub(crate) fn find<'r>(text: &'r [u8], path: &str) -> Result<Option<Value<'r>>, Failure> {
    let mut scan = Scan { text: Cursor { rest: text }, open: 0, depth: 0 };
    let mut track = Track { path, level: 0, seen: 0, enter: false, found: None, ambiguous: false };
    let mut wanted = false;
    loop {
        scan.text.blank();
        if !scan.value(&mut track, wanted)? && !scan.after(&mut track)? {
            break;
        }
        wanted = scan.item(&mut track)?;
    }
    match scan.text.rest {
        [] if track.ambiguous => Err(Failure::Ambiguous),
        [] => Ok(track.found),
        _ => Err(Failure::NotJson),
    }
}

const MAX_DEPTH: u32 = 127;

/// How far the path has been followed.
struct Track<'p, 'r> {
    path: &'p str,
    /// How many names of the path lead to the innermost open object on it.
    level: u32,
    /// One bit for each name of the path: each can be entered once only.
    seen: u32,
    /// The value that comes next belongs to a name of the path that is not its last.
    enter: bool,
    found: Option<Value<'r>>,
    ambiguous: bool,
}

impl<'r> Track<'_, 'r> {
    /// Takes a name of an object at this depth, and says whether its value is the one sought.
    fn name(&mut self, name: Value<'_>, depth: u32) -> bool {
        if depth != self.level.saturating_add(1) {
            return false;
        }
        let mut names =
            self.path.split(['.']).skip(usize::try_from(self.level).unwrap_or_default());
        if !names.next().is_some_and(|wanted| name.is(wanted)) {
            return false;
        }
        let bit = 1u32.checked_shl(self.level).unwrap_or_default();
        self.ambiguous |= self.seen & bit != 0 || bit == 0;
        self.seen |= bit;
        let last = names.next().is_none();
        self.enter = !last;
        last
    }

    fn value(&mut self, value: Option<Value<'r>>, wanted: bool) {
        self.enter = false;
        if wanted {
            self.found = value;
        }
    }

    fn open(&mut self, object: bool, wanted: bool) {
        self.ambiguous |= wanted;
        if self.enter && object {
            self.level = self.level.saturating_add(1);
        }
        self.enter = false;
    }

    fn close(&mut self, depth: u32) {
        if self.level.checked_add(1) == Some(depth) {
            self.level = self.level.saturating_sub(1);
        }
    }
}

/// What is left of the text, and which containers are open: one bit each, set for an object.
struct Scan<'r> {
    text: Cursor<'r>,
    open: u128,
    depth: u32,
}

impl<'r> Scan<'r> {
    /// Reads a value, or the opening of one. `true`: a container is open and has an item.
    fn value(&mut self, track: &mut Track<'_, 'r>, wanted: bool) -> Result<bool, Failure> {
        let start = self.text.rest;
        let value = match self.text.next()? {
            open @ (b'{' | b'[') => return self.open(open == b'{', track, wanted),
            b'"' => Some(self.text.string()?),
            b't' => Some(self.text.literal(b"rue", b"true")?),
            b'f' => Some(self.text.literal(b"alse", b"false")?),
            b'n' => self.text.literal(b"ull", b"null").map(|_| None)?,
            first => Some(self.text.number(first, start)?),
        };
        track.value(value, wanted);
        Ok(false)
    }

    fn open(
        &mut self,
        object: bool,
        track: &mut Track<'_, 'r>,
        wanted: bool,
    ) -> Result<bool, Failure> {
        if self.depth == MAX_DEPTH {
            return Err(Failure::NotJson);
        }
        track.open(object, wanted);
        self.open = (self.open << 1) | u128::from(object);
        self.depth = self.depth.saturating_add(1);
        self.text.blank();
        let empty = self.text.take(if object { b'}' } else { b']' });
        if empty {
            self.close(track);
        }
        Ok(!empty)
    }

    fn close(&mut self, track: &mut Track<'_, 'r>) {
        track.close(self.depth);
        self.open >>= 1;
        self.depth = self.depth.saturating_sub(1);
    }

    /// The start of an item: an object's name and colon, or nothing. Says whether the item's value
    /// is the one sought.
    fn item(&mut self, track: &mut Track<'_, 'r>) -> Result<bool, Failure> {
        self.text.blank();
        if self.open & 1 == 0 {
            return Ok(false);
        }
        self.text.expect(b'"')?;
        let name = self.text.string()?;
        self.text.blank();
        self.text.expect(b':')?;
        Ok(track.name(name, self.depth))
    }

    /// After a value: closes what ends here. `true`: another item follows.
    fn after(&mut self, track: &mut Track<'_, 'r>) -> Result<bool, Failure> {
        loop {
            self.text.blank();
            if self.depth == 0 {
                return Ok(false);
            }
            match (self.text.next()?, self.open & 1 == 1) {
                (b',', _) => return Ok(true),
                (b'}', true) | (b']', false) => self.close(track),
                _ => return Err(Failure::NotJson),
            }
        }
    }
}
