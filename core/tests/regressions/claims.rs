//! The claims of a JWS, by the facts of its row.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hookseal::{Algorithm, Place, Source, When};
use serde_json::{Map, Value, json};

use crate::case::{Case, KEY};
use crate::spell::{first, number_or_text};

impl Case {
    /// Header and payload of a JWS: each condition that is a claim, the time, the id.
    pub(crate) fn jws_message(&self, time: &str, id: &str) -> String {
        let row = self.scheme;
        let content = self.reading(KEY, &self.sent);
        let mut claims = Map::new();
        let on_claims = row.checks.iter().filter(|check| check.source.place == Place::Claim);
        for check in on_claims.filter(|it| it.when != When::WithBody || !self.sent.body.is_empty())
        {
            let value = content.content(check.equals.text()).unwrap();
            claims.insert(
                first(check.source.name).to_owned(),
                String::from_utf8(value).unwrap().into(),
            );
        }
        if let Some(source) = row.timestamp.map(|it| it.source).filter(is_claim) {
            claims.insert(first(source.name).to_owned(), number_or_text(time));
        }
        if let Some(source) = row.event_id.map(|it| it.source).filter(is_claim) {
            claims.insert(first(source.name).to_owned(), json!(id));
        }
        let detached = row.signed.text().contains("{jws|header}");
        let unencoded = detached && row.signed.text().contains("{body}");
        let mut header = json!({ "alg": jws_name(row.algorithm), "typ": "JWT" });
        if unencoded {
            header["b64"] = json!(false);
            header["crit"] = json!(["b64"]);
        }
        let payload = if detached { String::new() } else { Value::Object(claims).to_string() };
        let [header, payload] =
            [header.to_string(), payload].map(|it| Base64UrlUnpadded::encode_string(it.as_bytes()));
        format!("{header}.{payload}")
    }
}

fn is_claim(source: &Source<'_>) -> bool {
    source.place == Place::Claim
}

fn jws_name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::HmacSha256 => "HS256",
        Algorithm::HmacSha384 => "HS384",
        Algorithm::HmacSha512 => "HS512",
        Algorithm::EcdsaP256 => "ES256",
        Algorithm::Ed25519 => "EdDSA",
        other => panic!("an algorithm that no JWS here has: {}", other.name()),
    }
}
