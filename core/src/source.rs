//! Where a value is in a request, and finding it there.

use core::iter;

use crate::error::Error;
use crate::fields;
use crate::json::find as find_json;
use crate::request::Request;
use crate::url;
use crate::value::Value;

/// Longest value of a header that is read.
pub(crate) const MAX_HEADER: usize = 8192;

/// A place in the request where values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A header; names compare without case.
    Header,
    /// A field of the JSON body, as a path: `a.b`; `a[].b` is the same value in every element.
    Json,
    /// A parameter of the URL's query, decoded, there once.
    Query,
    /// A field of a form-encoded body, decoded, there once.
    Form,
    /// A member of the payload of the JWS that is the signature (feature `jwt`).
    Claim,
    /// The whole body.
    Body,
}

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
    first: usize,
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
    fn split_names(&self) -> (&'a str, impl Iterator<Item = &'a str> + Clone + use<'a>) {
        let (first, others) = self.name.split_at_checked(self.first).unwrap_or((self.name, ""));
        (first, others.split(['|']).skip(1))
    }
}

impl Source<'_> {
    /// Whether the value is inside the body.
    pub(crate) const fn is_in_body(&self) -> bool {
        matches!(self.place, Place::Json | Place::Form | Place::Body)
    }

    /// Whether the value is signed by being where it is, in a scheme that signs the URL or not.
    pub(crate) const fn is_signed(&self, signs_url: bool) -> bool {
        match self.place {
            Place::Claim => true,
            Place::Query => signs_url,
            Place::Header | Place::Json | Place::Form | Place::Body => false,
        }
    }

    /// Hands over every value, in order: those of all alternatives, each item of a list.
    /// Items of a list without the prefix are not values; a value without it is malformed.
    ///
    /// `Ok(true)`: the place itself is there, whether or not it holds a value.
    pub(crate) fn for_each<'r>(
        &self,
        request: &Request<'r>,
        each: &mut impl FnMut(Value<'r>) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        let (first, others) = self.split_names();
        let mut there = false;
        let mut look = |name| {
            // Two signatures where there is one place for one are no signature.
            let value = self.look(name, request).map_err(|error| match error {
                Error::MalformedField => Error::MalformedSignature,
                error => error,
            })?;
            if let Some(value) = value {
                there = true;
                self.items(value, each)?;
            }
            Ok::<(), Error>(())
        };
        look(first)?;
        if self.first < self.name.len() {
            others.into_iter().try_for_each(look)?;
        }
        Ok(there)
    }

    /// The one value, of the first alternative that is there. The same item twice is one value.
    ///
    /// # Errors
    /// `malformed` where the place holds no value of this form, or two that differ.
    #[inline(always)]
    pub(crate) fn one<'r>(
        &self,
        request: &Request<'r>,
        malformed: Error,
    ) -> Result<Option<Value<'r>>, Error> {
        self.one_of(request, malformed, |_| true)
    }

    /// The one value; of a list without a prefix, of the items that are of a form.
    ///
    /// # Errors
    /// As [`one`](Self::one).
    pub(crate) fn one_of<'r>(
        &self,
        request: &Request<'r>,
        malformed: Error,
        is: impl Fn(&[u8]) -> bool,
    ) -> Result<Option<Value<'r>>, Error> {
        let (first, mut others) = self.split_names();
        let mut value = self.look(first, request)?;
        while value.is_none()
            && let Some(name) = others.next()
        {
            value = self.look(name, request)?;
        }
        value.map_or(Ok(None), |value| self.one_item(value, malformed, is))
    }

    fn one_item<'r>(
        &self,
        value: Value<'r>,
        malformed: Error,
        is: impl Fn(&[u8]) -> bool,
    ) -> Result<Option<Value<'r>>, Error> {
        let is_positional = !self.split.is_empty() && self.prefix.is_empty();
        let mut one: Option<Value<'r>> = None;
        self.items(value, &mut |item| match one {
            _ if is_positional && !item.as_bytes().is_some_and(&is) => Ok(()),
            Some(first) if !first.same(&item) => Err(malformed),
            _ => {
                one = Some(item);
                Ok(())
            }
        })?;
        match one {
            None if self.split.is_empty() || is_positional => Err(malformed),
            one => Ok(one),
        }
    }

    /// What this place holds under a name, uncut.
    #[inline(always)] // else its nested result goes through memory
    fn look<'r>(&self, name: &str, request: &Request<'r>) -> Result<Option<Value<'r>>, Error> {
        match self.place {
            Place::Header => only(name, request),
            _ => self.look_further(name, request),
        }
    }

    #[inline(never)] // most values are headers
    fn look_further<'r>(
        &self,
        name: &str,
        request: &Request<'r>,
    ) -> Result<Option<Value<'r>>, Error> {
        match self.place {
            Place::Header => Ok(None),
            Place::Json => find_json(request.body, name).map_err(Error::from),
            Place::Form => {
                let found = fields::find(request.body, name).map_err(|_| Error::MalformedBody)?;
                Ok(found.map(Value::encoded))
            }
            Place::Query => {
                let url = request.url.ok_or(Error::MissingUrl)?;
                let query = url::query(url).unwrap_or_default();
                let found = fields::find(query.as_bytes(), name);
                Ok(found.map_err(|_| Error::MalformedField)?.map(Value::encoded))
            }
            Place::Body => Ok((!request.body.is_empty()).then_some(Value::plain(request.body))),
            #[cfg(feature = "jwt")]
            Place::Claim => request.jws.map_or(Ok(None), |jws| jws.claim(name)),
            #[cfg(not(feature = "jwt"))]
            Place::Claim => Ok(None),
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

/// The one value of a header.
#[inline(always)]
fn only<'r>(name: &str, request: &Request<'r>) -> Result<Option<Value<'r>>, Error> {
    let mut found: Option<&'r [u8]> = None;
    let mut repeated = false;
    request.headers.values(name, |value| repeated |= found.replace(value).is_some());
    if repeated {
        return Err(Error::RepeatedHeader);
    }
    match found {
        Some(value) if value.len() > MAX_HEADER => Err(Error::HeaderTooLarge),
        found => Ok(found.map(Value::plain)),
    }
}
