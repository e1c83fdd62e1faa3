//! A list of signed headers that the delivery names itself.

use core::array;

use crate::content::Content;
use crate::error::Error;
use crate::fields::sort;
use crate::source::{Place, header};
use crate::value::Value;
use crate::word::Word;

/// Most headers that a list may name.
const MAX_HEADERS: usize = 32;

/// A header of the list: its name as the list has it, and its value.
type Named<'r> = (&'r str, &'r [u8]);

impl<'r> Content<'r> {
    /// The list is there, and is one of names that senders give to headers; each header of it is
    /// there once, in one line; and the time, where the list is what signs it, is on the list.
    pub(crate) fn check_headers(&self) -> Result<(), Error> {
        let list = self.header_list()?;
        let mut count: usize = 0;
        for name in names(list) {
            if !is_name(name) {
                return Err(Error::MalformedField);
            }
            self.listed(name)?;
            count = count.saturating_add(1);
        }
        if count == 0 || count > MAX_HEADERS {
            return Err(Error::MalformedField);
        }
        match &self.scheme().timestamp {
            Some(time)
                if time.source.place == Place::Header
                    && !self.scheme().signed.has(Word::Timestamp)
                    && !names(list).any(|name| name.eq_ignore_ascii_case(time.source.name)) =>
            {
                Err(Error::MissingTimestamp)
            }
            _ => Ok(()),
        }
    }

    /// The bytes of a word that is made of the list.
    pub(crate) fn headers(&self, word: Word, sink: &mut dyn FnMut(&[u8])) {
        let Ok(list) = self.header_list() else { return };
        match word {
            Word::HeaderValues => self.header_values(list, sink),
            Word::HeaderLines => self.header_lines(list, sink),
            _ => sink(list.as_bytes()),
        }
    }

    fn header_values(&self, list: &'r str, sink: &mut dyn FnMut(&[u8])) {
        let mut join: &[u8] = b"";
        for (_, value) in names(list).filter_map(|name| self.listed(name).ok()) {
            sink(join);
            sink(value);
            join = b".";
        }
    }

    fn header_lines(&self, list: &'r str, sink: &mut dyn FnMut(&[u8])) {
        let mut lines: [Named<'r>; MAX_HEADERS] = [("", b""); MAX_HEADERS];
        let listed = names(list).filter_map(|name| self.listed(name).ok());
        let count = lines.iter_mut().zip(listed).map(|(line, it)| *line = it).count();
        let mut order: [u8; MAX_HEADERS] = array::from_fn(|at| u8::try_from(at).unwrap_or(u8::MAX));
        let order = order.get_mut(..count).unwrap_or_default();
        let line = |at: u8| lines.get(usize::from(at)).copied().unwrap_or_default();
        sort(order, |one, other| line(one).0.cmp(line(other).0));
        let mut join: &[u8] = b"";
        for (name, value) in order.iter().map(|at| line(*at)) {
            sink(join);
            name.bytes().for_each(|byte| sink(&[byte.to_ascii_lowercase()]));
            sink(b":");
            sink(value.trim_ascii());
            join = b";";
        }
    }

    fn header_list(&self) -> Result<&'r str, Error> {
        let source = self.scheme().signed_headers.ok_or(Error::MissingField)?;
        let list = source.one(self.request(), Error::MalformedField)?.ok_or(Error::MissingField)?;
        list.as_str().ok_or(Error::MalformedField)
    }

    /// The header of a name. A line break in its value could end the part that the list makes.
    fn listed(&self, name: &'r str) -> Result<Named<'r>, Error> {
        let value = header(name).one(self.request(), Error::MalformedField)?;
        let value = value.as_ref().and_then(Value::as_bytes).ok_or(Error::MissingField)?;
        if value.contains(&b'\n') { Err(Error::MalformedField) } else { Ok((name, value)) }
    }
}

/// A byte that parts the list from what follows it is in no name.
fn is_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The names of a list, which are parted by blanks or by commas.
fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split([' ', ',']).filter(|name| !name.is_empty())
}
