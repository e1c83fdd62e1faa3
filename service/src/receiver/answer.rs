//! What is sent: status, headers, body.

use core::fmt;

use bytes::Bytes;
use hookseal::handshake;
use hookseal::{Error, ReceiverOutcome, Scheme};

/// Seconds after which a provider may come again where the store is at fault.
const STORE_RETRY: u32 = 5;

/// An answer, for any HTTP server.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The refusal of a request: one line of text, whatever the reason was.
    pub(super) fn refusal(status: u16) -> Self {
        let headers = vec![pair("content-type", "text/plain; charset=utf-8")];
        Answer { status, headers, body: Error::PUBLIC_MESSAGE.to_owned() }
    }

    /// What the provider wants to read for a delivery that was taken.
    pub(super) fn acknowledgement(scheme: &Scheme<'_>) -> Self {
        Answer::from(&handshake::acknowledgement(scheme))
    }

    /// Without a body: the sentence is for the log.
    pub(super) const fn empty(outcome: ReceiverOutcome) -> Self {
        Answer { status: outcome.status(), headers: Vec::new(), body: String::new() }
    }

    pub(super) fn later(outcome: ReceiverOutcome, seconds: u32) -> Self {
        Answer { headers: vec![pair("retry-after", &seconds.to_string())], ..Self::empty(outcome) }
    }

    pub(super) fn store_trouble(outcome: ReceiverOutcome) -> Self {
        Self::later(outcome, STORE_RETRY)
    }

    /// As an answer of the crate `http`.
    #[must_use]
    pub fn into_http<B: From<Bytes>>(self) -> http::Response<B> {
        let mut answer = http::Response::new(B::from(Bytes::from(self.body)));
        *answer.status_mut() =
            http::StatusCode::from_u16(self.status).unwrap_or(http::StatusCode::FORBIDDEN);
        for (name, value) in self.headers {
            let name = http::HeaderName::try_from(name);
            if let (Ok(name), Ok(value)) = (name, http::HeaderValue::try_from(value)) {
                answer.headers_mut().append(name, value);
            }
        }
        answer
    }
}

impl From<&handshake::Answer<'_>> for Answer {
    fn from(answer: &handshake::Answer<'_>) -> Self {
        let headers = answer.headers().map(|(name, value)| pair(name, &value.to_string()));
        Answer {
            status: answer.status(),
            headers: headers.collect(),
            body: answer.body().to_string(),
        }
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// A challenge, or the proof of a key, has no place in a log.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).finish_non_exhaustive()
    }
}
