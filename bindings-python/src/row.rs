//! The row of a scheme: a built-in one, or a user's own.

use std::sync::Arc;

use hookseal::{Bound as Covers, Finding, OwnedScheme, Scheme, providers};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::cells::{Conditions, OwnRow};
use crate::python::{exception, setup};

#[derive(Clone)]
pub(crate) enum AnyRow {
    BuiltIn(&'static Scheme<'static>),
    Own(Arc<OwnRow>),
}

/// What `hookseal.Scheme` wraps.
#[pyclass(frozen, module = "hookseal._native")]
pub(crate) struct Row(pub(crate) AnyRow);

impl AnyRow {
    pub(crate) fn get(&self) -> &Scheme<'_> {
        match self {
            Self::BuiltIn(row) => row,
            Self::Own(row) => row.borrow_dependent(),
        }
    }
}

#[pymethods]
impl Row {
    /// The row of a provider.
    #[staticmethod]
    fn named(py: Python<'_>, name: &str) -> PyResult<Self> {
        let row = providers::by_name(name).map_err(|error| setup(py, error))?;
        Ok(Row(AnyRow::BuiltIn(row)))
    }

    /// The row of a text, which is TOML or JSON.
    #[staticmethod]
    fn read(py: Python<'_>, text: &str, is_toml: bool) -> PyResult<Self> {
        let read = if is_toml { OwnedScheme::from_toml } else { OwnedScheme::from_json };
        let owned = read(text)
            .map_err(|it| exception(py, ("SchemeError", it.code(), it.to_string(), it.key())))?;
        let conditions = Conditions::new(owned, OwnedScheme::memory);
        let row = OwnRow::new(conditions, |it| it.borrow_owner().row(it.borrow_dependent()));
        row.borrow_dependent().check().map_err(|error| setup(py, error))?;
        Ok(Row(AnyRow::Own(Arc::new(row))))
    }

    /// What a `Scheme` shows.
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (row, facts) = (self.0.get(), PyDict::new(py));
        for (key, text) in [
            ("name", row.name),
            ("algorithm", row.algorithm.name()),
            ("signed", row.signed.text()),
            ("retry", row.retry.name()),
            ("confidence", row.confidence.name()),
            ("source", row.source),
            ("toml", &row.to_toml()),
        ] {
            facts.set_item(key, text)?;
        }
        facts.set_item("bound", bound(row.bound()))?;
        let finding = |it: Finding| (it.code(), it.severity().name(), it.message());
        facts.set_item("findings", row.lint().map(finding).collect::<Vec<_>>())?;
        Ok(facts)
    }
}

/// How much of the body, and whether event id, time, URL and method.
pub(crate) fn bound(it: Covers) -> (&'static str, bool, bool, bool, bool) {
    (it.body.name(), it.event_id, it.timestamp, it.url, it.method)
}
