//! What comes out. JavaScript makes an exception of an error: its class is the `code` of an `Error`;
//! code, status or key, and sentence are the lines of its text.

use hookseal_bindings::javascript::{flat, lines};
use hookseal_bindings::{Failure, Sent};
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

pub(crate) type Result<T> = core::result::Result<T, Thrown>;

pub struct Thrown {
    class: &'static str,
    text: String,
}

impl From<Thrown> for JsValue {
    fn from(Thrown { class, text }: Thrown) -> Self {
        let error = js_sys::Error::new(&text);
        // It is a new object: that it takes a property cannot fail.
        drop(Reflect::set(&error, &"code".into(), &class.into()));
        error.into()
    }
}

pub(crate) fn failed(error: impl Into<Failure>) -> Thrown {
    let failure = error.into();
    Thrown { class: failure.class, text: lines(failure) }
}

pub(crate) fn no_memory() -> Thrown {
    Thrown { class: "MemoryError", text: "there is not enough memory for these bytes".to_owned() }
}

/// Status, headers (name and value in turn) and body.
pub(crate) fn answered((status, headers, body): Sent) -> Array {
    let headers: Array = flat(headers).map(JsValue::from).collect();
    Array::of3(&status.into(), &headers, &body.into())
}

/// JavaScript has `null` for no answer.
pub(crate) fn answered_if_any(sent: Option<Sent>) -> JsValue {
    sent.map_or(JsValue::NULL, |it| answered(it).into())
}
