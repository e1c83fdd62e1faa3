//! A whole JSON text, read in one forward pass: strict by RFC 8259 over UTF-8, no allocation, no
//! recursion; at most 127 levels deep, as deep as `serde_json` reads.

use crate::cursor::{Cursor, NotJson, before};
use crate::value::Value;

/// What is told of a text while it is read. A `depth` is how many containers are open.
pub(crate) trait Visit<'r> {
    /// The name of the value that comes next.
    fn name(&mut self, name: Value<'r>, depth: u32);

    /// The next value is an item of an array.
    fn item(&mut self, depth: u32);

    /// A string, number or literal: as it is written, and what it says; `None` is null.
    fn value(&mut self, raw: &'r [u8], value: Option<Value<'r>>);

    /// An object or an array, which begins where `text` does.
    fn open(&mut self, object: bool, text: &'r [u8], depth: u32);

    /// The end of the innermost container, and what follows it.
    fn close(&mut self, object: bool, rest: &'r [u8], depth: u32);
}

/// Reads a whole text. What the visitor was told counts only when it is JSON to its end.
pub(crate) fn walk<'r>(text: &'r [u8], visit: &mut dyn Visit<'r>) -> Result<(), NotJson> {
    walk_with(text, visit)
}

/// The same with a visitor of a known type: more code, and less time.
pub(crate) fn walk_with<'r, V>(text: &'r [u8], visit: &mut V) -> Result<(), NotJson>
where
    V: Visit<'r> + ?Sized,
{
    Scan { text: Cursor { rest: text }, open: 0, depth: 0 }.all(visit)
}

/// The same, for a reader who asks where the text is no JSON.
///
/// # Errors
/// How many bytes come before it.
#[cfg(any(feature = "capture", feature = "scheme-text"))]
pub(crate) fn walk_to<'r>(text: &'r [u8], visit: &mut dyn Visit<'r>) -> Result<(), usize> {
    let mut scan = Scan { text: Cursor { rest: text }, open: 0, depth: 0 };
    scan.all(visit).map_err(|NotJson| before(text, scan.text.rest).len())
}

const MAX_DEPTH: u32 = 127;

/// What is left of the text, which is what is no JSON where the scan ends with an error; and which
/// containers are open: one bit each, set for an object.
struct Scan<'r> {
    text: Cursor<'r>,
    open: u128,
    depth: u32,
}

impl<'r> Scan<'r> {
    fn all(&mut self, visit: &mut (impl Visit<'r> + ?Sized)) -> Result<(), NotJson> {
        loop {
            self.text.blank();
            if !self.value(visit)? && !self.after(visit)? {
                break;
            }
            self.item(visit)?;
        }
        self.text.rest.is_empty().then_some(()).ok_or(NotJson)
    }

    /// Reads a value, or the opening of one. `true`: a container is open and has an item.
    fn value(&mut self, visit: &mut (impl Visit<'r> + ?Sized)) -> Result<bool, NotJson> {
        let start = self.text.rest;
        let first = self.text.next()?;
        if let b'{' | b'[' = first {
            return self.open(first == b'{', start, visit);
        }
        let value = self.text.scalar(first, start).inspect_err(|_| self.text.rest = start)?;
        visit.value(before(start, self.text.rest), value);
        Ok(false)
    }

    fn open(
        &mut self,
        object: bool,
        start: &'r [u8],
        visit: &mut (impl Visit<'r> + ?Sized),
    ) -> Result<bool, NotJson> {
        if self.depth == MAX_DEPTH {
            self.text.rest = start;
            return Err(NotJson);
        }
        self.open = (self.open << 1) | u128::from(object);
        self.depth = self.depth.saturating_add(1);
        visit.open(object, start, self.depth);
        self.text.blank();
        let empty = self.text.take(if object { b'}' } else { b']' });
        if empty {
            self.close(visit);
        }
        Ok(!empty)
    }

    fn close(&mut self, visit: &mut (impl Visit<'r> + ?Sized)) {
        visit.close(self.in_object(), self.text.rest, self.depth);
        self.open >>= 1;
        self.depth = self.depth.saturating_sub(1);
    }

    /// The start of an item: an object's name and colon, or nothing.
    fn item(&mut self, visit: &mut (impl Visit<'r> + ?Sized)) -> Result<(), NotJson> {
        if !self.in_object() {
            visit.item(self.depth);
            return Ok(());
        }
        self.text.blank();
        let start = self.text.rest;
        self.text.expect(b'"')?;
        let name = self.text.string().inspect_err(|_| self.text.rest = start)?;
        self.text.blank();
        self.text.expect(b':')?;
        visit.name(name, self.depth);
        Ok(())
    }

    /// After a value: closes what ends here. `true`: another item follows.
    fn after(&mut self, visit: &mut (impl Visit<'r> + ?Sized)) -> Result<bool, NotJson> {
        loop {
            self.text.blank();
            if self.depth == 0 {
                return Ok(false);
            }
            let start = self.text.rest;
            match (self.text.next()?, self.in_object()) {
                (b',', _) => return Ok(true),
                (b'}', true) | (b']', false) => self.close(visit),
                _ => {
                    self.text.rest = start;
                    return Err(NotJson);
                }
            }
        }
    }

    const fn in_object(&self) -> bool {
        self.open & 1 == 1
    }
}
