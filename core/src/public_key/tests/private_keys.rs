//! Private keys: the spellings that are read, and the codes of those that are not.

use super::*;
use crate::public_key::{MAX_SIGNATURE, PrivateKey};

/// The signature of the message. Both kinds sign alike every time.
fn sign(kind: Kind, prefix: &str, text: &str) -> Result<Vec<u8>, KeyError> {
    let key = PrivateKey::read(kind, prefix, text.as_bytes())?;
    let mut out = [0; MAX_SIGNATURE];
    let length = key.sign(Form::Der, &|sink| sink(MESSAGE), &mut out);
    Ok(out[..length].to_vec())
}

fn code(kind: Kind, text: impl AsRef<str>) -> &'static str {
    sign(kind, "", text.as_ref()).err().map_or("", KeyError::code)
}

/// Every spelling, in lines, in one line, around blanks, behind a prefix.
fn all_give(kind: Kind, texts: &[String], expected: &[u8]) {
    for plain in texts {
        let one_line = plain.lines().collect::<Vec<_>>();
        for text in [plain.clone(), one_line.join(" "), one_line.join("\\n"), one_line.concat()] {
            for (prefix, text) in [
                ("", text.clone()),
                ("", format!("\n {text} \n")),
                ("whsk_", text.clone()),
                ("whsk_", format!("whsk_{text}")),
            ] {
                assert_eq!(sign(kind, prefix, &text).as_deref(), Ok(expected), "{text}");
            }
        }
    }
}

/// In hex, and in every base64.
fn spelled(bytes: &[u8]) -> [String; 3] {
    [base64(bytes), base64(bytes).trim_end_matches('=').into(), base64url(bytes)]
}

#[cfg(feature = "ed25519")]
mod ed25519 {
    use super::*;

    const KIND: Kind = Kind::Ed25519;

    /// The seed, and the public key.
    fn halves() -> (Vec<u8>, Vec<u8>) {
        let (private, public) = (der(&pem("ed25519")), der(&pem("ed25519.pub")));
        (private[private.len() - 32..].into(), public[public.len() - 32..].into())
    }

    fn jwk(seed: &[u8], public: &[u8]) -> String {
        let [d, x] = [seed, public].map(base64url);
        format!(r#"{{"kty":"OKP","crv":"Ed25519","d":"{d}","x":"{x}"}}"#)
    }

    #[test]
    fn every_spelling_of_a_key_is_the_same_key() {
        let (seed, public) = halves();
        let both = [&seed[..], &public].concat();
        let mut texts = vec![pem("ed25519"), jwk(&seed, &public), hex(&seed), hex(&both)];
        texts.push(hex(&seed).to_uppercase());
        texts.extend([&seed, &both, &der(&pem("ed25519"))].into_iter().flat_map(|it| spelled(it)));
        all_give(KIND, &texts, &signature(KIND));
    }

    /// Signing with a public key that is not the key's own would give the key away.
    #[test]
    fn a_public_half_is_the_keys_own() {
        let (seed, mut public) = halves();
        public[0] ^= 1;
        assert_eq!(code(KIND, hex(&[&seed[..], &public].concat())), "malformed_secret");
        assert_eq!(code(KIND, jwk(&seed, &public)), "malformed_secret");
    }

    #[test]
    fn refused_by_name() {
        let (seed, public) = halves();
        for file in
            ["ed25519.pub", "ed25519.crt", "ed25519.encrypted", "p256", "p256.sec1", "rsa2048"]
        {
            assert_eq!(code(KIND, pem(file)), "wrong_key_type", "{file}");
        }
        for file in ["ed25519.pub", "p256", "rsa2048"] {
            assert_eq!(code(KIND, base64(&der(&pem(file)))), "wrong_key_type", "{file}");
        }
        let public_jwk = jwk(&seed, &public).replacen("\"d\"", "\"D\"", 1);
        assert_eq!(code(KIND, public_jwk), "wrong_key_type");
        assert_eq!(code(KIND, "00".repeat(32)), "empty_secret");
        assert_eq!(code(KIND, base64(&[0; 32])), "empty_secret");
        assert_eq!(sign(KIND, "whsk_", " whsk_ ").err(), Some(KeyError::EmptySecret));
        assert_eq!(code(KIND, hex(&seed[..31])), "malformed_secret");
        assert_eq!(code(KIND, base64(&[7; 33])), "malformed_secret");
        assert_eq!(code(KIND, "A".repeat(100_000)), "malformed_secret");
    }
}

#[cfg(feature = "ecdsa")]
mod ecdsa {
    use super::*;

    const KIND: Kind = Kind::EcdsaP256;

    fn jwk(scalar: &[u8], point: &[u8]) -> String {
        let [d, x, y] = [scalar, &point[1..33], &point[33..]].map(base64url);
        format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","d":"{d}"}}"#)
    }

    fn scalar() -> Vec<u8> {
        der(&pem("p256.sec1"))[7..39].into()
    }

    fn point() -> Vec<u8> {
        let public = der(&pem("p256.pub"));
        public[public.len() - 65..].into()
    }

    #[test]
    fn every_spelling_of_a_key_is_the_same_key() {
        let mut texts = vec![pem("p256"), pem("p256.sec1"), jwk(&scalar(), &point())];
        texts.extend([hex(&scalar()), hex(&scalar()).to_uppercase()]);
        let bytes = [scalar(), der(&pem("p256")), der(&pem("p256.sec1"))];
        texts.extend(bytes.iter().flat_map(|it| spelled(it)));
        let made = sign(KIND, "", &pem("p256")).unwrap();
        all_give(KIND, &texts, &made);
        // OpenSSL's own has another nonce: both are genuine under its public key.
        let public = read(KIND, pem("p256.pub")).unwrap();
        assert!(made != signature(KIND) && verifies(&public, Form::Der, MESSAGE, &made));
    }

    #[test]
    fn a_public_half_is_the_keys_own() {
        let generator = concat!(
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
        );
        assert_eq!(code(KIND, jwk(&scalar(), &from_hex(generator))), "malformed_secret");
        let one = [vec![0; 31], vec![1]].concat();
        assert_eq!(code(KIND, jwk(&one, &from_hex(generator))), "");
        for file in ["p256", "p256.sec1"] {
            let mut der = der(&pem(file));
            let last = der.len() - 1;
            der[last] ^= 1;
            assert_eq!(code(KIND, base64(&der)), "malformed_secret", "{file}");
        }
    }

    #[test]
    fn refused_by_name() {
        for file in
            ["p256.pub", "p256.crt", "p384", "p384.sec1", "ed25519", "rsa2048", "rsa2048.pkcs1"]
        {
            assert_eq!(code(KIND, pem(file)), "wrong_key_type", "{file}");
        }
        for file in ["p256.pub", "p384", "p384.sec1", "ed25519", "rsa2048"] {
            assert_eq!(code(KIND, base64(&der(&pem(file)))), "wrong_key_type", "{file}");
        }
        // Zero, and the order of the curve, are no keys.
        let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        for text in ["00".repeat(32), order.into(), hex(&scalar()[..31]), base64(&scalar()[..31])] {
            assert_eq!(code(KIND, &text), "malformed_secret", "{text}");
        }
        assert_eq!(code(KIND, order.replace("551", "550")), "");
    }
}

/// RSA is verified only.
#[test]
#[cfg(feature = "rsa")]
fn an_rsa_key_does_not_sign() {
    assert_eq!(code(Kind::RsaSha256, pem("rsa2048")), "wrong_key_type");
    assert_eq!(code(Kind::RsaSha256, " "), "empty_secret");
}
