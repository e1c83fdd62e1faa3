//! How a provider spells what it sends: body, time, tag and secret, from a row's facts and without
//! the engine.

use base64ct::{Base64, Base64Url, Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit, Mac};
use hookseal::{Algorithm, Clock, Encoding, KeyFormat, Place, Scheme, Source, UnixTime};
use serde_json::{Map, Value, json};

/// The body: every field that the row reads.
pub(crate) fn body(scheme: &Scheme<'_>, time: &str, id: &str, fields: &[(&str, Value)]) -> Value {
    let mut body = json!({ "note": "héllo wörld", "amount": 1 });
    let mut put = |source: Option<Source<'_>>, value: Value| {
        if let Some(source) = source.filter(|source| source.place == Place::Json) {
            set(&mut body, source.names().next().unwrap(), value);
        }
    };
    // A plain number is a number in JSON too; any other spelling can only be a string.
    let number = time.parse::<u64>().ok().filter(|number| number.to_string() == time);
    let spelled = number.map_or_else(|| json!(time), |number| json!(number));
    put(scheme.timestamp.map(|time| time.source), spelled);
    put(scheme.event_id.map(|id| id.source), json!(id));
    put(scheme.event_type, json!("thing.made"));
    for (word, name) in words(scheme) {
        if word == "json" {
            set(&mut body, name, json!("acme"));
        }
    }
    fields.iter().for_each(|(path, value)| set(&mut body, path, value.clone()));
    body
}

fn set(body: &mut Value, path: &str, value: Value) {
    let mut at = body;
    for name in path.split('.') {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[name];
    }
    *at = value;
}

/// The parts of a row's template: a word and its name, or no word and a literal.
pub(crate) fn words<'s>(scheme: &Scheme<'s>) -> Vec<(&'s str, &'s str)> {
    let split = |text: &'s str| match text.split_once('}') {
        Some((word, literal)) => [word.split_once(':').unwrap_or((word, "")), ("", literal)],
        None => [("", ""), ("", text)],
    };
    scheme.signed.text().split('{').flat_map(split).collect()
}

/// A time in the spelling of a clock.
pub(crate) fn spell_time(clock: Clock, time: UnixTime) -> String {
    match clock {
        Clock::Seconds => time.as_secs().to_string(),
        Clock::Millis => time.as_millis().to_string(),
        Clock::Rfc3339 => rfc3339(time.as_secs()),
        other => panic!("a clock that this test does not know: {other:?}"),
    }
}

/// The tag of a content; of a token, which has none, the key.
pub(crate) fn mac(algorithm: Algorithm, key: &[u8], content: &[u8]) -> Vec<u8> {
    macro_rules! hmac {
        ($hash:ty) => {{
            let mac = Hmac::<$hash>::new_from_slice(key).unwrap().chain_update(content);
            mac.finalize().into_bytes().to_vec()
        }};
    }
    match algorithm {
        Algorithm::HmacSha1 => hmac!(sha1::Sha1),
        Algorithm::HmacSha256 => hmac!(sha2::Sha256),
        Algorithm::HmacSha384 => hmac!(sha2::Sha384),
        Algorithm::HmacSha512 => hmac!(sha2::Sha512),
        Algorithm::Token => key.to_vec(),
        other => panic!("an algorithm that this test does not know: {}", other.name()),
    }
}

/// A tag in the spelling of a row.
pub(crate) fn spell(encoding: Encoding, tag: &[u8]) -> String {
    let mut memory = [0; 2048];
    match encoding {
        Encoding::Hex => hex(tag),
        Encoding::Base64 => Base64::encode(tag, &mut memory).unwrap().to_owned(),
        Encoding::Base64Url => Base64UrlUnpadded::encode(tag, &mut memory).unwrap().to_owned(),
        Encoding::Base64UrlPadded => Base64Url::encode(tag, &mut memory).unwrap().to_owned(),
        Encoding::Text => str::from_utf8(tag).unwrap().to_owned(),
        other => panic!("an encoding that this test does not know: {other:?}"),
    }
}

/// A key as the secret that its user has.
pub(crate) fn secret(format: KeyFormat<'_>, key: &[u8]) -> String {
    match format {
        KeyFormat::Text => str::from_utf8(key).unwrap().to_owned(),
        KeyFormat::Hex => hex(key),
        KeyFormat::Base64 { prefix } => format!("{prefix}{}", spell(Encoding::Base64, key)),
        other => panic!("a key format that this test does not know: {other:?}"),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 3339 in whole seconds: years and months counted off one by one.
fn rfc3339(seconds: i64) -> String {
    let (mut days, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let leap = |year: i64| i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let mut year = 1970;
    while days >= 365 + leap(year) {
        days -= 365 + leap(year);
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", days + 1)
}
