//! The delivery.

use hookseal::{Body, UnixTime};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::cells::Verified;
use crate::python::{call, exception};
use crate::row::bound;

/// A verified delivery: only `Verifier.verify` makes one. What is not asked for is not computed.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Delivery(pub(crate) Verified);

impl Delivery {
    fn core(&self) -> &hookseal::Delivery<'_> {
        self.0.borrow_dependent()
    }
}

#[pymethods]
impl Delivery {
    /// The raw body that was verified. Raises `BodyUnsignedError` where the scheme does not sign
    /// all of it: see `bound`, and `danger_unsigned_body`.
    #[getter]
    fn body(&self, py: Python<'_>) -> PyResult<&Py<PyBytes>> {
        let scheme = self.0.borrow_owner().core().scheme();
        match (self.core().body(), scheme.lint().next()) {
            (Body::Unsigned(_), Some(found)) => {
                Err(exception(py, ("BodyUnsignedError", found.code(), found.message())))
            }
            _ => Ok(self.danger_unsigned_body()),
        }
    }

    /// The raw body, whether or not the signature covers it: what it does not cover, anybody on
    /// the way may have written.
    #[getter]
    fn danger_unsigned_body(&self) -> &Py<PyBytes> {
        &self.0.borrow_owner().arrived.body
    }

    /// The body as JSON: `json.loads(delivery.body)`, with whatever that raises.
    fn json<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.body(py)?,))
    }

    /// The event id; whether it can be relied on is in `bound.event_id`.
    #[getter]
    fn event_id(&self) -> Option<String> {
        self.core().event_id().map(|it| it.to_text())
    }

    /// The type of the event, where the scheme knows where it is.
    #[getter]
    fn event_type(&self) -> Option<String> {
        self.core().event_type().map(|it| it.to_text())
    }

    /// The signed time of the delivery: an aware `datetime`, in UTC.
    #[getter]
    fn sent_at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        call(py, "moment", (self.core().sent_at().map(UnixTime::as_millis),))
    }

    /// Which secret matched, in the order in which they were given: when the old one of a rotation
    /// has not matched for as long as the provider retries, it can go.
    #[getter]
    fn secret_index(&self) -> usize {
        self.core().secret_index()
    }

    /// What the signature covers.
    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        call(py, "bound", bound(self.core().bound()))
    }

    /// The name of the scheme that was verified.
    #[getter]
    fn scheme(&self) -> &str {
        self.core().scheme()
    }

    /// 32 bytes under which to note that this delivery was handled: a retry has the same. `scope`
    /// is your own: an endpoint, a tenant.
    #[pyo3(signature = (scope=None))]
    fn replay_key(&self, scope: Option<&[u8]>) -> [u8; 32] {
        self.core().replay_key(scope.unwrap_or_default())
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a Delivery cannot be pickled: it would no longer be verified"))
    }

    fn __repr__(&self) -> String {
        format!("<hookseal.Delivery of {:?}>", self.scheme())
    }
}
