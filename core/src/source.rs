//! Where a value is in a request.

use core::iter;

pub use crate::vocabulary::Place;

/// Where one value of the request is: *in this place, under this name; of the list split at any
/// byte of a set, the items that begin with a prefix*.
///
/// `header("a|b")`, `json("a.id|id")` name alternatives: a single value comes from the first that is there,
/// signatures from all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The place.
    pub place: Place,
    /// The name in it; alternatives are parted by `|`.
    pub name: &'a str,
    /// The bytes that part the items of a list; empty: the value is no list.
    pub split: &'a str,
    /// What the value, or the item, begins with; alternatives are parted by `|`. A quote at its end
    /// opens what a quote must close.
    pub prefix: &'a str,
    /// The byte between the id of a key and the signature under it, where signatures are filed
    /// under their keys' ids.
    pub key_mark: Option<u8>,
    /// Whether there are alternatives of the prefix.
    pub(crate) alternatives: bool,
    /// The length of the first name.
    pub(crate) first: usize,
}

/// A header's value.
#[must_use]
pub const fn header(name: &str) -> Source<'_> {
    Source::at(Place::Header, name)
}

/// A string or number of the JSON body, by its path (`"data.id"`).
#[must_use]
pub const fn json(path: &str) -> Source<'_> {
    Source::at(Place::Json, path)
}

/// A parameter of the URL's query.
#[must_use]
pub const fn query(name: &str) -> Source<'_> {
    Source::at(Place::Query, name)
}

/// A field of a form-encoded body.
#[must_use]
pub const fn form(name: &str) -> Source<'_> {
    Source::at(Place::Form, name)
}

/// A claim of the JWS that is the signature.
#[must_use]
pub const fn claim(name: &str) -> Source<'_> {
    Source::at(Place::Claim, name)
}

/// The whole body: a JWS that is sent as one.
#[must_use]
pub const fn body() -> Source<'static> {
    Source::at(Place::Body, "body")
}

impl<'a> Source<'a> {
    pub(crate) const fn at(place: Place, name: &'a str) -> Self {
        let first = first_length(name.as_bytes());
        Source { place, name, split: "", prefix: "", key_mark: None, alternatives: false, first }
    }

    /// The value must begin with `prefix`, and is what follows.
    #[must_use]
    pub const fn prefix(self, prefix: &'a str) -> Self {
        let alternatives = first_length(prefix.as_bytes()) < prefix.len();
        Source { prefix, alternatives, ..self }
    }

    /// The value is a list, split at any byte of `split`; of its items, those that begin with
    /// `prefix`.
    #[must_use]
    pub const fn item(self, split: &'a str, prefix: &'a str) -> Self {
        Source { split, ..self.prefix(prefix) }
    }

    /// A signature follows the public half of its secret
    /// ([`Scheme::key_id`](crate::Scheme::key_id)) and a byte: one under another id is not ours.
    #[must_use]
    pub const fn under_key_id(self, mark: u8) -> Self {
        Source { key_mark: Some(mark), ..self }
    }

    /// The names, in the order in which they are tried.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let (first, others) = self.split_names();
        iter::once(first).chain(others)
    }

    /// The first name, which is most often the only one, and the others. An array, not a char: the
    /// search for a char is `memchr`, whose index check the compiler cannot prove away.
    #[inline]
    pub(crate) fn split_names(&self) -> (&'a str, impl Iterator<Item = &'a str> + Clone + use<'a>) {
        let (first, others) = self.name.split_at_checked(self.first).unwrap_or((self.name, ""));
        (first, others.split(['|']).skip(1))
    }
}

impl Source<'_> {
    /// Whether the value is inside the body.
    pub(crate) const fn is_in_body(&self) -> bool {
        matches!(self.place, Place::Json | Place::Form | Place::Body)
    }

    /// Whether the value is a claim of the JWS that is the signature.
    pub(crate) const fn is_claim(&self) -> bool {
        matches!(self.place, Place::Claim)
    }

    /// Whether the value is signed by being where it is, in a scheme that signs the URL or not.
    pub(crate) const fn is_signed(&self, signs_url: bool) -> bool {
        match self.place {
            Place::Claim => true,
            Place::Query => signs_url,
            Place::Header | Place::Json | Place::Form | Place::Body => false,
        }
    }
}

/// The length of a name up to its first `|`.
const fn first_length(name: &[u8]) -> usize {
    let mut rest = name;
    while let [byte, tail @ ..] = rest {
        if *byte == b'|' {
            break;
        }
        rest = tail;
    }
    name.len().saturating_sub(rest.len())
}
