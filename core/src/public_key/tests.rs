//! Public-key signatures: the vectors of project Wycheproof and of the RFCs, every spelling of a
//! key, and every kind of key that is refused. The keys of `vectors/keys` were made by OpenSSL,
//! and so was the one signature of each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

extern crate std;

mod edges;
#[path = "../../tests/support/files.rs"]
mod files;
mod keys;
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
mod private_keys;
#[cfg(any(feature = "ed25519", feature = "ecdsa"))]
mod signing;
mod wycheproof;

use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, vec};

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use files::{file, from_hex, hex, json, list, text};
use serde_json::Value;

use super::{Form, Kind, PublicKey};
use crate::error::KeyError;

/// The message of `signatures.json`.
const MESSAGE: &[u8] = b"what is signed";

/// Whether a signature fits: of a message in one run, in runs of 7 bytes, and behind another one.
fn verifies(key: &PublicKey, form: Form, message: &[u8], signature: &[u8]) -> bool {
    let whole = |sink: &mut dyn FnMut(&[u8])| sink(message);
    let runs = |sink: &mut dyn FnMut(&[u8])| message.chunks(7).for_each(sink);
    let verdicts = [
        key.verifies(form, &whole, &mut [signature].into_iter()),
        key.verifies(form, &runs, &mut [signature].into_iter()),
        key.verifies(form, &whole, &mut [b"no signature".as_slice(), signature].into_iter()),
    ];
    assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{verdicts:?}");
    verdicts[0]
}

fn read(kind: Kind, text: impl AsRef<[u8]>) -> Result<PublicKey, KeyError> {
    PublicKey::read(kind, "", text.as_ref())
}

/// The code of the error, or nothing.
fn code(kind: Kind, text: impl AsRef<[u8]>) -> &'static str {
    read(kind, text).err().map_or("", KeyError::code)
}

/// OpenSSL's signature of the message, and the kind that it is of.
fn signatures() -> Vec<(Kind, Vec<u8>)> {
    let all: [(Option<Kind>, &str); 5] = [
        #[cfg(feature = "ed25519")]
        (Some(Kind::Ed25519), "ed25519"),
        #[cfg(feature = "ecdsa")]
        (Some(Kind::EcdsaP256), "p256"),
        #[cfg(all(feature = "rsa", feature = "sha1"))]
        (Some(Kind::RsaSha1), "rsa-sha1"),
        #[cfg(feature = "rsa")]
        (Some(Kind::RsaSha256), "rsa-sha256"),
        #[cfg(feature = "rsa")]
        (Some(Kind::RsaSha512), "rsa-sha512"),
        #[cfg(not(feature = "ed25519"))]
        (None, "ed25519"),
        #[cfg(not(feature = "ecdsa"))]
        (None, "p256"),
        #[cfg(not(all(feature = "rsa", feature = "sha1")))]
        (None, "rsa-sha1"),
        #[cfg(not(feature = "rsa"))]
        (None, "rsa-sha256"),
        #[cfg(not(feature = "rsa"))]
        (None, "rsa-sha512"),
    ];
    let file = json("keys/signatures.json");
    let known = |(kind, name): (Option<Kind>, &str)| Some((kind?, from_base64(text(&file[name]))));
    all.into_iter().filter_map(known).collect()
}

fn signature(kind: Kind) -> Vec<u8> {
    signatures().into_iter().find(|(known, _)| *known == kind).unwrap().1
}

/// A file of `vectors/keys`.
fn pem(name: &str) -> String {
    file(&format!("keys/{name}.pem"))
}

/// The last block of a PEM text, decoded.
fn der(pem: &str) -> Vec<u8> {
    let block = pem.rsplit("-----BEGIN ").next().unwrap();
    let lines = block.lines().skip(1).take_while(|line| !line.starts_with('-'));
    from_base64(&lines.collect::<String>())
}

fn from_base64(text: &str) -> Vec<u8> {
    let mut room = vec![0; text.len()];
    Base64::decode(text, &mut room).unwrap().to_vec()
}

fn base64(bytes: &[u8]) -> String {
    Base64::encode(bytes, &mut vec![0; bytes.len() * 2 + 4]).unwrap().to_string()
}

fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode(bytes, &mut vec![0; bytes.len() * 2 + 4]).unwrap().to_string()
}
