//! What verifiers, signers and explanations are made of: a row, its secrets, and limits.

use hookseal_bindings::{
    self as core,
    javascript::{explained, flat},
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::outcome::{Result, failed};
use crate::request::{bytes, lend};
use crate::row::Row;
use crate::verifier::Verifier;

/// Held for `sign` and `explain` too.
#[wasm_bindgen]
pub struct Setup(core::Setup);

#[wasm_bindgen]
impl Setup {
    /// Whether secrets may be short, and times any; the two tolerances, and the largest body: what is
    /// not there is as the scheme has it.
    #[wasm_bindgen(constructor)]
    pub fn new(
        row: &Row,
        secrets: &Array,
        is_weak: bool,
        any_time: bool,
        tolerance: Option<u32>,
        future_tolerance: Option<u32>,
        body_limit: Option<u32>,
    ) -> Result<Self> {
        let limits = (is_weak, any_time, tolerance, future_tolerance, body_limit).into();
        let secrets = secrets.iter().map(|it| bytes(&it.into())).collect::<Result<Vec<_>>>()?;
        Ok(Setup(core::Setup::new(&row.0, secrets, limits)))
    }

    pub fn verifier(&self) -> Result<Verifier> {
        let names = self.0.row().header_names().unwrap_or_default();
        let core = self.0.verifier().map_err(failed)?;
        Ok(Verifier { core, names, body_limit: self.0.body_limit() })
    }

    /// The bare signature, and then name and value of each header in turn.
    pub fn sign(&self, arrived: &Array, event_id: Option<String>) -> Result<Vec<String>> {
        let signed = lend(arrived, &[], |it, now| self.0.sign(it, event_id.as_deref(), now));
        let (headers, signature) = signed?;
        Ok([signature].into_iter().chain(flat(headers)).collect())
    }

    /// What is added to a request so that it verifies: name and value of each header in turn; name,
    /// value and place of a signature that is no header; and the signed request in the core's own
    /// JSON form.
    #[wasm_bindgen(js_name = signOutgoing)]
    pub fn sign_outgoing(&self, arrived: &Array, event_id: Option<String>) -> Result<Array> {
        let id = event_id.as_deref();
        let (headers, elsewhere, whole) =
            lend(arrived, &[], |it, now| self.0.sign_outgoing(it, id, now))?;
        let headers: Array = flat(headers).map(JsValue::from).collect();
        let elsewhere = elsewhere.map_or(JsValue::NULL, |(name, value, place)| {
            Array::of3(&name.into(), &value.into(), &place.into()).into()
        });
        Ok(Array::of3(&headers, &elsewhere, &whole.into()))
    }

    /// The explanation as JSON, and as a report for people: with the signed content, and with
    /// colours, where that is asked for. So is, last, the signature that is expected.
    pub fn explain(
        &self,
        arrived: &Array,
        others: &Array,
        framework: Option<String>,
        shown: &Array,
    ) -> Result<Array> {
        let secret = |it| bytes(&Uint8Array::from(it)).map(Zeroizing::new);
        let others = others.iter().map(secret).collect::<Result<Vec<_>>>()?;
        let others: Vec<_> = others.iter().map(|it| it.as_slice()).collect();
        let explainer = self.0.explainer(&others, framework.as_deref());
        let [content, colours, expected] = [0, 1, 2].map(|at| shown.get(at).is_truthy());
        lend(arrived, &[], |it, now| {
            let told = explained(&explainer, it, now, (content, colours, expected));
            Ok(Array::of3(&told.0.into(), &told.1.into(), &told.2.into()))
        })
    }
}
