//! The row of a scheme, and what is done with it beside verification.

use hookseal::UnixTime;
use hookseal_bindings::{self as core, Asked, Enrolled, Facts, LimitsInTurn, Outgoing};
use hookseal_bindings::{Sent, Signed, Told};
use pyo3::prelude::*;

use crate::python::{Arrived, failed};

/// What `hookseal.Scheme` wraps.
#[pyclass(frozen, module = "hookseal._native")]
pub(crate) struct Row(pub(crate) core::Row);

#[pymethods]
impl Row {
    #[staticmethod]
    fn named(name: &str) -> PyResult<Self> {
        core::Row::named(name).map(Row).map_err(failed)
    }

    #[staticmethod]
    fn read(text: &str, is_toml: bool) -> PyResult<Self> {
        core::Row::read(text, is_toml).map(Row).map_err(failed)
    }

    fn facts(&self) -> Facts<'_> {
        self.0.facts()
    }

    fn has_challenge(&self) -> bool {
        self.0.has_challenge()
    }

    fn answer(&self, py: Python<'_>, expected: &str, it: Arrived) -> PyResult<Option<Sent>> {
        self.0.answer(&it.read(py), UnixTime::from_millis(it.now), expected).map_err(failed)
    }

    fn enrol(&self, py: Python<'_>, it: Arrived) -> PyResult<Enrolled> {
        self.0.enrol(&it.read(py)).map_err(failed)
    }

    fn acknowledgement(&self) -> Sent {
        self.0.acknowledgement()
    }
}

/// Who may send to a receiver, and under which URL.
#[pyclass(frozen, module = "hookseal._native")]
pub(crate) struct Endpoint(core::Endpoint);

#[pymethods]
impl Endpoint {
    #[new]
    fn new(row: &Row, url: Option<&str>, only: Option<Vec<String>>, hops: u32) -> PyResult<Self> {
        core::Endpoint::new(&row.0, url, only.as_deref(), hops).map(Endpoint).map_err(failed)
    }

    fn is_allowed(&self, peer: Option<&str>, forwarded: Vec<Vec<u8>>) -> bool {
        let headers: Vec<_> = forwarded.iter().map(|it| ("x-forwarded-for", &**it)).collect();
        self.0.is_allowed(peer, headers.as_slice())
    }

    fn url(&self, target: &str) -> String {
        self.0.url(target)
    }
}

#[pyfunction]
pub(crate) fn detect(request: Arrived) -> Vec<&'static str> {
    core::detect(&request.headers)
}

#[pyfunction]
pub(crate) fn outcomes() -> Vec<(&'static str, u16, &'static str)> {
    core::outcomes()
}

/// What verifiers are made of, and what signs and explains as they do.
#[pyclass(frozen, module = "hookseal._native")]
pub(crate) struct Setup(pub(crate) core::Setup, pub(crate) Py<Row>);

#[pymethods]
impl Setup {
    #[new]
    fn new(row: Py<Row>, secrets: Vec<Vec<u8>>, limits: LimitsInTurn) -> Self {
        Setup(core::Setup::new(&row.get().0, secrets, limits.into()), row)
    }

    fn sign(&self, py: Python<'_>, event_id: Option<&str>, it: Arrived) -> PyResult<Signed> {
        self.0.sign(&it.read(py), event_id, UnixTime::from_millis(it.now)).map_err(failed)
    }

    fn sign_outgoing(&self, py: Python<'_>, id: Option<&str>, it: Arrived) -> PyResult<Outgoing> {
        self.0.sign_outgoing(&it.read(py), id, UnixTime::from_millis(it.now)).map_err(failed)
    }

    fn explain(&self, py: Python<'_>, asked: Asked, it: Arrived) -> Told {
        let (read, now) = (it.read(py), UnixTime::from_millis(it.now));
        py.detach(|| self.0.explain(&asked, &read, now))
    }
}

#[pyfunction]
pub(crate) fn read_capture(text: &[u8]) -> PyResult<String> {
    core::read_capture(text).map_err(failed)
}
