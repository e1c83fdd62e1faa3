//! Signatures that are a JWS, which says itself how it is signed.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hookseal::{Algorithm, Encoding, Place};
use serde_json::{Map, Value, json};

use crate::case::{Case, KEY, Verify};
use crate::rows::{has_public_key, made_rows};
use crate::spell::{first, mac};

/// A JWS that says that it is not signed was taken.
#[test]
fn jwt_algorithm_none_accepted() {
    the_header_does_not_choose(&Case::accepted).unwrap();
    the_header_does_not_choose(&wrong::takes_none).unwrap_err();
}

/// A public key, which anyone has, was taken for the secret of an HMAC, because the header said so
/// (CVE-2015-9235).
#[test]
fn jsonwebtoken_2015_9235_public_key_as_the_secret_of_an_hmac() {
    the_header_does_not_choose(&Case::accepted).unwrap();
    the_header_does_not_choose(&wrong::obeys_the_header).unwrap_err();
}

/// Every name of no algorithm, with and without a tag; and each HMAC under whatever is public.
fn the_header_does_not_choose(verify: Verify<'_>) -> Result<(), String> {
    let (mut shared, mut public) = (0, 0);
    for row in made_rows().filter(|row| row.encoding == Encoding::Jws) {
        let genuine = Case::of(row);
        assert!(verify(&genuine), "{}", row.name);
        if has_public_key(row) {
            public += 1
        } else {
            shared += 1
        }
        let payload = genuine.jws_parts()[1].clone();
        for name in ["none", "None", "NONE", "nOnE", "", "null"] {
            for header in
                [json!({ "alg": name, "typ": "JWT" }), json!({ "alg": [name] }), json!({})]
            {
                for tag in ["", &genuine.signature] {
                    let text = format!("{}.{payload}.{tag}", encode(&header));
                    if verify(&genuine.with_jws(&text)) {
                        return Err(format!("{}: {header} {tag:?}", row.name));
                    }
                }
            }
        }
        let hmacs = [
            ("HS256", Algorithm::HmacSha256),
            ("HS384", Algorithm::HmacSha384),
            ("HS512", Algorithm::HmacSha512),
        ];
        let own = genuine.secret();
        for (name, algorithm) in hmacs.into_iter().filter(|(_, it)| *it != row.algorithm) {
            for key in [own.as_bytes(), own.trim().as_bytes(), KEY, b""] {
                let message =
                    format!("{}.{payload}", encode(&json!({ "alg": name, "typ": "JWT" })));
                let tag =
                    Base64UrlUnpadded::encode_string(&mac(algorithm, key, message.as_bytes()));
                if verify(&genuine.with_jws(&format!("{message}.{tag}"))) {
                    return Err(format!("{}: {name}", row.name));
                }
            }
        }
    }
    assert!(shared > 0 && public > 0, "{shared} rows with a secret, {public} with a public key");
    Ok(())
}

/// The claim that binds the body was compared where it was there; without it any body was taken.
#[test]
fn jwt_claim_of_the_body_absent() {
    every_claim_is_asked_for(&Case::accepted).unwrap();
    every_claim_is_asked_for(&wrong::compares_what_is_there).unwrap_err();
}

/// Rightly signed, and one claim of the row's conditions is absent, empty, or of another body.
fn every_claim_is_asked_for(verify: Verify<'_>) -> Result<(), String> {
    let mut count = 0;
    for row in made_rows().filter(|row| row.encoding == Encoding::Jws) {
        let genuine = Case::of(row);
        let claims = genuine.jws_claims();
        for check in row.checks.iter().filter(|check| check.source.place == Place::Claim) {
            let name = first(check.source.name);
            let others =
                [None, Some(json!("")), Some(json!(null)), Some(json!(false)), Some(json!("x"))];
            for other in others {
                let mut changed = claims.clone();
                changed.remove(name);
                changed.extend(other.map(|value| (name.to_owned(), value)));
                count += 1;
                if verify(&genuine.with_claims(changed)) {
                    return Err(format!("{} without {name}", row.name));
                }
            }
        }
        let kept = genuine.with_claims(claims);
        assert!(verify(&kept), "{}: signed again", row.name);
    }
    assert!(count >= 10, "only {count} claims");
    Ok(())
}

fn encode(value: &Value) -> String {
    Base64UrlUnpadded::encode_string(value.to_string().as_bytes())
}

impl Case {
    /// Header and payload of the genuine JWS, encoded.
    fn jws_parts(&self) -> [String; 2] {
        let content = String::from_utf8(self.content()).unwrap();
        let (header, payload) = content.split_once('.').unwrap_or((&content, ""));
        [header, payload].map(str::to_owned)
    }

    fn jws_claims(&self) -> Map<String, Value> {
        let [_, payload] = self.jws_parts();
        let payload = Base64UrlUnpadded::decode_vec(&payload).unwrap();
        serde_json::from_slice(&payload).unwrap_or_default()
    }

    /// The same delivery with another JWS.
    fn with_jws(&self, text: &str) -> Self {
        let whole = format!("{}.{}", self.jws_parts().join("."), self.signature);
        let put = |value: &[u8]| {
            let value = String::from_utf8_lossy(value);
            value.replace(&whole, text).into_bytes()
        };
        let headers = self.headers.iter().map(|(name, value)| (name.clone(), put(value)));
        self.with_headers(headers.collect()).with_other_body(put(&self.body))
    }

    /// The same delivery with other claims, rightly signed.
    fn with_claims(&self, claims: Map<String, Value>) -> Self {
        let message = format!("{}.{}", self.jws_parts()[0], encode(&Value::Object(claims)));
        let tag = self.tag_of(message.as_bytes());
        self.with_jws(&format!("{message}.{}", self.spelled(&tag)))
    }
}

mod wrong {
    use base64ct::Encoding as _;

    use super::{Algorithm, Base64UrlUnpadded, Case, KEY, Value, mac};
    use crate::reference::find::jws;

    fn parts(case: &Case) -> Option<(Value, String, Vec<u8>)> {
        let text = jws(case.scheme, &case.received_whole())?;
        let (message, tag) = text.rsplit_once('.')?;
        let header = Base64UrlUnpadded::decode_vec(message.split('.').next()?).ok()?;
        let tag = Base64UrlUnpadded::decode_vec(tag).ok()?;
        Some((serde_json::from_slice(&header).ok()?, message.to_owned(), tag))
    }

    pub(super) fn takes_none(case: &Case) -> bool {
        parts(case).is_some_and(|(header, _, _)| header["alg"] == "none") || case.accepted()
    }

    pub(super) fn obeys_the_header(case: &Case) -> bool {
        let Some((header, message, tag)) = parts(case) else { return false };
        match header["alg"].as_str() {
            Some("HS256") if case.scheme.algorithm != Algorithm::HmacSha256 => {
                mac(Algorithm::HmacSha256, case.secret().as_bytes(), message.as_bytes()) == tag
            }
            _ => case.accepted(),
        }
    }

    /// A signature that holds, and no claim is missed.
    pub(super) fn compares_what_is_there(case: &Case) -> bool {
        let Some((_, message, tag)) = parts(case) else { return false };
        let shared = case.scheme.algorithm == Algorithm::HmacSha256;
        shared && mac(Algorithm::HmacSha256, KEY, message.as_bytes()) == tag || case.accepted()
    }
}
