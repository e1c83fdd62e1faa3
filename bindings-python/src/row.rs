//! The row of a scheme, and what is done with it beside verification.

use hookseal::explain::{Explainer, Framework};
use hookseal::handshake::{self, Answer, Handshaker, Purpose};
use hookseal::{Bound as Covers, OwnedScheme, Scheme, SchemeMemory, SchemeTextError};
use hookseal::{Signer, UnixTime, capture, providers};
use pyo3::prelude::*;
use self_cell::self_cell;

use crate::python::{Arrived, exception, refused, unusable};
use crate::verifier::{Setup, Verifier};

// The strings of a scheme, the list of its conditions, and the row over both.
self_cell! { struct Conditions { owner: OwnedScheme, #[covariant] dependent: SchemeMemory, } }
self_cell! { struct OwnRow { owner: Conditions, #[covariant] dependent: Scheme, } }

/// What `hookseal.Scheme` wraps.
#[pyclass(frozen, module = "hookseal._native")]
pub(crate) struct Row(OwnRow);

impl Row {
    fn new(owned: OwnedScheme) -> PyResult<Self> {
        let conditions = Conditions::new(owned, OwnedScheme::memory);
        let row = OwnRow::new(conditions, |it| it.borrow_owner().row(it.borrow_dependent()));
        row.borrow_dependent().check().map_err(unusable)?;
        Ok(Row(row))
    }

    pub(crate) fn scheme(&self) -> &Scheme<'_> {
        self.0.borrow_dependent()
    }
}

type Pairs = Vec<(String, String)>;

/// Status, headers and body.
type Sent = (u16, Pairs, String);

#[pymethods]
impl Row {
    #[staticmethod]
    fn named(name: &str) -> PyResult<Self> {
        Row::new(providers::by_name(name).map_err(unusable)?.into())
    }

    #[staticmethod]
    fn read(text: &str, is_toml: bool) -> PyResult<Self> {
        let read = if is_toml { OwnedScheme::from_toml } else { OwnedScheme::from_json };
        let failed =
            |it: SchemeTextError| exception(("SchemeError", it.code(), it.to_string(), it.key()));
        Row::new(read(text).map_err(failed)?)
    }

    fn facts(&self) -> ([&str; 6], String, Covered, bool, Vec<[&str; 3]>) {
        let row = self.scheme();
        let [algorithm, retry] = [row.algorithm.name(), row.retry.name()];
        let texts =
            [row.name, algorithm, row.signed.text(), retry, row.confidence.name(), row.source];
        let findings = row.lint().map(|it| [it.code(), it.severity().name(), it.message()]);
        (texts, row.to_toml(), covered(row.bound()), row.names_origin(), findings.collect())
    }

    /// The headers of a signed delivery, and the bare signature.
    fn sign(
        &self,
        py: Python<'_>,
        secret: &[u8],
        weak: bool,
        event_id: Option<&str>,
        request: Arrived,
    ) -> PyResult<(Pairs, String)> {
        let make = if weak { Signer::danger_weak_secret } else { Signer::new };
        let signer = make(self.scheme(), secret).map_err(unusable)?;
        let signed = signer.sign(&request.read(py), event_id, UnixTime::from_millis(request.now));
        let signed = signed.map_err(|it| exception(("SigningError", it.code(), it.message())))?;
        Ok((pairs(signed.headers()), signed.signature().to_owned()))
    }

    #[getter]
    fn has_challenge(&self) -> bool {
        self.scheme().handshakes.iter().any(|it| it.purpose == Purpose::Challenge)
    }

    /// The answer to a challenge, with the key of a verifier or without; `None`: it is none.
    fn answer(
        &self,
        py: Python<'_>,
        verifier: Option<&Verifier>,
        expected: &str,
        request: Arrived,
    ) -> PyResult<Option<Sent>> {
        let (read, now) = (request.read(py), UnixTime::from_millis(request.now));
        let with_key = verifier.map(|it| Handshaker::new(it.core()));
        let handshaker = with_key.unwrap_or_else(|| Handshaker::without_key(self.scheme()));
        let answer = handshaker.expecting(expected).answer(&read, now).map_err(refused)?;
        Ok(answer.as_ref().map(sent))
    }

    /// What a request brought, whether that is a key, and the answer to it.
    fn enrol(&self, py: Python<'_>, request: Arrived) -> PyResult<(String, bool, Sent)> {
        let brought = handshake::enrol(self.scheme(), &request.read(py)).map_err(refused)?;
        Ok((brought.value().to_text(), brought.is_key(), sent(brought.answer())))
    }

    fn acknowledgement(&self) -> Sent {
        sent(&handshake::acknowledgement(self.scheme()))
    }
}

fn sent(answer: &Answer<'_>) -> Sent {
    (answer.status(), pairs(answer.headers()), answer.body().to_string())
}

fn pairs<'a>(headers: impl Iterator<Item = (&'a str, impl ToString)>) -> Pairs {
    headers.map(|(name, value)| (name.to_owned(), value.to_string())).collect()
}

/// How much of the body; and whether event id, time, URL and method.
pub(crate) type Covered = (&'static str, [bool; 4]);

pub(crate) fn covered(it: Covers) -> Covered {
    (it.body.name(), [it.event_id, it.timestamp, it.url, it.method])
}

#[pyfunction]
pub(crate) fn detect(request: Arrived) -> Vec<&'static str> {
    hookseal::detect(&request.headers).map(|row| row.name).collect()
}

/// As JSON; as a report, without the signed content and with it, without colours and with them; and
/// the signature that is expected, where that is asked for.
type Explained = (String, [[String; 2]; 2], Option<String>);

/// Explains the verdict of a verifier that is set up like this.
#[pyfunction]
pub(crate) fn explain(
    py: Python<'_>,
    row: &Row,
    setup: Setup,
    others: Vec<Vec<u8>>,
    framework: Option<&str>,
    request: Arrived,
    shows_expected: bool,
) -> Explained {
    let explainer = others.iter().fold(setup.explainer(row.scheme()), Explainer::other_secret);
    let framework = framework.and_then(Framework::by_name);
    let explainer = framework.into_iter().fold(explainer, Explainer::framework);
    let (read, now) = (request.read(py), UnixTime::from_millis(request.now));
    let found = py.detach(|| explainer.explain(&read, now));
    let reports = [found.report(), found.report().with_content()];
    let reports = reports.map(|it| [false, true].map(|colours| it.coloured(colours).to_string()));
    let expected = shows_expected.then(|| explainer.danger_expected_signature(&read));
    (found.to_json(), reports, expected.flatten())
}

/// A captured request, in the core's own JSON form.
#[pyfunction]
pub(crate) fn read_capture(text: &[u8]) -> PyResult<String> {
    let read = capture::read(text).map(|it| it.to_json());
    read.map_err(|it| exception(("CaptureError", it.code(), it.to_string())))
}
