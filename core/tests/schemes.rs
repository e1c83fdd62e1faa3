//! The rows of `docs/custom`: text and Rust form are equal, a delivery that is signed by a recipe
//! of this file verifies, and a changed one does not.
#![cfg(all(feature = "scheme-text", not(miri)))] // the recipes' crypto is C and assembly
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use hookseal::{Error, OwnedScheme, Request, Scheme, SchemeMemory, Signer, UnixTime, Verifier};
use ring::{hmac, signature::Ed25519KeyPair};

#[allow(unreachable_pub)]
mod rows {
    #[allow(clippy::wildcard_imports)]
    use hookseal::*;
    include!("../../docs/custom/in-house.rs");
    include!("../../docs/custom/standard-dialect.rs");
    include!("../../docs/custom/key-id.rs");
    include!("../../docs/custom/time-in-body.rs");
    #[cfg(feature = "ed25519")]
    include!("../../docs/custom/ed25519.rs");
}

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const BODY: &str = r#"{"type":"paid","meta":{"id":"m1","sent_at":"2023-11-14T22:13:20Z"}}"#;
const URL: &str = "https://hooks.example.com/acme";
const SECRET: &str = "a secret of twenty-six bytes";

/// A row, its secret, that of its signer, and the headers of a delivery.
struct Case {
    row: &'static Scheme<'static>,
    secret: String,
    signing: String,
    headers: Vec<(&'static str, String)>,
}

fn mac(key: &[u8], content: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), content.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64(bytes: &[u8]) -> String {
    let mut memory = [0; 128];
    Base64::encode(bytes, &mut memory).unwrap().to_owned()
}

/// The recipes, each written out from the text of its row.
fn cases() -> Vec<Case> {
    let case =
        |row, secret: String, headers| Case { row, signing: secret.clone(), secret, headers };
    let in_house = hex(&mac(SECRET.as_bytes(), &format!("e1.1700000000.{BODY}")));
    let dialect = base64(&mac(SECRET.as_bytes(), &format!("e1.1700000000.{BODY}")));
    let key_id = hex(&mac(SECRET.as_bytes(), &format!("k7.1700000000000.{BODY}")));
    #[allow(unused_mut)]
    let mut cases = vec![
        case(
            &rows::IN_HOUSE,
            SECRET.into(),
            vec![
                ("X-Acme-Signature", format!("sha256={in_house}")),
                ("X-Acme-Timestamp", "1700000000".into()),
                ("X-Acme-Event-Id", "e1".into()),
                ("X-Acme-Event-Type", "paid".into()),
            ],
        ),
        case(
            &rows::STANDARD_DIALECT,
            format!("whsec_{}", base64(SECRET.as_bytes())),
            vec![
                ("acme-hook-signature", format!("v1a,AA== v1,{dialect}")),
                ("acme-hook-timestamp", "1700000000".into()),
                ("acme-hook-id", "e1".into()),
            ],
        ),
        case(
            &rows::KEY_ID,
            format!("k7:{SECRET}"),
            vec![
                ("x-acme-signature", key_id),
                ("x-acme-timestamp", "1700000000000".into()),
                ("x-acme-key-id", "k7".into()),
            ],
        ),
        case(
            &rows::TIME_IN_BODY,
            SECRET.into(),
            vec![("x-acme-signature", base64(&mac(SECRET.as_bytes(), BODY)))],
        ),
    ];
    #[cfg(feature = "ed25519")]
    cases.push(ed25519());
    cases
}

#[cfg(feature = "ed25519")]
fn ed25519() -> Case {
    use ring::signature::KeyPair as _;
    let seed = [7; 32];
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap();
    let signature = pair.sign(format!("1700000000.POST.{URL}.{BODY}").as_bytes());
    Case {
        row: &rows::ED25519,
        secret: format!("acme_pk_{}", base64(pair.public_key().as_ref())),
        signing: format!("acme_sk_{}", hex(&seed)),
        headers: vec![
            ("x-acme-signature-ed25519", hex(signature.as_ref())),
            ("x-acme-timestamp", "1700000000".into()),
        ],
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/custom")
}

fn owned(name: &str) -> OwnedScheme {
    let text = std::fs::read_to_string(folder().join(format!("{name}.toml"))).unwrap();
    OwnedScheme::from_toml(&text).unwrap()
}

fn pairs<'h>(headers: &'h [(&'static str, String)]) -> Vec<(&'h str, &'h str)> {
    headers.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn request<'r>(headers: &'r [(&'r str, &'r str)], body: &'r str) -> Request<'r> {
    Request::new(headers, body.as_bytes()).method("POST").url(URL)
}

#[test]
fn text_and_rust_form_are_equal_and_hold_together() {
    for Case { row, .. } in cases() {
        let owned = owned(row.name);
        let mut memory = SchemeMemory::new();
        let read = owned.scheme(&mut memory);
        assert_eq!(format!("{read:#?}"), format!("{row:#?}"));
        assert_eq!(read.check(), Ok(()), "{}", row.name);
        let weak: Vec<&str> = read
            .lint()
            .filter(|it| it.severity() == hookseal::Severity::Weak)
            .map(hookseal::Finding::code)
            .collect();
        assert_eq!(weak, [""; 0], "{}", row.name);
    }
}

#[test]
fn a_signed_delivery_verifies_and_a_changed_one_does_not() {
    for Case { row, secret, headers, .. } in cases() {
        let owned = owned(row.name);
        let mut memory = SchemeMemory::new();
        let read = owned.scheme(&mut memory);
        let verifier = Verifier::new(&read, &secret).unwrap();
        let verify = |headers: &[(&'static str, String)], body: &str, now| {
            let pairs = pairs(headers);
            verifier.verify(&request(&pairs, body), now).map(|it| it.sent_at()).map_err(Error::code)
        };
        assert_eq!(verify(&headers, BODY, NOW), Ok(Some(NOW)), "{}", row.name);
        let changed = BODY.replace("paid", "void");
        assert_eq!(verify(&headers, &changed, NOW), Err("signature_mismatch"), "{}", row.name);
        let later = UnixTime::from_secs(1_700_003_601);
        assert_eq!(verify(&headers, BODY, later), Err("timestamp_too_old"), "{}", row.name);
        for at in 0..headers.len() {
            let mut changed = headers.clone();
            changed[at].1.push('1');
            let verdict = verify(&changed, BODY, NOW);
            // The type of an event in a header is not signed.
            let is_free = headers[at].0.ends_with("Type");
            assert_eq!(verdict.is_ok(), is_free, "{}: {}", row.name, headers[at].0);
        }
    }
}

#[test]
fn what_is_signed_verifies() {
    for Case { row, secret, signing, headers } in cases() {
        let owned = owned(row.name);
        let mut memory = SchemeMemory::new();
        let read = owned.scheme(&mut memory);
        let signer = Signer::new(&read, signing.as_bytes()).unwrap();
        // What is signed of the request's own headers must be there.
        let given: Vec<_> =
            headers.iter().filter(|(name, _)| *name == "x-acme-key-id").cloned().collect();
        let given = pairs(&given);
        let signed = signer
            .sign(
                &request(&given, BODY),
                row.signed.text().contains("{event_id}").then_some("e1"),
                NOW,
            )
            .unwrap();
        let made: Vec<(String, String)> =
            signed.headers().map(|(name, value)| (name.into(), value.to_string())).collect();
        let all: Vec<_> =
            made.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let verifier = Verifier::new(&read, &secret).unwrap();
        assert!(verifier.verify(&request(&all, BODY), NOW).is_ok(), "{}", row.name);
        assert!(verifier.verify(&request(&all, "{}"), NOW).is_err(), "{}", row.name);
    }
}

/// Another id in the header is refused, signed or not; and a verifier may hold two keys.
#[test]
fn the_header_names_the_key() {
    let read = owned("key-id").leak();
    let verifier = Verifier::new(read, format!("k7:{SECRET}")).unwrap();
    let verifier = verifier.and_secret("k8:another secret of 30 bytes").unwrap();
    let signed = |id: &str, key: &str| {
        let signature = hex(&mac(key.as_bytes(), &format!("{id}.1700000000000.{BODY}")));
        let headers = [
            ("x-acme-signature", signature.as_str()),
            ("x-acme-timestamp", "1700000000000"),
            ("x-acme-key-id", id),
        ];
        let verdict = verifier.verify(&request(&headers, BODY), NOW);
        verdict.map(|it| it.secret_index()).map_err(Error::code)
    };
    assert_eq!(signed("k7", SECRET), Ok(0));
    assert_eq!(signed("k8", "another secret of 30 bytes"), Ok(1));
    assert_eq!(signed("k8", SECRET), Err("claim_mismatch"));
    assert_eq!(signed("k9", "no secret of this verifier"), Err("signature_mismatch"));
}

/// No file of the folder is left out.
#[test]
fn every_file_has_a_case_and_a_line() {
    let index = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let mut texts = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(file == "README.md" || index.contains(&format!("({file})")), "{file}");
        if let Some(name) = file.strip_suffix(".toml") {
            let known = cases().iter().any(|case| case.row.name == name);
            assert!(known || (name == "ed25519" && !cfg!(feature = "ed25519")), "{name}");
            texts += 1;
        }
    }
    assert_eq!(texts, 5);
}
