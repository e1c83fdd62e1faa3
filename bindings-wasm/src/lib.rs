//! The WebAssembly half of the npm package `hookseal-wasm`: plain JavaScript values in, the core's
//! calls, plain values out. It has the interface of the native half of `hookseal`, and holds no
//! provider's fact, and no sentence about a delivery.

use hookseal::{DEFAULT_BODY_LIMIT, Error};
use hookseal_bindings::javascript::pairs;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::outcome::{Result, failed};

mod outcome;
mod request;
mod row;
mod setup;
mod verifier;

#[wasm_bindgen(js_name = publicMessage)]
pub fn public_message() -> String {
    Error::PUBLIC_MESSAGE.to_owned()
}

/// The names of the providers.
#[wasm_bindgen]
pub fn names() -> Vec<String> {
    owned(hookseal_bindings::names())
}

/// The names of the frameworks that an explanation knows.
#[wasm_bindgen]
pub fn frameworks() -> Vec<String> {
    owned(hookseal_bindings::frameworks())
}

/// What becomes of a delivery at a receiver: code, status and sentence as lines.
#[wasm_bindgen]
pub fn outcomes() -> Vec<String> {
    hookseal_bindings::javascript::outcomes()
}

/// The names of the providers whose deliveries have such headers.
#[wasm_bindgen]
pub fn detect(headers: &[u8]) -> Vec<String> {
    owned(pairs(headers, &[], |it| hookseal_bindings::detect(it)))
}

/// A captured request, in the core's own JSON form.
#[wasm_bindgen(js_name = readCapture)]
pub fn read_capture(text: &Uint8Array) -> Result<String> {
    hookseal_bindings::read_capture(&request::bytes(text)?).map_err(failed)
}

/// The largest body that is read where nothing else is said, in bytes.
#[wasm_bindgen(js_name = defaultBodyLimit)]
pub fn default_body_limit() -> u32 {
    DEFAULT_BODY_LIMIT.try_into().unwrap_or(u32::MAX)
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}
