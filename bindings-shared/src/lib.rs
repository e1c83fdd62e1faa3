//! What the bindings of every language have in common: the core's borrowed values, owned; its
//! errors, as one; and what is asked of it, in one call each. A binding turns the values of its
//! language into those here, and back. Like the bindings it holds no provider's fact, and no
//! sentence about a delivery.

mod answer;
mod endpoint;
mod failure;
pub mod javascript;
mod prepared;
mod row;
mod setup;

pub use answer::{Enrolled, Outgoing, Pairs, Sent, Signed};
pub use endpoint::Endpoint;
pub use failure::{Failure, More};
pub use prepared::Prepared;
pub use row::{Covered, Facts, Row, covered};
pub use setup::{Asked, Limits, LimitsInTurn, Setup, Told};

use hookseal::explain::Framework;
use hookseal::{Headers, ReceiverOutcome, Request, capture, providers};

/// The names of the providers.
#[must_use]
pub fn names() -> Vec<&'static str> {
    providers::ALL.iter().map(|row| row.name).collect()
}

/// The names of the frameworks that an explanation knows.
#[must_use]
pub fn frameworks() -> Vec<&'static str> {
    Framework::ALL.iter().map(|it| it.name()).collect()
}

/// Code, status and sentence of what becomes of a delivery at a receiver.
#[must_use]
pub fn outcomes() -> Vec<(&'static str, u16, &'static str)> {
    ReceiverOutcome::ALL.iter().map(|it| (it.code(), it.status(), it.message())).collect()
}

/// The names of the providers whose deliveries have such headers.
#[must_use]
pub fn detect<'r>(headers: impl Into<Headers<'r>>) -> Vec<&'static str> {
    hookseal::detect(headers).map(|row| row.name).collect()
}

/// A request of owned values.
#[inline]
pub fn request<'a>(
    headers: impl Into<Headers<'a>>,
    body: &'a [u8],
    url: &'a Option<String>,
    method: &'a Option<String>,
) -> Request<'a> {
    let request = Request::new(headers, body);
    let request = url.iter().fold(request, |request, url| request.url(url));
    method.iter().fold(request, |request, method| request.method(method))
}

/// A captured request, in the core's own JSON form.
///
/// # Errors
/// What the core says of it.
pub fn read_capture(text: &[u8]) -> Result<String, Failure> {
    Ok(capture::read(text)?.to_json())
}
