//! What verifiers, signers and explanations are made of: a row, its secrets, and limits.

use hookseal::DEFAULT_BODY_LIMIT;
use hookseal_bindings::{self as core, javascript::flat};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::outcome::{Result, failed};
use crate::request::{Arrived, bytes};
use crate::row::Row;
use crate::verifier::Verifier;

/// Held for `sign` and `explain` too.
#[wasm_bindgen]
pub struct Setup {
    core: core::Setup,
    body_limit: Option<u32>,
}

#[wasm_bindgen]
extern "C" {
    /// Options: what is not there is as the scheme has it.
    pub type Options;
    #[wasm_bindgen(method, getter, js_name = dangerWeakSecret)]
    fn danger_weak_secret(this: &Options) -> bool;
    #[wasm_bindgen(method, getter, js_name = dangerAnyTime)]
    fn danger_any_time(this: &Options) -> bool;
    #[wasm_bindgen(method, getter)]
    fn tolerance(this: &Options) -> Option<u32>;
    #[wasm_bindgen(method, getter, js_name = futureTolerance)]
    fn future_tolerance(this: &Options) -> Option<u32>;
    #[wasm_bindgen(method, getter, js_name = bodyLimit)]
    fn body_limit(this: &Options) -> Option<u32>;
}

#[wasm_bindgen]
impl Setup {
    #[wasm_bindgen(constructor)]
    pub fn new(row: &Row, secrets: &Array, options: &Options) -> Result<Self> {
        let body_limit = options.body_limit();
        let limits = core::Limits {
            is_weak: options.danger_weak_secret(),
            any_time: options.danger_any_time(),
            tolerance: options.tolerance(),
            future_tolerance: options.future_tolerance(),
            body_limit,
        };
        let secrets = secrets.iter().map(|it| bytes(&it.into())).collect::<Result<Vec<_>>>()?;
        Ok(Setup { core: core::Setup::new(&row.0, secrets, limits), body_limit })
    }

    pub fn verifier(&self) -> Result<Verifier> {
        let names = self.core.row().header_names().unwrap_or_default();
        let limit = self.body_limit.and_then(|it| usize::try_from(it).ok());
        let body_limit = limit.unwrap_or(DEFAULT_BODY_LIMIT);
        Ok(Verifier { core: self.core.verifier().map_err(failed)?, names, body_limit })
    }

    /// The bare signature, and then name and value of each header in turn.
    pub fn sign(&self, arrived: &Array, event_id: Option<String>) -> Result<Vec<String>> {
        let arrived = Arrived::new(arrived)?;
        let event_id = event_id.as_deref();
        let (headers, signature) =
            arrived.lend(&[], |request, now| self.core.sign(request, event_id, now))?;
        Ok([signature].into_iter().chain(flat(headers)).collect())
    }

    /// What is added to a request so that it verifies: name and value of each header in turn; name,
    /// value and place of a signature that is no header; and the signed request in the core's own
    /// JSON form.
    #[wasm_bindgen(js_name = signOutgoing)]
    pub fn sign_outgoing(&self, arrived: &Array, event_id: Option<String>) -> Result<Array> {
        let event_id = event_id.as_deref();
        let signed = Arrived::new(arrived)?
            .lend(&[], |request, now| self.core.sign_outgoing(request, event_id, now));
        let (headers, elsewhere, whole) = signed?;
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
        shown: Option<Array>,
    ) -> Result<Array> {
        let [content, colours, expected] =
            [0, 1, 2].map(|at| shown.as_ref().is_some_and(|it| it.get(at).is_truthy()));
        let secret = |it| bytes(&Uint8Array::from(it)).map(Zeroizing::new);
        let others = others.iter().map(secret).collect::<Result<Vec<_>>>()?;
        let others: Vec<_> = others.iter().map(|it| it.as_slice()).collect();
        let explainer = self.core.explainer(&others, framework.as_deref());
        Arrived::new(arrived)?.lend(&[], |request, now| {
            let found = explainer.explain(request, now);
            let report = if content { found.report().with_content() } else { found.report() };
            let report = report.coloured(colours).to_string();
            let expected = expected.then(|| explainer.danger_expected_signature(request));
            Ok(Array::of3(&found.to_json().into(), &report.into(), &expected.flatten().into()))
        })
    }
}
