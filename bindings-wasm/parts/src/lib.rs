//! Programs that verify a request of any row, and do more with it by their features.

use std::hint::black_box;

use hookseal::{Request, UnixTime, Verifier, providers};

/// What a caller of the program would bring, which the compiler must not know.
#[unsafe(no_mangle)]
pub extern "C" fn parts() -> usize {
    let (name, secret, body) = black_box(("a-row", "a secret of sixteen bytes", b"{}"));
    let headers = black_box([("a-header", "00")]);
    let now = black_box(UnixTime::from_secs(1_700_000_000));
    let Ok(row) = providers::by_name(name) else { return 0 };
    let request = Request::new(&headers, body).url(black_box("/")).method(black_box("POST"));
    let verified = Verifier::new(row, secret).map(|it| it.verify(&request, now).is_ok());
    #[cfg(feature = "sign")]
    if let Ok(signer) = hookseal::Signer::new(row, secret) {
        black_box(signer.sign(&request, None, now).map(|it| it.headers().count()).ok());
    }
    #[cfg(feature = "explain")]
    black_box(hookseal::explain::Explainer::new(row, secret).explain(&request, now).to_json());
    usize::from(verified == Ok(true))
}
