//! What the fuzz targets share: genuine deliveries of every row, and a MAC of their own.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal::{Clock, Place, Request, Scheme, Signer, Source, UnixTime, providers};
use sha2::Sha256;

/// The key of every target, as text.
pub const KEY: &str = "a key that only the targets know";

/// The row that a number picks.
#[must_use]
pub fn row(pick: u8) -> &'static Scheme<'static> {
    providers::ALL[usize::from(pick) % providers::ALL.len()]
}

/// The secret in the spelling that a row takes.
#[must_use]
pub fn secret(scheme: &Scheme<'static>) -> &'static str {
    static SECRETS: LazyLock<Vec<(&str, String)>> =
        LazyLock::new(|| providers::ALL.iter().map(|row| (row.name, find_secret(row))).collect());
    let mut secrets = SECRETS.iter();
    secrets.find(|(name, _)| *name == scheme.name).map_or(KEY, |(_, secret)| secret)
}

/// A spelling that nobody has thought of here is a panic: then it has to be added.
fn find_secret(scheme: &'static Scheme<'static>) -> String {
    let base64 = STANDARD.encode(KEY);
    let hex: String = KEY.bytes().map(|byte| format!("{byte:02x}")).collect();
    let spellings = [format!("whsec_{base64}"), base64, hex, KEY.to_owned()];
    let text = matches!(scheme.key, hookseal::KeyFormat::Text);
    let mut fitting = spellings.into_iter().filter(|it| !text || it == KEY);
    let taken = fitting.find(|secret| Signer::new(scheme, secret).is_ok());
    taken.unwrap_or_else(|| panic!("no secret for {}", scheme.name))
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
    let secret = secret(scheme);
    let signer = Signer::new(scheme, secret).ok()?;
    let mut owned = Owned {
        headers: vec![("Host".into(), b"hooks.example.com".to_vec())],
        body: body(scheme, facts),
        url: facts.url.to_owned(),
        method: "POST".to_owned(),
    };
    let own: Option<Vec<(String, Vec<u8>)>> = owned.with(|request| {
        let signed = signer.sign(request, Some(facts.event_id), facts.now).ok()?;
        let pair = |(name, value): (&str, hookseal::HeaderValue<'_>)| {
            (name.to_owned(), value.to_string().into_bytes())
        };
        Some(signed.headers().map(pair).collect())
    });
    owned.headers.extend(own?);
    if let Some(id) = scheme.event_id.filter(|id| id.source.place == Place::Header) {
        let name = first_name(id.source);
        if !owned.headers.iter().any(|(other, _)| other == name) {
            owned.headers.push((name.to_owned(), facts.event_id.into()));
        }
    }
    Some(owned)
}

/// The first name of a source.
#[must_use]
pub fn first_name(source: Source<'static>) -> &'static str {
    source.names().next().unwrap_or_default()
}

/// The free bytes; or JSON that holds every field that the row reads, and the bytes in a string.
fn body(scheme: &Scheme<'static>, facts: &Facts<'_>) -> Vec<u8> {
    let mut fields = Vec::new();
    if let Some(time) = scheme.timestamp.filter(|time| time.source.place == Place::Json) {
        let value = match time.clock {
            Clock::Seconds => facts.now.as_secs().into(),
            _ => facts.now.as_millis().into(),
        };
        fields.push((first_name(time.source), value));
    }
    for source in [scheme.event_id.map(|id| id.source), scheme.event_type].into_iter().flatten() {
        if source.place == Place::Json {
            fields.push((first_name(source), serde_json::Value::from(facts.event_id)));
        }
    }
    if fields.is_empty() {
        return facts.body.to_vec();
    }
    let mut root = serde_json::json!({ "free": String::from_utf8_lossy(facts.body) });
    for (path, value) in fields {
        let place = path.split('.').fold(&mut root, |at, name| &mut at[name]);
        *place = value;
    }
    root.to_string().into_bytes()
}

/// HMAC-SHA-256 under [`KEY`], in hex.
#[must_use]
pub fn mac(parts: &[&[u8]]) -> String {
    let mut mac: Hmac<Sha256> = Hmac::new_from_slice(KEY.as_bytes()).expect("any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
