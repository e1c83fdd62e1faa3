//! Genuine deliveries, made as a provider makes them.

use hookseal::{OwnedDelivery, Request, Scheme, Signer, UnixTime, Verifier, providers};

pub const SECRET: &str = "whsec_test_9f0c1b7a5d3e4f60";

/// The signed headers of a body.
pub fn signed(scheme: &Scheme<'_>, body: &[u8]) -> Vec<(String, String)> {
    let none: &[(&str, &str)] = &[];
    let signer = Signer::new(scheme, SECRET).unwrap();
    let signed = signer.sign(&Request::new(none, body), None, UnixTime::now()).unwrap();
    signed.headers().map(|(name, value)| (name.to_owned(), value.to_string())).collect()
}

pub fn of(scheme: &'static Scheme<'static>, body: &[u8]) -> OwnedDelivery {
    let headers = signed(scheme, body);
    let pairs: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let request = Request::new(&pairs[..], body);
    let verifier = Verifier::new(scheme, SECRET).unwrap();
    verifier.verify(&request, UnixTime::now()).unwrap().into_owned()
}

/// Of a scheme that signs the event's id, and whose retries repeat the body.
pub fn event(id: &str) -> OwnedDelivery {
    of(&providers::STRIPE, body(id, "").as_bytes())
}

/// The same event with another body.
pub fn other(id: &str) -> OwnedDelivery {
    of(&providers::STRIPE, body(id, "x").as_bytes())
}

pub fn body(id: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","type":"invoice.paid","more":"{more}"}}"#)
}

/// Of a scheme that signs neither an event id nor a time, of whose retries nothing is known.
pub fn bare(body: &str) -> OwnedDelivery {
    of(&providers::GITHUB, body.as_bytes())
}
