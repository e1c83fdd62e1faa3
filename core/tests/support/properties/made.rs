//! A delivery made by the signer, with the places of its parts.

use core::ops::Range;

use hookseal::{
    Algorithm, Clock, Encoding, Error, Identity, KeyFormat, Place, Request, Scheme, Signer,
    UnixTime, Verifier,
};
use serde_json::{Map, Value, json};

use crate::Seed;
use crate::support::text::{base64, hex};

pub(crate) const URL: &str = "https://hooks.example.com/in%3Aside?to=%20a";
pub(crate) const SCOPE: &[u8] = b"endpoint 1";

/// A run of bytes in a header.
pub(crate) type Spot = (usize, Range<usize>);

pub(crate) struct Made {
    pub(crate) row: &'static Scheme<'static>,
    pub(crate) verifier: Verifier<'static>,
    pub(crate) secret: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) url: &'static str,
    pub(crate) method: &'static str,
    pub(crate) id: String,
    pub(crate) now: i64,
    pub(crate) signature: Spot,
    pub(crate) time: Option<Spot>,
    pub(crate) id_at: Option<Spot>,
}

/// What a verified delivery says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verified {
    pub(crate) key: [u8; 32],
    pub(crate) other_scope: [u8; 32],
    pub(crate) secret_index: usize,
    pub(crate) id: Option<String>,
    pub(crate) sent_at: Option<UnixTime>,
    pub(crate) body: Vec<u8>,
}

impl Made {
    pub(crate) fn new(row: &'static Scheme<'static>, seed: &Seed) -> Self {
        Self::with_secret(row, seed, secret(row, &seed.key))
    }

    pub(crate) fn with_secret(row: &'static Scheme<'static>, seed: &Seed, secret: String) -> Self {
        let body = body(row, seed);
        let request = Request::new(&[] as &[(&str, &str)], &body).url(URL).method("POST");
        let signer = Signer::new(row, &secret).unwrap();
        let signed =
            signer.sign(&request, Some(&seed.id), UnixTime::from_millis(seed.now)).unwrap();
        let mut headers: Vec<(String, Vec<u8>)> = signed
            .headers()
            .map(|(name, value)| (name.to_owned(), value.to_string().into_bytes()))
            .collect();
        // The signer leaves out an id that it does not sign; a provider sends it.
        let id_name = row.event_id.filter(|id| id.source.place == Place::Header);
        let id_name = id_name.map(|id| id.source.names().next().unwrap().to_owned());
        if let Some(name) = id_name.iter().find(|name| !headers.iter().any(|(it, _)| it == *name)) {
            headers.push((name.clone(), seed.id.as_bytes().to_vec()));
        }
        let at = |name: &str| headers.iter().position(|(it, _)| it == name).unwrap();
        let end_of = |header: usize, length: usize| {
            let end = headers[header].1.len();
            (header, end - length..end)
        };
        let signature = end_of(at(first(row.signature.name)), signature_length(row, &secret));
        let id_at = id_name.map(|name| end_of(at(&name), seed.id.len()));
        let time = row.timestamp.filter(|time| time.source.place == Place::Header).map(|time| {
            let header = at(first(time.source.name));
            let start = time.source.prefix.len();
            (header, start..start + time_length(time.clock))
        });
        Made {
            row,
            verifier: Verifier::new(row, &secret).unwrap(),
            secret,
            headers,
            body,
            url: URL,
            method: "POST",
            id: seed.id.clone(),
            now: seed.now,
            signature,
            time,
            id_at,
        }
    }

    pub(crate) fn verify(&self) -> Result<Verified, Error> {
        self.verify_by(&self.verifier, self.now)
    }

    pub(crate) fn verify_by(&self, verifier: &Verifier<'_>, now: i64) -> Result<Verified, Error> {
        let pairs: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = Request::new(pairs.as_slice(), &self.body).url(self.url).method(self.method);
        let delivery = verifier.verify(&request, UnixTime::from_millis(now))?;
        #[cfg(feature = "alloc")]
        same_when_owned(&delivery);
        Ok(Verified {
            key: delivery.replay_key(SCOPE),
            other_scope: delivery.replay_key(b"endpoint 2"),
            secret_index: delivery.secret_index(),
            id: delivery.event_id().map(|id| id.as_str().unwrap_or("with escapes").to_owned()),
            sent_at: delivery.sent_at(),
            body: delivery.body().danger_unsigned().to_vec(),
        })
    }

    /// Puts other bytes at a place, for as long as `run` takes, and brings the old ones back.
    pub(crate) fn with<T>(&mut self, at: &Spot, bytes: &[u8], run: impl Fn(&Self) -> T) -> T {
        let before = self.headers[at.0].1.clone();
        self.headers[at.0].1.splice(at.1.clone(), bytes.iter().copied());
        let outcome = run(self);
        self.headers[at.0].1 = before;
        outcome
    }

    pub(crate) fn text(&self, at: &Spot) -> Vec<u8> {
        self.headers[at.0].1[at.1.clone()].to_vec()
    }

    /// Whether the id is signed, and is known to name one event.
    pub(crate) fn is_identified(&self) -> bool {
        let names_event = self.row.event_id.is_some_and(|id| id.names == Identity::Event);
        names_event && self.row.bound().event_id
    }
}

/// A delivery that owns its bytes says what the borrowed one said.
#[cfg(feature = "alloc")]
fn same_when_owned(delivery: &hookseal::Delivery<'_>) {
    let owned = delivery.clone().into_owned();
    assert_eq!(owned.replay_key(SCOPE), delivery.replay_key(SCOPE));
    assert_eq!(owned.event_id().map(str::to_owned), delivery.event_id().map(|id| id.to_text()));
    assert_eq!(owned.body(), delivery.body());
    assert_eq!(owned.secret_index(), delivery.secret_index());
    assert_eq!(owned.sent_at(), delivery.sent_at());
}

/// A secret as the provider spells it.
pub(crate) fn secret(row: &Scheme<'_>, key: &[u8]) -> String {
    match row.key {
        KeyFormat::Base64 { prefix } => format!("{prefix}{}", base64(key)),
        _ => hex(key),
    }
}

/// The seed's bytes, inside of JSON where the row reads a field of it.
fn body(row: &Scheme<'_>, seed: &Seed) -> Vec<u8> {
    let mut root = Map::new();
    if let Some(time) = row.timestamp.filter(|time| time.source.place == Place::Json) {
        let number = match time.clock {
            Clock::Seconds => seed.now.div_euclid(1000),
            _ => seed.now,
        };
        put(&mut root, first(time.source.name), json!(number));
    }
    if let Some(id) = row.event_id.filter(|id| id.source.place == Place::Json) {
        put(&mut root, first(id.source.name), json!(seed.id));
    }
    if root.is_empty() {
        return seed.body.clone();
    }
    root.insert("note".to_owned(), json!(hex(&seed.body)));
    root.insert("about".to_owned(), json!({ "id": "one object" }));
    Value::Object(root).to_string().into_bytes()
}

fn put(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(object.insert(path.to_owned(), value)),
        Some((name, rest)) => {
            let inner = object.entry(name).or_insert_with(|| json!({}));
            put(inner.as_object_mut().unwrap(), rest, value);
        }
    }
}

fn first(names: &str) -> &str {
    names.split('|').next().unwrap()
}

fn signature_length(row: &Scheme<'_>, secret: &str) -> usize {
    let bytes: usize = match row.algorithm {
        Algorithm::HmacSha1 => 20,
        Algorithm::HmacSha384 => 48,
        Algorithm::HmacSha512 => 64,
        _ => 32,
    };
    match row.encoding {
        Encoding::Hex => 2 * bytes,
        Encoding::Base64Url => (4 * bytes).div_ceil(3),
        Encoding::Text => secret.len(),
        _ => 4 * bytes.div_ceil(3),
    }
}

fn time_length(clock: Clock) -> usize {
    match clock {
        Clock::Seconds => 10,
        Clock::Millis => 13,
        _ => "2023-11-14T22:13:20.000Z".len(),
    }
}
