//! The URL of a request, which its sender never chooses where it matters.

use core::fmt;

use crate::error::EndpointError;
use crate::scheme::Scheme;

/// The public address under which a provider sends: what is configured there. What a request adds
/// to it gives the URL for [`Request::url`](crate::Request::url).
///
/// With a path it is the whole URL as it is configured, to which the request's query is added, or
/// in whose query's place it comes. Without one, as `https://example.com`, path and query are those
/// of the request.
///
/// ```
/// use hookseal::providers::TWILIO;
/// use hookseal::receive::PublicUrl;
///
/// let origin = PublicUrl::new(Some("https://example.com"), &TWILIO)?;
/// assert_eq!(origin.of("/sms?a=1").to_string(), "https://example.com/sms?a=1");
///
/// let whole = PublicUrl::new(Some("https://example.com/sms"), &TWILIO)?;
/// assert_eq!(whole.of("/behind/the/proxy?a=1").to_string(), "https://example.com/sms?a=1");
/// # Ok::<(), hookseal::EndpointError>(())
/// ```
#[derive(Clone, Copy)]
pub struct PublicUrl<'u> {
    /// The URL without its query.
    base: &'u str,
    /// The query with its `?`; empty where there is none.
    query: &'u str,
    /// Whether the path is that of the request.
    is_origin: bool,
}

impl<'u> PublicUrl<'u> {
    /// The URL that is configured at the provider; without one, for a scheme that does not sign it.
    ///
    /// # Errors
    /// [`NoPublicUrl`](EndpointError::NoPublicUrl) without one for a scheme that
    /// [signs it](Scheme::names_origin), as nothing in a request can be taken for it; and
    /// [`MalformedPublicUrl`](EndpointError::MalformedPublicUrl).
    pub fn new(url: Option<&'u str>, scheme: &Scheme<'_>) -> Result<Self, EndpointError> {
        let Some(url) = url else {
            let nothing = PublicUrl { base: "", query: "", is_origin: true };
            return if scheme.names_origin() {
                Err(EndpointError::NoPublicUrl)
            } else {
                Ok(nothing)
            };
        };
        let (base, query) = split(url, b'?');
        let rest = ["https://", "http://"].iter().find_map(|scheme| base.strip_prefix(scheme));
        let rest = rest.ok_or(EndpointError::MalformedPublicUrl)?;
        let is_plain = |byte: u8| byte > b' ' && byte != 0x7f && byte != b'#';
        if matches!(rest.as_bytes(), [] | [b'/', ..]) || !url.bytes().all(is_plain) {
            return Err(EndpointError::MalformedPublicUrl);
        }
        let query = if query == "?" { "" } else { query };
        Ok(PublicUrl { base, query, is_origin: !rest.as_bytes().contains(&b'/') })
    }

    /// The URL of a request, of which `target` is path and query as they came over the wire. Of a
    /// target that names the whole URL, scheme and host are left out: they are its sender's choice.
    #[must_use]
    pub fn of<'a>(&self, target: &'a str) -> RequestUrl<'a>
    where
        'u: 'a,
    {
        let target = origin_form(target);
        let (_, query) = split(target, b'?');
        let added = match (self.is_origin, query) {
            (true, _) => target,
            (false, "") => self.query,
            (false, query) => query,
        };
        RequestUrl { base: self.base, added }
    }
}

/// What is configured may hold a token.
impl fmt::Debug for PublicUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicUrl")
    }
}

/// The URL of a request, in two parts: shown, or put together, it is one text.
#[derive(Clone, Copy)]
pub struct RequestUrl<'a> {
    base: &'a str,
    added: &'a str,
}

impl<'a> RequestUrl<'a> {
    /// What is configured, and what the request adds to it: for who has no memory to put them
    /// together but his own.
    #[must_use]
    pub const fn parts(&self) -> [&'a str; 2] {
        [self.base, self.added]
    }
}

impl fmt::Display for RequestUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base)?;
        f.write_str(self.added)
    }
}

/// No part of a request has a place in a log.
impl fmt::Debug for RequestUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestUrl")
    }
}

/// Path and query, also of a request line that names the whole URL.
fn origin_form(target: &str) -> &str {
    if target.starts_with('/') {
        return target;
    }
    let after = |at: usize| target.get(at.saturating_add(3)..);
    let scheme = target.as_bytes().windows(3).position(|it| it == b"://");
    let path = split(scheme.and_then(after).unwrap_or_default(), b'/').1;
    if path.is_empty() { "/" } else { path }
}

/// What stands before the first of a byte, and from there on.
fn split(text: &str, at: u8) -> (&str, &str) {
    let at = text.bytes().position(|byte| byte == at);
    at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}
