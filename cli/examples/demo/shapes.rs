//! Deliveries whose signature is not a header over the body alone: in a field, in the URL, over
//! fields, as a token, or under a private key. Written, as `recipes.rs`, apart from the engine.

use crate::Failure;
use crate::http::Headers;
use crate::keys::{ecdsa, ed25519, private_part};
use crate::recipes::{base64, base64url, hex, sha1, sha256};
use sha2::{Digest, Sha256};

/// One kind of delivery of a provider.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) is_timed: bool,
    /// What somebody changes on its way, into what, and what must come of it.
    pub(crate) changes: &'static [Change],
    make: fn(&Sending<'_>) -> Result<Sent, Failure>,
}

/// What a provider knows when it signs.
pub(crate) struct Sending<'s> {
    pub(crate) secret: &'s str,
    pub(crate) millis: u64,
    pub(crate) url: &'s str,
}

/// What it puts on the wire.
pub(crate) struct Sent {
    pub(crate) method: &'static str,
    /// Behind the path, with its `?`.
    pub(crate) query: String,
    pub(crate) headers: Headers,
    pub(crate) body: String,
}

const MISMATCH: &str = "signature_mismatch";

/// A part, what it becomes, and what must come of it.
type Change = (&'static str, &'static str, &'static str);

const ID: Change = ("evt_demo", "evt_else", MISMATCH);
const DIGITS: Change = ("Digits=1234", "Digits=9999", MISMATCH);
const HASHED: Change = ("evt_demo", "evt_else", "body_hash_mismatch");

/// Of Mailgun's and Adyen's bodies not all is signed: some changes pass.
pub(crate) const SHAPES: [Shape; 12] = [
    shape("twilio, a form", "twilio", twilio_form, &[DIGITS]),
    shape("twilio, JSON", "twilio", twilio_json, &[HASHED]),
    shape("twilio, GET", "twilio", twilio_get, &[DIGITS]),
    timed("sendgrid", "sendgrid", sendgrid, &[ID]),
    timed("discord", "discord", discord, &[ID]),
    timed(
        "mailgun",
        "mailgun",
        mailgun,
        &[("token_demo", "token_else", MISMATCH), ("delivered", "bounced", "verified")],
    ),
    shape(
        "adyen",
        "adyen",
        adyen,
        &[("1250", "9999", MISMATCH), ("no reason", "some reason", "verified")],
    ),
    timed("upstash-qstash", "upstash-qstash", qstash, &[HASHED]),
    shape("hubspot-v1", "hubspot-v1", hubspot, &[ID]),
    shape("braintree", "braintree", braintree, &[("bt_payload=P", "bt_payload=Q", MISMATCH)]),
    shape("pandadoc", "pandadoc", pandadoc, &[ID]),
    timed("contentful", "contentful", contentful, &[("Entry.publish", "Entry.delete", MISMATCH)]),
];

const fn shape(
    name: &'static str,
    provider: &'static str,
    make: fn(&Sending<'_>) -> Result<Sent, Failure>,
    changes: &'static [Change],
) -> Shape {
    Shape { name, provider, is_timed: false, changes, make }
}

const fn timed(
    name: &'static str,
    provider: &'static str,
    make: fn(&Sending<'_>) -> Result<Sent, Failure>,
    changes: &'static [Change],
) -> Shape {
    Shape { is_timed: true, ..shape(name, provider, make, changes) }
}

impl Shape {
    pub(crate) fn sent(&self, sending: &Sending<'_>) -> Result<Sent, Failure> {
        (self.make)(sending)
    }
}

impl Sent {
    fn post(headers: Headers, body: impl Into<String>) -> Self {
        Sent { method: "POST", query: String::new(), headers, body: body.into() }
    }

    /// Changes a part of it, wherever that is.
    pub(crate) fn changed(mut self, from: &str, to: &str) -> Result<Self, Failure> {
        let texts = self.headers.iter_mut().map(|(_, value)| value);
        let mut found = false;
        for text in texts.chain([&mut self.query, &mut self.body]) {
            found |= text.contains(from);
            *text = text.replace(from, to);
        }
        if found { Ok(self) } else { Err(format!("a delivery has no {from}").into()) }
    }
}

const JSON: &str = r#"{"id":"evt_demo","type":"demo.signed","text":"naïve ☕"}"#;

fn one(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

fn form() -> (String, String) {
    one("Content-Type", "application/x-www-form-urlencoded")
}

/// The URL, then names and values of the form in the order of the names.
fn twilio_form(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let Sending { secret, url, .. } = sending;
    let content = format!("{url}CallSidCA12Digits1234From+14155550100");
    let tag = base64(&sha1(secret.as_bytes(), &content)?);
    let headers = vec![one("X-Twilio-Signature", tag), form()];
    Ok(Sent::post(headers, "From=%2B14155550100&Digits=1234&CallSid=CA12"))
}

/// The URL alone, which has the hash of the body.
fn twilio_json(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let Sending { secret, url, .. } = sending;
    let query = format!("?bodySHA256={}", hex(&Sha256::digest(JSON)));
    let tag = base64(&sha1(secret.as_bytes(), &format!("{url}{query}"))?);
    let headers = vec![one("X-Twilio-Signature", tag), one("Content-Type", "application/json")];
    Ok(Sent { query, ..Sent::post(headers, JSON) })
}

/// The URL with the parameters in it.
fn twilio_get(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let Sending { secret, url, .. } = sending;
    let query = "?CallSid=CA12&Digits=1234".to_owned();
    let tag = base64(&sha1(secret.as_bytes(), &format!("{url}{query}"))?);
    Ok(Sent { method: "GET", query, ..Sent::post(vec![one("X-Twilio-Signature", tag)], "") })
}

fn sendgrid(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let seconds = sending.millis / 1000;
    let tag = base64(&ecdsa(sending.secret, &format!("{seconds}{JSON}"))?);
    let name = "X-Twilio-Email-Event-Webhook";
    let time = one(&format!("{name}-Timestamp"), seconds.to_string());
    Ok(Sent::post(vec![one(&format!("{name}-Signature"), tag), time], JSON))
}

fn discord(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let seconds = sending.millis / 1000;
    let tag = hex(&ed25519(sending.secret, &format!("{seconds}{JSON}"))?);
    let time = one("X-Signature-Timestamp", seconds.to_string());
    Ok(Sent::post(vec![one("X-Signature-Ed25519", tag), time], JSON))
}

fn mailgun(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let seconds = sending.millis / 1000;
    let tag = hex(&sha256(sending.secret.as_bytes(), &format!("{seconds}token_demo"))?);
    let signature =
        format!(r#"{{"timestamp":"{seconds}","token":"token_demo","signature":"{tag}"}}"#);
    let body = format!(r#"{{"signature":{signature},"event-data":{{"event":"delivered"}}}}"#);
    Ok(Sent::post(vec![], body))
}

fn adyen(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let content = "psp_demo::merchant:order_1:1250:EUR:AUTHORISATION:true";
    let tag = base64(&sha256(&private_part(sending.secret)?, content)?);
    let item = format!(
        r#"{{"pspReference":"psp_demo","merchantAccountCode":"merchant",
        "merchantReference":"order_1","amount":{{"value":1250,"currency":"EUR"}},
        "eventCode":"AUTHORISATION","success":"true","reason":"no reason",
        "additionalData":{{"hmacSignature":"{tag}"}}}}"#
    );
    let body = format!(r#"{{"notificationItems":[{{"NotificationRequestItem":{item}}}]}}"#);
    Ok(Sent::post(vec![], body))
}

/// A token, which holds the hash of the body.
fn qstash(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let Sending { secret, millis, url } = sending;
    let from = (millis / 1000).saturating_sub(1);
    let (until, hash) = (from.saturating_add(300), base64url(&Sha256::digest(JSON)));
    let claims = format!(
        r#"{{"iss":"Upstash","sub":"{url}","exp":{until},"nbf":{from},"jti":"j","body":"{hash}="}}"#
    );
    let head = base64url(br#"{"alg":"HS256","typ":"JWT"}"#);
    let token = format!("{head}.{}", base64url(claims.as_bytes()));
    let tag = base64url(&sha256(secret.as_bytes(), &token)?);
    Ok(Sent::post(vec![one("Upstash-Signature", format!("{token}.{tag}"))], JSON))
}

/// A plain hash over secret and body.
fn hubspot(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let tag = hex(&Sha256::digest(format!("{}{JSON}", sending.secret)));
    let version = one("X-HubSpot-Signature-Version", "v1");
    Ok(Sent::post(vec![one("X-HubSpot-Signature", tag), version], JSON))
}

fn braintree(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let (id, secret) = sending.secret.split_once(':').ok_or("a secret has no id")?;
    let payload = base64(b"<notification><kind>check</kind></notification>");
    let tag = hex(&sha1(&sha1::Sha1::digest(secret), &payload)?);
    let encoded = payload.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let body = format!("bt_signature={id}%7C{tag}&bt_payload={encoded}");
    Ok(Sent::post(vec![form()], body))
}

fn pandadoc(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let query = format!("?signature={}", hex(&sha256(sending.secret.as_bytes(), JSON)?));
    Ok(Sent { query, ..Sent::post(vec![], JSON) })
}

/// The request line, and the headers that a header names.
fn contentful(sending: &Sending<'_>) -> Result<Sent, Failure> {
    let name = |end: &str| format!("x-contentful-{end}");
    let (list, time, topic) = (name("signed-headers"), name("timestamp"), name("topic"));
    let names = format!("{list},{time},{topic}");
    let (millis, event) = (sending.millis, "ContentManagement.Entry.publish");
    let content = format!("POST\n/hook\n{list}:{names};{time}:{millis};{topic}:{event}\n{JSON}");
    let tag = hex(&sha256(sending.secret.as_bytes(), &content)?);
    let values = [millis.to_string(), event.to_owned(), names, tag];
    let all = [time, topic, list, name("signature")];
    Ok(Sent::post(all.into_iter().zip(values).collect(), JSON))
}
