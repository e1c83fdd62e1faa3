//! How a provider spells what it sends: body, time, tag and secret, from a row's facts and without
//! the engine.

use base64ct::{Base64, Base64Url, Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, KeyInit, Mac};
use hookseal::{Algorithm, Encoding, KeyFormat, Place, Scheme, Source};
use md5::Digest as _;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING};
use ring::signature::{EcdsaKeyPair, Ed25519KeyPair};
use serde_json::{Map, Value, json};

use crate::case::KEY;
use crate::reference::template::words;
use crate::secret_pairs::{self, Seed};
use crate::support::text::unbase64;

/// A text of every body, of which no four bytes in a row are in another text.
pub(crate) const NOTE: &str = "qué wörd";

/// What stands before the mark of a secret of two halves.
const KEY_ID: &str = "key7";

/// The fields of a body: every one that the row reads in this place, and two of no meaning.
pub(crate) fn fields(
    scheme: &Scheme<'_>,
    place: Place,
    time: &str,
    id: &str,
    more: &[(&str, Value)],
) -> Value {
    let mut body = json!({ "note": NOTE, "amount": 1 });
    let mut put = |source: Option<Source<'_>>, value: Value| {
        if let Some(source) = source.filter(|source| source.place == place) {
            let value = match value.as_str() {
                Some(text) => json!(format!("{}{text}", first(source.prefix))),
                None => value,
            };
            set(&mut body, first(source.name), value);
        }
    };
    let spelled = number_or_text(time);
    put(scheme.event_type, json!("thing.made"));
    put(scheme.timestamp.map(|time| time.source), spelled);
    put(scheme.event_id.map(|id| id.source), json!(id));
    for (word, name) in words(scheme.signed.text()) {
        let own = match (word.as_str(), place) {
            ("json", Place::Json) | ("form", Place::Form) => json!("acme"),
            ("form|pairs", Place::Form) => json!("acme"),
            ("json|php", Place::Json) => json!({ "value": "naïve a/b", "list": [1, null] }),
            _ => continue,
        };
        if !name.is_empty() && get(&body, &name).is_none_or(Value::is_null) {
            set(&mut body, &name, own);
        }
    }
    more.iter().for_each(|(path, value)| set(&mut body, path, value.clone()));
    body
}

/// A plain number is a number in JSON too; any other spelling can only be a string.
pub(crate) fn number_or_text(text: &str) -> Value {
    let number = text.parse::<u64>().ok().filter(|number| number.to_string() == text);
    number.map_or_else(|| json!(text), |number| json!(number))
}

/// The first of alternatives.
pub(crate) fn first(names: &str) -> &str {
    names.split('|').next().unwrap()
}

fn get<'v>(body: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(body, |at, step| {
        let name = step.trim_end_matches("[]");
        let at = if name.is_empty() { at } else { at.get(name)? };
        if step.ends_with("[]") { at.get(0) } else { Some(at) }
    })
}

/// Puts a value under a path; `a[].b` is that of the one element.
pub(crate) fn set(body: &mut Value, path: &str, value: Value) {
    let mut at = body;
    for step in path.split('.') {
        let name = step.trim_end_matches("[]");
        if !name.is_empty() {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            at = &mut at[name];
        }
        if step.ends_with("[]") {
            if !at.is_array() {
                let element = if name.is_empty() { at.take() } else { Value::Null };
                *at = json!([element]);
            }
            at = &mut at[0];
        }
    }
    *at = value;
}

/// The fields as a form, in the order of their names.
pub(crate) fn form(fields: &Value) -> String {
    let pairs = fields.as_object().unwrap().iter();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs.map(|(name, value)| (name, text(value)))).finish()
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
        Algorithm::HmacMd5 => hmac!(md5::Md5),
        Algorithm::HmacSha1 => hmac!(sha1::Sha1),
        Algorithm::HmacSha256 => hmac!(sha2::Sha256),
        Algorithm::HmacSha384 => hmac!(sha2::Sha384),
        Algorithm::HmacSha512 => hmac!(sha2::Sha512),
        Algorithm::Md5 => md5::Md5::digest(content).to_vec(),
        Algorithm::Sha1 => sha1::Sha1::digest(content).to_vec(),
        Algorithm::Sha256 => sha2::Sha256::digest(content).to_vec(),
        Algorithm::Sha512 => sha2::Sha512::digest(content).to_vec(),
        Algorithm::Token => key.to_vec(),
        other => panic!("an algorithm that this test does not know: {}", other.name()),
    }
}

/// A row's tag: under this key; where keys come in pairs, under a pair that stands for it.
pub(crate) fn tag(row: &Scheme<'_>, key: &[u8], time: &str, content: &[u8]) -> Vec<u8> {
    let pair = seed(key);
    match (row.algorithm, row.key) {
        (Algorithm::Ed25519, _) => {
            let seed = [u8::try_from(pair.pair + 1).unwrap(); 32];
            Ed25519KeyPair::from_seed_unchecked(&seed).unwrap().sign(content).as_ref().to_vec()
        }
        (Algorithm::EcdsaP256, KeyFormat::PublicKey { private_prefix, .. }) => {
            let form = match row.encoding {
                Encoding::Jws => &ECDSA_P256_SHA256_FIXED_SIGNING,
                _ => &ECDSA_P256_SHA256_ASN1_SIGNING,
            };
            let random = SystemRandom::new();
            let text = secret_pairs::secret(&without_key_id(row), &pair, 0).signer;
            let key = unbase64(text.strip_prefix(private_prefix).unwrap());
            let key = EcdsaKeyPair::from_pkcs8(form, &key, &random).unwrap();
            key.sign(&random, content).unwrap().as_ref().to_vec()
        }
        (_, KeyFormat::Sha1) => mac(row.algorithm, &sha1::Sha1::digest(key), content),
        (_, KeyFormat::AfterTimestamp) => {
            mac(row.algorithm, &[time.as_bytes(), key].concat(), content)
        }
        _ => mac(row.algorithm, key, content),
    }
}

fn without_key_id<'s>(row: &Scheme<'s>) -> Scheme<'s> {
    Scheme { key_id: None, ..*row }
}

/// Which pair stands for a key.
fn seed(key: &[u8]) -> Seed {
    let pair = if key == KEY { 0 } else { 1 + usize::from(key.first() == Some(&b'n')) };
    Seed { text: String::new(), bytes: Vec::new(), pair }
}

/// A tag in the spelling of a row.
pub(crate) fn spell(encoding: Encoding, tag: &[u8]) -> String {
    let mut memory = [0; 2048];
    match encoding {
        Encoding::Hex | Encoding::HexAnyCase | Encoding::HexOrBase64 => hex(tag),
        Encoding::Base64 => Base64::encode(tag, &mut memory).unwrap().to_owned(),
        Encoding::Base64Url | Encoding::Jws => {
            Base64UrlUnpadded::encode(tag, &mut memory).unwrap().to_owned()
        }
        Encoding::Base64UrlPadded => Base64Url::encode(tag, &mut memory).unwrap().to_owned(),
        Encoding::Base64OfHex => spell(Encoding::Base64, hex(tag).as_bytes()),
        Encoding::Text => str::from_utf8(tag).unwrap().to_owned(),
        other => panic!("an encoding that this test does not know: {other:?}"),
    }
}

/// A key as the secret that its user has.
pub(crate) fn secret(row: &Scheme<'_>, key: &[u8]) -> String {
    let spelled = secret_of(row.key, key);
    let spelled = spelled
        .unwrap_or_else(|| secret_pairs::secret(&without_key_id(row), &seed(key), 0).verifier);
    format!("{}{spelled}", key_id(row))
}

/// The secret of the one who signs: the same, but where keys come in pairs.
pub(crate) fn private(row: &Scheme<'_>) -> String {
    match row.key {
        KeyFormat::PublicKey { .. } => {
            let pair = secret_pairs::secret(&without_key_id(row), &seed(KEY), 0);
            format!("{}{}", key_id(row), pair.signer)
        }
        _ => secret(row, KEY),
    }
}

/// The same in a format that has no pairs.
fn secret_of(format: KeyFormat<'_>, key: &[u8]) -> Option<String> {
    match format {
        KeyFormat::Text | KeyFormat::Sha1 | KeyFormat::AfterTimestamp => {
            Some(str::from_utf8(key).unwrap().to_owned())
        }
        KeyFormat::Hex => Some(hex(key)),
        KeyFormat::Base64 { prefix } => Some(format!("{prefix}{}", spell(Encoding::Base64, key))),
        KeyFormat::PublicKey { .. } => None,
        other => panic!("a key format that this test does not know: {other:?}"),
    }
}

/// The half of a secret that is public, and its mark; nothing where a secret is all key.
pub(crate) fn key_id(row: &Scheme<'_>) -> String {
    row.key_id.map_or_else(String::new, |mark| format!("{KEY_ID}{}", char::from(mark)))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
