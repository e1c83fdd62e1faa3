//! Each function of `verify` carries `#[no_panic]`: it links only where the optimiser has removed
//! every path that unwinds, through hookseal, hmac, sha2, subtle and the decoders. The verifier,
//! the row inside it, the request and the time are unknown to the optimiser, so that what holds
//! here holds for every row, built-in or custom. `main` runs them on every row that signs and
//! verifies, to show that they are what they say.

mod verify;

use std::hint::black_box;

use hookseal::{Request, Scheme, Signer, UnixTime, Verifier, providers};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

fn main() {
    let verified = providers::ALL.iter().filter(|scheme| round_trip(scheme) == Some(true)).count();
    println!("verified {verified} of {} rows", providers::ALL.len());
    assert!(verified * 2 > providers::ALL.len(), "most rows sign and verify");
    #[cfg(feature = "control")]
    println!("{}", verify::control(black_box(b"control"), black_box(1)));
}

/// Signs and verifies a delivery. `None`: the row needs another secret, or more of the request.
fn round_trip(scheme: &'static Scheme<'static>) -> Option<bool> {
    let secret = "00112233445566778899aabbccddeeff";
    let (verifier, signer) =
        (Verifier::new(scheme, secret).ok()?, Signer::new(scheme, secret).ok()?);
    let body = br#"{"id":"evt_1","type":"test"}"#;
    let request = Request::new(&[] as &[(&str, &str)], body);
    let signed = signer.sign(&whole(request), Some("evt_1"), NOW).ok()?;
    let headers: Vec<_> = signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let request = black_box(whole(Request::new(headers.as_slice(), body)));
    let delivery = verify::verify(black_box(&verifier), &request, black_box(NOW)).ok()?;
    black_box((verify::event(&delivery), verify::keys(&delivery, b"scope")));
    Some(delivery.scheme() == scheme.name)
}

fn whole<'r>(request: Request<'r>) -> Request<'r> {
    request.url("https://example.com/hook?a=%2F").method("POST")
}
