//! One delivery as it was received.

use core::fmt;

#[cfg(feature = "jwt")]
use crate::jws::Jws;
#[cfg(feature = "alloc")]
use crate::owned_headers::OwnedHeaders;

/// One HTTP request as it was received: headers, raw body, and, for schemes that sign them, the
/// URL and the method.
///
/// ```
/// use hookseal::Request;
/// let headers = [("stripe-signature", "t=1700000000,v1=5257a8")];
/// let request = Request::new(&headers, br#"{"id":"evt_1"}"#);
/// ```
#[derive(Clone, Copy)]
pub struct Request<'r> {
    pub(crate) headers: Headers<'r>,
    pub(crate) body: &'r [u8],
    pub(crate) url: Option<&'r str>,
    pub(crate) method: Option<&'r str>,
    /// The signature, where it is a JWS: its claims are values of the request too.
    #[cfg(feature = "jwt")]
    pub(crate) jws: Option<Jws<'r>>,
}

impl<'r> Request<'r> {
    /// Headers as received, repeats kept, and the raw bytes of the body: before any parsing.
    pub fn new(headers: impl Into<Headers<'r>>, body: &'r [u8]) -> Self {
        Request {
            headers: headers.into(),
            body,
            url: None,
            method: None,
            #[cfg(feature = "jwt")]
            jws: None,
        }
    }

    #[cfg(feature = "jwt")]
    pub(crate) const fn with(self, jws: Jws<'r>) -> Self {
        Request { jws: Some(jws), ..self }
    }

    /// The URL to which the provider was told to deliver, with scheme, host and query. Take scheme
    /// and host from your configuration: what the request says of itself (`Host`,
    /// `X-Forwarded-*`) is the sender's choice. Where the provider adds parameters to the URL, as
    /// some do on every delivery, path and query are those of the request.
    #[must_use]
    pub const fn url(self, url: &'r str) -> Self {
        Request { url: Some(url), ..self }
    }

    /// The HTTP method, upper case.
    #[must_use]
    pub const fn method(self, method: &'r str) -> Self {
        Request { method: Some(method), ..self }
    }
}

/// Sizes only: a request's bytes have no place in a log.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("body_bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// The headers of a request, repeats kept: a slice of pairs, or an `http::HeaderMap` (feature
/// `http`). Names compare without case.
#[derive(Clone, Copy)]
pub struct Headers<'r>(Kind<'r>);

#[derive(Clone, Copy)]
enum Kind<'r> {
    Bytes(&'r [(&'r str, &'r [u8])]),
    Text(&'r [(&'r str, &'r str)]),
    #[cfg(feature = "alloc")]
    Owned(&'r OwnedHeaders),
    #[cfg(feature = "http")]
    Map(&'r http::HeaderMap),
}

impl<'r> Headers<'r> {
    /// Every header, in the order received.
    #[cfg(any(feature = "explain", feature = "capture"))]
    pub(crate) fn each(self, mut each: impl FnMut(&'r str, &'r [u8])) {
        match self.0 {
            Kind::Bytes(pairs) => pairs.iter().for_each(|(name, value)| each(name, value)),
            Kind::Text(pairs) => {
                pairs.iter().for_each(|(name, value)| each(name, value.as_bytes()));
            }
            Kind::Owned(headers) => headers
                .pairs()
                .for_each(|(name, value)| each(str::from_utf8(name).unwrap_or_default(), value)),
            #[cfg(feature = "http")]
            Kind::Map(map) => {
                map.iter().for_each(|(name, value)| each(name.as_str(), value.as_bytes()));
            }
        }
    }

    #[cfg(feature = "alloc")]
    pub(crate) const fn owned(headers: &'r OwnedHeaders) -> Self {
        Headers(Kind::Owned(headers))
    }

    /// Every value under this name, in the order received.
    pub(crate) fn values(self, name: &str, mut each: impl FnMut(&'r [u8])) {
        match self.0 {
            Kind::Bytes(pairs) => pairs
                .iter()
                .filter(|(key, _)| is_name(key.as_bytes(), name.as_bytes()))
                .for_each(|(_, value)| each(value)),
            Kind::Text(pairs) => pairs
                .iter()
                .filter(|(key, _)| is_name(key.as_bytes(), name.as_bytes()))
                .for_each(|(_, value)| each(value.as_bytes())),
            #[cfg(feature = "alloc")]
            Kind::Owned(headers) => headers
                .pairs()
                .filter(|(key, _)| is_name(key, name.as_bytes()))
                .for_each(|(_, value)| each(value)),
            #[cfg(feature = "http")]
            Kind::Map(map) => map.get_all(name).iter().for_each(|value| each(value.as_bytes())),
        }
    }
}

/// Whether a header is that of a name. Most are spelled as the name is.
#[inline(always)]
fn is_name(key: &[u8], name: &[u8]) -> bool {
    key.len() == name.len() && (key == name || same_name(key, name))
}

/// Names of one length compare without case. Most differ in their last eight bytes, which are
/// compared as one word, but for the bit that tells upper from lower case.
#[inline(never)] // so that passing over a name of another length stays a few instructions
fn same_name(key: &[u8], name: &[u8]) -> bool {
    const CASE: u64 = u64::from_ne_bytes([0x20; 8]);
    let word = |name: &[u8]| name.last_chunk::<8>().map(|bytes| u64::from_ne_bytes(*bytes) | CASE);
    word(key) == word(name) && key.eq_ignore_ascii_case(name)
}

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Headers")
    }
}

impl<'r> From<&'r [(&'r str, &'r [u8])]> for Headers<'r> {
    fn from(pairs: &'r [(&'r str, &'r [u8])]) -> Self {
        Headers(Kind::Bytes(pairs))
    }
}

impl<'r, const N: usize> From<&'r [(&'r str, &'r [u8]); N]> for Headers<'r> {
    fn from(pairs: &'r [(&'r str, &'r [u8]); N]) -> Self {
        Headers(Kind::Bytes(pairs))
    }
}

impl<'r> From<&'r [(&'r str, &'r str)]> for Headers<'r> {
    fn from(pairs: &'r [(&'r str, &'r str)]) -> Self {
        Headers(Kind::Text(pairs))
    }
}

impl<'r, const N: usize> From<&'r [(&'r str, &'r str); N]> for Headers<'r> {
    fn from(pairs: &'r [(&'r str, &'r str); N]) -> Self {
        Headers(Kind::Text(pairs))
    }
}

#[cfg(feature = "http")]
impl<'r> From<&'r http::HeaderMap> for Headers<'r> {
    fn from(map: &'r http::HeaderMap) -> Self {
        Headers(Kind::Map(map))
    }
}

/// The headers of `http`'s parts: `Request::new(&parts, body)`. The URL that is signed is the
/// one configured at the provider, which parts cannot know: give it by [`Request::url`].
#[cfg(feature = "http")]
impl<'r> From<&'r http::request::Parts> for Headers<'r> {
    fn from(parts: &'r http::request::Parts) -> Self {
        Headers(Kind::Map(&parts.headers))
    }
}
