//! What is watched: the import of a poisoned secret, and verification and signing under it,
//! through the public API.

use core::hint::black_box;

use base64ct::{Base64, Base64Url, Base64UrlUnpadded, Encoding as _};
use hookseal::{Algorithm, Encoding, KeyFormat, Request, Scheme, Signer, UnixTime, Verifier};
use hookseal::{header, template};

use crate::valgrind::{declassify, errors, poison};

/// The spellings of a secret.
pub const FORMATS: [KeyFormat<'static>; 4] = [
    KeyFormat::Text,
    KeyFormat::Hex,
    KeyFormat::Base64 { prefix: "" },
    KeyFormat::Base64 { prefix: "whsec_" },
];

/// The algorithms, each with another spelling of its signatures.
pub const ALGORITHMS: [(Algorithm, Encoding); 4] = [
    (Algorithm::HmacSha256, Encoding::Hex),
    (Algorithm::HmacSha1, Encoding::Base64),
    (Algorithm::HmacSha384, Encoding::Base64Url),
    (Algorithm::HmacSha512, Encoding::Base64UrlPadded),
];

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

/// One import, three verifications (the right signature, its first byte changed, its last byte
/// changed) and one signing. How many reports they made.
pub fn mac(algorithm: Algorithm, encoding: Encoding, format: KeyFormat<'_>, sizes: Sizes) -> u64 {
    let signed = template!("{body}");
    let scheme = Scheme {
        signature: header("x-sig"),
        algorithm,
        encoding,
        key: format,
        signed,
        ..Scheme::BASE
    };
    let body = bytes(sizes.body);
    let mut secret = spelled(&bytes(sizes.key), format).into_bytes();
    let genuine = signature(&scheme, &secret, &body);
    let candidates = [
        (genuine.clone(), true),
        (changed(&genuine, encoding, |tag| tag.first_mut()), false),
        (changed(&genuine, encoding, |tag| tag.last_mut()), false),
    ];

    poison(secret.as_mut_slice());
    let before = errors();
    verify_all(&scheme, &secret, &body, &candidates);
    let signer = Signer::new(&scheme, black_box(&secret)).expect("the secret is well spelled");
    let mut signed = signer.sign(&request(&[], &body), None, NOW).expect("all is there");
    declassify(&mut signed); // it is sent
    let (_, value) = signed.headers().next().expect("one header");
    assert_eq!(value.to_string(), genuine);
    errors() - before
}

/// The same for a shared token, which is compared by its hash.
pub fn token(sizes: Sizes) -> u64 {
    let scheme = Scheme {
        signature: header("x-sig"),
        algorithm: Algorithm::Token,
        encoding: Encoding::Text,
        signed: template!("{secret}"),
        ..Scheme::BASE
    };
    let genuine = text(sizes.key);
    let candidates = [
        (genuine.clone(), true),
        (format!("~{}", &genuine[1..]), false),
        (format!("{}~", &genuine[1..]), false),
    ];
    let mut secret = genuine.into_bytes();
    poison(secret.as_mut_slice());
    let before = errors();
    verify_all(&scheme, &secret, &bytes(sizes.body), &candidates);
    errors() - before
}

/// Import of a secret that is refused for how it is spelled, at its first or at its last byte.
pub fn malformed(format: KeyFormat<'_>, key: usize, first: bool) -> u64 {
    let scheme = Scheme { signature: header("x-sig"), key: format, ..Scheme::BASE };
    let mut secret = spelled(&bytes(key), format).into_bytes();
    let at = if first { 0 } else { secret.len() - 3 };
    secret[at] = b'\x7f';
    poison(secret.as_mut_slice());
    let before = errors();
    assert!(Verifier::new(&scheme, black_box(&secret)).is_err());
    errors() - before
}

/// The sizes of a case, in bytes.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub key: usize,
    pub body: usize,
}

fn verify_all(scheme: &Scheme<'_>, secret: &[u8], body: &[u8], candidates: &[(String, bool)]) {
    let verifier = Verifier::new(scheme, black_box(secret)).expect("the secret is well spelled");
    for (signature, expected) in candidates {
        let headers = [("x-sig", signature.as_str())];
        let accepted = verifier.verify(&request(&headers, body), NOW).is_ok();
        assert_eq!(accepted, *expected);
    }
}

fn request<'r>(headers: &'r [(&'r str, &'r str)], body: &'r [u8]) -> Request<'r> {
    Request::new(headers, body)
}

fn signature(scheme: &Scheme<'_>, secret: &[u8], body: &[u8]) -> String {
    let signer = Signer::new(scheme, secret).expect("the secret is well spelled");
    let signed = signer.sign(&request(&[], body), None, NOW).expect("all is there");
    signed.headers().map(|(_, value)| value.to_string()).collect()
}

/// The signature with one bit of one byte of its tag changed.
fn changed(text: &str, encoding: Encoding, at: fn(&mut [u8]) -> Option<&mut u8>) -> String {
    let mut memory = [0; 64];
    let tag = match encoding {
        Encoding::Hex => base16ct::lower::decode(text, &mut memory).expect("hex").len(),
        Encoding::Base64 => Base64::decode(text, &mut memory).expect("base64").len(),
        Encoding::Base64Url => Base64UrlUnpadded::decode(text, &mut memory).expect("url").len(),
        _ => Base64Url::decode(text, &mut memory).expect("padded url").len(),
    };
    let tag = &mut memory[..tag];
    *at(tag).expect("a tag has bytes") ^= 1;
    let mut spelled = [0; 128];
    match encoding {
        Encoding::Hex => base16ct::lower::encode_str(tag, &mut spelled).expect("room"),
        Encoding::Base64 => Base64::encode(tag, &mut spelled).expect("room"),
        Encoding::Base64Url => Base64UrlUnpadded::encode(tag, &mut spelled).expect("room"),
        _ => Base64Url::encode(tag, &mut spelled).expect("room"),
    }
    .to_owned()
}

fn spelled(key: &[u8], format: KeyFormat<'_>) -> String {
    let mut memory = [0; 1024];
    match format {
        KeyFormat::Hex => base16ct::lower::encode_str(key, &mut memory).expect("room").to_owned(),
        KeyFormat::Base64 { prefix } => {
            format!("{prefix}{}", Base64::encode(key, &mut memory).expect("room"))
        }
        _ => text(key.len()),
    }
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|i| (i * 167 + 13) as u8).collect()
}

fn text(length: usize) -> String {
    (0..length).map(|i| char::from(b'!' + (i * 37 % 90) as u8)).collect()
}
