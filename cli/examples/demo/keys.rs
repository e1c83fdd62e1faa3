//! Secrets as providers spell them, and the private keys of those whose deliveries are checked
//! with a public one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::recipes::{base64, hex};

/// What the provider holds, in its own spelling.
pub(crate) fn secret(provider: &str, which: &str) -> String {
    let text = format!("the {which} secret of {provider}, for the demo");
    match provider {
        "standard-webhooks" | "svix" | "resend" => format!("whsec_{}", base64(text.as_bytes())),
        "adyen" => hex(&Sha256::digest(&text)),
        "braintree" => format!("demo_{which}:{text}"),
        _ => text,
    }
}

/// What a receiver holds.
pub(crate) fn held(provider: &str, which: &str) -> Result<String, Failure> {
    let secret = secret(provider, which);
    Ok(match provider {
        "discord" => hex(ed25519_key(&secret)?.public_key().as_ref()),
        "sendgrid" => {
            let point = ecdsa_key(&secret)?.public_key().as_ref().to_vec();
            base64(&[&P256, point.as_slice()].concat())
        }
        _ => secret,
    })
}

/// SubjectPublicKeyInfo (RFC 5480) of a point of P-256, up to the point.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// The bytes of a secret in hex.
pub(crate) fn private_part(secret: &str) -> Result<Vec<u8>, Failure> {
    let digits = secret.as_bytes().chunks(2).map(|pair| Ok(str::from_utf8(pair)?));
    digits.map(|pair: Result<&str, Failure>| Ok(u8::from_str_radix(pair?, 16)?)).collect()
}

pub(crate) fn ed25519(secret: &str, content: &str) -> Result<Vec<u8>, Failure> {
    Ok(ed25519_key(secret)?.sign(content.as_bytes()).as_ref().to_vec())
}

pub(crate) fn ecdsa(secret: &str, content: &str) -> Result<Vec<u8>, Failure> {
    let tag = ecdsa_key(secret)?.sign(&SystemRandom::new(), content.as_bytes());
    Ok(tag.map_err(|_| "a delivery could not be signed")?.as_ref().to_vec())
}

fn ed25519_key(secret: &str) -> Result<Ed25519KeyPair, Failure> {
    let key = Ed25519KeyPair::from_seed_unchecked(&Sha256::digest(secret));
    Ok(key.map_err(|_| "a key could not be made")?)
}

/// A key of its own for every secret, made when it is first asked for.
fn ecdsa_key(secret: &str) -> Result<EcdsaKeyPair, Failure> {
    static MADE: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
    let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
    let random = SystemRandom::new();
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if !made.contains_key(secret) {
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random);
        let key = key.map_err(|_| "a key could not be made")?;
        made.insert(secret.to_owned(), key.as_ref().to_vec());
    }
    let key = made.get(secret).ok_or("a key is missing")?;
    Ok(EcdsaKeyPair::from_pkcs8(algorithm, key, &random).map_err(|_| "a key could not be read")?)
}
