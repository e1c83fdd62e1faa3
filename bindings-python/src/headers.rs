//! The headers that a row reads, or all.

use hookseal::{OwnedHeaders, Scheme};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::python;

/// The names that a row reads, in lower case; without names, all.
pub(crate) struct Wanted(Option<Vec<String>>);

impl Wanted {
    pub(crate) const ALL: Self = Wanted(None);

    pub(crate) fn by(row: &Scheme<'_>) -> Self {
        Wanted(row.header_names().map(|names| {
            let mut names: Vec<String> = names.map(str::to_ascii_lowercase).collect();
            names.sort_unstable();
            names.dedup();
            names
        }))
    }

    /// Of a plain `dict` here; of all else, and where a `dict` has none of the names, or a value
    /// that is not plain, by `hookseal._python`.
    pub(crate) fn read(&self, headers: &Bound<'_, PyAny>) -> PyResult<OwnedHeaders> {
        let mut found = OwnedHeaders::new();
        if let (Some(names), Ok(dict)) = (&self.0, headers.cast_exact::<PyDict>()) {
            let plain = dict.iter().all(|(name, value)| take(names, &name, &value, &mut found));
            if plain && (found.count() > 0 || names.is_empty()) {
                return Ok(found);
            }
        }
        let pairs = python::call(headers.py(), "pairs", (headers, self.0.as_deref()))?;
        let mut found = OwnedHeaders::new();
        for (name, value) in pairs.extract::<Vec<(String, Vec<u8>)>>()? {
            found.push(&name, &value);
        }
        Ok(found)
    }
}

/// `false`: this is not plain.
fn take(
    names: &[String],
    name: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
    found: &mut OwnedHeaders,
) -> bool {
    let Ok(Ok(name)) = name.cast::<PyString>().map(|it| it.to_str()) else { return false };
    let Some(name) = names.iter().find(|it| it.eq_ignore_ascii_case(name)) else { return true };
    let value = match value.cast::<PyString>() {
        Ok(text) => text.to_str().ok().filter(|it| it.is_ascii()).map(str::as_bytes),
        Err(_) => value.cast::<PyBytes>().ok().map(|it| it.as_bytes()),
    };
    value.inspect(|value| found.push(name, value)).is_some()
}
