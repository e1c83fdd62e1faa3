//! What verifiers, signers and explanations are made of: a row, its secrets, and limits.

use std::sync::Arc;

use hookseal_bindings::{
    self as core,
    javascript::{explained, flat},
};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::outcome::{Result, failed};
use crate::request::{Arrived, lend};
use crate::row::Row;
use crate::verifier::{Inside, Verifier};

/// Held for `sign` and `explain` too.
#[napi]
pub struct Setup(core::Setup);

/// Headers, the signature elsewhere, and the whole request.
type Outgoing = (Vec<String>, Option<Vec<String>>, String);

/// Options: what is not there is as the scheme has it.
#[napi(object, object_to_js = false)]
pub struct Limits {
    pub danger_weak_secret: bool,
    pub danger_any_time: bool,
    pub tolerance: Option<u32>,
    pub future_tolerance: Option<u32>,
    pub body_limit: Option<u32>,
}

#[napi]
impl Setup {
    #[napi(constructor, catch_unwind)]
    pub fn new(row: &Row, secrets: Vec<Uint8Array>, limits: Limits) -> Self {
        let limits = core::Limits {
            is_weak: limits.danger_weak_secret,
            any_time: limits.danger_any_time,
            tolerance: limits.tolerance,
            future_tolerance: limits.future_tolerance,
            body_limit: limits.body_limit,
        };
        Setup(core::Setup::new(&row.0, secrets.iter().map(|it| it.to_vec()), limits))
    }

    #[napi(catch_unwind)]
    pub fn verifier(&self) -> Result<Verifier> {
        let names = self.0.row().header_names().unwrap_or_default();
        let core = self.0.verifier().map_err(failed)?;
        Ok(Verifier(Arc::new(Inside { core, names })))
    }

    /// The bare signature, and then name and value of each header in turn.
    #[napi(catch_unwind)]
    pub fn sign(&self, arrived: Arrived, event_id: Option<String>) -> Result<Vec<String>> {
        let signed = lend(&arrived, &[], |it, now| self.0.sign(it, event_id.as_deref(), now));
        let (headers, signature) = signed?;
        Ok([signature].into_iter().chain(flat(headers)).collect())
    }

    /// What is added to a request so that it verifies: name and value of each header in turn; name,
    /// value and place of a signature that is no header; and the signed request in the core's own
    /// JSON form.
    #[napi(catch_unwind)]
    pub fn sign_outgoing(&self, arrived: Arrived, event_id: Option<String>) -> Result<Outgoing> {
        let event_id = event_id.as_deref();
        let signed = lend(&arrived, &[], |it, now| self.0.sign_outgoing(it, event_id, now));
        let (headers, elsewhere, whole) = signed?;
        let elsewhere = elsewhere.map(|(name, value, place)| vec![name, value, place.to_owned()]);
        Ok((flat(headers).collect(), elsewhere, whole))
    }

    /// The explanation as JSON, and as a report for people: with the signed content, and with
    /// colours, where that is asked for. So is, last, the signature that is expected.
    #[napi(catch_unwind)]
    pub fn explain(
        &self,
        arrived: Arrived,
        others: Vec<Uint8Array>,
        framework: Option<String>,
        shown: (bool, bool, bool),
    ) -> Result<(String, String, Option<String>)> {
        let explainer = self.0.explainer(&others, framework.as_deref());
        lend(&arrived, &[], |it, now| Ok(explained(&explainer, it, now, shown)))
    }
}
