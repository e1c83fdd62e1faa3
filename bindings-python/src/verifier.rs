//! The verifier.

use hookseal::{KeyError, SchemeError, SetupError, Verifier as Core};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::cells::{Prepared, Verified};
use crate::delivery::Delivery;
use crate::headers::Wanted;
use crate::python::{refused, setup};
use crate::request::{Arrived, Received, time};
use crate::row::{AnyRow, Row};

/// Bodies from this size on are verified without the interpreter's lock. To give it up and take
/// it again was measured at 30 to 110 ns where nobody waits for it: from here on under 1 %.
const UNLOCKED: usize = 16 << 10;

/// What `hookseal.Verifier` is made of.
#[pyclass(frozen, subclass, module = "hookseal._native")]
pub(crate) struct Verifier {
    pub(crate) prepared: Prepared,
    wanted: Wanted,
}

#[pymethods]
impl Verifier {
    #[new]
    fn new(
        py: Python<'_>,
        row: &Row,
        secrets: Vec<Vec<u8>>,
        weak: bool,
        windows: Windows,
        body_limit: Option<usize>,
    ) -> PyResult<Self> {
        let wanted = Wanted::by(row.0.get());
        let prepared = Prepared::try_new(row.0.clone(), |row| {
            let core = in_window(prepare(row, &secrets, weak)?, windows)?;
            Ok::<_, SetupError>(body_limit.into_iter().fold(core, Core::body_limit))
        });
        Ok(Verifier { prepared: prepared.map_err(|error| setup(py, error))?, wanted })
    }

    /// Verifies one delivery: the raw body, before any parsing, and the headers as received.
    ///
    /// `headers` is a mapping (Django's `META` too), or pairs, as in an ASGI scope: best where
    /// there is a choice, as mappings may have joined a header that was there twice. `url` and
    /// `method` are for schemes that sign them: the URL as it is configured at the provider. `now`
    /// is Unix time in seconds, or an aware `datetime`.
    ///
    /// Raises `VerificationError` for what must be refused: answer with its `status`, log its
    /// `code`. Raises `TypeError` for a body that is no longer raw.
    #[pyo3(signature = (body, headers, *, url=None, method=None, now=None))]
    fn verify<'py>(
        slf: Bound<'py, Self>,
        body: Bound<'py, PyAny>,
        headers: Bound<'py, PyAny>,
        url: Option<Bound<'py, PyString>>,
        method: Option<Bound<'py, PyString>>,
        now: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Delivery> {
        let py = slf.py();
        let now = time(py, now)?;
        let arrived = Received(body, headers, url, method).read(&slf.get().wanted)?;
        let verified = Verified::try_new(Held { arrived, verifier: slf.unbind() }, |held| {
            let (core, request) = (held.core(), held.arrived.request(py));
            if held.arrived.body.as_bytes(py).len() < UNLOCKED {
                core.verify(&request, now)
            } else {
                py.detach(|| core.verify(&request, now))
            }
        });
        verified.map(Delivery).map_err(|error| refused(py, error))
    }
}

/// A request, and the verifier from whose row its delivery borrows.
pub(crate) struct Held {
    pub(crate) arrived: Arrived,
    verifier: Py<Verifier>,
}

impl Held {
    pub(crate) fn core(&self) -> &Core<'_> {
        self.verifier.get().prepared.borrow_dependent()
    }
}

fn prepare<'a>(row: &'a AnyRow, secrets: &[Vec<u8>], weak: bool) -> Result<Core<'a>, SetupError> {
    let (first, others) = secrets.split_first().ok_or(KeyError::EmptySecret)?;
    let make = if weak { Core::danger_weak_secret } else { Core::new };
    let add = if weak { Core::and_danger_weak_secret } else { Core::and_secret };
    others.iter().try_fold(make(row.get(), first)?, add)
}

type Windows = (Option<u32>, Option<u32>, bool);

fn in_window<'a>(core: Core<'a>, (past, future, any): Windows) -> Result<Core<'a>, SchemeError> {
    let core = if any { core.danger_any_time() } else { core };
    let core = past.into_iter().try_fold(core, Core::tolerance)?;
    future.into_iter().try_fold(core, Core::future_tolerance)
}
