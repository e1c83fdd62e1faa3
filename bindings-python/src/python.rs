//! Python's objects: `hookseal._python` looks into those of the caller, and makes exceptions.

use hookseal::{OwnedHeaders, Request};
use hookseal_bindings::{Failure, request};
use pyo3::call::PyCallArgs;
use pyo3::prelude::*;
use pyo3::sync::{PyOnceLock, critical_section::with_critical_section};
use pyo3::types::{PyBytes, PyDict, PyList, PyString};

pub(crate) type Object<'py> = Bound<'py, PyAny>;
pub(crate) type Called<'py> = PyResult<Object<'py>>;

/// Calls a function of that module, which is imported when it is needed first.
pub(crate) fn call<'py>(py: Python<'py>, name: &str, args: impl PyCallArgs<'py>) -> Called<'py> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let import = || Ok::<_, PyErr>(py.import("hookseal._python")?.unbind());
    MODULE.get_or_try_init(py, import)?.bind(py).getattr(name)?.call1(args)
}

/// The exception of an error, for `map_err`.
pub(crate) fn failed(error: impl Into<Failure>) -> PyErr {
    let it = error.into();
    let args = (it.class, it.code, it.message, it.more.to_string());
    Python::attach(|py| call(py, "exception", args).map_or_else(|it| it, PyErr::from_value))
}

/// What a request is made of. It outlives the call: a delivery reads it when it is asked.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Arrived {
    #[pyo3(from_py_with = owned)]
    pub(crate) headers: OwnedHeaders,
    pub(crate) body: Py<PyBytes>,
    pub(crate) url: Option<String>,
    pub(crate) method: Option<String>,
    /// In milliseconds.
    pub(crate) now: i64,
}

impl Arrived {
    pub(crate) fn read<'a>(&'a self, py: Python<'_>) -> Request<'a> {
        request(&self.headers, self.body.as_bytes(py), &self.url, &self.method)
    }
}

/// The name of a header in lower case, and the same as a key of a `dict`.
pub(crate) type Name = (String, Py<PyString>);

/// Exactly `bytes` is taken as it is. What can change, or may say that it is other bytes than it
/// is, is copied.
pub(crate) fn raw_body(body: Object<'_>, headers: &Object<'_>) -> PyResult<Py<PyBytes>> {
    body.cast_into_exact().map(Bound::unbind).or_else(|body| {
        let copied = call(headers.py(), "raw_body", (body.into_inner(), headers))?;
        Ok(copied.cast_into()?.unbind())
    })
}

/// The headers of these names, or all. Those of a plain `dict` or list of pairs are read here; all
/// else, and where no name is found, or something that is not plain, by `hookseal._python`.
pub(crate) fn read_headers(names: Option<&[Name]>, headers: &Object<'_>) -> PyResult<OwnedHeaders> {
    let mut found = OwnedHeaders::new();
    let is_plain = names.is_some_and(|names| {
        read_plain(names, headers, &mut found) && (found.count() > 0 || names.is_empty())
    });
    if is_plain {
        return Ok(found);
    }
    let spelled = names.map(|names| names.iter().map(|it| it.0.as_str()).collect::<Vec<_>>());
    owned(&call(headers.py(), "pairs", (headers, spelled))?)
}

fn owned(pairs: &Object<'_>) -> PyResult<OwnedHeaders> {
    let (mut headers, pairs) = (OwnedHeaders::new(), pairs.extract::<Vec<(String, Vec<u8>)>>()?);
    pairs.iter().for_each(|(name, value)| headers.push(name, value));
    Ok(headers)
}

/// Of a `dict` the keys that are spelled as the names are, where all are there; else one scan
/// without case. `false`: these are not plain.
fn read_plain(names: &[Name], headers: &Object<'_>, found: &mut OwnedHeaders) -> bool {
    if let Ok(dict) = headers.cast_exact::<PyDict>() {
        let exact = |name: &Name| dict.get_item(name.1.bind(dict.py())).ok().flatten();
        let mut hits = names.iter().map_while(|name| Some((name, exact(name)?)));
        if hits.all(|(name, value)| push(name, &value, found)) && found.count() == names.len() {
            return true;
        }
        *found = OwnedHeaders::new();
        let mut take = |(name, value)| take(names, &name, &value, found);
        with_critical_section(dict, || dict.iter().all(&mut take))
    } else if let Ok(pairs) = headers.cast_exact::<PyList>() {
        let mut take = |(name, value)| take(names, &name, &value, found);
        pairs.iter().all(|pair| pair.extract().is_ok_and(&mut take))
    } else {
        false
    }
}

#[inline(always)] // a few nanoseconds for each header that nobody reads
fn take(names: &[Name], name: &Object<'_>, value: &Object<'_>, found: &mut OwnedHeaders) -> bool {
    let Some(name) = bytes(name) else { return false };
    let name = names.iter().find(|it| it.0.as_bytes().eq_ignore_ascii_case(name));
    name.is_none_or(|name| push(name, value, found))
}

#[inline(always)]
fn push(name: &Name, value: &Object<'_>, found: &mut OwnedHeaders) -> bool {
    // Text of ASCII alone is the same however it was decoded.
    let value = bytes(value).filter(|it| it.is_ascii() || !value.is_instance_of::<PyString>());
    value.inspect(|value| found.push(&name.0, value)).is_some()
}

/// The bytes of exactly `bytes`, or of exactly `str` as UTF-8.
#[inline(always)]
fn bytes<'a>(value: &'a Object<'_>) -> Option<&'a [u8]> {
    match value.cast_exact::<PyString>() {
        Ok(text) => text.to_str().ok().map(str::as_bytes),
        Err(_) => value.cast_exact::<PyBytes>().ok().map(|it| it.as_bytes()),
    }
}
