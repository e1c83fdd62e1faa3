//! The row of a scheme: a built-in one, or a user's own; and who may send to an endpoint.

use hookseal_bindings::{self as core, javascript::pairs};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::outcome::{Result, answered, answered_if_any, failed};
use crate::request::lend;

/// What `Scheme` wraps.
#[wasm_bindgen]
pub struct Row(pub(crate) core::Row);

#[wasm_bindgen]
impl Row {
    pub fn named(name: &str) -> Result<Self> {
        core::Row::named(name).map(Row).map_err(failed)
    }

    pub fn read(text: &str, is_toml: bool) -> Result<Self> {
        core::Row::read(text, is_toml).map(Row).map_err(failed)
    }

    /// Name, algorithm, signed content, retry, confidence, source, and the row as TOML and JSON; how
    /// much of the body is covered; and whether event id, time, URL and method, whether scheme and
    /// host of the URL are signed, and whether a body is read as a form.
    pub fn facts(&self) -> Array {
        let (texts, files, (body, others), reads, _) = self.0.facts();
        let texts = texts.map(JsValue::from).into_iter().chain(files.map(JsValue::from));
        let others: Array = others.into_iter().chain(reads).map(JsValue::from).collect();
        Array::of3(&texts.collect::<Array>(), &body.into(), &others)
    }

    /// Code, severity and sentence of what is weak.
    pub fn lint(&self) -> Array {
        let finding = |it: [&str; 3]| it.map(JsValue::from).into_iter().collect::<Array>();
        self.0.facts().4.into_iter().map(finding).collect()
    }

    /// The headers that the row reads, in lower case; none: all.
    #[wasm_bindgen(js_name = headerNames)]
    pub fn header_names(&self) -> Vec<String> {
        self.0.header_names().unwrap_or_default()
    }

    /// The answer to a challenge that needs no key.
    pub fn answer(&self, arrived: &Array, expected: &str) -> Result<JsValue> {
        let answer = lend(arrived, &[], |it, now| self.0.answer(it, now, expected));
        answer.map(answered_if_any)
    }

    /// The answer to a delivery that was taken.
    pub fn acknowledgement(&self) -> Array {
        answered(self.0.acknowledgement())
    }

    /// What a request brought, whether that is a key, and the answer.
    pub fn enrol(&self, arrived: &Array) -> Result<Array> {
        let brought = lend(arrived, &[], |request, _| self.0.enrol(request));
        let (value, is_key, answer) = brought?;
        Ok(Array::of3(&value.into(), &is_key.into(), &answered(answer)))
    }
}

/// What a receiver asks beside its verifier.
#[wasm_bindgen]
pub struct Endpoint(core::Endpoint);

#[wasm_bindgen]
impl Endpoint {
    #[wasm_bindgen(constructor)]
    pub fn new(
        row: &Row,
        url: Option<String>,
        allow_from: Option<Vec<String>>,
        trusted_proxies: u32,
    ) -> Result<Self> {
        let (url, allowed) = (url.as_deref(), allow_from.as_deref());
        core::Endpoint::new(&row.0, url, allowed, trusted_proxies).map(Endpoint).map_err(failed)
    }

    /// Whether the sender of a request is on the list, or there is none.
    #[wasm_bindgen(js_name = isAllowed)]
    pub fn is_allowed(&self, peer: Option<String>, headers: &[u8]) -> bool {
        pairs(headers, &[], |headers| self.0.is_allowed(peer.as_deref(), headers))
    }

    /// The URL of a request whose target this is.
    pub fn url(&self, target: &str) -> String {
        self.0.url(target)
    }
}
