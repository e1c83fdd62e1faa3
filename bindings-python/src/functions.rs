//! What is beside verification.

use hookseal::handshake::{Answer, Handshaker, acknowledgement, enrol};
use hookseal::{Error, Signer, UnixTime, providers};
use pyo3::prelude::*;

use crate::headers::Wanted;
use crate::python::{exception, refused, setup};
use crate::request::Received;
use crate::row::Row;
use crate::verifier::Verifier;

/// The names of the providers.
#[pyfunction]
pub(crate) fn names() -> Vec<&'static str> {
    providers::ALL.iter().map(|row| row.name).collect()
}

/// The names of the providers whose deliveries have such headers.
#[pyfunction]
pub(crate) fn detect(received: Received<'_>) -> PyResult<Vec<&'static str>> {
    let arrived = received.read(&Wanted::ALL)?;
    Ok(hookseal::detect(&arrived.headers).map(|row| row.name).collect())
}

type Pairs = Vec<(String, String)>;

/// The headers of a signed delivery, and the bare signature.
#[pyfunction]
pub(crate) fn sign(
    row: &Row,
    secret: &[u8],
    weak: bool,
    received: Received<'_>,
    event_id: Option<&str>,
    now: i64,
) -> PyResult<(Pairs, String)> {
    let py = received.0.py();
    let arrived = received.read(&Wanted::ALL)?;
    let make = if weak { Signer::danger_weak_secret } else { Signer::new };
    let signer = make(row.0.get(), secret).map_err(|error| setup(py, error))?;
    let signed = signer.sign(&arrived.request(py), event_id, UnixTime::from_millis(now));
    let failed = |error: Error| exception(py, ("SigningError", error.code(), error.message()));
    let signed = signed.map_err(failed)?;
    let headers = signed.headers().map(|(name, value)| (name.to_owned(), value.to_string()));
    Ok((headers.collect(), signed.signature().to_owned()))
}

/// Status, headers and body; what the request brought, and whether that is a key.
type Sent = (u16, Pairs, String, String, bool);

/// The answer to a challenge, with the key of a verifier or without; `None`: it is none.
#[pyfunction]
pub(crate) fn answer_challenge(
    row: &Row,
    verifier: Option<&Verifier>,
    received: Received<'_>,
    expected: &str,
    now: i64,
) -> PyResult<Option<Sent>> {
    let py = received.0.py();
    let arrived = received.read(&Wanted::ALL)?;
    let with_key = verifier.map(|it| Handshaker::new(it.prepared.borrow_dependent()));
    let handshaker = with_key.unwrap_or_else(|| Handshaker::without_key(row.0.get()));
    let request = arrived.request(py);
    let answer = handshaker.expecting(expected).answer(&request, UnixTime::from_millis(now));
    Ok(answer.map_err(|error| refused(py, error))?.map(|it| sent(&it, String::new(), false)))
}

/// The answer to a request that brings a key, or a text to hand back; without a request, that to a
/// delivery which was taken.
#[pyfunction]
pub(crate) fn answer_openly(row: &Row, received: Option<Received<'_>>) -> PyResult<Sent> {
    let row = row.0.get();
    let Some(received) = received else {
        return Ok(sent(&acknowledgement(row), String::new(), false));
    };
    let py = received.0.py();
    let arrived = received.read(&Wanted::ALL)?;
    let request = arrived.request(py);
    let brought = enrol(row, &request).map_err(|error| refused(py, error))?;
    Ok(sent(brought.answer(), brought.value().to_text(), brought.is_key()))
}

fn sent(answer: &Answer<'_>, brought: String, is_key: bool) -> Sent {
    let headers = answer.headers().map(|(name, value)| (name.to_owned(), value.to_string()));
    (answer.status(), headers.collect(), answer.body().to_string(), brought, is_key)
}
