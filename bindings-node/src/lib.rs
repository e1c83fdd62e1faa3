//! The native half of the npm package `hookseal`: plain JavaScript values in, the core's calls,
//! plain values out. It holds no provider's fact, and no sentence about a delivery.

use hookseal::explain::Framework;
use hookseal::{Error, providers};
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
