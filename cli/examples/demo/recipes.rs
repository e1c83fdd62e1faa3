//! How providers sign, written from their own texts and apart from the engine: were the demo's
//! deliveries signed by the engine, it would be its own judge.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::Failure;
use crate::http::Headers;

/// What a provider knows when it signs.
pub(crate) struct Event<'e> {
    pub(crate) secret: &'e str,
    pub(crate) id: &'e str,
    pub(crate) millis: u64,
    pub(crate) url: &'e str,
    pub(crate) body: &'e str,
}

/// The providers that [`sign`] knows.
pub(crate) const PROVIDERS: [&str; 16] = [
    "stripe",
    "github",
    "standard-webhooks",
    "svix",
    "slack",
    "shopify",
    "paddle",
    "zoom",
    "square",
    "hubspot",
    "typeform",
    "vercel",
    "linear",
    "workos",
    "razorpay",
    "gitlab-shared-token",
];

/// The headers that a provider sends with an event.
pub(crate) fn sign(provider: &str, event: &Event<'_>) -> Result<Headers, Failure> {
    let Event { secret, id, millis, url, body } = event;
    let seconds = millis / 1000;
    let text = secret.as_bytes();
    let one = |name: &str, value: String| vec![(name.to_owned(), value)];
    let two = |name: &str, time: String, other: &str, value: String| {
        vec![(name.to_owned(), time), (other.to_owned(), value)]
    };
    Ok(match provider {
        "stripe" => {
            let tag = hex(&sha256(text, &format!("{seconds}.{body}"))?);
            one("Stripe-Signature", format!("t={seconds},v1={tag}"))
        }
        "github" => one("X-Hub-Signature-256", format!("sha256={}", hex(&sha256(text, body)?))),
        "standard-webhooks" => standard("webhook", event)?,
        "svix" => standard("svix", event)?,
        "slack" => {
            let tag = hex(&sha256(text, &format!("v0:{seconds}:{body}"))?);
            let time = seconds.to_string();
            two("X-Slack-Request-Timestamp", time, "X-Slack-Signature", format!("v0={tag}"))
        }
        "shopify" => one("X-Shopify-Hmac-Sha256", base64(&sha256(text, body)?)),
        "paddle" => {
            let tag = hex(&sha256(text, &format!("{seconds}:{body}"))?);
            one("Paddle-Signature", format!("ts={seconds};h1={tag}"))
        }
        "zoom" => {
            let tag = hex(&sha256(text, &format!("v0:{seconds}:{body}"))?);
            let time = seconds.to_string();
            two("x-zm-request-timestamp", time, "x-zm-signature", format!("v0={tag}"))
        }
        "square" => {
            let tag = base64(&sha256(text, &format!("{url}{body}"))?);
            one("x-square-hmacsha256-signature", tag)
        }
        "hubspot" => {
            let tag = base64(&sha256(text, &format!("POST{url}{body}{millis}"))?);
            let time = millis.to_string();
            two("X-HubSpot-Request-Timestamp", time, "X-HubSpot-Signature-v3", tag)
        }
        "typeform" => one("Typeform-Signature", format!("sha256={}", base64(&sha256(text, body)?))),
        "vercel" => one("x-vercel-signature", hex(&sha1(text, body)?)),
        "linear" => one("Linear-Signature", hex(&sha256(text, body)?)),
        "workos" => {
            let tag = hex(&sha256(text, &format!("{millis}.{body}"))?);
            one("WorkOS-Signature", format!("t={millis}, v1={tag}"))
        }
        "razorpay" => two(
            "X-Razorpay-Event-Id",
            (*id).to_owned(),
            "X-Razorpay-Signature",
            hex(&sha256(text, body)?),
        ),
        "gitlab-shared-token" => one("X-Gitlab-Token", (*secret).to_owned()),
        other => return Err(format!("no recipe for {other}").into()),
    })
}

/// Standard Webhooks, and Svix under its own header names: the key is base64 after `whsec_`.
fn standard(family: &str, event: &Event<'_>) -> Result<Headers, Failure> {
    let Event { secret, id, millis, body, .. } = event;
    let seconds = millis / 1000;
    let key = secret.strip_prefix("whsec_").ok_or("the secret has no whsec_")?;
    let key = Base64::decode_vec(key).map_err(|_| "the secret is not base64")?;
    let tag = base64(&sha256(&key, &format!("{id}.{seconds}.{body}"))?);
    Ok(vec![
        (format!("{family}-id"), (*id).to_owned()),
        (format!("{family}-timestamp"), seconds.to_string()),
        (format!("{family}-signature"), format!("v1,{tag}")),
    ])
}

pub(crate) fn sha256(key: &[u8], content: &str) -> Result<Vec<u8>, Failure> {
    let mac = Hmac::<Sha256>::new_from_slice(key)?.chain_update(content);
    Ok(mac.finalize().into_bytes().to_vec())
}

pub(crate) fn sha1(key: &[u8], content: &str) -> Result<Vec<u8>, Failure> {
    let mac = Hmac::<Sha1>::new_from_slice(key)?.chain_update(content);
    Ok(mac.finalize().into_bytes().to_vec())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

pub(crate) fn base64url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}
