//! A delivery made by the signer, with the places of its parts.

use core::ops::Range;

use hookseal::{Encoding, Error, Identity, Place, Request, Scheme, UnixTime, Verifier};
use serde_json::{Map, json};

use crate::Seed;
use crate::reference::{Received, tag};
use crate::sender::clock::written;
use crate::sender::draft::{Draft, first, text};
use crate::sender::secrets::{self, Secret};
use crate::sender::{Event, send};
use crate::support::text::hex;

pub(crate) const URL: &str = "https://hooks.example.com/in%3Aside?to=%20a";
pub(crate) const SCOPE: &[u8] = b"endpoint 1";

/// A run of bytes in a header.
pub(crate) type Spot = (usize, Range<usize>);

pub(crate) struct Made {
    pub(crate) row: &'static Scheme<'static>,
    pub(crate) verifier: Verifier<'static>,
    pub(crate) secret: Secret,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) url: String,
    pub(crate) method: String,
    pub(crate) id: String,
    pub(crate) now: i64,
    /// The signature, as it is spelled, and its place where that is a header.
    pub(crate) signature: Vec<u8>,
    pub(crate) signed_at: Option<Spot>,
    pub(crate) time: Option<Spot>,
    pub(crate) id_at: Option<Spot>,
    pub(crate) draft: Draft,
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

/// The value of every field that a row signs by its name.
pub(crate) fn value(seed: &Seed) -> String {
    format!("v{:016x}", seed.dice)
}

/// What the seed tells of.
pub(crate) fn event(seed: &Seed) -> Event {
    let mut fields = Map::new();
    fields.insert("note".to_owned(), json!(hex(&seed.body)));
    fields.insert("about".to_owned(), json!({ "id": "one object" }));
    Event {
        id: seed.id.clone(),
        kind: "thing.changed".into(),
        sent: seed.now,
        value: value(seed),
        fields,
        plain: Some(seed.body.clone()),
        url: URL.into(),
        whole: true,
        conditions: false,
    }
}

impl Made {
    pub(crate) fn new(row: &'static Scheme<'static>, seed: &Seed) -> Self {
        let secret = secret(row, &seed.key);
        let sent = send(row, &secret, &event(seed)).unwrap();
        let Received { headers, url, method, body } = sent.received;
        let at = |name: &str| headers.iter().position(|(it, _)| it == name);
        let spot = |name: &str, text: &str| {
            let header = at(name)?;
            let value = &headers[header].1;
            let fits = |at: &usize| value[*at..].starts_with(text.as_bytes());
            let start = (0..=value.len()).rev().find(fits)?;
            Some((header, start..start + text.len()))
        };
        let in_header = |source: hookseal::Source<'static>, text: &str| {
            (source.place == Place::Header).then(|| spot(first(&source), text)).flatten()
        };
        let time =
            row.timestamp.and_then(|time| in_header(time.source, &text(&written(&time, seed.now))));
        let signed_at = in_header(row.signature, &sent.signature);
        let id_at = row.event_id.and_then(|id| in_header(id.source, &seed.id));
        Made {
            row,
            verifier: Verifier::new(row, &secret.verifier).unwrap(),
            secret,
            body,
            url,
            method,
            id: seed.id.clone(),
            now: seed.now,
            signature: sent.signature.into_bytes(),
            signed_at,
            time,
            id_at,
            headers,
            draft: sent.draft,
        }
    }

    pub(crate) fn verify(&self) -> Result<Verified, Error> {
        self.verify_by(&self.verifier, self.now)
    }

    pub(crate) fn verify_by(&self, verifier: &Verifier<'_>, now: i64) -> Result<Verified, Error> {
        let pairs: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = Request::new(pairs.as_slice(), &self.body).url(&self.url);
        let request = request.method(&self.method);
        let delivery = verifier.verify(&request, UnixTime::from_millis(now))?;
        #[cfg(feature = "alloc")]
        same_when_owned(&delivery);
        Ok(Verified {
            key: delivery.replay_key(SCOPE),
            other_scope: delivery.replay_key(b"endpoint 2"),
            secret_index: delivery.secret_index(),
            id: delivery.event_id().map(|id| id.to_text()),
            sent_at: delivery.sent_at(),
            body: delivery.body().danger_unsigned().to_vec(),
        })
    }

    /// Whether the second reading of the row takes the signature for one of this delivery.
    pub(crate) fn holds(&self) -> bool {
        let of = Received {
            headers: self.headers.clone(),
            url: self.url.clone(),
            method: self.method.clone(),
            body: self.body.clone(),
        };
        tag::holds(self.row, &of, &self.secret.verifier) == Some(true)
    }

    /// Whether the delivery is refused with another signature. `None`: this one cannot be written
    /// where the signature is.
    pub(crate) fn refuses(&mut self, signature: &[u8]) -> Option<bool> {
        if let Some(spot) = self.signed_at.clone() {
            return Some(self.with(&spot, signature, |made| made.verify().is_err()));
        }
        let text = str::from_utf8(signature).ok()?;
        let (id, _) = tag::halves(self.row, &self.secret.verifier);
        let other = self.draft.signed(self.row, id, text);
        let own = (self.body.clone(), self.url.clone());
        (self.body, self.url) = (other.body, other.url);
        let refused = self.verify().is_err();
        (self.body, self.url) = own;
        Some(refused)
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

    /// Puts another text of the same letters in the place of one, wherever it is. Says whether it
    /// was anywhere.
    pub(crate) fn replace(&mut self, text: &str, with: &str) -> bool {
        let replaced =
            |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(text, with).into_bytes();
        let before = (self.headers.clone(), self.body.clone(), self.url.clone());
        for (_, value) in &mut self.headers {
            *value = replaced(value);
        }
        if self.body.windows(text.len()).any(|it| it == text.as_bytes()) {
            self.body = replaced(&self.body);
        }
        self.url = self.url.replace(text, with);
        before != (self.headers.clone(), self.body.clone(), self.url.clone())
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
pub(crate) fn secret(row: &Scheme<'_>, key: &[u8]) -> Secret {
    let pair = key.iter().map(|byte| usize::from(*byte)).sum();
    let mut text = hex(key);
    if row.encoding != Encoding::Text {
        // The longest credentials that are sent in base64 are 96 bytes.
        text.truncate(96);
    }
    secrets::secret(row, &secrets::Seed { text, bytes: key.to_vec(), pair }, 1)
}

/// A text behind the id that the secrets of a row have.
pub(crate) fn under_id(row: &Scheme<'_>, key: &str) -> String {
    row.key_id.map_or(key.to_owned(), |mark| format!("key1{}{key}", char::from(mark)))
}
