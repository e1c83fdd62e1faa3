//! Public keys: the spellings that are read, and the codes of those that are not.

use super::*;

/// The name in `vectors/keys` of the key of a kind.
fn name(kind: Kind) -> &'static str {
    match kind {
        #[cfg(feature = "ed25519")]
        Kind::Ed25519 => "ed25519",
        #[cfg(feature = "ecdsa")]
        Kind::EcdsaP256 => "p256",
        #[allow(unreachable_patterns, reason = "reached where RSA is on")]
        _ => "rsa2048",
    }
}

/// The bytes of the public key without its structure, and its JWK.
pub(super) fn parts(kind: Kind) -> (Vec<u8>, String) {
    let spki = der(&pem(&format!("{}.pub", name(kind))));
    match name(kind) {
        "ed25519" => {
            let raw = spki[spki.len() - 32..].to_vec();
            let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, base64url(&raw));
            (raw, jwk)
        }
        "p256" => {
            let raw = spki[spki.len() - 65..].to_vec();
            let [x, y] = [&raw[1..33], &raw[33..]].map(base64url);
            (raw, format!(r#" {{"use":"sig", "kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}} "#))
        }
        _ => {
            let raw = der(&pem("rsa2048.pkcs1.pub"));
            let n = base64url(&raw[9..265]);
            (raw, format!(r#"{{"e":"AQAB","kty":"RSA","n":"{n}"}}"#))
        }
    }
}

#[test]
fn every_spelling_of_a_key_is_the_same_key() {
    let mut read_keys = 0;
    for (kind, signature) in signatures() {
        let spki = pem(&format!("{}.pub", name(kind)));
        let certificate = pem(&format!("{}.crt", name(kind)));
        let (raw, jwk) = parts(kind);
        let mut texts = vec![jwk, format!("{certificate}{certificate}")];
        if name(kind) == "rsa2048" {
            texts.push(pem("rsa2048.pkcs1.pub"));
        } else {
            texts.extend([hex(&raw), hex(&raw).to_uppercase()]);
        }
        if name(kind) == "p256" {
            let mut compressed = raw[..33].to_vec();
            compressed[0] = 2 + raw[64] % 2;
            texts.extend([hex(&compressed), base64(&compressed)]);
        }
        for pem in [&spki, &certificate] {
            let joined = |line: &str| pem.lines().collect::<Vec<_>>().join(line);
            texts.extend([pem.clone(), joined(" "), joined(""), joined("\r\n"), joined("\\n")]);
            texts.extend([joined("\\r\\n"), format!("\n  {pem}\\n \n")]);
        }
        for bytes in [&raw, &der(&spki)] {
            let padded = base64(bytes);
            texts.extend([padded.trim_end_matches('=').into(), base64url(bytes), padded.clone()]);
            texts.push(padded.replace('+', "-").replace('/', "_"));
            texts.push(format!("{}\n{}\n", &padded[..20], &padded[20..]));
        }
        for plain in texts {
            for (prefix, text) in [
                ("", plain.clone()),
                ("", format!(" \t{plain}\r\n")),
                ("whpk_", plain.clone()),
                ("whpk_", format!("whpk_{plain}")),
            ] {
                let key = PublicKey::read(kind, prefix, text.as_bytes());
                let key =
                    key.map_err(|error| format!("{kind:?} {}: {text}", error.code())).unwrap();
                assert!(verifies(&key, Form::Der, MESSAGE, &signature), "{kind:?} {text}");
                assert!(!verifies(&key, Form::Der, b"what is not", &signature), "{kind:?} {text}");
                read_keys += 1;
            }
        }
    }
    assert!(read_keys >= 4 * 25 * signatures().len(), "{read_keys}");
}

/// Every key that is not of the row's kind, and every half that is not public.
#[test]
fn a_key_of_another_kind_is_refused_by_name() {
    let files = [
        "ed25519",
        "ed25519.pub",
        "ed25519.crt",
        "ed25519.encrypted",
        "x25519.pub",
        "p256",
        "p256.sec1",
        "p256.pub",
        "p256.crt",
        "p384",
        "p384.pub",
        "p384.sec1",
        "rsa2048",
        "rsa2048.pkcs1",
        "rsa2048.pub",
        "rsa2048.pkcs1.pub",
        "rsa2048.crt",
        "rsapss2048.pub",
    ];
    let mut refused = 0;
    for (kind, _) in signatures() {
        let own = |file: &&str| {
            let public = file.ends_with(".pub") || file.ends_with(".crt");
            file.starts_with(&format!("{}.", name(kind))) && public
        };
        for file in files.iter().filter(|file| !own(file)) {
            let text = pem(file);
            assert_eq!(code(kind, &text), "wrong_key_type", "{kind:?} {file}");
            // The label of the block says less of an RSA key, and nothing of what is encrypted.
            let structures = ["encrypted", "pkcs1", "pkcs1.pub", "sec1"];
            if !structures.iter().any(|end| file.ends_with(end)) && !file.ends_with(".crt") {
                assert_eq!(code(kind, base64(&der(&text))), "wrong_key_type", "{kind:?} {file}");
            }
            refused += 1;
        }
        let (_, jwk) = parts(kind);
        let private = jwk.replacen('{', r#"{"d":"AAAA","#, 1);
        assert_eq!(code(kind, private), "wrong_key_type");
        for kty in [r#"{"kty":"oct","k":"AAAA"}"#, r#"{"kty":"EC","crv":"P-384"}"#] {
            assert_eq!(code(kind, kty), "wrong_key_type", "{kty}");
        }
        assert_eq!(code(kind, r#"{"kty":"OKP","crv":"X25519","x":"AAAA"}"#), "wrong_key_type");
    }
    let kinds = signatures();
    let own: usize =
        kinds.iter().map(|(kind, _)| if name(*kind) == "rsa2048" { 3 } else { 2 }).sum();
    assert_eq!(refused, files.len() * kinds.len() - own);
}

#[test]
fn what_is_no_key_is_malformed() {
    for (kind, _) in signatures() {
        for blank in ["", " ", "\r\n\t", "whpk_", " whpk_ "] {
            let error = PublicKey::read(kind, "whpk_", blank.as_bytes()).err();
            assert_eq!(error, Some(KeyError::EmptySecret), "{blank:?}");
        }
        let pem = pem(&format!("{}.pub", name(kind)));
        let bytes = der(&pem);
        let (raw, jwk) = parts(kind);
        let body = base64(&bytes);
        for text in [
            "-----".into(),
            "-----BEGIN PUBLIC KEY-----".into(),
            "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----".into(),
            pem.replace("END PUBLIC", "END RSA PUBLIC"),
            pem.replace("-----END", "----END"),
            pem.replacen("-----\nM", "-----\n*", 1),
            format!("{pem}{pem}"),
            format!("{pem}x"),
            base64(&bytes[..bytes.len() - 1]),
            base64(&[&bytes[..], &[0]].concat()),
            format!("key: {body}"),
            format!("{body}\\t"),
            hex(&raw[..raw.len() - 1]),
            format!("{}0", hex(&raw)),
            "A".repeat(1_000_000),
            " ".repeat(1_000_000) + "x",
            "{".into(),
            "{}".into(),
            jwk.replace("kty", "kt"),
            jwk.replace("\"x\"", "\"X\"").replace("\"n\"", "\"N\""),
            jwk.replace("\"x\":\"", "\"x\":\"=").replace("\"n\":\"", "\"n\":\"="),
            jwk.replace("\"x\":\"", "\"x\":\"\\u0041").replace("\"n\":\"", "\"n\":\"\\u0041"),
            jwk.replacen('{', r#"{"kty":"OKP","#, 1),
            jwk.trim().trim_end_matches('}').into(),
        ] {
            let shown = &text[..text.len().min(200)];
            assert_eq!(code(kind, &text), "malformed_secret", "{kind:?} {shown}");
        }
        let digits = body.trim_end_matches('=');
        for padding in 0..=5 {
            let text = format!("{digits}{}", "=".repeat(padding));
            let fits = padding == 0 || text == body;
            assert_eq!(code(kind, text), if fits { "" } else { "malformed_secret" }, "{padding}");
        }
    }
}
