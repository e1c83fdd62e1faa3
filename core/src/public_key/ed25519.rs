//! Ed25519 (RFC 8032).

use ed25519_dalek::hazmat::{ExpandedSecretKey, raw_sign_byupdate};
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use pkcs8::spki::ObjectIdentifier;
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;

use super::der::{self, Id};
use super::jwk::{self, Half};
use super::text::Found;
use super::{MAX_SIGNATURE, Message, write};
use crate::error::KeyError;
use crate::key::reveal;

/// RFC 8410.
const ID: Id = Id { algorithm: ObjectIdentifier::new_unwrap("1.3.101.112"), curve: None };

/// A public key, not of small order.
pub(crate) struct Public(VerifyingKey);

impl Public {
    pub(super) fn read(found: &Found<'_>) -> Result<Self, KeyError> {
        let key = match *found {
            Found::Jwk(jwk) => {
                jwk::check(jwk, "OKP", Some("Ed25519"), Half::Public)?;
                VerifyingKey::from_bytes(&*jwk::bytes(jwk, "x")?)
            }
            Found::Bytes(raw) if raw.len() == 32 => VerifyingKey::try_from(raw),
            _ => VerifyingKey::try_from(der::public(found, &ID)?),
        };
        let key = key.map_err(|_| KeyError::MalformedSecret)?;
        if key.is_weak() { Err(KeyError::WeakSecret) } else { Ok(Public(key)) }
    }

    /// Each signature is hashed with the message, so each costs a pass over it.
    pub(super) fn verifies_any<'a>(
        &self,
        message: &Message<'_>,
        mut signatures: impl Iterator<Item = &'a [u8]>,
    ) -> bool {
        signatures.any(|signature| self.verifies(message, signature))
    }

    /// As strict as the strictest: one spelling of each number, and no point of small order, for
    /// which one signature would fit many messages.
    fn verifies(&self, message: &Message<'_>, signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        let is_weak = |point: VerifyingKey| point.is_weak();
        if VerifyingKey::from_bytes(signature.r_bytes()).map_or(true, is_weak) {
            return false;
        }
        let Ok(mut stream) = self.0.verify_stream(&signature) else { return false };
        message(&mut |run| stream.update(run));
        stream.finalize_and_verify().is_ok()
    }
}

/// A private key with its public key. Wiped on drop.
pub(crate) struct Private(SigningKey);

impl Private {
    pub(super) fn read(found: &Found<'_>) -> Result<Self, KeyError> {
        let key = match *found {
            Found::Jwk(jwk) => from_jwk(jwk)?,
            Found::Bytes(raw) => match (<&[u8; 32]>::try_from(raw), <&[u8; 64]>::try_from(raw)) {
                (Ok(seed), _) => SigningKey::from_bytes(seed),
                (_, Ok(both)) => {
                    SigningKey::from_keypair_bytes(both).map_err(|_| KeyError::MalformedSecret)?
                }
                _ => from_der(raw)?,
            },
            Found::Pem(b"PRIVATE KEY", der) => from_der(der)?,
            Found::Pem(..) => return Err(KeyError::WrongKeyType),
        };
        if reveal(key.as_bytes().ct_eq(&[0; 32])) {
            Err(KeyError::EmptySecret)
        } else {
            Ok(Private(key))
        }
    }

    pub(super) fn sign(&self, message: &Message<'_>, out: &mut [u8; MAX_SIGNATURE]) -> usize {
        let expanded = ExpandedSecretKey::from(self.0.as_bytes());
        let feed = |hash: &mut Sha512| {
            message(&mut |run| hash.update(run));
            Ok(())
        };
        // Fails where the message does, and this one does not.
        let signature = raw_sign_byupdate(&expanded, feed, &self.0.verifying_key());
        signature.map_or(0, |signature| write(out, &signature.to_bytes()))
    }
}

fn from_jwk(jwk: &[u8]) -> Result<SigningKey, KeyError> {
    jwk::check(jwk, "OKP", Some("Ed25519"), Half::Private)?;
    let key = SigningKey::from_bytes(&*jwk::bytes(jwk, "d")?);
    let same = key.verifying_key().as_bytes() == &*jwk::bytes(jwk, "x")?;
    same.then_some(key).ok_or(KeyError::MalformedSecret)
}

fn from_der(der: &[u8]) -> Result<SigningKey, KeyError> {
    der::private(der, &ID)?.try_into().map_err(|_| KeyError::MalformedSecret)
}
