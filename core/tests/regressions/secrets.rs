//! Secrets that are empty, absent, of another kind, or of an unexpected length.

use hookseal::{Algorithm, KeyFormat, Scheme, SetupError, Signer, Verifier};

use crate::case::Case;
use crate::rows::{
    KEPT, has_public_key, hmac_of, is_hmac_of_its_secret, is_text, keeps_secret, made_rows, rows,
    shared_key_rows,
};
use crate::spell::{key_id, mac, secret};

/// The code with which a secret is refused, if it is.
type Setup<'s> = &'s dyn Fn(&'static Scheme<'static>, &[u8]) -> Result<(), &'static str>;

/// An empty secret was taken, and with the empty key anyone can sign (GHSA-xff3-5c9p-2mr4).
#[test]
fn newapi_empty_secret_accepted() {
    empty_secrets_are_refused(&ours).unwrap();
    empty_secrets_are_refused(&wrong::takes_any).unwrap_err();
}

fn empty_secrets_are_refused(setup: Setup<'_>) -> Result<(), String> {
    for row in rows() {
        let prefix = match row.key {
            KeyFormat::Base64 { prefix } | KeyFormat::PublicKey { prefix, .. } => prefix,
            _ => "",
        };
        // What is blank in text is a wrong spelling in the others; `=` is text like any other.
        let padding = if is_text(row) { &[][..] } else { &["=", "===="] };
        for text in ["", " ", "\n", "\t \r\n\u{c}", "                    "].iter().chain(padding) {
            let id = key_id(row);
            for secret in [format!("{id}{text}"), format!("{id}{prefix}{text}"), (*text).to_owned()]
            {
                if setup(row, secret.as_bytes()).is_ok() {
                    return Err(format!("{}: {secret:?}", row.name));
                }
            }
        }
        let nothing = setup(row, key_id(row).as_bytes());
        if nothing != Err("empty_secret") || setup(row, prefix.as_bytes()).is_ok() {
            return Err(format!("{}: another code", row.name));
        }
    }
    Ok(())
}

/// HMAC pads a key with zeros: one that holds nothing else signs as the empty key does.
#[test]
fn newapi_empty_secret_accepted_as_zeros() {
    zeros_are_refused(&ours).unwrap();
    zeros_are_refused(&wrong::takes_any).unwrap_err();
}

fn zeros_are_refused(setup: Setup<'_>) -> Result<(), String> {
    for row in shared_key_rows().filter(|row| is_hmac_of_its_secret(row)) {
        for zeros in [&[0; 16][..], &[0; 24], &[0; 32], &[0; 64]] {
            assert_eq!(mac(row.algorithm, zeros, b"body"), mac(row.algorithm, b"", b"body"));
            if setup(row, secret(row, zeros).as_bytes()).is_ok() {
                return Err(format!("{}: {} zeros", row.name, zeros.len()));
            }
        }
    }
    Ok(())
}

/// Where no token was configured, every request was taken (CVE-2026-26077).
#[test]
fn discourse_2026_26077_no_token_configured() {
    a_token_is_asked_for(&|token, case| {
        Verifier::danger_weak_secret(case.scheme, token)
            .is_ok_and(|verifier| case.ask_of(&verifier, |verdict| verdict.is_ok()))
    })
    .unwrap();
    a_token_is_asked_for(&wrong::no_token_no_check).unwrap_err();
}

fn a_token_is_asked_for(verify: &dyn Fn(&str, &Case) -> bool) -> Result<(), String> {
    let tokens = made_rows().filter(|row| row.algorithm == Algorithm::Token);
    let mut count = 0;
    for row in tokens {
        let genuine = Case::of(row);
        assert!(verify(&genuine.secret(), &genuine));
        for sent in [genuine.clone(), genuine.with_signature(""), genuine.without_signature()] {
            for configured in ["", " ", "\n"] {
                if verify(configured, &sent) {
                    return Err(format!("{}: {configured:?}", row.name));
                }
            }
        }
        for sent in [genuine.with_signature(""), genuine.without_signature()] {
            if verify(&genuine.secret(), &sent) {
                return Err(row.name.to_owned());
            }
        }
        count += 1;
    }
    assert!(count > 0, "no row with a token");
    Ok(())
}

/// Without a public key the check was passed over (CVE-2026-26319). Here a verifier without a key
/// cannot be made, nor one that takes a public key, which anyone has, for a secret.
#[test]
fn openclaw_2026_26319_no_public_key_configured() {
    public_keys_are_no_secrets(&ours).unwrap();
    public_keys_are_no_secrets(&wrong::takes_any).unwrap_err();
}

fn public_keys_are_no_secrets(setup: Setup<'_>) -> Result<(), String> {
    const KEY: &str = "-----BEGIN PUBLIC KEY-----\n\
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    for row in rows().filter(|row| !has_public_key(row)) {
        for key in [KEY.to_owned(), format!(" \n{KEY}"), KEY.replace('\n', "\r\n")] {
            let code = setup(row, format!("{}{key}", key_id(row)).as_bytes());
            // Where the byte that ends the id is in the key too, no more than the key's end is left.
            let cut = row.key_id.is_some_and(|mark| key.as_bytes().contains(&mark));
            if code != Err("wrong_key_type") && !(cut && code.is_err()) {
                return Err(format!("{}: {code:?}", row.name));
            }
        }
    }
    Ok(())
}

/// HMAC was computed with the block size of another hash (RUSTSEC-2019-0019).
#[test]
fn blake2_2019_0019_hmac_with_the_wrong_block_size() {
    keys_around_the_block_verify(&|row, key| {
        let case = Case::of(row);
        let verifier = Verifier::new(row, secret(row, key)).unwrap();
        let signed = case.with_signature(case.spelled(&case.tag_under(key)));
        signed.ask_of(&verifier, |verdict| verdict.is_ok())
    })
    .unwrap();
    keys_around_the_block_verify(&wrong::block_of_another_hash).unwrap_err();
}

fn keys_around_the_block_verify(
    verify: &dyn Fn(&'static Scheme<'static>, &[u8]) -> bool,
) -> Result<(), String> {
    for row in shared_key_rows() {
        let most = if keeps_secret(row) { KEPT } else { 256 };
        for length in [16, 63, 64, 65, 127, 128, 129, most] {
            if !verify(row, &b"k".repeat(length)) {
                return Err(format!("{}: {length}", row.name));
            }
        }
    }
    Ok(())
}

/// Every door: a first or a further secret, with or without the override; and the signer's.
fn ours(row: &'static Scheme<'static>, secret: &[u8]) -> Result<(), &'static str> {
    let genuine = Case::of(row).secret();
    let made = || Verifier::new(row, &genuine).unwrap();
    // A signer of pairs of keys has another secret.
    let signs = !has_public_key(row);
    let signer = |refused: Option<SetupError>, other| if signs { refused } else { other };
    let first = Verifier::danger_weak_secret(row, secret).err();
    let doors = [
        first,
        made().and_danger_weak_secret(secret).err(),
        signer(Signer::danger_weak_secret(row, secret).err(), first),
    ];
    assert!(doors.iter().all(|refused| refused.is_none()) || doors.iter().all(Option::is_some));
    for (strict, weak) in [
        (Verifier::new(row, secret).err(), doors[0]),
        (made().and_secret(secret).err(), doors[1]),
        (signer(Signer::new(row, secret).err(), doors[2]), doors[2]),
    ] {
        // Without the override more is refused, never less.
        assert!(strict == weak || strict.map(SetupError::code) == Some("weak_secret"));
    }
    doors[0].map_or(Ok(()), |refused| Err(refused.code()))
}

mod wrong {
    use sha2::{Digest, Sha256};

    use super::{Algorithm, Case, Scheme, hmac_of, mac};

    /// What an HMAC library does with any key.
    pub(super) fn takes_any(
        row: &'static Scheme<'static>,
        secret: &[u8],
    ) -> Result<(), &'static str> {
        let algorithm = hmac_of(row);
        let tag = mac(algorithm, secret, b"body");
        if tag == mac(algorithm, secret, b"body") { Ok(()) } else { Err("signature_mismatch") }
    }

    pub(super) fn no_token_no_check(configured: &str, case: &Case) -> bool {
        configured.trim().is_empty() || case.accepted()
    }

    /// HMAC-SHA-256 that takes the block to be as long as the tag.
    pub(super) fn block_of_another_hash(row: &'static Scheme<'static>, key: &[u8]) -> bool {
        let short = if key.len() > 32 { Sha256::digest(key).to_vec() } else { key.to_vec() };
        let mut padded = short;
        padded.resize(32, 0);
        let with = |pad: u8| padded.iter().map(|byte| byte ^ pad).collect::<Vec<u8>>();
        let inner = Sha256::new().chain_update(with(0x36)).chain_update(b"body").finalize();
        let tag = Sha256::new().chain_update(with(0x5c)).chain_update(inner).finalize();
        row.algorithm != Algorithm::HmacSha256 || tag.to_vec() == mac(row.algorithm, key, b"body")
    }
}
