//! Form-encoded fields: a body of `application/x-www-form-urlencoded`, or the query of a URL.
//!
//! Read as the URL standard reads them, but strictly, so that no two readers can disagree on a
//! field: a malformed escape and a text that is not UTF-8 are refused wherever they are, and so
//! is a field that is sought and met twice. What providers sign of the fields is in `write`.

mod encoded;
mod escape;
mod order;
#[cfg(test)]
pub(crate) mod tests;
mod write;

pub(crate) use encoded::Encoded;
pub(crate) use escape::{percent, stream};
pub(crate) use order::sort;
pub(crate) use write::{Repeats, concatenated, json, marked, pairs, php, query_sorted, sorted_url};

use crate::cursor::first;

/// The text is not form-encoded, holds more than [`MAX_FIELDS`] fields, or a field twice that must
/// be there once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Most fields of a text that are put in order.
pub(crate) const MAX_FIELDS: usize = 256;

/// The value of a field. `None`: there is none of this name.
///
/// # Errors
/// The field is there twice, or anything in the text is malformed: what another reader makes of
/// it could be a second field of this name.
pub(crate) fn find<'r>(text: &'r [u8], name: &str) -> Result<Option<Encoded<'r>>, Malformed> {
    let mut found = None;
    for item in (Items { rest: text }) {
        let (key, value) = cut(item);
        let (key, value) = (Encoded::read(key)?, Encoded::read(value)?);
        if key.is(name) && found.replace(value).is_some() {
            return Err(Malformed);
        }
    }
    Ok(found)
}

/// All fields of a text, as a table of places in it: 3 KiB, however long the text is.
#[derive(Clone)]
pub(crate) struct Fields<'r> {
    text: &'r [u8],
    spans: [Span; MAX_FIELDS],
    /// The fields in order of name and value, each by its place in `spans`.
    order: [u8; MAX_FIELDS],
    count: usize,
}

/// A field in the text: where its name begins and ends, and where its item ends.
#[derive(Clone, Copy, Default)]
struct Span {
    start: u32,
    middle: u32,
    end: u32,
}

impl<'r> Fields<'r> {
    /// Reads every field. Empty items (`a&&b`) are none; an item without `=` has an empty value.
    ///
    /// The work is bounded by the length of the text: at most ten passes over it.
    pub(crate) fn read(text: &'r [u8]) -> Result<Self, Malformed> {
        let order = [0; MAX_FIELDS];
        let mut fields = Fields { text, spans: [Span::default(); MAX_FIELDS], order, count: 0 };
        let mut items = Items { rest: text };
        while let Some(item) = items.next() {
            fields.push(item, items.rest)?;
        }
        fields.sort();
        Ok(fields)
    }

    /// Takes an item, of which the place is known by what follows it.
    fn push(&mut self, item: &'r [u8], after: &[u8]) -> Result<(), Malformed> {
        let (name, value) = cut(item);
        Encoded::read(name)?;
        Encoded::read(value)?;
        let end = self.text.len().saturating_sub(after.len());
        let start = end.saturating_sub(item.len());
        let middle = start.saturating_add(name.len());
        let place = |at: usize| u32::try_from(at).map_err(|_| Malformed);
        let span = Span { start: place(start)?, middle: place(middle)?, end: place(end)? };
        *self.spans.get_mut(self.count).ok_or(Malformed)? = span;
        self.count = self.count.saturating_add(1);
        Ok(())
    }

    fn sort(&mut self) {
        let mut order = self.order;
        let places = order.iter_mut().zip(0..=u8::MAX).take(self.count);
        places.for_each(|(place, index)| *place = index);
        let used = order.get_mut(..self.count).unwrap_or_default();
        sort(used, |one, other| {
            let (one, other) = (self.field(one), self.field(other));
            one.0.compare(other.0).then_with(|| one.1.compare(other.1))
        });
        self.order = order;
    }

    fn field(&self, index: u8) -> (Encoded<'r>, Encoded<'r>) {
        let span = self.spans.get(usize::from(index)).copied().unwrap_or_default();
        self.at(span)
    }

    /// The name and the value of a span, which `read` has checked.
    fn at(&self, span: Span) -> (Encoded<'r>, Encoded<'r>) {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let item = self.text.get(place(span.start)..place(span.end)).unwrap_or_default();
        let name = usize::try_from(span.middle.saturating_sub(span.start)).unwrap_or_default();
        let (name, value) = item.split_at_checked(name).unwrap_or((item, b""));
        (Encoded::checked(name), Encoded::checked(value.get(1..).unwrap_or_default()))
    }

    /// Names and values, in the order of the text.
    pub(crate) fn received(&self) -> impl Iterator<Item = (Encoded<'r>, Encoded<'r>)> {
        self.spans.iter().take(self.count).map(|span| self.at(*span))
    }

    /// Names and values, in order of the decoded name, then of the decoded value, byte by byte.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = (Encoded<'r>, Encoded<'r>)> + Clone {
        self.order.iter().take(self.count).map(|index| self.field(*index))
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The same fields, where no name is there twice: readers differ on which value counts.
    pub(crate) fn distinct(self) -> Result<Distinct<'r>, Malformed> {
        let names = self.sorted().map(|(name, _)| name);
        let twice = names.clone().zip(names.skip(1)).any(|(one, next)| one.compare(next).is_eq());
        if twice { Err(Malformed) } else { Ok(Distinct(self)) }
    }
}

/// Fields of which every name is there once.
#[derive(Clone)]
pub(crate) struct Distinct<'r>(Fields<'r>);

impl<'r> Distinct<'r> {
    pub(crate) const fn fields(&self) -> &Fields<'r> {
        &self.0
    }
}

/// The items of a text, parted by `&`; the empty ones are left out.
struct Items<'r> {
    rest: &'r [u8],
}

impl<'r> Iterator for Items<'r> {
    type Item = &'r [u8];

    fn next(&mut self) -> Option<Self::Item> {
        while let [b'&', tail @ ..] = self.rest {
            self.rest = tail;
        }
        let end = first(self.rest, |byte| byte == b'&').unwrap_or(self.rest.len());
        let (item, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!item.is_empty()).then_some(item)
    }
}

/// The name and the value of an item.
fn cut(item: &[u8]) -> (&[u8], &[u8]) {
    let equals = first(item, |byte| byte == b'=').unwrap_or(item.len());
    let (name, value) = item.split_at_checked(equals).unwrap_or((item, b""));
    (name, value.get(1..).unwrap_or_default())
}
