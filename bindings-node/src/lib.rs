//! The native half of the npm package `hookseal`: plain JavaScript values in, the core's calls,
//! plain values out. It holds no provider's fact, and no sentence about a delivery.

use hookseal::{DEFAULT_BODY_LIMIT, Error};
use hookseal_bindings::javascript::pairs;
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

mod endpoint;
mod outcome;
mod request;
mod row;
mod setup;
mod verifier;

#[napi]
pub const PUBLIC_MESSAGE: &str = Error::PUBLIC_MESSAGE;

/// The names of the providers.
#[napi(catch_unwind)]
pub fn names() -> Vec<&'static str> {
    hookseal_bindings::names()
}

/// The names of the frameworks that an explanation knows.
#[napi(catch_unwind)]
pub fn frameworks() -> Vec<&'static str> {
    hookseal_bindings::frameworks()
}

/// What becomes of a delivery at a receiver: code, status and sentence as lines.
#[napi(catch_unwind)]
pub fn outcomes() -> Vec<String> {
    hookseal_bindings::javascript::outcomes()
}

/// The names of the providers whose deliveries have such headers.
#[napi(catch_unwind)]
pub fn detect(headers: &[u8]) -> Vec<&'static str> {
    pairs(headers, &[], |it| hookseal_bindings::detect(it))
}

/// A captured request, in the core's own JSON form.
#[napi(catch_unwind)]
pub fn read_capture(text: Uint8Array) -> outcome::Result<String> {
    hookseal_bindings::read_capture(&text).map_err(outcome::failed)
}

/// The largest body that is read where nothing else is said, in bytes.
#[napi(catch_unwind)]
pub fn default_body_limit() -> u32 {
    DEFAULT_BODY_LIMIT.try_into().unwrap_or(u32::MAX)
}
