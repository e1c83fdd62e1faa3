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

impl Inside {
    /// What `verify` gives. A refusal is a text: to throw takes longer.
    #[inline]
    fn judge(&self, headers: &[u8], body: &[u8], now: i64, rest: [&Option<String>; 2]) -> Judged {
        let [url, method] = rest;
        pairs(headers, &self.names, |headers| {
            let request = request(headers, body, url, method);
            match self.core.borrow_dependent().verify(&request, UnixTime::from_millis(now)) {
                Ok(delivery) => Either::A(packed(&delivery)),
                Err(error) => Either::B(lines(error)),
            }
        })
    }
}

type Judged = Either<i64, String>;

/// Event id, event type, and the replay key where a scope was given.
type Told = (Option<String>, Option<String>, Option<Uint8Array>);

#[napi]
impl Verifier {
    /// A function of where in the memory the body ends and where the headers behind it, of
    /// milliseconds, and of URL and method where there are such. A function that holds the verifier is
    /// called in half the time of a method, and need not be handed what it reads.
    ///
    /// It gives the signed time in milliseconds, times 8, and the index of the secret; and 4 where
    /// no time is signed. Or it gives the text of a refusal.
    #[napi(catch_unwind)]
    pub fn verify<'e>(&self, env: &'e Env, memory: Uint8Array) -> Called<Function<'e, (), Judged>> {
        let inside = self.0.clone();
        env.create_function_from_closure("verify", move |call| {
            let (length, end): (u32, u32) = (call.get(0)?, call.get(1)?);
            let given = |at| if at < call.length() { call.get(at) } else { Ok(None) };
            let (url, method) = (given(3)?, given(4)?);
            let written = memory.get(..index(end)).unwrap_or_default();
            let (body, headers) = written.split_at_checked(index(length)).unwrap_or_default();
            Ok(inside.judge(headers, body, call.get(2)?, [&url, &method]))
        })
    }

    /// The same for any request.
    #[napi(catch_unwind)]
    pub fn judge(&self, arrived: Arrived) -> Judged {
        let (body, headers, url, method, now) = &arrived;
        self.0.judge(headers, body, *now, [url, method])
    }

    /// For how many seconds a delivery is fresh; none: a time does not tell.
    #[napi(catch_unwind)]
    pub fn window_length(&self) -> Option<i64> {
        self.0.core.borrow_dependent().window_length()?.try_into().ok()
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

/// A length that JavaScript gives.
fn index(length: u32) -> usize {
    length.try_into().unwrap_or(usize::MAX)
}
