//! A JWS signed and read by `ring` and `serde_json`: as little of a reader as will do, and with no
//! code of the crate.

use std::path::Path;

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair,
    Ed25519KeyPair, KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaKeyPair, UnparsedPublicKey, VerificationAlgorithm,
};
use ring::{hmac, signature};
use serde_json::Value;

/// A key of the folder, as its file has it.
pub(crate) fn pem(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/keys");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// The public key for an algorithm that has one.
pub(crate) fn public(alg: &str) -> Option<String> {
    Some(pem(match alg {
        "EdDSA" => "ed25519.pub.pem",
        "ES256" => "p256.pub.pem",
        "RS256" | "RS512" => "rsa2048.pub.pem",
        _ => return None,
    }))
}

/// What a PEM block holds.
pub(crate) fn der(pem: &str) -> Vec<u8> {
    let digits: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    decode(&digits.replace('+', "-").replace('/', "_"))
}

pub(crate) enum Key {
    Hmac(hmac::Key),
    Ed25519(Ed25519KeyPair),
    P256(EcdsaKeyPair),
    Rsa(RsaKeyPair, &'static dyn signature::RsaEncoding, &'static dyn VerificationAlgorithm),
}

impl Key {
    /// A secret, or one of the folder's private keys.
    pub(crate) fn of(alg: &str, secret: &[u8]) -> Self {
        let rsa = || RsaKeyPair::from_pkcs8(&der(&pem("rsa2048.pem"))).unwrap();
        match alg {
            "HS256" => Self::Hmac(hmac::Key::new(hmac::HMAC_SHA256, secret)),
            "HS384" => Self::Hmac(hmac::Key::new(hmac::HMAC_SHA384, secret)),
            "HS512" => Self::Hmac(hmac::Key::new(hmac::HMAC_SHA512, secret)),
            "EdDSA" => Self::Ed25519(
                Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der(&pem("ed25519.pem"))).unwrap(),
            ),
            "ES256" => {
                let (alg, key) = (&ECDSA_P256_SHA256_FIXED_SIGNING, der(&pem("p256.pem")));
                Self::P256(EcdsaKeyPair::from_pkcs8(alg, &key, &SystemRandom::new()).unwrap())
            }
            "RS256" => Self::Rsa(rsa(), &RSA_PKCS1_SHA256, &RSA_PKCS1_2048_8192_SHA256),
            "RS512" => Self::Rsa(rsa(), &RSA_PKCS1_SHA512, &RSA_PKCS1_2048_8192_SHA512),
            other => panic!("{other}"),
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Hmac(key) => hmac::sign(key, message).as_ref().to_vec(),
            Self::Ed25519(key) => key.sign(message).as_ref().to_vec(),
            Self::P256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Rsa(key, encoding, _) => {
                let mut tag = vec![0; key.public().modulus_len()];
                key.sign(*encoding, &random, message, &mut tag).unwrap();
                tag
            }
        }
    }

    fn verifies(&self, message: &[u8], tag: &[u8]) -> bool {
        let by = |alg: &'static dyn VerificationAlgorithm, key: &[u8]| {
            UnparsedPublicKey::new(alg, key).verify(message, tag).is_ok()
        };
        match self {
            Self::Hmac(key) => hmac::verify(key, message, tag).is_ok(),
            Self::Ed25519(key) => by(&ED25519, key.public_key().as_ref()),
            Self::P256(key) => by(&ECDSA_P256_SHA256_FIXED, key.public_key().as_ref()),
            Self::Rsa(key, _, alg) => by(*alg, key.public().as_ref()),
        }
    }

    /// Header and payload of a token that this key has signed under this algorithm.
    pub(crate) fn read(&self, token: &str, alg: &str) -> Option<(Value, Value)> {
        let (message, tag) = token.rsplit_once('.')?;
        let (head, payload) = message.split_once('.')?;
        let head: Value = serde_json::from_slice(&decode(head)).ok()?;
        let genuine = head["alg"] == alg && self.verifies(message.as_bytes(), &decode(tag));
        genuine.then(|| serde_json::from_slice(&decode(payload)).ok().map(|it| (head, it)))?
    }
}

/// A token of these parts.
pub(crate) fn compact(key: &Key, head: &str, payload: &str) -> String {
    let message = format!("{}.{}", encode(head.as_bytes()), encode(payload.as_bytes()));
    let tag = encode(&key.sign(message.as_bytes()));
    format!("{message}.{tag}")
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// URL-safe base64 without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let digit = |bits: &[u8]| {
        let bits = format!("{:0<6}", str::from_utf8(bits).unwrap());
        char::from(DIGITS[usize::from_str_radix(&bits, 2).unwrap()])
    };
    bits.as_bytes().chunks(6).map(digit).collect()
}

/// The same backwards, and lenient: what is no digit counts for nothing, nor do bits left over.
pub(crate) fn decode(text: &str) -> Vec<u8> {
    let value = |byte: u8| DIGITS.iter().position(|digit| *digit == byte);
    let bits: String = text.bytes().filter_map(value).map(|value| format!("{value:06b}")).collect();
    let whole = bits.as_bytes().chunks_exact(8);
    whole.map(|bits| u8::from_str_radix(str::from_utf8(bits).unwrap(), 2).unwrap()).collect()
}
