//! A value cut into the items that a source names.

use crate::cursor::first;
use crate::error::Error;
use crate::fields::Encoded;
use crate::find::Each;
use crate::source::Source;
use crate::value::Value;

/// Most pieces that a list is cut into: 16 signatures, as many items of other kinds, and an empty
/// one between each two, where a blank follows the comma.
const MAX_ITEMS: usize = 64;

/// A text that is cut where it stands: as it is, or form-encoded, where any byte of it may be an
/// escape.
trait Text<'r>: Copy {
    /// What is before the first byte that is a separator, and what follows it.
    fn cut(self, is: impl Fn(u8) -> bool) -> (Self, Option<Self>);
    fn strip_prefix(self, prefix: &str) -> Option<Self>;
    fn strip_quote(self) -> Option<Self>;
    fn is_empty(self) -> bool;
    fn value(self) -> Value<'r>;
}

impl Source<'_> {
    /// Cuts a value into the items that this source names. A JSON string that has escapes has no
    /// items and no prefix.
    pub(crate) fn items<'r>(
        &self,
        value: Value<'r>,
        each: &mut (impl FnMut(Value<'r>) -> Result<(), Error> + ?Sized),
    ) -> Result<(), Error> {
        // Most values are whole: no list and no prefix. Comparing with an empty prefix would not
        // be free either, on machines where a compare of length 0 takes a microcode assist.
        if self.split.is_empty() && self.prefix.is_empty() {
            return each(value);
        }
        match (value.as_bytes(), value.as_encoded()) {
            (Some(bytes), _) => self.items_of(bytes, each),
            (None, Some(encoded)) => {
                let each: &mut Each<'_, '_> = &mut |item| each(item);
                self.items_of(encoded, each)
            }
            (None, None) => Ok(()),
        }
    }

    fn items_of<'r, T: Text<'r>>(
        &self,
        text: T,
        each: &mut (impl FnMut(Value<'r>) -> Result<(), Error> + ?Sized),
    ) -> Result<(), Error> {
        if self.split.is_empty() {
            return self.after_prefix(text).map_or(Ok(()), |it| each(it.value()));
        }
        let mut rest = Some(text);
        for _ in 0..MAX_ITEMS {
            let Some(list) = rest else { return Ok(()) };
            let (item, after) = self.first_item(list);
            if let Some(item) = self.after_prefix(item).filter(|_| !item.is_empty()) {
                each(item.value())?;
            }
            rest = after;
        }
        rest.map_or(Ok(()), |_| Err(Error::TooManySignatures))
    }

    /// The first item of a list, and what follows its separator.
    fn first_item<'r, T: Text<'r>>(&self, list: T) -> (T, Option<T>) {
        match self.split.as_bytes() {
            [one] => list.cut(|byte| byte == *one),
            set => list.cut(|byte| set.contains(&byte)),
        }
    }

    /// What follows the prefix. A quote at the prefix's end opens what a quote must close.
    #[inline(always)]
    fn after_prefix<'r, T: Text<'r>>(&self, text: T) -> Option<T> {
        if self.alternatives || self.is_quoted() {
            return self.after_rare_prefix(text);
        }
        text.strip_prefix(self.prefix)
    }

    #[inline(never)] // few rows have alternatives, or quotes
    fn after_rare_prefix<'r, T: Text<'r>>(&self, text: T) -> Option<T> {
        let text = self.prefix.split(['|']).find_map(|prefix| text.strip_prefix(prefix))?;
        if self.is_quoted() { text.strip_quote() } else { Some(text) }
    }

    /// Whether the prefix ends in a quote.
    pub(crate) const fn is_quoted(&self) -> bool {
        matches!(self.prefix.as_bytes(), [.., b'"'])
    }
}

impl<'r> Text<'r> for &'r [u8] {
    fn cut(self, is: impl Fn(u8) -> bool) -> (Self, Option<Self>) {
        match first(self, is).and_then(|at| self.split_at_checked(at)) {
            Some((item, rest)) => (item, rest.get(1..)),
            None => (self, None),
        }
    }

    /// The prefix is short: a loop is quicker than a call of `memcmp`.
    #[inline(always)]
    fn strip_prefix(self, prefix: &str) -> Option<Self> {
        let (head, rest) = self.split_at_checked(prefix.len())?;
        let begins = head.iter().zip(prefix.as_bytes()).all(|(a, b)| a == b);
        begins.then_some(rest)
    }

    fn strip_quote(self) -> Option<Self> {
        self.strip_suffix(b"\"")
    }

    fn is_empty(self) -> bool {
        self.is_empty()
    }

    fn value(self) -> Value<'r> {
        Value::plain(self)
    }
}

impl<'r> Text<'r> for Encoded<'r> {
    fn cut(self, is: impl Fn(u8) -> bool) -> (Self, Option<Self>) {
        self.cut(is)
    }

    fn strip_prefix(self, prefix: &str) -> Option<Self> {
        self.strip_prefix(prefix)
    }

    fn strip_quote(self) -> Option<Self> {
        self.strip_last(b'"')
    }

    fn is_empty(self) -> bool {
        self.raw().is_empty()
    }

    fn value(self) -> Value<'r> {
        Value::encoded(self)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::string::{String, ToString};
    use std::vec::Vec;

    use super::*;
    use crate::source::form;

    /// The items of a form field, decoded, joined by a blank.
    fn items(source: Source<'_>, field: &str) -> Result<String, Error> {
        let text = Encoded::read(field.as_bytes()).map_err(|_| Error::MalformedBody)?;
        let mut met: Vec<String> = Vec::new();
        source.items(Value::encoded(text), &mut |item| {
            let mut bytes = Vec::new();
            item.for_each_run(&mut |run| bytes.extend_from_slice(run));
            met.push(String::from_utf8_lossy(&bytes).to_string());
            Ok(())
        })?;
        Ok(met.join(" "))
    }

    #[test]
    fn a_separator_counts_in_either_spelling() {
        let list = form("list").item("&", "");
        for field in ["a|1&b|2", "a%7C1%26b%7C2", "a|1%26b%7c2", "%26a%7C1&%26&b|2%26"] {
            assert_eq!(items(list, field).as_deref(), Ok("a|1 b|2"), "{field}");
        }
        assert_eq!(items(list, "%C3%A9+x%26%25"), Ok("\u{e9} x %".into()));
        assert_eq!(items(list, "a%2526b"), Ok("a%26b".into()), "decoded once, and no more");
        assert_eq!(items(list, &"%26".repeat(64)), Err(Error::TooManySignatures));
        assert_eq!(items(list, &"%26".repeat(63)), Ok(String::new()));
    }

    #[test]
    fn a_prefix_counts_in_either_spelling_and_a_quote_is_closed() {
        let list = form("list").item(", ", "tag=\"");
        for field in ["key=\"k\", tag=\"x+y\"", "key%3d%22k%22,+tag%3D%22x+y%22"] {
            assert_eq!(items(list, field), Ok("".into()), "{field}: a blank parts items");
        }
        for field in ["tag=\"xy\"", "key=\"k\"%2C+tag%3D%22xy%22", "+tag=\"x%79\""] {
            assert_eq!(items(list, field), Ok("xy".into()), "{field}");
        }
        for open in ["tag=\"xy", "tag=\"", "tag=xy\"", "tag%3D%22xy", "tag=\"xy%2522"] {
            assert_eq!(items(list, open), Ok(String::new()), "{open}");
        }
    }
}
