//! What a verified delivery is asked for, and what a refused one says.

use std::hint::black_box;

use hookseal::{Request, UnixTime, Verifier};

use crate::contestants::Run;
use crate::delivery::{Delivery, Row, keep};

/// Event id, event type, replay key and body digest of a verified delivery.
#[must_use]
pub fn after(row: Row, bytes: usize) -> [Run; 4] {
    let delivery = keep(Delivery::genuine(row, bytes));
    let headers: &'static [(&str, &str)] = Box::leak(delivery.pairs().into_boxed_slice());
    let verifier: &'static Verifier<'_> = Box::leak(Box::new(verifier(row)));
    let verified = verifier.verify(&Request::new(headers, &delivery.body), delivery.now);
    let verified = verified.expect("a genuine delivery");
    let (id, kind, key, digest) = (verified.clone(), verified.clone(), verified.clone(), verified);
    [
        Box::new(move |n| (0..n).all(|_| black_box(black_box(&id).event_id()).is_some())),
        Box::new(move |n| (0..n).all(|_| black_box(black_box(&kind).event_type()).is_some())),
        Box::new(move |n| (0..n).all(|_| black_box(black_box(&key).replay_key(b"t")) != [0; 32])),
        Box::new(move |n| (0..n).all(|_| black_box(black_box(&digest).body_digest()) != [0; 32])),
    ]
}

/// The clock that hookseal leaves to its caller.
#[must_use]
pub fn clock() -> Run {
    Box::new(|n| (0..n).all(|_| black_box(UnixTime::now()).as_secs() > 0))
}

/// The code of a refusal, or `verified`.
#[must_use]
pub fn code(delivery: &Delivery) -> &'static str {
    let headers = delivery.pairs();
    let request = Request::new(headers.as_slice(), &delivery.body);
    let found = verifier(delivery.row).verify(&request, delivery.now).err();
    found.map_or("verified", |error| error.code())
}

fn verifier(row: Row) -> Verifier<'static> {
    Verifier::new(row.scheme(), row.secret()).expect("a secret of the row")
}
