//! Plain hashes, and HMACs whose key or content has more of the secret in it than the key.

use md5::{Digest as _, Md5};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::{Rich, Seen, Sent, letters};
use crate::oracle::order::Order;
use crate::oracle::recipes::base64_key;
use crate::oracle::spell::{base64, hex, hmac_sha256, hmac_sha512, sha256, unbase64};
use crate::support::dice::{Dice, LETTERS};

pub(super) const RECIPES: &[Rich] = &[
    Rich { name: "cloudinary", secret: letters, make: cloudinary },
    Rich { name: "gitguardian", secret: letters, make: gitguardian },
    Rich { name: "hubspot-v1", secret: letters, make: hubspot_v1 },
    Rich { name: "hubspot-v2", secret: letters, make: hubspot_v2 },
    Rich { name: "inngest", secret: signing_key, make: inngest },
    Rich { name: "lark", secret: letters, make: lark },
    Rich { name: "rapyd", secret: two_halves, make: rapyd },
    Rich { name: "sinch-service", secret: id_and_base64, make: sinch_service },
    Rich { name: "solidgate", secret: letters, make: solidgate },
];

/// Body, time, secret, run together and hashed with SHA-1. Two hours.
fn cloudinary(order: &mut Order<'_>, secret: &str) -> Sent {
    let (time, kind) = (order.seconds(7200, 300), order.kind());
    let body = order.body(&[("notification_type", kind)]);
    let content = [&body.bytes, time.text.as_bytes(), secret.as_bytes()].concat();
    let tag = hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, &content).as_ref());
    let kind = body.holds(kind);
    Sent::new(body.bytes, tag.clone())
        .header("X-Cld-Signature", &tag, Seen::Always)
        .header("X-Cld-Timestamp", &time.text, Seen::Always)
        .at(time)
        .kind(kind)
}

/// The time stands before the token in the key, not in what is signed.
fn gitguardian(order: &mut Order<'_>, secret: &str) -> Sent {
    let (body, time) = (order.body(&[]), order.seconds(300, 300));
    let key = format!("{}{secret}", time.text);
    let tag = hex(&hmac_sha256(key.as_bytes(), &body.bytes));
    Sent::new(body.bytes, tag.clone())
        .header("Timestamp", &time.text, Seen::Always)
        .header("Gitguardian-Signature", &format!("sha256={tag}"), Seen::Always)
        .at(time)
}

fn hubspot_v1(order: &mut Order<'_>, secret: &str) -> Sent {
    let body = order.body(&[]).bytes;
    let tag = hex(&sha256(&[secret.as_bytes(), &body].concat()));
    Sent::new(body, tag.clone()).header("X-HubSpot-Signature", &tag, Seen::Always).header(
        "X-HubSpot-Signature-Version",
        "v1",
        Seen::Never,
    )
}

fn hubspot_v2(order: &mut Order<'_>, secret: &str) -> Sent {
    let body = order.body(&[]).bytes;
    let method = order.dice.pick(&["POST", "GET", "DELETE"]);
    let url = format!("https://www.example.com/hook/{}?a=%20b", order.uuid());
    let tag = hex(&sha256(&[secret.as_bytes(), method.as_bytes(), url.as_bytes(), &body].concat()));
    Sent::new(body, tag.clone())
        .header("X-HubSpot-Signature", &tag, Seen::Always)
        .url(url)
        .method(method)
}

/// What stands after the last hyphen of the signing key is the key.
fn inngest(order: &mut Order<'_>, secret: &str) -> Sent {
    let (body, time) = (order.body(&[]), order.seconds(300, 300));
    let key = secret.split('-').next_back().unwrap();
    let tag = hex(&hmac_sha256(key.as_bytes(), &[&body.bytes, time.text.as_bytes()].concat()));
    Sent::new(body.bytes, tag.clone())
        .header("X-Inngest-Signature", &format!("t={}&s={tag}", time.text), Seen::Always)
        .at(time)
}

/// Time, nonce, encrypt key and body, run together and hashed.
fn lark(order: &mut Order<'_>, secret: &str) -> Sent {
    let (body, time, nonce) = (order.body(&[]), order.seconds(300, 300), order.uuid());
    let head = format!("{}{nonce}{secret}", time.text);
    let tag = hex(&sha256(&[head.as_bytes(), &body.bytes].concat()));
    Sent::new(body.bytes, tag.clone())
        .header("X-Lark-Request-Timestamp", &time.text, Seen::Always)
        .header("X-Lark-Request-Nonce", &nonce, Seen::Always)
        .header("X-Lark-Signature", &tag, Seen::Always)
        .at(time)
}

/// URL, salt, time, both keys and body; the hex of the tag once more in base64.
fn rapyd(order: &mut Order<'_>, secret: &str) -> Sent {
    let (id, kind, time) = (order.id("wh_"), order.kind(), order.seconds(300, 300));
    let body = order.body(&[("id", &id), ("type", kind)]);
    let (url, salt) = (format!("https://www.example.com/{}", order.uuid()), order.uuid());
    let (access, key) = secret.split_once(':').unwrap();
    let head = format!("{url}{salt}{}{access}{key}", time.text);
    let tag = hmac_sha256(key.as_bytes(), &[head.as_bytes(), &body.bytes].concat());
    let tag = base64(hex(&tag).as_bytes());
    let (id, kind) = (body.holds(&id), body.holds(kind));
    Sent::new(body.bytes, tag.clone())
        .header("salt", &salt, Seen::Always)
        .header("timestamp", &time.text, Seen::Always)
        .header("signature", &tag, Seen::Always)
        .url(url)
        .at(time)
        .id(id)
        .kind(kind)
}

/// A line each: method, MD5 of the body, its type, the time, the path.
fn sinch_service(order: &mut Order<'_>, secret: &str) -> Sent {
    let (kind, time) = (order.kind(), order.rfc3339(300, 300));
    let body = order.body(&[("event", kind)]);
    let (id, key) = secret.split_once(':').unwrap();
    let md5 = base64(&Md5::digest(&body.bytes));
    let path = format!("/sinch/{}", order.uuid());
    let content = format!("POST\n{md5}\napplication/json\nx-timestamp:{}\n{path}", time.text);
    let tag = base64(&hmac_sha256(&unbase64(key), content.as_bytes()));
    let kind = body.holds(kind);
    let mut sent = Sent::new(body.bytes, tag.clone())
        .header("content-type", "application/json", Seen::Always)
        .header("x-timestamp", &time.text, Seen::Always)
        .header("authorization", &format!("application {id}:{tag}"), Seen::Partly)
        .method("POST")
        .at(time)
        .kind(kind);
    // The host is not signed.
    (sent.url, sent.url_seen) = (format!("https://hooks.example.com{path}"), Seen::Partly);
    sent
}

/// The merchant's public key before and after the body, under HMAC-SHA-512.
fn solidgate(order: &mut Order<'_>, secret: &str) -> Sent {
    let (body, merchant) = (order.body(&[]).bytes, order.id("wh_pk_"));
    let content = [merchant.as_bytes(), &body, merchant.as_bytes()].concat();
    let tag = base64(hex(&hmac_sha512(secret.as_bytes(), &content)).as_bytes());
    Sent::new(body, tag.clone()).header("merchant", &merchant, Seen::Always).header(
        "signature",
        &tag,
        Seen::Always,
    )
}

fn signing_key(dice: &mut Dice) -> String {
    let env = dice.pick(&["prod", "test", "branch"]);
    format!("signkey-{env}-{}", letters(dice))
}

fn two_halves(dice: &mut Dice) -> String {
    format!("{}:{}", dice.text(LETTERS, 20), letters(dice))
}

fn id_and_base64(dice: &mut Dice) -> String {
    format!("{}:{}", dice.text(LETTERS, 36), base64_key(dice))
}
