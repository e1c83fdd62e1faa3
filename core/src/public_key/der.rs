//! The structures that hold a key: SubjectPublicKeyInfo, the X.509 certificate, PrivateKeyInfo.

use pkcs8::PrivateKeyInfoRef;
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::{Decode, Reader, SliceReader, Tag, Tagged};
use pkcs8::spki::{AlgorithmIdentifierRef, ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::text::Found;
use crate::error::KeyError;

/// The algorithm that a key says it is for.
pub(super) struct Id {
    pub(super) algorithm: ObjectIdentifier,
    /// The named curve, where the algorithm has many.
    pub(super) curve: Option<ObjectIdentifier>,
}

impl Id {
    fn check(&self, found: &AlgorithmIdentifierRef<'_>) -> Result<(), KeyError> {
        let is_curve = |curve| found.parameters_oid().is_ok_and(|found| found == curve);
        let same = found.oid == self.algorithm && self.curve.is_none_or(is_curve);
        same.then_some(()).ok_or(KeyError::WrongKeyType)
    }
}

/// The bits of a public key.
pub(super) fn public<'k>(found: &Found<'k>, id: &Id) -> Result<&'k [u8], KeyError> {
    let info = match *found {
        Found::Pem(b"PUBLIC KEY", der) => SubjectPublicKeyInfoRef::from_der(der).ok(),
        Found::Pem(b"CERTIFICATE", der) => certificate(der),
        Found::Bytes(der) => match SubjectPublicKeyInfoRef::from_der(der) {
            Err(_) if is_private(der) => return Err(KeyError::WrongKeyType),
            info => info.ok(),
        },
        Found::Pem(..) | Found::Jwk(_) => return Err(KeyError::WrongKeyType),
    };
    let info = info.ok_or(KeyError::MalformedSecret)?;
    id.check(&info.algorithm)?;
    info.subject_public_key.as_bytes().ok_or(KeyError::MalformedSecret)
}

/// Whether this is a private key of any kind.
fn is_private(der: &[u8]) -> bool {
    PrivateKeyInfoRef::from_der(der).is_ok()
}

/// The key of a certificate (RFC 5280 §4.1): of its first part the sixth field after the version,
/// which an old certificate has not.
fn certificate(der: &[u8]) -> Option<SubjectPublicKeyInfoRef<'_>> {
    let mut certificate = inside(AnyRef::from_der(der).ok()?)?;
    let mut fields = inside(certificate.decode().ok()?)?;
    let first: AnyRef<'_> = fields.decode().ok()?;
    let serial = if first.tag().is_context_specific() { fields.decode().ok()? } else { first };
    let _algorithm_issuer_validity_subject: [AnyRef<'_>; 4] = [
        fields.decode().ok()?,
        fields.decode().ok()?,
        fields.decode().ok()?,
        fields.decode().ok()?,
    ];
    (serial.tag() == Tag::Integer).then(|| fields.decode().ok()).flatten()
}

/// What a sequence holds.
fn inside(any: AnyRef<'_>) -> Option<SliceReader<'_>> {
    (any.tag() == Tag::Sequence).then(|| SliceReader::new(any.value()).ok()).flatten()
}

/// A PrivateKeyInfo for this algorithm.
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
pub(super) fn private<'k>(der: &'k [u8], id: &Id) -> Result<PrivateKeyInfoRef<'k>, KeyError> {
    let info = PrivateKeyInfoRef::from_der(der).map_err(|_| {
        let public = SubjectPublicKeyInfoRef::from_der(der).is_ok();
        if public { KeyError::WrongKeyType } else { KeyError::MalformedSecret }
    })?;
    id.check(&info.algorithm)?;
    Ok(info)
}
