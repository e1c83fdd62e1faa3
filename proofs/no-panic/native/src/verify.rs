//! What runs for each delivery.

use hookseal::{Delivery, Error, Request, UnixTime, Value, Verifier};
use no_panic::no_panic;

#[no_panic]
#[inline(never)]
pub fn verify<'r>(
    verifier: &'r Verifier<'r>,
    request: &Request<'r>,
    now: UnixTime,
) -> Result<Delivery<'r>, Error> {
    verifier.verify(request, now)
}

#[no_panic]
#[inline(never)]
pub fn event<'r>(delivery: &Delivery<'r>) -> (Option<Value<'r>>, Option<Value<'r>>) {
    (delivery.event_id(), delivery.event_type())
}

#[no_panic]
#[inline(never)]
pub fn keys(delivery: &Delivery<'_>, scope: &[u8]) -> ([u8; 32], [u8; 32]) {
    (delivery.replay_key(scope), delivery.body_digest())
}

/// An index that may lie outside: this one must not link.
#[cfg(feature = "control")]
#[no_panic]
#[inline(never)]
pub fn control(bytes: &[u8], at: usize) -> u8 {
    bytes[at]
}
