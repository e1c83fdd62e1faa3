//! One request of JavaScript values, as the core reads it.

use hookseal::{Request, UnixTime};
use hookseal_bindings::{Failure, javascript::pairs, request};
use napi::bindgen_prelude::Uint8Array;

use crate::outcome::{Result, failed};

/// What was received, and when: body, headers, URL, method, milliseconds. It comes in one piece
/// where a call need not be fast.
pub(crate) type Arrived = (Uint8Array, Uint8Array, Option<String>, Option<String>, i64);

pub(crate) fn lend<T>(
    (body, headers, url, method, now): &Arrived,
    names: &[String],
    with: impl FnOnce(&Request<'_>, UnixTime) -> core::result::Result<T, Failure>,
) -> Result<T> {
    let with = |request: &Request<'_>| with(request, UnixTime::from_millis(*now));
    pairs(headers, names, |headers| with(&request(headers, body, url, method))).map_err(failed)
}
