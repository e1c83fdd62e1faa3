//! What is written in Python, in `hookseal._python`: what looks into Python's objects, and makes
//! exceptions.

use hookseal::{Error, SetupError};
use pyo3::call::PyCallArgs;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Calls a function of the module, which is imported when it is needed first.
pub(crate) fn call<'py>(
    py: Python<'py>,
    name: &str,
    args: impl PyCallArgs<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let import = || Ok::<_, PyErr>(py.import("hookseal._python")?.unbind());
    MODULE.get_or_try_init(py, import)?.bind(py).getattr(name)?.call1(args)
}

/// An exception of a class, with its code, its sentence, and what else the class takes.
pub(crate) fn exception<'py>(py: Python<'py>, args: impl PyCallArgs<'py>) -> PyErr {
    call(py, "exception", args).map_or_else(|error| error, PyErr::from_value)
}

pub(crate) fn refused(py: Python<'_>, error: Error) -> PyErr {
    exception(py, ("VerificationError", error.code(), error.message(), error.status()))
}

pub(crate) fn setup(py: Python<'_>, error: impl Into<SetupError>) -> PyErr {
    let error = error.into();
    let is_key = matches!(error, SetupError::Key(_));
    let class = if is_key { "SecretError" } else { "SchemeError" };
    exception(py, (class, error.code(), error.to_string()))
}
