//! Public-key signatures (features `ed25519`, `ecdsa`, `rsa`).
//!
//! A key is read once, from whatever its provider hands out, and told apart by what it is: a key
//! of another kind is refused by name. A message is never joined: its runs are hashed as they
//! stand in the request, and it may be asked for them more than once.
//!
//! A public key is no secret, nor is a signature, so that verifying has branches. Signing and the
//! digits of a private key have none; where a private key's blanks are, and in which of its
//! formats it is, is not held secret.

mod der;
#[cfg(feature = "ecdsa")]
mod ecdsa;
#[cfg(feature = "ed25519")]
mod ed25519;
mod jwk;
#[cfg(feature = "rsa")]
mod rsa;
#[cfg(test)]
mod tests;
mod text;

use crate::error::KeyError;

/// The algorithm of a signature, where this build has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Ed25519 (RFC 8032), over the message itself.
    #[cfg(feature = "ed25519")]
    Ed25519,
    /// ECDSA over P-256 with SHA-256.
    #[cfg(feature = "ecdsa")]
    EcdsaP256,
    /// RSA, PKCS#1 v1.5, with SHA-1.
    #[cfg(all(feature = "rsa", feature = "sha1"))]
    RsaSha1,
    /// RSA, PKCS#1 v1.5, with SHA-256.
    #[cfg(feature = "rsa")]
    RsaSha256,
    /// RSA, PKCS#1 v1.5, with SHA-512.
    #[cfg(feature = "rsa")]
    RsaSha512,
}

/// How the two numbers of an ECDSA signature are written. The other kinds have one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An ASN.1 sequence, strict DER.
    Der,
    /// Both in 32 bytes each, as in a JWS.
    Fixed,
}

/// A message: it hands its runs to the sink, the same ones whenever it is asked.
pub(crate) type Message<'m> = dyn Fn(&mut dyn FnMut(&[u8])) + 'm;

/// Longest signature that is made: that of ECDSA in DER.
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
pub(crate) const MAX_SIGNATURE: usize = 72;

/// A key that verifies.
pub(crate) enum PublicKey {
    #[cfg(feature = "ed25519")]
    Ed25519(ed25519::Public),
    #[cfg(feature = "ecdsa")]
    EcdsaP256(ecdsa::Public),
    #[cfg(feature = "rsa")]
    Rsa(rsa::Public),
}

impl PublicKey {
    /// Reads a key as its provider hands it out: a JWK; a PEM block (`PUBLIC KEY`,
    /// `RSA PUBLIC KEY`, `CERTIFICATE`), its line breaks real, written `\n`, or lost; or the
    /// key's bytes, raw or DER, in hex or either base64. `prefix` is dropped where it is there.
    ///
    /// Of a certificate the key is taken, and nothing else is looked at: neither who signed it,
    /// nor its time, nor whom it names.
    ///
    /// # Errors
    /// `empty_secret`: blank. `wrong_key_type`: a key of another kind, a private one too.
    /// `weak_secret`: RSA under 2048 bits; an Ed25519 key of small order. `malformed_secret`: all
    /// else, as RSA above 8192 bits, and a text that is longer than any such key.
    pub(crate) fn read(kind: Kind, prefix: &str, text: &[u8]) -> Result<Self, KeyError> {
        #[cfg(any(feature = "ed25519", feature = "ecdsa"))]
        let mut room = text::room();
        match kind {
            #[cfg(feature = "ed25519")]
            Kind::Ed25519 => {
                ed25519::Public::read(&text::find(prefix, text, &mut *room)?).map(Self::Ed25519)
            }
            #[cfg(feature = "ecdsa")]
            Kind::EcdsaP256 => {
                ecdsa::Public::read(&text::find(prefix, text, &mut *room)?).map(Self::EcdsaP256)
            }
            #[cfg(all(feature = "rsa", feature = "sha1"))]
            Kind::RsaSha1 => rsa::Public::read(rsa::Hash::Sha1, prefix, text).map(Self::Rsa),
            #[cfg(feature = "rsa")]
            Kind::RsaSha256 => rsa::Public::read(rsa::Hash::Sha256, prefix, text).map(Self::Rsa),
            #[cfg(feature = "rsa")]
            Kind::RsaSha512 => rsa::Public::read(rsa::Hash::Sha512, prefix, text).map(Self::Rsa),
        }
    }

    /// Whether any of these signatures, as bytes, is one of the message. Ed25519 hashes the
    /// message once for each, the others once for all.
    pub(crate) fn verifies(
        &self,
        #[cfg_attr(not(feature = "ecdsa"), expect(unused_variables, reason = "ECDSA's alone"))]
        form: Form,
        message: &Message<'_>,
        signatures: &mut dyn Iterator<Item = &[u8]>,
    ) -> bool {
        match self {
            #[cfg(feature = "ed25519")]
            Self::Ed25519(key) => key.verifies_any(message, signatures),
            #[cfg(feature = "ecdsa")]
            Self::EcdsaP256(key) => key.verifies_any(form, message, signatures),
            #[cfg(feature = "rsa")]
            Self::Rsa(key) => key.verifies_any(message, signatures),
        }
    }
}

/// A key that signs. Wiped on drop.
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
pub(crate) enum PrivateKey {
    #[cfg(feature = "ed25519")]
    Ed25519(ed25519::Private),
    #[cfg(feature = "ecdsa")]
    EcdsaP256(ecdsa::Private),
}

#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
impl PrivateKey {
    /// Reads a key: a JWK; a PEM block (`PRIVATE KEY`, and `EC PRIVATE KEY` for ECDSA); or, in
    /// hex or either base64, the 32 bytes of the key, the DER that a PEM block holds, or, for
    /// Ed25519, the 32 bytes and those of the public key. `prefix` is dropped where it is there.
    ///
    /// # Errors
    /// `empty_secret`: blank or all zeros. `wrong_key_type`: a key of another kind: a public one,
    /// one that is encrypted, any RSA key. `malformed_secret`: all else, as a key whose public
    /// half is not its own.
    pub(crate) fn read(kind: Kind, prefix: &str, text: &[u8]) -> Result<Self, KeyError> {
        if text.trim_ascii().is_empty() {
            return Err(KeyError::EmptySecret);
        }
        let mut room = text::room();
        match kind {
            #[cfg(feature = "ed25519")]
            Kind::Ed25519 => {
                ed25519::Private::read(&text::find(prefix, text, &mut *room)?).map(Self::Ed25519)
            }
            #[cfg(feature = "ecdsa")]
            Kind::EcdsaP256 => {
                ecdsa::Private::read(&text::find(prefix, text, &mut *room)?).map(Self::EcdsaP256)
            }
            #[cfg(all(feature = "rsa", feature = "sha1"))]
            Kind::RsaSha1 => Err(KeyError::WrongKeyType),
            #[cfg(feature = "rsa")]
            Kind::RsaSha256 | Kind::RsaSha512 => Err(KeyError::WrongKeyType),
        }
    }

    /// Signs: the same key and message give the same bytes. The length of what was written: 64,
    /// or up to 72 for ECDSA in DER.
    pub(crate) fn sign(
        &self,
        #[cfg_attr(not(feature = "ecdsa"), allow(unused_variables, reason = "ECDSA's alone"))]
        form: Form,
        message: &Message<'_>,
        out: &mut [u8; MAX_SIGNATURE],
    ) -> usize {
        match *self {
            #[cfg(feature = "ed25519")]
            Self::Ed25519(ref key) => key.sign(message, out),
            #[cfg(feature = "ecdsa")]
            Self::EcdsaP256(ref key) => key.sign(form, message, out),
        }
    }
}

/// Writes a signature, and says how long it is.
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
fn write(out: &mut [u8; MAX_SIGNATURE], signature: &[u8]) -> usize {
    let Some(room) = out.get_mut(..signature.len()) else { return 0 };
    room.copy_from_slice(signature);
    signature.len()
}
