//! The verifier, and the deliveries that it makes.

use hookseal::{Delivery as Verified, UnixTime};
use hookseal_bindings::{Prepared, Sent, covered};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use self_cell::self_cell;

use crate::python::{
    Arrived, Called, Name, Object, call, failed as refused, raw_body, read_headers,
};
use crate::row::{Row, Setup};

/// Bodies from this size on are verified without the interpreter's lock. To give it up and take
/// it again was measured at 30 to 110 ns where nobody waits for it: from here on under 1 %.
const UNLOCKED: usize = 16 << 10;

self_cell! { struct Held { owner: (Arrived, Py<Verifier>), #[covariant] dependent: Verified, } }

/// With the headers that its row reads, in lower case; without such it reads all.
#[pyclass(frozen, subclass, module = "hookseal._native")]
pub(crate) struct Verifier(Prepared, Option<Vec<Name>>, #[pyo3(get, name = "_row")] Py<Row>);

#[pymethods]
impl Verifier {
    #[new]
    fn new(py: Python<'_>, setup: &Setup) -> PyResult<Self> {
        let key = |name: String| (name.clone(), PyString::intern(py, &name).unbind());
        let names = setup.0.row().header_names().map(|it| it.into_iter().map(key).collect());
        Ok(Verifier(setup.0.verifier().map_err(refused)?, names, setup.1.clone_ref(py)))
    }

    fn _answer(&self, py: Python<'_>, expected: &str, it: Arrived) -> PyResult<Option<Sent>> {
        self.0.answer(&it.read(py), UnixTime::from_millis(it.now), expected).map_err(refused)
    }

    fn _window(&self) -> Option<u64> {
        self.0.borrow_dependent().window_length()
    }

    /// Verifies one delivery: the raw body, and the headers as received; of a `dict` the keys in
    /// lower case count where all that are read are there so, else they are matched without case,
    /// and one that is there twice is refused. `url` is the one that is configured at the provider;
    /// `now` is Unix time in seconds, or an aware `datetime`.
    ///
    /// Raises `VerificationError`; and `TypeError` for a body that is no longer raw.
    #[pyo3(signature = (body, headers, *, url=None, method=None, now=None))]
    fn verify<'py>(
        slf: Bound<'py, Self>,
        body: Object<'py>,
        headers: Object<'py>,
        url: Option<Bound<'py, PyString>>,
        method: Option<Bound<'py, PyString>>,
        now: Option<Object<'py>>,
    ) -> PyResult<Delivery> {
        let py = slf.py();
        let now = match now {
            None => UnixTime::now().as_millis(),
            Some(now) => call(py, "milliseconds", (now,))?.extract()?,
        };
        // First the headers: to read them may run code of the caller's, which may change the body.
        let found = read_headers(slf.get().1.as_deref(), &headers)?;
        let body = raw_body(body, &headers)?;
        let [url, method] = [url, method].map(|it| Some(it?.to_string_lossy().into_owned()));
        let arrived = Arrived { headers: found, body, url, method, now };
        let held = Held::try_new((arrived, slf.unbind()), |(arrived, verifier)| {
            let (core, request) = (verifier.get().0.borrow_dependent(), arrived.read(py));
            let verify = || core.verify(&request, UnixTime::from_millis(now));
            let is_short = arrived.body.as_bytes(py).len() < UNLOCKED;
            if is_short { verify() } else { py.detach(verify) }
        });
        held.map(Delivery).map_err(refused)
    }
}

/// A verified delivery: only `Verifier.verify` makes one. What is not asked for is not computed.
#[pyclass(frozen, module = "hookseal")]
pub(crate) struct Delivery(Held);

#[pymethods]
impl Delivery {
    /// The raw body. Raises `BodyUnsignedError` where the scheme does not sign all of it.
    #[getter]
    fn body(&self) -> PyResult<&Py<PyBytes>> {
        self.0.borrow_owner().1.get().0.body_is_signed().map_err(refused)?;
        Ok(self.danger_unsigned_body())
    }

    /// The raw body, signed or not: what is not, anybody on the way may have written.
    #[getter]
    fn danger_unsigned_body(&self) -> &Py<PyBytes> {
        &self.0.borrow_owner().0.body
    }

    /// The body as JSON: `json.loads(delivery.body)`, with whatever that raises.
    fn json<'py>(&self, py: Python<'py>) -> Called<'py> {
        py.import("json")?.call_method1("loads", (self.body()?,))
    }

    /// The event id; whether it can be relied on is in `bound.event_id`.
    #[getter]
    fn event_id(&self) -> Option<String> {
        self.0.borrow_dependent().event_id().map(|it| it.to_text())
    }

    /// The type of the event, where the scheme knows where it is.
    #[getter]
    fn event_type(&self) -> Option<String> {
        self.0.borrow_dependent().event_type().map(|it| it.to_text())
    }

    /// The signed time of the delivery: an aware `datetime`, in UTC.
    #[getter]
    fn sent_at<'py>(&self, py: Python<'py>) -> Called<'py> {
        call(py, "moment", (self.0.borrow_dependent().sent_at().map(UnixTime::as_millis),))
    }

    /// Which secret matched, in the order in which they were given.
    #[getter]
    fn secret_index(&self) -> usize {
        self.0.borrow_dependent().secret_index()
    }

    /// What the signature covers.
    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> Called<'py> {
        call(py, "bound", covered(self.0.borrow_dependent().bound()))
    }

    /// The name of the scheme that was verified.
    #[getter]
    fn scheme(&self) -> &str {
        self.0.borrow_dependent().scheme()
    }

    #[getter]
    fn _retry(&self) -> &'static str {
        self.0.borrow_dependent().retry().name()
    }

    /// 32 bytes to note a handled delivery by: a retry has the same. `scope` is one of your own.
    #[pyo3(signature = (scope=None))]
    fn replay_key(&self, scope: Option<&[u8]>) -> [u8; 32] {
        self.0.borrow_dependent().replay_key(scope.unwrap_or_default())
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a Delivery cannot be pickled: it would no longer be verified"))
    }

    fn __repr__(&self) -> String {
        format!("<hookseal.Delivery of {:?}>", self.scheme())
    }
}
