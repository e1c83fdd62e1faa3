//! What the fuzz targets share: genuine deliveries of every row, the second reading of the rows,
//! and a MAC of their own.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]
#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "../../core/tests/reference/mod.rs"]
mod reference;
#[path = "../../core/tests/sender/mod.rs"]
mod sender;
#[path = "../../core/tests/support/mod.rs"]
mod support;

use std::sync::LazyLock;

use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal::{Clock, Request, Scheme, Source, UnixTime, providers};
use sha2::Sha256;

use reference::Received;
use sender::Event;
use sender::secrets::{Secret, Seed};

/// The key of every target, as text.
pub const KEY: &str = "a key that only the targets know";

/// The rows that can be signed, each with a secret in the spelling that it takes.
static ROWS: LazyLock<Vec<(&'static Scheme<'static>, Secret)>> = LazyLock::new(|| {
    let rows = providers::ALL.iter().copied().filter(|row| sender::is_signable(row));
    let seed = Seed { text: KEY.into(), bytes: KEY.into(), pair: 0 };
    rows.map(|row| (row, sender::secrets::secret(row, &seed, 1))).collect()
});

/// How many rows can be signed.
#[must_use]
pub fn rows() -> usize {
    ROWS.len()
}

/// The row that a number picks.
#[must_use]
pub fn row(pick: u16) -> &'static Scheme<'static> {
    ROWS[usize::from(pick) % ROWS.len()].0
}

/// The secret that a verifier of a row takes.
#[must_use]
pub fn secret(scheme: &Scheme<'static>) -> &'static str {
    &both(scheme).verifier
}

fn both(scheme: &Scheme<'static>) -> &'static Secret {
    let found = ROWS.iter().find(|(row, _)| row.name == scheme.name);
    &found.unwrap_or_else(|| panic!("no secret for {}", scheme.name)).1
}

/// A request that owns its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// Names and values, in order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
    /// The URL as configured.
    pub url: String,
    /// The method.
    pub method: String,
}

impl Owned {
    /// Hands the request over as the core takes it.
    pub fn with<T>(&self, run: impl FnOnce(&Request<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = Request::new(headers.as_slice(), &self.body);
        run(&request.url(&self.url).method(&self.method))
    }

    /// Whether the second reading of the row takes one of the signatures for that of this request.
    #[must_use]
    pub fn holds(&self, scheme: &Scheme<'_>, secret: &str) -> bool {
        let Self { headers, url, method, body } = self.clone();
        let of = Received { headers, url, method, body };
        reference::tag::holds(scheme, &of, secret) == Some(true)
    }
}

/// What a delivery is made of, as far as its row has a place for it.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Free bytes: the body, or a string in it where the row reads fields of the body.
    pub body: &'a [u8],
    /// The event id.
    pub event_id: &'a str,
    /// The time.
    pub now: UnixTime,
    /// The URL.
    pub url: &'a str,
}

/// A genuine delivery, signed by the core. `None`: the row refuses to sign these facts.
#[must_use]
pub fn genuine(scheme: &'static Scheme<'static>, facts: &Facts<'_>) -> Option<Owned> {
    let free = String::from_utf8_lossy(facts.body).into_owned();
    let mut fields = serde_json::Map::new();
    fields.insert("free".into(), free.into());
    let event = Event {
        id: facts.event_id.into(),
        kind: "thing.changed".into(),
        sent: facts.now.as_millis(),
        value: "value1".into(),
        fields,
        plain: Some(facts.body.to_vec()),
        url: facts.url.into(),
        whole: true,
        conditions: false,
    };
    let Received { headers, url, method, body } =
        sender::send(scheme, both(scheme), &event).ok()?.received;
    Some(Owned { headers, url, method, body })
}

/// The time that a delivery of a moment tells: an end is none.
#[must_use]
pub fn told(scheme: &Scheme<'_>, now: UnixTime) -> Option<UnixTime> {
    scheme.timestamp.filter(|time| time.clock != Clock::Expiry).map(|_| now)
}

/// The first name of a source.
#[must_use]
pub fn first_name(source: Source<'static>) -> &'static str {
    source.names().next().unwrap_or_default()
}

/// HMAC-SHA-256 under [`KEY`], in hex.
#[must_use]
pub fn mac(parts: &[&[u8]]) -> String {
    mac_bytes(parts).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// HMAC-SHA-256 under [`KEY`].
#[must_use]
pub fn mac_bytes(parts: &[&[u8]]) -> Vec<u8> {
    let mut mac: Hmac<Sha256> = Hmac::new_from_slice(KEY.as_bytes()).expect("any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}
