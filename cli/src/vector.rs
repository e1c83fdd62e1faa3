//! One test vector: what a file says of it, and what comes out.

use hookseal::capture::{self, Captured};
use hookseal::{Delivery, UnixTime};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::delivery::{pairs, request};
use crate::output::Failure;
use crate::setup;
use crate::text::hex;

/// A file of vectors. A key that is not named here is an error: it would be a condition that no
/// one checks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) scheme: String,
    #[serde(rename = "about")]
    _about: Option<String>,
    #[serde(rename = "licence")]
    _licence: Option<String>,
    #[serde(rename = "sources")]
    _sources: Option<Vec<String>>,
    pub(crate) tests: Vec<Vector>,
}

/// One delivery, and what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vector {
    pub(crate) id: u64,
    pub(crate) comment: String,
    #[serde(rename = "origin")]
    _origin: Option<String>,
    secrets: Vec<String>,
    #[serde(default)]
    allow_weak_secret: bool,
    body_limit: Option<usize>,
    method: Option<Value>,
    url: Option<Value>,
    headers: Value,
    body: Option<Value>,
    body_base64: Option<Value>,
    now: i64,
    expect: String,
    sent_at_ms: Option<i64>,
    secret_index: Option<usize>,
    event_id: Option<String>,
    event_type: Option<String>,
    replay_key: Option<String>,
    #[serde(rename = "disputed")]
    _disputed: Option<String>,
}

/// The scope of the replay keys in vectors.
const SCOPE: &[u8] = b"vectors";

/// What a delivery says beside its verdict, as text.
type Facts = [(&'static str, Option<String>); 5];

impl Vector {
    /// What was expected and what came out, in the same words.
    pub(crate) fn judge(&self, scheme: &str) -> Result<(String, String), Failure> {
        let wanted = self.facts();
        let expected = told(&self.expect, &wanted);
        let scheme = match hookseal::providers::by_name(scheme) {
            Ok(scheme) => scheme,
            Err(error) => return Ok((expected, error.code().to_owned())),
        };
        let secrets: Vec<&[u8]> = self.secrets.iter().map(String::as_bytes).collect();
        let verifier = match setup::verifier(scheme, &secrets, self.allow_weak_secret) {
            Ok(verifier) => verifier,
            Err((error, _)) => return Ok((expected, error.code().to_owned())),
        };
        let verifier = match self.body_limit {
            Some(limit) => verifier.body_limit(limit),
            None => verifier,
        };
        let delivery = self.delivery()?;
        let headers = pairs(&delivery);
        let request = request(&delivery, &headers);
        let got = match verifier.verify(&request, UnixTime::from_secs(self.now)) {
            Ok(verified) => told("verified", &asked(facts_of(&verified), &wanted)),
            Err(error) => error.code().to_owned(),
        };
        Ok((expected, got))
    }

    /// The delivery is spelled as captured requests are, so the same reader reads it.
    fn delivery(&self) -> Result<Captured, Failure> {
        let mut parts = Map::new();
        parts.insert("headers".to_owned(), self.headers.clone());
        let optional = [
            ("method", &self.method),
            ("url", &self.url),
            ("body", &self.body),
            ("body_base64", &self.body_base64),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                parts.insert(name.to_owned(), value.clone());
            }
        }
        Ok(capture::read(Value::Object(parts).to_string().as_bytes())?)
    }

    fn facts(&self) -> Facts {
        [
            ("sent_at_ms", self.sent_at_ms.map(|it| it.to_string())),
            ("secret_index", self.secret_index.map(|it| it.to_string())),
            ("event_id", self.event_id.clone()),
            ("event_type", self.event_type.clone()),
            ("replay_key", self.replay_key.clone()),
        ]
    }
}

fn facts_of(delivery: &Delivery<'_>) -> Facts {
    [
        ("sent_at_ms", delivery.sent_at().map(|it| it.as_millis().to_string())),
        ("secret_index", Some(delivery.secret_index().to_string())),
        ("event_id", delivery.event_id().map(|it| it.to_text())),
        ("event_type", delivery.event_type().map(|it| it.to_text())),
        ("replay_key", Some(hex(&delivery.replay_key(SCOPE)))),
    ]
}

/// Of the facts, those that the vector asks for.
fn asked(facts: Facts, wanted: &Facts) -> Facts {
    let mut facts = facts;
    for ((_, fact), (_, wanted)) in facts.iter_mut().zip(wanted) {
        *fact = wanted.as_ref().map(|_| fact.take().unwrap_or_else(|| "none".to_owned()));
    }
    facts
}

fn told(verdict: &str, facts: &Facts) -> String {
    let mut text = verdict.to_owned();
    for (name, value) in facts {
        if let Some(value) = value {
            text.push_str(&format!(", {name} {value}"));
        }
    }
    text
}
