//! One request of JavaScript values, as the core reads it.

use hookseal::{Request, UnixTime};
use hookseal_bindings::{Failure, javascript::pairs, request};
use js_sys::{Array, Uint8Array};

use crate::outcome::{Result, failed, no_memory};

/// What was received, and when.
pub(crate) struct Arrived {
    body: Vec<u8>,
    headers: String,
    url: Option<String>,
    method: Option<String>,
    now: UnixTime,
}

impl Arrived {
    /// Body, headers, URL, method, milliseconds: in one piece where a call need not be fast.
    pub(crate) fn new(values: &Array) -> Result<Self> {
        let text = |at| values.get(at).as_string();
        Ok(Arrived {
            body: bytes(&values.get(0).into())?,
            headers: text(1).unwrap_or_default(),
            url: text(2),
            method: text(3),
            now: moment(values.get(4).as_f64().unwrap_or_default()),
        })
    }

    pub(crate) fn lend<T>(
        &self,
        names: &[String],
        with: impl FnOnce(&Request<'_>, UnixTime) -> core::result::Result<T, Failure>,
    ) -> Result<T> {
        let with = |request: &Request<'_>| with(request, self.now).map_err(failed);
        pairs(&self.headers, names, |headers| {
            with(&request(headers, &self.body, &self.url, &self.method))
        })
    }
}

/// A copy of the bytes. A view that does not come from JavaScript's own class is not handed over.
pub(crate) fn bytes(array: &Uint8Array) -> Result<Vec<u8>> {
    let length = usize::try_from(array.length()).map_err(|_| no_memory())?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| no_memory())?;
    bytes.resize(length, 0);
    array.copy_to(&mut bytes);
    Ok(bytes)
}

/// JavaScript has whole milliseconds, which fit.
#[allow(clippy::as_conversions)] // saturates, and there is no other way
pub(crate) fn moment(milliseconds: f64) -> UnixTime {
    UnixTime::from_millis(milliseconds as i64)
}
