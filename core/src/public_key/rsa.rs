//! RSA with the padding of PKCS#1 v1.5 (RFC 8017 §8.2), verified and never made.

use alloc::vec;
use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use pkcs8::der::Decode;
use pkcs8::der::asn1::{AnyRef, UintRef};
use pkcs8::spki::ObjectIdentifier;
use rsa::{BoxedUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::digest::const_oid::AssociatedOid;
use sha2::{Digest, Sha256, Sha512};

use super::Message;
use super::der::{self, Id};
use super::jwk::{self, Half};
use super::text::{self, Found};
use crate::error::KeyError;

/// RFC 8017 §A.1.
const ID: Id = Id { algorithm: ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"), curve: None };

/// Bits of a modulus that is taken: the least that is not known as weak, and the most that does
/// not make verifying a burden.
const MIN_BITS: usize = 2048;
const MAX_BITS: usize = 8192;

/// Longest text of a key: a certificate of a large key.
const MAX_TEXT: usize = 16 << 10;

/// The hash of the message.
#[derive(Clone, Copy)]
pub(super) enum Hash {
    #[cfg(feature = "sha1")]
    Sha1,
    Sha256,
    Sha512,
}

/// A public key, and the hash of its signatures.
pub(crate) struct Public {
    key: RsaPublicKey,
    hash: Hash,
}

impl Public {
    pub(super) fn read(hash: Hash, prefix: &str, text: &[u8]) -> Result<Self, KeyError> {
        if text.len() > MAX_TEXT {
            return Err(KeyError::MalformedSecret);
        }
        let mut room = vec![0; text.len().saturating_mul(2)];
        let key = match text::find(prefix, text, &mut room)? {
            Found::Jwk(jwk) => {
                jwk::check(jwk, "RSA", None, Half::Public)?;
                key(&number(jwk, "n")?, &number(jwk, "e")?)?
            }
            Found::Pem(b"RSA PUBLIC KEY", der) => pkcs1(der)?,
            Found::Bytes(der) if numbers(der).is_some() => pkcs1(der)?,
            found => pkcs1(der::public(&found, &ID)?)?,
        };
        Ok(Public { key, hash })
    }

    pub(super) fn verifies_any<'a>(
        &self,
        message: &Message<'_>,
        signatures: impl Iterator<Item = &'a [u8]>,
    ) -> bool {
        match self.hash {
            #[cfg(feature = "sha1")]
            Hash::Sha1 => self.verifies_with::<sha1::Sha1>(message, signatures),
            Hash::Sha256 => self.verifies_with::<Sha256>(message, signatures),
            Hash::Sha512 => self.verifies_with::<Sha512>(message, signatures),
        }
    }

    /// The whole padded block is compared, so that nothing of it can be left to choose.
    fn verifies_with<'a, H: Digest + AssociatedOid>(
        &self,
        message: &Message<'_>,
        mut signatures: impl Iterator<Item = &'a [u8]>,
    ) -> bool {
        let mut hash = H::new();
        message(&mut |run| hash.update(run));
        let hash = hash.finalize();
        let padding = Pkcs1v15Sign::new::<H>();
        let genuine = |it| self.key.verify(padding.clone(), &hash, it).is_ok();
        signatures.any(genuine)
    }
}

/// A number of a JWK.
fn number(jwk: &[u8], name: &str) -> Result<Vec<u8>, KeyError> {
    let text = jwk::text(jwk, name)?;
    let mut room = vec![0; text.len()];
    let number = Base64UrlUnpadded::decode(text, &mut room);
    number.map(<[u8]>::to_vec).map_err(|_| KeyError::MalformedSecret)
}

fn pkcs1(der: &[u8]) -> Result<RsaPublicKey, KeyError> {
    let (n, e) = numbers(der).ok_or(KeyError::MalformedSecret)?;
    key(n, e)
}

/// The two numbers of an RSAPublicKey.
fn numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let both = |reader: &mut _| -> Result<_, pkcs8::der::Error> {
        let (n, e) = (UintRef::decode(reader)?, UintRef::decode(reader)?);
        Ok((n.as_bytes(), e.as_bytes()))
    };
    AnyRef::from_der(der).ok()?.sequence(both).ok()
}

fn key(n: &[u8], e: &[u8]) -> Result<RsaPublicKey, KeyError> {
    let [n, e] = [n, e].map(BoxedUint::from_be_slice_vartime);
    RsaPublicKey::new_with_size_limits(n, e, MIN_BITS..=MAX_BITS).map_err(|error| match error {
        rsa::Error::ModulusTooSmall => KeyError::WeakSecret,
        _ => KeyError::MalformedSecret,
    })
}
