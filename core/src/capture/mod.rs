//! Reads one webhook request that somebody captured, from the bytes of the file they kept.
//!
//! Five forms are told apart by their content, never by a file name: see [`Form`]. Nothing is
//! fetched, no file is opened, nothing is percent-decoded, and header names, repeats, order and
//! values stay as they were captured, because a signature covers bytes and not their meaning.
//! Where a form cannot say which bytes were sent, reading it is an error and not a guess.
//!
//! The one thing that may be a guess is [`Captured::url`]: most forms know the host and the path
//! but not the scheme, and none knows what a proxy rewrote. The URL that a provider signs is the
//! receiver's own configuration; use the captured one to explain a delivery, not to accept it.
//!
//! [`Form`]: crate::capture::Form
//! [`Captured::url`]: crate::capture::Captured::url

mod curl;
mod error;
mod har;
mod http;
mod json;
mod lambda;
mod options;
mod shell;
mod text;
mod tree;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use error::CaptureError;
#[cfg(feature = "outgoing")]
pub(crate) use text::percent_encoded;
use tree::Node;

use crate::request::Request;

/// A request as somebody captured it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Captured {
    /// The method, where the form tells it.
    pub method: Option<String>,
    /// The URL as far as the capture tells it. Where only a host and a path were captured the
    /// scheme is taken to be `https`: compare the module's documentation before you rely on it.
    pub url: Option<String>,
    /// The headers in their order, repeats and spelling kept.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, with transfer codings and base64 taken off and content codings left on.
    pub body: Vec<u8>,
}

/// The form in which a request was captured.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A raw HTTP/1.0 or HTTP/1.1 request message.
    Http,
    /// A HAR log with one entry, a HAR entry, or a HAR request.
    Har,
    /// A curl command line, as a POSIX shell takes it.
    Curl,
    /// An AWS event: API Gateway 1.0 or 2.0, a function URL, or a load balancer.
    Lambda,
    /// `{"method", "url", "headers", "body" | "body_base64"}`, as [`Captured::to_json`] writes it.
    Json,
}

/// A request that is to be kept, or sent.
///
/// ```
/// use hookseal::Request;
/// use hookseal::capture::Captured;
///
/// let headers = [("x-id", "1"), ("X-Id", "2")];
/// let kept = Captured::from(&Request::new(&headers, b"{}").url("/hook"));
/// assert_eq!((kept.headers.len(), kept.url.as_deref(), kept.method), (2, Some("/hook"), None));
/// ```
impl From<&Request<'_>> for Captured {
    fn from(request: &Request<'_>) -> Self {
        let mut headers = Vec::new();
        request.headers.each(|name, value| headers.push((name.into(), value.into())));
        Captured {
            method: request.method.map(Into::into),
            url: request.url.map(Into::into),
            headers,
            body: request.body.into(),
        }
    }
}

/// Reads a captured request, in whichever [`Form`] it is.
///
/// # Errors
/// A [`CaptureError`] when the form is not recognised, or does not tell which bytes were sent.
///
/// # Examples
/// ```
/// let request = hookseal::capture::read(b"curl https://example.com/hook -d '{\"id\":1}'")?;
/// assert_eq!(request.method.as_deref(), Some("POST"));
/// assert_eq!(request.body, b"{\"id\":1}");
/// # Ok::<(), hookseal::capture::CaptureError>(())
/// ```
pub fn read(input: &[u8]) -> Result<Captured, CaptureError> {
    match Capture::recognise(input)? {
        Capture::Http(message) => http::read(message),
        Capture::Curl(command) => curl::read(command),
        Capture::Har(document) => har::read(&document),
        Capture::Lambda(event) => lambda::read(&event),
        Capture::Json(request) => json::read(&request),
    }
}

impl Form {
    /// The form that [`read`] takes `input` for; the request may still turn out to be malformed.
    ///
    /// # Errors
    /// [`CaptureError::Empty`], [`CaptureError::Unrecognised`], or what is wrong with the JSON.
    pub fn of(input: &[u8]) -> Result<Self, CaptureError> {
        Capture::recognise(input).map(|capture| match capture {
            Capture::Http(_) => Self::Http,
            Capture::Curl(_) => Self::Curl,
            Capture::Har(_) => Self::Har,
            Capture::Lambda(_) => Self::Lambda,
            Capture::Json(_) => Self::Json,
        })
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "raw HTTP message",
            Self::Har => "HAR file",
            Self::Curl => "curl command line",
            Self::Lambda => "AWS Lambda event",
            Self::Json => "JSON request",
        })
    }
}

/// Shows names and lengths only: captured headers hold tokens, and bodies hold customers.
impl fmt::Debug for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lengths = self.headers.iter().map(|(name, value)| (name, Length(value.len())));
        f.debug_struct("Captured")
            .field("method", &self.method.as_ref().map(|method| Length(method.len())))
            .field("url", &self.url.as_ref().map(|url| Length(url.len())))
            .field("headers", &lengths.collect::<Vec<_>>())
            .field("body", &Length(self.body.len()))
            .finish()
    }
}

struct Length(usize);

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0)
    }
}

/// A form, with what its reader needs.
enum Capture<'i> {
    Http(&'i [u8]),
    Curl(&'i [u8]),
    Har(Node),
    Lambda(Node),
    Json(Node),
}

impl<'i> Capture<'i> {
    fn recognise(input: &'i [u8]) -> Result<Self, CaptureError> {
        // Editors on Windows put a byte order mark before any text they save.
        let input = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input).trim_ascii_start();
        let first_line = input.split(|byte| *byte == b'\n').next().unwrap_or_default();
        match input {
            [] => Err(CaptureError::Empty),
            [b'{', ..] => Self::of_document(tree::parse(input)?),
            [b'c', b'u', b'r', b'l', next, ..] if next.is_ascii_whitespace() || *next == b'\\' => {
                Ok(Self::Curl(input))
            }
            _ if first_line.windows(6).any(|part| part == b" HTTP/") => Ok(Self::Http(input)),
            _ => Err(CaptureError::Unrecognised),
        }
    }

    /// Tells the JSON forms apart by keys that the others do not have. The keys must have the
    /// right shape, because a webhook's body pasted alone may well have a `log` or a `request`.
    fn of_document(document: Node) -> Result<Self, CaptureError> {
        let has = |key| document.get(key).is_some();
        let log = document.get("log").is_some_and(|log| log.get("entries").is_some());
        let entry = document.get("request").is_some_and(|request| request.get("headers").is_some());
        let own = has("body") || has("body_base64");
        let har_request = ["postData", "bodySize", "httpVersion"].into_iter().any(has);
        if has("httpMethod") || has("requestContext") {
            Ok(Self::Lambda(document))
        } else if !own && (log || entry || har_request) {
            Ok(Self::Har(document))
        } else if own || has("headers") {
            Ok(Self::Json(document))
        } else {
            Err(CaptureError::Unrecognised)
        }
    }
}
