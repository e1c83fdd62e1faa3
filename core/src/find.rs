//! Finding the values of a source in a request.

use crate::error::Error;
use crate::fields;
use crate::json::find as find_json;
use crate::request::Request;
use crate::source::{Place, Source};
use crate::url;
use crate::value::Value;

/// Longest value of a header that is read.
pub(crate) const MAX_HEADER: usize = 8192;

/// What takes values, where the time of a call does not matter.
pub(crate) type Each<'e, 'r> = dyn FnMut(Value<'r>) -> Result<(), Error> + 'e;

impl Source<'_> {
    /// Hands over every value, in order: those of all alternatives, each item of a list.
    /// Items of a list without the prefix are not values; a value without it is malformed.
    ///
    /// `Ok(true)`: the place itself is there, whether or not it holds a value.
    pub(crate) fn for_each<'r>(
        &self,
        request: &Request<'r>,
        each: &mut (impl FnMut(Value<'r>) -> Result<(), Error> + ?Sized),
    ) -> Result<bool, Error> {
        let (first, others) = self.split_names();
        let mut there = false;
        let mut look = |name| {
            let value = match self.place {
                Place::Header => only(name, request)?,
                _ => self.look_for_signature(name, request)?,
            };
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

    /// Two signatures where there is one place for one are no signature.
    #[inline(never)]
    fn look_for_signature<'r>(
        &self,
        name: &str,
        request: &Request<'r>,
    ) -> Result<Option<Value<'r>>, Error> {
        self.look_further(name, request).map_err(|error| match error {
            Error::MalformedField => Error::MalformedSignature,
            error => error,
        })
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
        self.one_of(request, malformed, &|_| true)
    }

    /// The one value; of a list without a prefix, of the items that are of a form.
    ///
    /// # Errors
    /// As [`one`](Self::one).
    #[inline]
    pub(crate) fn one_of<'r>(
        &self,
        request: &Request<'r>,
        malformed: Error,
        is: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Option<Value<'r>>, Error> {
        let (first, mut others) = self.split_names();
        let mut value = self.look(first, request)?;
        while value.is_none()
            && let Some(name) = others.next()
        {
            value = self.look(name, request)?;
        }
        // Most values are whole.
        if self.split.is_empty() && self.prefix.is_empty() {
            return Ok(value);
        }
        value.map_or(Ok(None), |value| self.one_item(value, malformed, is))
    }

    #[inline]
    fn one_item<'r>(
        &self,
        value: Value<'r>,
        malformed: Error,
        is: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Option<Value<'r>>, Error> {
        let is_positional = !self.split.is_empty() && self.prefix.is_empty();
        let mut one: Option<Value<'r>> = None;
        self.items(value, &mut |item| match one {
            _ if is_positional && !item.as_bytes().is_some_and(is) => Ok(()),
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
