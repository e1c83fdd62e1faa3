//! One request of JavaScript values, as the core reads it.

use hookseal::{Request, UnixTime};
use hookseal_bindings::{Failure, javascript::pairs, request};
use js_sys::{Array, Uint8Array};

use crate::outcome::{Result, failed, no_memory};

/// What was received, and when: body, headers, URL, method, milliseconds. It comes in one piece where
/// a call need not be fast.
pub(crate) fn lend<T>(
    values: &Array,
    names: &[String],
    with: impl FnOnce(&Request<'_>, UnixTime) -> core::result::Result<T, Failure>,
) -> Result<T> {
    let text = |at| values.get(at).as_string();
    let (body, headers) = (bytes(&values.get(0).into())?, bytes(&values.get(1).into())?);
    let now = moment(values.get(4).as_f64().unwrap_or_default());
    let with = |request: &Request<'_>| with(request, now).map_err(failed);
    pairs(&headers, names, |headers| with(&request(headers, &body, &text(2), &text(3))))
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
