//! Signatures over the fields of a form.

use std::collections::BTreeSet;

use form_urlencoded::Serializer;

use super::{Rich, Seen, Sent, letters};
use crate::oracle::order::Order;
use crate::oracle::spell::{base64, hex, hmac_sha1, hmac_sha256};
use crate::support::dice::{Dice, LETTERS};

pub(super) const RECIPES: &[Rich] = &[
    Rich { name: "braintree", secret: key_pair, make: braintree },
    Rich { name: "freshbooks", secret: letters, make: freshbooks },
    Rich { name: "mandrill", secret: letters, make: mandrill },
    Rich { name: "plivo", secret: letters, make: plivo },
    Rich { name: "twilio", secret: letters, make: twilio },
    Rich { name: "vonage-sms-hmac-sha512", secret: letters, make: vonage_sms },
];

type Pairs = Vec<(String, String)>;

/// Fields by chance; a name is there once.
fn fields(dice: &mut Dice) -> Pairs {
    const VALUES: [&str; 7] =
        ["Caf\u{e9} \u{1f980}", "a&b=c", "100%", "", "x y+z", "+4915112345678", "\"q\"\\/\n"];
    let names = ["From", "To", "Body", "a", "Z", "from", "MediaUrl0", "n\u{e9}"];
    let field = |name: &str| {
        let there = !dice.one_in(3);
        there.then(|| (name.to_owned(), dice.pick(&VALUES).to_owned()))
    };
    names.into_iter().filter_map(field).collect()
}

fn encode(pairs: &Pairs) -> Vec<u8> {
    Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes()
}

/// Base64 of XML, and a signature for each key pair of the merchant; the key is hashed with SHA-1.
fn braintree(order: &mut Order<'_>, secret: &str) -> Sent {
    let (public, private) = secret.split_once(':').unwrap();
    let length = order.dice.length(1..=200);
    let payload = base64(&order.dice.bytes(length)) + "\n";
    let key = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, private.as_bytes());
    let tag = hex(&hmac_sha1(key.as_ref(), payload.as_bytes()));
    let other = format!("another|{}", hex(&[1; 20]));
    let list = match order.dice.below(3) {
        0 => format!("{public}|{tag}"),
        1 => format!("{other}&{public}|{tag}"),
        _ => format!("{public}|{tag}&{other}"),
    };
    let body = encode(&vec![("bt_signature".into(), list), ("bt_payload".into(), payload)]);
    Sent::new(body, tag).body_is(Seen::Unasked)
}

/// What Python's `json.dumps` makes of the form.
fn freshbooks(order: &mut Order<'_>, secret: &str) -> Sent {
    let kind = order.kind();
    let mut pairs = fields(order.dice);
    pairs.push(("name".into(), kind.into()));
    let string = |text: &str| {
        let ascii = |unit: u16| match char::from_u32(unit.into()) {
            Some(plain @ ' '..='~') => plain.to_string(),
            _ => format!("\\u{unit:04x}"),
        };
        let escaped = |c: char| match c {
            '"' | '\\' => format!("\\{c}"),
            '\n' => "\\n".to_owned(),
            c => c.encode_utf16(&mut [0; 2]).iter().map(|unit| ascii(*unit)).collect(),
        };
        format!("\"{}\"", text.chars().map(escaped).collect::<String>())
    };
    let members: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}: {}", string(name), string(value))).collect();
    let content = format!("{{{}}}", members.join(", "));
    let tag = base64(&hmac_sha256(secret.as_bytes(), content.as_bytes()));
    Sent::new(encode(&pairs), tag.clone())
        .body_is(Seen::Decoded)
        .header("X-FreshBooks-Hmac-SHA256", &tag, Seen::Always)
        .kind(Some(kind.to_owned()))
}

/// URL, then each name and its value, sorted by name.
fn mandrill(order: &mut Order<'_>, secret: &str) -> Sent {
    let url = format!("https://hooks.example.com/{}?x=%20", order.uuid());
    let mut pairs = fields(order.dice);
    pairs.push(("mandrill_events".into(), "[{\"event\":\"send\"}]".into()));
    let tag = base64(&hmac_sha1(secret.as_bytes(), run_together(&url, &pairs).as_bytes()));
    Sent::new(encode(&pairs), tag.clone())
        .body_is(Seen::Decoded)
        .header("X-Mandrill-Signature", &tag, Seen::Always)
        .url(url)
}

fn run_together(url: &str, pairs: &Pairs) -> String {
    let sorted: BTreeSet<_> = pairs.iter().collect();
    sorted.iter().fold(url.to_owned(), |all, (name, value)| all + name + value)
}

/// Version 3: URL without its query, the query sorted, a dot, the form sorted, a dot, the nonce.
fn plivo(order: &mut Order<'_>, secret: &str) -> Sent {
    let (nonce, kind) = (order.id(""), order.kind());
    let mut pairs = fields(order.dice);
    pairs.push(("Event".into(), kind.into()));
    let base = format!("https://hooks.example.com/{}", order.uuid());
    let with_query = order.dice.one_in(2);
    let (query, sorted) = if with_query { ("?z=1&a=2", "a=2&z=1.") } else { ("", "") };
    let content = run_together(&format!("{base}?{sorted}"), &pairs) + "." + &nonce;
    let tag = base64(&hmac_sha256(secret.as_bytes(), content.as_bytes()));
    let other = base64(&[3; 32]);
    Sent::new(encode(&pairs), tag.clone())
        .body_is(Seen::Decoded)
        .header("X-Plivo-Signature-V3", &format!("{other},{tag}"), Seen::Partly)
        .header("X-Plivo-Signature-V3-Nonce", &nonce, Seen::Always)
        .url(format!("{base}{query}"))
        .id(Some(nonce))
        .kind(Some(kind.to_owned()))
}

/// A form is signed with the URL; of any other body the hash is in the URL, and of a GET, whose
/// parameters are in the URL already, there is no more than that.
fn twilio(order: &mut Order<'_>, secret: &str) -> Sent {
    let url = format!("https://hooks.example.com/{}?foo=1&bar=%20b", order.uuid());
    let (url, method, body, content, seen) = match order.dice.below(3) {
        0 => {
            let pairs = fields(order.dice);
            let content = run_together(&url, &pairs);
            (url, "POST", encode(&pairs), content, Seen::Decoded)
        }
        1 => {
            let body = order.json(&[("message", "x")], None).bytes;
            let hash = hex(ring::digest::digest(&ring::digest::SHA256, &body).as_ref());
            let url = format!("{url}&bodySHA256={hash}");
            (url.clone(), "POST", body, url, Seen::Always)
        }
        _ => (url.clone(), "GET", Vec::new(), url, Seen::Always),
    };
    let tag = base64(&hmac_sha1(secret.as_bytes(), content.as_bytes()));
    let token = order.uuid();
    let mut sent = Sent::new(body, tag.clone())
        .body_is(seen)
        .header("X-Twilio-Signature", &tag, Seen::Always)
        .header("I-Twilio-Idempotency-Token", &token, Seen::Never)
        .url(url)
        .id(Some(token));
    sent.method = method;
    sent
}

/// `&name=value` of each field but the signature, sorted; `&` and `=` of a value are `_`. A day.
fn vonage_sms(order: &mut Order<'_>, secret: &str) -> Sent {
    let (id, time) = (order.id(""), order.seconds(86_400, 300));
    let mut pairs = fields(order.dice);
    pairs.push(("timestamp".into(), time.text.clone()));
    pairs.push(("messageId".into(), id.clone()));
    pairs.sort();
    let plain = |text: &str| text.replace(['&', '='], "_");
    let content: String =
        pairs.iter().map(|(name, value)| format!("&{name}={}", plain(value))).collect();
    let tag = hex(&crate::oracle::spell::hmac_sha512(secret.as_bytes(), content.as_bytes()));
    let sent_tag = if order.dice.one_in(2) { tag.to_uppercase() } else { tag.clone() };
    pairs.push(("sig".into(), sent_tag));
    Sent::new(encode(&pairs), tag).body_is(Seen::Decoded).at(time).id(Some(id))
}

fn key_pair(dice: &mut Dice) -> String {
    format!("{}:{}", dice.text(LETTERS, 16), letters(dice))
}
