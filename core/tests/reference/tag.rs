//! Whether a signature is that of the signed bytes, by another implementation.

use hookseal::{Algorithm, Encoding, KeyFormat, Scheme};
use ring::{hmac, signature};

use super::find::all;
use super::words::Reading;
use super::{Received, digest};
use crate::support::text::{base64, base64url, hex, unbase64, unhex};

/// Whether one of the received signatures holds under this secret. `None`: the reference cannot
/// read this spelling of a public key.
pub(crate) fn holds(row: &Scheme<'_>, of: &Received, secret: &str) -> Option<bool> {
    let (id, key) = halves(row, secret);
    let received: Vec<String> = all(&row.signature, of, row)
        .into_iter()
        .filter_map(|text| String::from_utf8(text).ok())
        .collect();
    let tag = |text: &String| match (row.encoding, row.signature.key_mark.map(char::from)) {
        (Encoding::Jws, _) => text.rsplit('.').next().unwrap().to_owned(),
        // A signature under the id of another key is not ours.
        (_, Some(mark)) => text.strip_prefix(&format!("{id}{mark}")).unwrap_or("").to_owned(),
        _ => text.clone(),
    };
    let received: Vec<String> = received.iter().map(tag).collect();
    let mut holds = false;
    for other in [false, true] {
        let key_bytes = if is_public(row) { Vec::new() } else { bytes(row, key)? };
        let reading = Reading { row, of, id, secret: &key_bytes, other };
        let Some(content) = reading.content(row.signed.text()) else { continue };
        if is_public(row) {
            let public = public(row, key)?;
            let decoded = received.iter().map(|text| decode(row.encoding, text));
            holds |= decoded.into_iter().any(|it| verifies(row, &public, &content, &it));
        } else {
            let key = match row.key {
                KeyFormat::AfterTimestamp => [reading.timestamp()?, key_bytes.clone()].concat(),
                _ => key_bytes.clone(),
            };
            let ours = spellings(row.encoding, &tag_of(row.algorithm, &key, &content));
            let lower = |text: &String| match row.encoding {
                Encoding::HexAnyCase => text.to_lowercase(),
                _ => text.clone(),
            };
            holds |= received.iter().any(|text| ours.contains(&lower(text)));
        }
    }
    Some(holds)
}

/// The halves of a secret `id:key`.
pub(crate) fn halves<'s>(row: &Scheme<'_>, secret: &'s str) -> (&'s str, &'s str) {
    let Some(mark) = row.key_id.map(char::from) else { return ("", secret) };
    let split = if is_public(row) { secret.split_once(mark) } else { secret.rsplit_once(mark) };
    split.unwrap_or(("", secret))
}

pub(crate) fn is_public(row: &Scheme<'_>) -> bool {
    matches!(row.key, KeyFormat::PublicKey { .. })
}

fn bytes(row: &Scheme<'_>, key: &str) -> Option<Vec<u8>> {
    Some(match row.key {
        KeyFormat::Hex => unhex(key)?,
        KeyFormat::Base64 { prefix } => unbase64(key.strip_prefix(prefix).unwrap_or(key)),
        KeyFormat::Sha1 => digest::sha1(key.as_bytes()),
        _ => key.as_bytes().to_vec(),
    })
}

fn tag_of(algorithm: Algorithm, key: &[u8], content: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::HmacSha256 => digest::mac(hmac::HMAC_SHA256, key, content),
        Algorithm::HmacSha1 => digest::mac(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key, content),
        Algorithm::HmacSha384 => digest::mac(hmac::HMAC_SHA384, key, content),
        Algorithm::HmacSha512 => digest::mac(hmac::HMAC_SHA512, key, content),
        Algorithm::HmacMd5 => digest::mac_md5(key, content),
        Algorithm::Sha256 => digest::sha256(content),
        Algorithm::Sha1 => digest::sha1(content),
        Algorithm::Sha512 => digest::sha512(content),
        Algorithm::Md5 => digest::md5(content),
        Algorithm::Token => key.to_vec(),
        _ => panic!("an algorithm that the reference does not know: {algorithm:?}"),
    }
}

/// Every text that a tag may be spelled as.
fn spellings(encoding: Encoding, tag: &[u8]) -> Vec<String> {
    match encoding {
        Encoding::Hex => vec![hex(tag)],
        Encoding::Base64 => vec![base64(tag)],
        Encoding::Base64Url | Encoding::Jws => vec![base64url(tag)],
        Encoding::Base64UrlPadded => vec![base64(tag).replace('+', "-").replace('/', "_")],
        Encoding::Text => vec![String::from_utf8(tag.to_vec()).unwrap_or_default()],
        Encoding::Base64OfHex => vec![base64(hex(tag).as_bytes())],
        Encoding::HexAnyCase => vec![hex(tag)],
        Encoding::HexOrBase64 => vec![hex(tag), base64(tag)],
        _ => panic!("an encoding that the reference does not know: {encoding:?}"),
    }
}

fn decode(encoding: Encoding, text: &str) -> Vec<u8> {
    match encoding {
        Encoding::Hex => unhex(text).unwrap_or_default(),
        _ => unbase64(text),
    }
}

/// The bytes of a public key as `ring` takes them: 32 bytes, a point, or RFC 8017's `RSAPublicKey`.
fn public(row: &Scheme<'_>, key: &str) -> Option<Vec<u8>> {
    let KeyFormat::PublicKey { prefix, .. } = row.key else { return None };
    let key = key.trim().strip_prefix(prefix).unwrap_or(key.trim()).replace("\\n", "\n");
    if key.starts_with('{') || key.contains("CERTIFICATE") {
        return None;
    }
    let lines: String = key.lines().filter(|line| !line.starts_with('-')).map(str::trim).collect();
    let raw = unhex(&lines).unwrap_or_else(|| unbase64(&lines));
    let last = |length: usize| raw.len().checked_sub(length).map(|at| raw[at..].to_vec());
    match row.algorithm {
        Algorithm::Ed25519 => last(32),
        Algorithm::EcdsaP256 => last(65).filter(|point| point[0] == 4),
        // Behind the header of a SubjectPublicKeyInfo: the null of its algorithm, the bit string's
        // tag and length, and the byte of its unused bits.
        _ if key.contains("RSA PUBLIC KEY") => Some(raw),
        _ => {
            let null = raw.windows(3).position(|it| it == [5, 0, 3])?;
            let start = (null..raw.len()).find(|at| raw[*at..].starts_with(&[0, 0x30]))?;
            Some(raw[start + 1..].to_vec())
        }
    }
}

fn verifies(row: &Scheme<'_>, key: &[u8], content: &[u8], tag: &[u8]) -> bool {
    let algorithm: &dyn signature::VerificationAlgorithm = match row.algorithm {
        Algorithm::Ed25519 => &signature::ED25519,
        Algorithm::EcdsaP256 if row.encoding == Encoding::Jws => {
            &signature::ECDSA_P256_SHA256_FIXED
        }
        Algorithm::EcdsaP256 => &signature::ECDSA_P256_SHA256_ASN1,
        Algorithm::RsaSha1 => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Algorithm::RsaSha256 => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        _ => &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    };
    signature::UnparsedPublicKey::new(algorithm, key).verify(content, tag).is_ok()
}
