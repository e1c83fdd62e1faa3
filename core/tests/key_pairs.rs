//! Ed25519 and ECDSA from end to end: what a signer makes with the private key, a verifier takes
//! with the public one, and so does `ring`; and nothing else.
#![cfg(all(feature = "ed25519", feature = "ecdsa", feature = "rsa", not(miri)))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects, missing_docs)]

#[path = "support/jws.rs"]
#[allow(dead_code, reason = "of tokens nothing is needed here")]
mod other;

use base64ct::{Base64, Encoding as _};
use hookseal::{
    Algorithm, Encoding, Error, KeyFormat, Request, Scheme, SchemeError, Signer, UnixTime,
    Verifier, header, providers, template,
};
use other::{der, pem};
use ring::signature::{ECDSA_P256_SHA256_ASN1, ED25519, UnparsedPublicKey, VerificationAlgorithm};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const BODY: &[u8] = b"{\"id\":\"evt_1\"}\r\n";

/// The rows that can be signed, their key pair, and what each signs here.
fn rows() -> Vec<(&'static Scheme<'static>, &'static str, &'static [u8])> {
    vec![
        (&providers::DISCORD, "ed25519", b"1700000000{\"id\":\"evt_1\"}\r\n"),
        (&providers::TELNYX, "ed25519", b"1700000000|{\"id\":\"evt_1\"}\r\n"),
        (&providers::STANDARD_WEBHOOKS_V1A, "ed25519", b"msg_1.1700000000.{\"id\":\"evt_1\"}\r\n"),
        (
            &providers::FAL,
            "ed25519",
            b"msg_1\nuser_1\n1700000000\n\
              d9c2f914fffb5b74a14a0bbe856d115ef14e2476346ac3f303201ff97f301116",
        ),
        (&providers::CIRCLE, "p256", b"{\"id\":\"evt_1\"}\r\n"),
        (&providers::SENDGRID, "p256", b"1700000000{\"id\":\"evt_1\"}\r\n"),
    ]
}

/// Headers as they would be sent.
fn sign(scheme: &Scheme<'_>, private: &str, body: &[u8]) -> Vec<(String, String)> {
    let user = [("x-fal-webhook-user-id", "user_1")];
    let given = if scheme.name == "fal" { &user[..] } else { &[] };
    let signer = Signer::new(scheme, private).unwrap();
    let signed = signer.sign(&Request::new(given, body), Some("msg_1"), NOW).unwrap();
    let made = signed.headers().map(|(name, value)| (name.to_owned(), value.to_string()));
    made.chain(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
        .collect()
}

fn verify(
    scheme: &Scheme<'_>,
    public: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Result<(), Error> {
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let verifier = Verifier::new(scheme, public).unwrap();
    verifier.verify(&Request::new(headers.as_slice(), body), NOW).map(drop)
}

fn signature<'h>(scheme: &Scheme<'_>, headers: &'h [(String, String)]) -> &'h str {
    let value = &headers.iter().find(|(name, _)| name == scheme.signature.name).unwrap().1;
    value.strip_prefix(scheme.signature.prefix).unwrap()
}

fn bytes(encoding: Encoding, text: &str) -> Vec<u8> {
    if encoding == Encoding::Hex {
        let pairs = text.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).unwrap());
        return pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
    }
    let mut memory = vec![0; text.len()];
    Base64::decode(text, &mut memory).unwrap().to_vec()
}

#[test]
fn what_is_signed_is_taken_with_the_public_key_however_it_is_given() {
    for (scheme, name, _) in rows() {
        let headers = sign(scheme, &pem(&format!("{name}.pem")), BODY);
        let public = pem(&format!("{name}.pub.pem"));
        let raw = der(&public)[if name == "p256" { 26 } else { 12 }..].to_vec();
        let hex: String = raw.iter().map(|byte| format!("{byte:02x}")).collect();
        let certificate = pem(&format!("{name}.crt.pem"));
        let spki = Base64::encode_string(&der(&public));
        for key in [public, certificate, spki, Base64::encode_string(&raw), hex] {
            assert_eq!(verify(scheme, &key, &headers, BODY), Ok(()), "{}", scheme.name);
        }
    }
}

#[test]
fn another_house_takes_what_is_signed() {
    for (scheme, name, message) in rows() {
        let headers = sign(scheme, &pem(&format!("{name}.pem")), BODY);
        let signature = bytes(scheme.encoding, signature(scheme, &headers));
        let (alg, skip): (&dyn VerificationAlgorithm, usize) =
            if name == "p256" { (&ECDSA_P256_SHA256_ASN1, 26) } else { (&ED25519, 12) };
        let key = der(&pem(&format!("{name}.pub.pem")))[skip..].to_vec();
        let key = UnparsedPublicKey::new(alg, key);
        assert!(key.verify(message, &signature).is_ok(), "{}", scheme.name);
    }
}

#[test]
fn the_same_delivery_is_signed_in_the_same_bytes() {
    for (scheme, name, _) in rows() {
        let private = pem(&format!("{name}.pem"));
        assert_eq!(sign(scheme, &private, BODY), sign(scheme, &private, BODY), "{}", scheme.name);
    }
}

#[test]
fn nothing_else_is_taken() {
    for (scheme, name, _) in rows() {
        let public = pem(&format!("{name}.pub.pem"));
        let headers = sign(scheme, &pem(&format!("{name}.pem")), BODY);
        let judge =
            |headers: &[(String, String)], body: &[u8]| verify(scheme, &public, headers, body);
        let mismatch = Err(Error::SignatureMismatch);
        for body in
            [&b""[..], b"{\"id\":\"evt_1\"}", b"{\"id\":\"evt_2\"}\r\n", b"{\"id\":\"evt_1\"}\r\n "]
        {
            assert_eq!(judge(&headers, body), mismatch, "{}", scheme.name);
        }
        for at in 0..headers.len() {
            let mut fewer = headers.clone();
            fewer.remove(at);
            let mut twice = headers.clone();
            twice.push(headers[at].clone());
            assert!(judge(&fewer, BODY).is_err(), "{}", scheme.name);
            assert!(judge(&twice, BODY).is_err(), "{}", scheme.name);
        }
        // Every byte of the signature counts.
        let place = headers.iter().position(|(name, _)| name == scheme.signature.name).unwrap();
        let start = scheme.signature.prefix.len();
        for at in start..headers[place].1.len() {
            for other in ["A", "7", "a", "="] {
                let mut changed = headers.clone();
                changed[place].1.replace_range(at..=at, other);
                let is_same = changed == headers;
                assert_eq!(judge(&changed, BODY).is_ok(), is_same, "{} {at} {other}", scheme.name);
            }
        }
    }
}

/// The other signature that ECDSA has for every one: it is genuine, and gives no second event.
#[test]
fn the_twin_of_a_signature_is_the_same_delivery() {
    use p256::ecdsa::Signature;
    let scheme = &providers::SENDGRID;
    let headers = sign(scheme, &pem("p256.pem"), BODY);
    let first = bytes(Encoding::Base64, signature(scheme, &headers));
    let first = Signature::from_der(&first).unwrap();
    let twin = Signature::from_scalars(first.r(), -*first.s().as_ref()).unwrap();
    assert_ne!(first, twin);
    let mut other = headers.clone();
    let place = other.iter().position(|(name, _)| name == scheme.signature.name).unwrap();
    other[place].1 = Base64::encode_string(twin.to_der().as_bytes());
    let verifier = Verifier::new(scheme, pem("p256.pub.pem")).unwrap();
    let replay_key = |headers: &[(String, String)]| {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let request = Request::new(headers.as_slice(), BODY);
        verifier.verify(&request, NOW).unwrap().replay_key(b"")
    };
    assert_eq!(replay_key(&headers), replay_key(&other));
}

/// Each signature costs a hash of the body, so there are few.
#[test]
fn a_public_key_is_asked_four_times_at_most() {
    let scheme = &providers::STANDARD_WEBHOOKS_V1A;
    let headers = sign(scheme, &pem("ed25519.pem"), BODY);
    let place = headers.iter().position(|(name, _)| name == "webhook-signature").unwrap();
    let foreign = format!("v1a,{} ", Base64::encode_string(&[7; 64]));
    let judge = |before: usize| {
        let mut headers = headers.clone();
        headers[place].1 = format!("{}{}", foreign.repeat(before), headers[place].1);
        verify(scheme, &pem("ed25519.pub.pem"), &headers, BODY)
    };
    assert_eq!(judge(3), Ok(()));
    assert_eq!(judge(4), Err(Error::TooManySignatures));
}

#[test]
fn keys_of_another_kind_are_refused_by_name() {
    let code = |result: Result<(), hookseal::SetupError>| result.err().unwrap().code();
    for (scheme, name, _) in rows() {
        let other = if name == "p256" { "ed25519" } else { "p256" };
        for file in [format!("{name}.pem"), format!("{other}.pub.pem"), "rsa2048.pub.pem".into()] {
            assert_eq!(
                code(Verifier::new(scheme, pem(&file)).map(drop)),
                "wrong_key_type",
                "{file}"
            );
        }
        for file in [format!("{name}.pub.pem"), format!("{other}.pem")] {
            let private = pem(&file);
            assert_eq!(code(Signer::new(scheme, &private).map(drop)), "wrong_key_type", "{file}");
        }
    }
    let private = pem("rsa2048.pem");
    assert_eq!(code(Signer::new(&providers::WISE, &private).map(drop)), "cannot_sign");
}

/// The two prefixes of Standard Webhooks, with the 64 bytes that its senders hold.
#[test]
fn prefixed_keys_are_read() {
    let scheme = &providers::STANDARD_WEBHOOKS_V1A;
    let public = der(&pem("ed25519.pub.pem"))[12..].to_vec();
    let seed = der(&pem("ed25519.pem"))[16..].to_vec();
    let both = format!("whsk_{}", Base64::encode_string(&[&seed[..], &public[..]].concat()));
    let headers = sign(scheme, &both, BODY);
    assert_eq!(headers, sign(scheme, &pem("ed25519.pem"), BODY));
    let public = format!("whpk_{}", Base64::encode_string(&public));
    assert_eq!(verify(scheme, &public, &headers, BODY), Ok(()));
}

/// A signature in hex is longer than one of any MAC.
#[test]
fn every_encoding_of_a_row_of_ones_own_has_room() {
    let row = |encoding| Scheme {
        name: "acme",
        signature: header("acme-signature"),
        encoding,
        signed: template!("{body}"),
        key: KeyFormat::PUBLIC_KEY,
        algorithm: Algorithm::EcdsaP256,
        ..Scheme::BASE
    };
    for encoding in
        [Encoding::Hex, Encoding::Base64, Encoding::Base64Url, Encoding::Base64UrlPadded]
    {
        let scheme = row(encoding);
        let headers = sign(&scheme, &pem("p256.pem"), BODY);
        assert_eq!(verify(&scheme, &pem("p256.pub.pem"), &headers, BODY), Ok(()), "{encoding:?}");
    }
    for encoding in [Encoding::Base64OfHex, Encoding::HexOrBase64] {
        assert_eq!(row(encoding).check(), Err(SchemeError::WrongKeyFormat));
    }
}
