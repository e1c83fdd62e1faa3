//! Project Wycheproof: every test of every file, with the key in each spelling that the file has.

use super::*;

/// What became of the tests of a file: valid and accepted, acceptable and accepted, acceptable
/// and refused, invalid and refused. The fifth number, what is wrong, is none.
type Counts = [usize; 5];

#[test]
#[cfg(feature = "ed25519")]
fn ed25519() {
    let run = run("ed25519_test.json", Form::Fixed, |_| Some(Kind::Ed25519));
    assert_eq!(run, ([88, 0, 0, 63, 0], vec![]));
}

#[test]
#[cfg(feature = "ecdsa")]
fn ecdsa_der() {
    let run = run("ecdsa_secp256r1_sha256_test.json", Form::Der, |_| Some(Kind::EcdsaP256));
    assert_eq!(run, ([174, 0, 0, 310, 0], vec![]));
}

#[test]
#[cfg(feature = "ecdsa")]
fn ecdsa_fixed() {
    let file = "ecdsa_secp256r1_sha256_p1363_test.json";
    assert_eq!(run(file, Form::Fixed, |_| Some(Kind::EcdsaP256)), ([173, 0, 0, 89, 0], vec![]));
}

/// The one acceptable signature of each file lacks the NULL that RFC 8017 §9.2 asks for: refused,
/// as the padding has one form.
#[test]
#[cfg(feature = "rsa")]
fn rsa_pkcs1_v15() {
    let sha256 = run("rsa_signature_2048_sha256_test.json", Form::Der, rsa_kind);
    assert_eq!(sha256, ([9, 0, 1, 249, 0], vec!["MissingNull".to_string()]));
    let sha512 = run("rsa_signature_2048_sha512_test.json", Form::Der, rsa_kind);
    assert_eq!(sha512, ([8, 0, 1, 250, 0], vec!["MissingNull".to_string()]));
}

/// The only tests of SHA-1, and some more of SHA-256 and SHA-512. The acceptable ones are genuine
/// signatures, and accepted: over SHA-1, which a provider that signs with it leaves no choice
/// about, and under the public exponent 3. SHA-224 and SHA-384 are no kind of ours: 16 tests.
#[test]
#[cfg(all(feature = "rsa", feature = "sha1"))]
fn rsa_pkcs1_v15_generated() {
    let (counts, flags) = run("rsa_pkcs1_2048_sig_gen_test.json", Form::Der, rsa_kind);
    let weak_hash = flags.iter().filter(|flag| *flag == "WeakHash").count();
    let small_key = flags.iter().filter(|flag| *flag == "SmallPublicKey").count();
    assert_eq!((counts, weak_hash, small_key), ([16, 11, 0, 0, 0], 8, 3));
}

#[cfg(feature = "rsa")]
fn rsa_kind(group: &Value) -> Option<Kind> {
    match text(&group["sha"]) {
        #[cfg(feature = "sha1")]
        "SHA-1" => Some(Kind::RsaSha1),
        "SHA-256" => Some(Kind::RsaSha256),
        "SHA-512" => Some(Kind::RsaSha512),
        _ => None,
    }
}

fn run(name: &str, form: Form, kind: impl Fn(&Value) -> Option<Kind>) -> (Counts, Vec<String>) {
    let file = json(&format!("wycheproof/{name}"));
    let (mut counts, mut flags, mut seen) = ([0; 5], vec![], 0);
    for group in list(&file["testGroups"]) {
        let tests = list(&group["tests"]);
        seen += tests.len();
        let Some(kind) = kind(group) else { continue };
        let spellings = spellings(group);
        assert!(spellings.len() >= 3, "{name}: {}", spellings.len());
        let keys: Vec<_> = spellings.iter().map(|it| read(kind, it).expect(it)).collect();
        for test in tests {
            let (message, signature) = (from_hex(text(&test["msg"])), from_hex(text(&test["sig"])));
            let verdict = verifies(&keys[0], form, &message, &signature);
            for key in &keys {
                assert_eq!(verifies(key, form, &message, &signature), verdict, "{test}");
            }
            let outcome = match (text(&test["result"]), verdict) {
                ("valid", true) => 0,
                ("acceptable", true) => 1,
                ("acceptable", false) => 2,
                ("invalid", false) => 3,
                _ => 4,
            };
            counts[outcome] += 1;
            if matches!(outcome, 1 | 2) {
                flags.extend(list(&test["flags"]).iter().map(|flag| text(flag).to_string()));
            }
        }
    }
    assert_eq!(seen, usize::try_from(file["numberOfTests"].as_u64().unwrap()).unwrap());
    (counts, flags)
}

/// The spellings of a key that a group has, and what base64 makes of them.
fn spellings(group: &Value) -> Vec<String> {
    let field = |names: &[&str]| names.iter().find_map(|name| group[name].as_str());
    let pem = field(&["publicKeyPem", "keyPem"]).unwrap();
    let der = from_hex(field(&["publicKeyDer", "keyDer"]).unwrap());
    let mut spellings = vec![pem.to_string(), base64(&der), base64url(&der)];
    let key = &group["publicKey"];
    let raw = key["pk"].as_str().or_else(|| key["uncompressed"].as_str());
    let asn = field(&["publicKeyAsn", "keyAsn"]);
    spellings.extend(raw.map(ToString::to_string));
    spellings.extend(raw.or(asn).map(|raw| base64(&from_hex(raw))));
    let jwk = ["publicKeyJwk", "keyJwk"].into_iter().map(|name| &group[name]);
    spellings.extend(jwk.filter(|jwk| jwk.is_object()).map(ToString::to_string));
    spellings
}
