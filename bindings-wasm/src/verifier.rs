//! The verifier. It keeps nothing of a delivery: JavaScript holds what a delivery was made of, and
//! asks again with the same values for what it wants to know.

use hookseal::Error;
use hookseal_bindings::javascript::{lines, packed, pairs};
use hookseal_bindings::{Prepared, request};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::outcome::{Result, answered_if_any};
use crate::request::{bytes, lend, moment};

/// What `Verifier` in JavaScript wraps.
#[wasm_bindgen]
pub struct Verifier {
    pub(crate) core: Prepared,
    /// The names of the headers that the row reads, as JavaScript has them too; none: all.
    pub(crate) names: Vec<String>,
    pub(crate) body_limit: usize,
}

#[wasm_bindgen]
impl Verifier {
    /// The signed time in milliseconds, times 8, and the index of the secret; and 4 where no time
    /// is signed. Or the text of a refusal: to throw takes longer.
    pub fn judge(
        &self,
        body: &Uint8Array,
        headers: &[u8],
        now: f64,
        url: Option<String>,
        method: Option<String>,
    ) -> Result<JsValue> {
        // A body that is not read need not be copied.
        if usize::try_from(body.length()).is_ok_and(|length| length > self.body_limit) {
            return Ok(lines(Error::BodyTooLarge).into());
        }
        let body = bytes(body)?;
        Ok(pairs(headers, &self.names, |headers| {
            let request = request(headers, &body, &url, &method);
            match self.core.borrow_dependent().verify(&request, moment(now)) {
                Ok(delivery) => number(packed(&delivery)),
                Err(error) => lines(error).into(),
            }
        }))
    }

    /// For how many seconds a delivery is fresh; none: a time does not tell.
    #[wasm_bindgen(js_name = windowLength)]
    pub fn window_length(&self) -> Option<f64> {
        u32::try_from(self.core.borrow_dependent().window_length()?).ok().map(f64::from)
    }

    /// What a delivery says that `verify` took: event id, event type, and the replay key where a
    /// scope was given.
    pub fn tell(&self, arrived: &Array, scope: Option<Uint8Array>) -> Result<Array> {
        let scope = scope.map(|it| bytes(&it)).transpose()?;
        lend(arrived, &self.names, |request, now| {
            let delivery = self.core.borrow_dependent().verify(request, now)?;
            let key = scope.map(|scope| Uint8Array::from(delivery.replay_key(&scope).as_slice()));
            let [id, kind] = [delivery.event_id(), delivery.event_type()];
            let [id, kind] = [id, kind].map(|it| it.map(|it| it.to_text()).into());
            Ok(Array::of3(&id, &kind, &key.into()))
        })
    }

    /// The answer to a challenge.
    pub fn answer(&self, arrived: &Array, expected: &str) -> Result<JsValue> {
        let answer = lend(arrived, &[], |it, now| self.core.answer(it, now, expected));
        answer.map(answered_if_any)
    }
}

/// A number of JavaScript holds it, until the year 37,000 and more.
#[allow(clippy::as_conversions)]
fn number(packed: i64) -> JsValue {
    (packed as f64).into()
}
