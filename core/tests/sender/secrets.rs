//! Secrets in the spelling of each row, and pairs of keys.

use hookseal::{Algorithm, KeyFormat, Scheme};

use crate::support::text::{base64, hex};

/// What a secret is made of: its own bytes, and which of the pairs of keys it is.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) pair: usize,
}

/// The two sides of one secret; the same text, but where there is a private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    pub(crate) signer: String,
    pub(crate) verifier: String,
}

/// A secret as the provider spells it. `id`: which public half it has, where it has one.
pub(crate) fn secret(row: &Scheme<'_>, seed: &Seed, id: usize) -> Secret {
    let shared = |text: String| (text.clone(), text);
    let (signer, verifier) = match row.key {
        KeyFormat::Hex => shared(hex(&seed.bytes)),
        KeyFormat::Base64 { prefix } => shared(format!("{prefix}{}", base64(&seed.bytes))),
        KeyFormat::PublicKey { prefix, private_prefix } => {
            let (private, public) = pair(row.algorithm, seed.pair);
            (format!("{private_prefix}{private}"), format!("{prefix}{public}"))
        }
        _ => shared(seed.text.clone()),
    };
    let whole = |key: String| match row.key_id.map(char::from) {
        Some(mark) => format!("key{id}{mark}{key}"),
        None => key,
    };
    Secret { signer: whole(signer), verifier: whole(verifier) }
}

/// A private key, and its public one: RSA has none here, as the core does not sign with it.
fn pair(algorithm: Algorithm, number: usize) -> (String, String) {
    let at = number % PAIRS;
    let seed = vec![u8::try_from(at + 1).unwrap(); 32];
    match algorithm {
        Algorithm::Ed25519 => (hex(&seed), ED25519[at].into()),
        // RFC 5915 inside of RFC 5208: the key, and the point that belongs to it.
        _ => (hex_to_base64(&format!("{PKCS8}{}{POINT}{}", hex(&seed), P256[at])), P256[at].into()),
    }
}

fn hex_to_base64(text: &str) -> String {
    base64(&crate::support::text::unhex(text).unwrap())
}

pub(crate) const PAIRS: usize = 5;

const PKCS8: &str = "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420";
const POINT: &str = "a144034200";

/// The public keys of the seeds that are 32 times the byte 1, 2, 3, 4, 5.
const ED25519: [&str; PAIRS] = [
    "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c",
    "8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",
    "ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1",
    "ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c",
    "6e7a1cdd29b0b78fd13af4c5598feff4ef2a97166e3ca6f2e4fbfccd80505bf1",
];

/// The points of the same scalars.
const P256: [&str; PAIRS] = [
    "046ff03b949241ce1dadd43519e6960e0a85b41a69a05c328103aa2bce1594ca16\
     3c4f753a55bf01dc53f6c0b0c7eee78b40c6ff7d25a96e2282b989cef71c144a",
    "04550f471003f3df97c3df506ac797f6721fb1a1fb7b8f6f83d224498a65c88e24\
     136093d7012e509a73715cbd0b00a3cc0ff4b5c01b3ffa196ab1fb327036b8e6",
    "04591ab771ebbcfd6d9cb9094d106528add1a69d44c2c1f627f089ec58b9c61adf\
     9f4e6abf0d045c0c693a3c68ad7c97ca72be64def4a26fecd263dd98a92780f0",
    "0473103ec30b3ccf57daae08e93534aef144a35940cf6bbba12a0cf7cbd5d65a64\
     d82c8c99e9d3c45f9245ba9b27982c9aea8ec1db94b19c44795942c0eb22aa32",
    "0407810ea974cea5773e63b897f37e3be9a09e7a5fe9b971a44d1065ac2a3a9311\
     637e47a4f99464a0fdce44a88ec7d703a9183c1d06552d9e2d6b76069481c577",
];
