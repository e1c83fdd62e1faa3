//! The native half of the npm package `hookseal`: plain JavaScript values in, the core's calls,
//! plain values out. It holds no provider's fact, and no sentence about a delivery.

use hookseal::explain::Framework;
use hookseal::{DEFAULT_BODY_LIMIT, Error, capture, providers};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

mod answer;
mod cells;
mod failure;
mod request;
mod row;
mod setup;
mod verifier;

#[napi]
pub const PUBLIC_MESSAGE: &str = Error::PUBLIC_MESSAGE;

/// The names of the providers.
#[napi(catch_unwind)]
pub fn names() -> Vec<&'static str> {
    providers::ALL.iter().map(|row| row.name).collect()
}

/// The names of the frameworks that an explanation knows.
#[napi(catch_unwind)]
pub fn frameworks() -> Vec<&'static str> {
    Framework::ALL.iter().map(|it| it.name()).collect()
}

/// The names of the providers whose deliveries have such headers.
#[napi(catch_unwind)]
pub fn detect(headers: String) -> Vec<&'static str> {
    request::pairs(&headers, &[], |it| hookseal::detect(it).map(|row| row.name).collect())
}

/// A captured request, in the core's own JSON form.
#[napi(catch_unwind)]
pub fn read_capture(text: Uint8Array) -> failure::Result<String> {
    capture::read(&text).map(|it| it.to_json()).map_err(failure::uncaptured)
}

/// The largest body that is read where nothing else is said, in bytes.
#[napi(catch_unwind)]
pub fn default_body_limit() -> u32 {
    DEFAULT_BODY_LIMIT.try_into().unwrap_or(u32::MAX)
}
