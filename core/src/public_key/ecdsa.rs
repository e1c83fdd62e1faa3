//! ECDSA over P-256 with SHA-256.

use p256::SecretKey;
use p256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use pkcs8::der::Decode;
use pkcs8::spki::ObjectIdentifier;
use sec1::{EcParameters, EcPrivateKey};
use sha2::{Digest, Sha256};

use super::der::{self, Id};
use super::jwk::{self, Half};
use super::text::Found;
use super::{Form, MAX_SIGNATURE, Message, write};
use crate::error::KeyError;

/// RFC 5480.
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const ID: Id =
    Id { algorithm: ObjectIdentifier::new_unwrap("1.2.840.10045.2.1"), curve: Some(P256) };

/// A public key.
pub(crate) struct Public(VerifyingKey);

impl Public {
    pub(super) fn read(found: &Found<'_>) -> Result<Self, KeyError> {
        let key = match *found {
            Found::Jwk(jwk) => {
                jwk::check(jwk, "EC", Some("P-256"), Half::Public)?;
                VerifyingKey::from_sec1_bytes(&point(jwk)?)
            }
            Found::Bytes(raw @ ([2 | 3, ..] | [4, ..])) => VerifyingKey::from_sec1_bytes(raw),
            _ => VerifyingKey::from_sec1_bytes(der::public(found, &ID)?),
        };
        key.map(Public).map_err(|_| KeyError::MalformedSecret)
    }

    /// Of the two signatures that every one has (s, and its negative) both are genuine.
    pub(super) fn verifies_any<'a>(
        &self,
        form: Form,
        message: &Message<'_>,
        mut signatures: impl Iterator<Item = &'a [u8]>,
    ) -> bool {
        let hash = hash(message);
        let read = match form {
            Form::Der => Signature::from_der,
            Form::Fixed => Signature::from_slice,
        };
        let genuine = |it: Signature| self.0.verify_prehash(&hash, &it).is_ok();
        signatures.any(|bytes| read(bytes).is_ok_and(genuine))
    }
}

/// A private key with its public key. Wiped on drop.
pub(crate) struct Private(SigningKey);

impl Private {
    pub(super) fn read(found: &Found<'_>) -> Result<Self, KeyError> {
        let key = match *found {
            Found::Jwk(jwk) => from_jwk(jwk)?,
            Found::Bytes(raw) if raw.len() == 32 => from_scalar(raw)?,
            Found::Pem(b"EC PRIVATE KEY", der) => from_sec1(der)?,
            Found::Pem(b"PRIVATE KEY", der) => from_pkcs8(der)?,
            Found::Bytes(der) if EcPrivateKey::from_der(der).is_ok() => from_sec1(der)?,
            Found::Bytes(der) => from_pkcs8(der)?,
            Found::Pem(..) => return Err(KeyError::WrongKeyType),
        };
        Ok(Private(SigningKey::from(key)))
    }

    /// RFC 6979; s is left as it comes out.
    pub(super) fn sign(
        &self,
        form: Form,
        message: &Message<'_>,
        out: &mut [u8; MAX_SIGNATURE],
    ) -> usize {
        let signature: Result<Signature, _> = self.0.sign_prehash(&hash(message));
        let Ok(signature) = signature else { return 0 };
        match form {
            Form::Der => write(out, signature.to_der().as_bytes()),
            Form::Fixed => write(out, &signature.to_bytes()),
        }
    }
}

fn hash(message: &Message<'_>) -> [u8; 32] {
    let mut hash = Sha256::new();
    message(&mut |run| hash.update(run));
    hash.finalize().into()
}

/// The point of a JWK, as SEC 1 writes it.
fn point(jwk: &[u8]) -> Result<[u8; 65], KeyError> {
    let (x, y) = (jwk::bytes(jwk, "x")?, jwk::bytes(jwk, "y")?);
    let mut point = [4; 65];
    let (_, room) = point.split_at_mut(1);
    room.iter_mut().zip(x.iter().chain(y.iter())).for_each(|(free, byte)| *free = *byte);
    Ok(point)
}

fn from_jwk(jwk: &[u8]) -> Result<SecretKey, KeyError> {
    jwk::check(jwk, "EC", Some("P-256"), Half::Private)?;
    let key = from_scalar(&*jwk::bytes(jwk, "d")?)?;
    let public = VerifyingKey::from_sec1_bytes(&point(jwk)?);
    let same = public.is_ok_and(|public| public == VerifyingKey::from(key.public_key()));
    same.then_some(key).ok_or(KeyError::MalformedSecret)
}

fn from_scalar(scalar: &[u8]) -> Result<SecretKey, KeyError> {
    SecretKey::from_slice(scalar).map_err(|_| KeyError::MalformedSecret)
}

fn from_sec1(der: &[u8]) -> Result<SecretKey, KeyError> {
    let key = EcPrivateKey::from_der(der).map_err(|_| KeyError::MalformedSecret)?;
    match key.parameters {
        Some(EcParameters::NamedCurve(curve)) if curve != P256 => Err(KeyError::WrongKeyType),
        _ => key.try_into().map_err(|_| KeyError::MalformedSecret),
    }
}

fn from_pkcs8(der: &[u8]) -> Result<SecretKey, KeyError> {
    der::private(der, &ID)?.try_into().map_err(|_| KeyError::MalformedSecret)
}
