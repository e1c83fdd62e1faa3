//! What is sent: answers to endpoint validations, and signed headers.

use hookseal::handshake::{Answer, Handshaker};
use hookseal::{Request, UnixTime};

use crate::failure::Failure;

/// Names and values.
pub type Pairs = Vec<(String, String)>;

/// Status, headers and body.
pub type Sent = (u16, Pairs, String);

/// What a request brought, whether that is a key, and the answer.
pub type Enrolled = (String, bool, Sent);

/// The headers of a signed delivery, and the bare signature.
pub type Signed = (Pairs, String);

/// What is added to a request so that it verifies: headers; name, value and place of a signature that
/// is no header; and the signed request in the core's own JSON form.
pub type Outgoing = (Pairs, Option<(String, String, &'static str)>, String);

pub(crate) fn answered(
    handshaker: Handshaker<'_>,
    request: &Request<'_>,
    now: UnixTime,
    expected: &str,
) -> Result<Option<Sent>, Failure> {
    let answer = handshaker.expecting(expected).answer(request, now)?;
    Ok(answer.as_ref().map(sent))
}

pub(crate) fn sent(answer: &Answer<'_>) -> Sent {
    (answer.status(), pairs(answer.headers()), answer.body().to_string())
}

pub(crate) fn pairs<'a>(headers: impl Iterator<Item = (&'a str, impl ToString)>) -> Pairs {
    headers.map(|(name, value)| (name.to_owned(), value.to_string())).collect()
}
