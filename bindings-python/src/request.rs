//! One request of Python objects, as the core reads it.

use hookseal::{OwnedHeaders, Request, UnixTime};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::headers::Wanted;
use crate::python;

/// What was received: body, headers, URL and method.
#[derive(FromPyObject)]
pub(crate) struct Received<'py>(
    pub(crate) Bound<'py, PyAny>,
    pub(crate) Bound<'py, PyAny>,
    pub(crate) Option<Bound<'py, PyString>>,
    pub(crate) Option<Bound<'py, PyString>>,
);

/// What a request is made of. It outlives the call: a delivery reads it when it is asked.
pub(crate) struct Arrived {
    pub(crate) headers: OwnedHeaders,
    pub(crate) body: Py<PyBytes>,
    url: Option<String>,
    method: Option<String>,
}

impl Received<'_> {
    /// Headers first: to read them may run code of the caller's, which may change the body. Of the
    /// body, exactly `bytes` is taken as it is; what can change, or may say that it is other bytes
    /// than it is, is copied.
    pub(crate) fn read(self, wanted: &Wanted) -> PyResult<Arrived> {
        let Received(body, given, url, method) = self;
        let headers = wanted.read(&given)?;
        let body = match body.cast_into_exact::<PyBytes>() {
            Ok(body) => body,
            Err(body) => {
                let body = body.into_inner();
                python::call(body.py(), "raw_body", (body, given))?.cast_into()?
            }
        };
        let [url, method] = [url, method].map(|it| it.map(|it| it.to_string_lossy().into_owned()));
        Ok(Arrived { headers, body: body.unbind(), url, method })
    }
}

impl Arrived {
    pub(crate) fn request<'a>(&'a self, py: Python<'_>) -> Request<'a> {
        let request = Request::new(&self.headers, self.body.as_bytes(py));
        let request = self.url.iter().fold(request, |request, url| request.url(url));
        self.method.iter().fold(request, |request, method| request.method(method))
    }
}

pub(crate) fn time(py: Python<'_>, now: Option<&Bound<'_, PyAny>>) -> PyResult<UnixTime> {
    let Some(now) = now else { return Ok(UnixTime::now()) };
    python::call(py, "milliseconds", (now,))?.extract().map(UnixTime::from_millis)
}
