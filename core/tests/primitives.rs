//! HMAC through the engine's own path, from the secret as text to the verdict: the vectors of
//! project Wycheproof and of RFC 4231 and RFC 2202, and keys around the block size of each hash.
//!
//! Counts are asserted, so that no vector is skipped in silence. Skipped by name: the seven
//! SHA-224 tags of RFC 4231, as no scheme has that algorithm.
#![cfg(all(feature = "sha1", feature = "sha512"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

#[path = "support/files.rs"]
mod files;

use files::{from_hex, hex, json, list, text};
use hmac::{Hmac, KeyInit, Mac};
use hookseal::{
    Algorithm, Error, KeyError, KeyFormat, Request, Scheme, SetupError, Signer, UnixTime, Verifier,
    header,
};
use sha2::Digest;

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

/// A bare HMAC as a scheme: the tag in one header, in hex, over the body alone.
const fn bare(algorithm: Algorithm, key: KeyFormat<'static>) -> Scheme<'static> {
    Scheme { name: "bare", signature: header("tag"), algorithm, key, ..Scheme::BASE }
}

#[test]
fn wycheproof_hmac_sha1() {
    // 87 whole tags, 83 tags cut to 80 bits.
    assert_eq!(wycheproof(Algorithm::HmacSha1, "hmac_sha1_test.json"), [33, 54, 33, 50]);
}

#[test]
fn wycheproof_hmac_sha256() {
    assert_eq!(wycheproof(Algorithm::HmacSha256, "hmac_sha256_test.json"), [33, 54, 33, 54]);
}

#[test]
fn wycheproof_hmac_sha384() {
    assert_eq!(wycheproof(Algorithm::HmacSha384, "hmac_sha384_test.json"), [33, 54, 33, 54]);
}

#[test]
fn wycheproof_hmac_sha512() {
    assert_eq!(wycheproof(Algorithm::HmacSha512, "hmac_sha512_test.json"), [33, 54, 33, 54]);
}

/// The sum of the counts asserted above.
#[test]
fn wycheproof_has_692_tests() {
    let tests = ["1", "256", "384", "512"].map(|size| {
        let file = json(&format!("wycheproof/hmac_sha{size}_test.json"));
        list(&file["testGroups"]).iter().map(|group| list(&group["tests"]).len()).sum::<usize>()
    });
    assert_eq!(tests, [170, 174, 174, 174]);
    assert_eq!(tests.iter().sum::<usize>(), 692);
}

/// Runs a file, and counts: whole tags valid, whole tags invalid, cut tags valid, cut tags
/// invalid.
fn wycheproof(algorithm: Algorithm, file: &str) -> [usize; 4] {
    let file = json(&format!("wycheproof/{file}"));
    let mut counts = [0; 4];
    let mut empty_keys: Vec<u64> = Vec::new();
    for group in list(&file["testGroups"]) {
        let cut = group["tagSize"].as_u64().unwrap() < 8 * tag_length(algorithm);
        for test in list(&group["tests"]) {
            let id = test["tcId"].as_u64().unwrap();
            let (key, tag) = (text(&test["key"]), text(&test["tag"]));
            let valid = text(&test["result"]) == "valid";
            if key.is_empty() {
                empty_keys.push(id);
                refuses_the_empty_key(algorithm);
                continue;
            }
            let body = from_hex(text(&test["msg"]));
            counts[2 * usize::from(cut) + usize::from(!valid)] += 1;
            let made = both_key_formats(algorithm, key, &body, tag, cut, valid);
            assert_eq!(made.len(), 2, "tcId {id}");
            // What is cut is cut from the tag that we sign with; what is invalid never is.
            assert!(made.iter().all(|made| made.starts_with(tag) == valid), "tcId {id}");
        }
    }
    assert_eq!(empty_keys, [0u64; 0], "tests with an empty key");
    let tests = usize::try_from(file["numberOfTests"].as_u64().unwrap()).unwrap();
    assert_eq!(counts.iter().sum::<usize>() + empty_keys.len(), tests);
    counts
}

/// Judges a tag under a key given as hex and as its own bytes; hands back what the signer makes.
/// A key that is nothing but blanks is no secret when it is given as its own bytes.
fn both_key_formats(
    algorithm: Algorithm,
    key: &str,
    body: &[u8],
    tag: &str,
    cut: bool,
    valid: bool,
) -> Vec<String> {
    let verdict = match (cut, valid) {
        (true, _) => Err(Error::MalformedSignature),
        (false, true) => Ok(()),
        (false, false) => Err(Error::SignatureMismatch),
    };
    let formats = [(KeyFormat::Hex, key.as_bytes().to_vec()), (KeyFormat::Text, from_hex(key))];
    let mut made = Vec::new();
    for (format, secret) in formats {
        let scheme = bare(algorithm, format);
        if secret.iter().all(u8::is_ascii_whitespace) {
            refuses(&scheme, &secret, KeyError::EmptySecret);
            continue;
        }
        assert_eq!(judge(&scheme, &secret, body, tag), verdict, "{format:?} {key}");
        made.push(sign(&scheme, &secret, body));
    }
    made
}

fn refuses_the_empty_key(algorithm: Algorithm) {
    for format in [KeyFormat::Hex, KeyFormat::Text] {
        refuses(&bare(algorithm, format), b"", KeyError::EmptySecret);
    }
}

fn refuses(scheme: &Scheme<'_>, secret: &[u8], error: KeyError) {
    let refused = Verifier::danger_weak_secret(scheme, secret).unwrap_err();
    assert_eq!(refused, SetupError::Key(error));
}

#[test]
fn empty_keys_are_refused_for_every_algorithm() {
    ALGORITHMS.iter().for_each(|algorithm| refuses_the_empty_key(*algorithm));
}

#[test]
fn rfc_4231_and_rfc_2202() {
    let names = ["sha1", "sha256", "sha384", "sha512"];
    let mut counts = [0; 4];
    let (mut cut, mut sha224, mut blank) = (0, 0, 0);
    for file in ["rfc/rfc4231.json", "rfc/rfc2202_sha1.json"] {
        for test in list(&json(file)["tests"]) {
            let (key, body) = (text(&test["key"]), from_hex(text(&test["data"])));
            for (name, tag) in test["mac"].as_object().unwrap() {
                let Some(at) = names.iter().position(|known| known == name) else {
                    assert_eq!(name, "sha224", "an algorithm that this test does not know");
                    sha224 += 1;
                    continue;
                };
                let is_cut = test["truncate_bits"].is_u64();
                let tag = text(tag);
                let made = both_key_formats(ALGORITHMS[at], key, &body, tag, is_cut, true);
                assert!(made.iter().all(|made| made.starts_with(tag)), "{file} {test}");
                counts[at] += 1;
                blank += 2 - made.len();
                cut += usize::from(is_cut);
            }
        }
    }
    // Case 5 of RFC 4231 prints 128 bits of each tag. The key of case 5 of both RFCs is 20 form
    // feeds, which are blanks when they are the secret's own bytes.
    assert_eq!((counts, cut, sha224, blank), ([7, 7, 7, 7], 3, 7, 4));
}

/// A key longer than the block is hashed first, a shorter one is padded: the three lengths at
/// which that turns, against the HMAC crate called directly, and against RFC 2104 written out.
#[test]
fn keys_around_the_block_size() {
    let lengths = |block: usize| [1, 16, block - 1, block, block + 1, 2 * block, 2 * block + 1];
    let key = |length: usize| {
        (0..length).map(|i| u8::try_from(i * 7 % 251 + 1).unwrap()).collect::<Vec<u8>>()
    };
    macro_rules! compare {
        ($algorithm:ident, $hash:ty, $block:literal, $wrong:literal) => {
            for length in lengths($block) {
                let (key, body) = (key(length), b"what is signed");
                let scheme = bare(Algorithm::$algorithm, KeyFormat::Text);
                let ours = sign(&scheme, &key, body);
                let crates = Hmac::<$hash>::new_from_slice(&key).unwrap().chain_update(body);
                assert_eq!(ours, hex(&crates.finalize().into_bytes()), "{length}");
                assert_eq!(ours, rfc_2104::<$hash>($block, &key, body), "{length}");
                // The control: with the block size of another hash the check fires.
                assert_ne!(ours, rfc_2104::<$hash>($wrong, &key, body), "{length}");
                assert_eq!(judge(&scheme, &key, body, &ours), Ok(()));
            }
        };
    }
    compare!(HmacSha1, sha1::Sha1, 64, 128);
    compare!(HmacSha256, sha2::Sha256, 64, 128);
    compare!(HmacSha384, sha2::Sha384, 128, 64);
    compare!(HmacSha512, sha2::Sha512, 128, 64);
}

/// HMAC as RFC 2104 defines it, over a hash alone.
fn rfc_2104<H: Digest>(block: usize, key: &[u8], body: &[u8]) -> String {
    let mut padded = if key.len() > block { H::digest(key).to_vec() } else { key.to_vec() };
    padded.resize(block, 0);
    let with = |pad: u8| padded.iter().map(|byte| byte ^ pad).collect::<Vec<u8>>();
    let inner = H::new().chain_update(with(0x36)).chain_update(body).finalize();
    hex(&H::new().chain_update(with(0x5c)).chain_update(inner).finalize())
}

const ALGORITHMS: [Algorithm; 4] =
    [Algorithm::HmacSha1, Algorithm::HmacSha256, Algorithm::HmacSha384, Algorithm::HmacSha512];

/// The length of a whole tag, in bytes.
fn tag_length(algorithm: Algorithm) -> u64 {
    match algorithm {
        Algorithm::HmacSha1 => 20,
        Algorithm::HmacSha256 => 32,
        Algorithm::HmacSha384 => 48,
        Algorithm::HmacSha512 => 64,
        other => panic!("no tag: {}", other.name()),
    }
}

fn judge(scheme: &Scheme<'_>, secret: &[u8], body: &[u8], tag: &str) -> Result<(), Error> {
    let verifier = Verifier::danger_weak_secret(scheme, secret).unwrap();
    verifier.verify(&Request::new(&[("tag", tag)], body), NOW).map(|_| ())
}

fn sign(scheme: &Scheme<'_>, secret: &[u8], body: &[u8]) -> String {
    let signer = Signer::danger_weak_secret(scheme, secret).unwrap();
    let headers: [(&str, &str); 0] = [];
    let signed = signer.sign(&Request::new(&headers, body), None, NOW).unwrap();
    signed.headers().map(|(_, value)| value.to_string()).collect()
}
