//! A JSON Web Key (RFC 7517, RFC 7518 §6, RFC 8037).

#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
use base64ct::{Base64UrlUnpadded, Encoding as _};
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
use zeroize::Zeroizing;

use crate::error::KeyError;
use crate::json::find;

/// Which half of a key is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Public,
    #[cfg(any(feature = "ed25519", feature = "ecdsa"))]
    Private,
}

/// Checks that a JWK is a key of this type, curve and half.
pub(super) fn check(jwk: &[u8], kty: &str, crv: Option<&str>, half: Half) -> Result<(), KeyError> {
    let curve_fits = match crv {
        Some(crv) => is(jwk, "kty", kty)? && is(jwk, "crv", crv)?,
        None => is(jwk, "kty", kty)?,
    };
    let private = member(jwk, "d")?.is_some();
    let half_fits = private == (half != Half::Public);
    (curve_fits && half_fits).then_some(()).ok_or(KeyError::WrongKeyType)
}

/// Whether a member, which must be there, has this value.
fn is(jwk: &[u8], name: &str, value: &str) -> Result<bool, KeyError> {
    Ok(member(jwk, name)?.ok_or(KeyError::MalformedSecret)? == value.as_bytes())
}

/// The text of a member. None that is read here has a reason to be escaped.
fn member<'k>(jwk: &'k [u8], name: &str) -> Result<Option<&'k [u8]>, KeyError> {
    let Some(value) = find(jwk, name).map_err(|_| KeyError::MalformedSecret)? else {
        return Ok(None);
    };
    value.as_bytes().map(Some).ok_or(KeyError::MalformedSecret)
}

/// The text of a member that must be there.
pub(super) fn text<'k>(jwk: &'k [u8], name: &str) -> Result<&'k [u8], KeyError> {
    member(jwk, name)?.ok_or(KeyError::MalformedSecret)
}

/// A member that stands for 32 bytes: every one of an Ed25519 and a P-256 key.
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
pub(super) fn bytes(jwk: &[u8], name: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut bytes = Zeroizing::new([0; 32]);
    let decoded = Base64UrlUnpadded::decode(text(jwk, name)?, &mut *bytes);
    let whole = decoded.is_ok_and(|decoded| decoded.len() == 32);
    whole.then_some(bytes).ok_or(KeyError::MalformedSecret)
}
