//! The verifier. It keeps nothing of a delivery: JavaScript holds what a delivery was made of, and
//! asks again with the same values for what it wants to know. So nothing waits for a finalizer,
//! which Node runs late, and to verify crosses the border once.

use std::sync::Arc;

use hookseal::UnixTime;
use hookseal_bindings::javascript::{lines, packed, pairs};
use hookseal_bindings::{Prepared, request};
use napi::bindgen_prelude::{Env, Function, Uint8Array};
use napi::{Either, Result as Called};
use napi_derive::napi;

use crate::outcome::{Answered, Result, answered};
use crate::request::{Arrived, lend};

/// What `Verifier` in JavaScript wraps.
#[napi]
pub struct Verifier(pub(crate) Arc<Inside>);

pub(crate) struct Inside {
    pub(crate) core: Prepared,
    /// The names of the headers that the row reads, as JavaScript has them too; none: all.
    pub(crate) names: Vec<String>,
}

/// Event id, event type, and the replay key where a scope was given.
type Told = (Option<String>, Option<String>, Option<Uint8Array>);

#[napi]
impl Verifier {
    /// A function of body, headers, milliseconds, and URL and method where there are such. A
    /// function that holds the verifier is called in half the time of a method.
    ///
    /// It gives the signed time in milliseconds, times 8, and the index of the secret; and 4 where
    /// no time is signed. Or it gives the text of a refusal.
    #[napi(catch_unwind)]
    pub fn verify<'e>(&self, env: &'e Env) -> Called<Function<'e, (), Either<i64, String>>> {
        let inside = self.0.clone();
        env.create_function_from_closure("verify", move |call| {
            let (body, headers): (&[u8], String) = (call.get(0)?, call.get(1)?);
            let now = UnixTime::from_millis(call.get(2)?);
            let given = |at| if at < call.length() { call.get(at) } else { Ok(None) };
            let (url, method) = (given(3)?, given(4)?);
            Ok(pairs(&headers, &inside.names, |headers| {
                // A refusal is a text: to throw takes longer.
                let request = request(headers, body, &url, &method);
                match inside.core.borrow_dependent().verify(&request, now) {
                    Ok(delivery) => Either::A(packed(&delivery)),
                    Err(error) => Either::B(lines(error)),
                }
            }))
        })
    }

    /// What a delivery says that `verify` took.
    #[napi(catch_unwind)]
    pub fn tell(&self, arrived: Arrived, scope: Option<Uint8Array>) -> Result<Told> {
        lend(&arrived, &self.0.names, |request, now| {
            let delivery = self.0.core.borrow_dependent().verify(request, now)?;
            let key = scope.map(|scope| Uint8Array::new(delivery.replay_key(&scope).into()));
            let [id, kind] = [delivery.event_id(), delivery.event_type()];
            Ok((id.map(|it| it.to_text()), kind.map(|it| it.to_text()), key))
        })
    }

    /// The answer to a challenge.
    #[napi(catch_unwind)]
    pub fn answer(&self, arrived: Arrived, expected: String) -> Result<Option<Answered>> {
        let answer = lend(&arrived, &[], |it, now| self.0.core.answer(it, now, &expected))?;
        Ok(answer.map(answered))
    }
}
