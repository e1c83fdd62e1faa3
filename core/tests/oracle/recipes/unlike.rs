//! Providers with a recipe of their own: the URL or the method is signed, the time is a field of
//! the body, or nothing is signed.

use super::{Recipe, join, text};
use crate::oracle::genuine::Piece::{Id as TheId, Tag, Time as TheTime};
use crate::oracle::genuine::{Genuine, Id, Spelling, Time};
use crate::oracle::order::{Order, Twist};
use crate::oracle::spell::{base64, hex, hmac_sha256};
use crate::support::dice::{Dice, LETTERS};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { name: "square", secret: text, make: square },
    Recipe { name: "hubspot", secret: text, make: hubspot },
    Recipe { name: "linear", secret: text, make: linear },
    Recipe { name: "gitlab-shared-token", secret: token, make: gitlab_shared_token },
];

/// The URL as configured, and the body right after it.
fn square(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind, url) = (order.uuid(), order.kind(), url(order.dice));
    let body = order.body(&[("merchant_id", "M1"), ("type", kind), ("event_id", &id)]);
    let content = join(&[url.as_bytes(), &body.bytes]);
    let tag = base64(&hmac_sha256(secret.as_bytes(), &content));
    let (id, kind) = (body.holds(&id), body.holds(kind));
    Genuine::new(body.bytes, content, Spelling::Base64)
        .id(Id::InBody(id))
        .kind(kind.as_deref())
        .url(url)
        .header("x-square-hmacsha256-signature", &[Tag(&tag)])
        .plain("square-environment", "Production")
}

/// Method, URL with some escapes decoded, body, time in milliseconds: version 3.
fn hubspot(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (body, url, time) = (order.body(&[]), url(order.dice), order.millis(300, 300));
    let method = order.dice.pick(&["POST", "POST", "GET", "PUT"]);
    let signed_url = as_hubspot_signs_it(&url);
    let parts = [method.as_bytes(), signed_url.as_bytes(), &body.bytes, time.text.as_bytes()];
    let content = join(&parts);
    let tag = base64(&hmac_sha256(secret.as_bytes(), &content));
    let mut genuine = Genuine::new(body.bytes, content, Spelling::Base64)
        .at(time)
        .url(url)
        .header("X-HubSpot-Signature-V3", &[Tag(&tag)])
        .header("X-HubSpot-Request-Timestamp", &[TheTime])
        .plain("X-HubSpot-Signature-Version", "v1")
        .plain("X-HubSpot-Signature", &hex(&[7; 32]));
    genuine.method = Some(method.to_owned());
    genuine
}

/// HubSpot's table, and nothing beyond it: `%20`, `%26` and `%3D` stay as they are.
fn as_hubspot_signs_it(url: &str) -> String {
    const TABLE: &str = "3A: 2F/ 3F? 40@ 21! 24$ 27' 28( 29) 2A* 2C, 3B;";
    let mut signed = String::new();
    let mut at = 0;
    while at < url.len() {
        let code = url.get(at..at + 3).filter(|code| code.starts_with('%')).map(str::to_uppercase);
        let entry = code.and_then(|code| TABLE.split(' ').find(|entry| entry[..2] == code[1..]));
        signed.push_str(entry.map_or(&url[at..=at], |entry| &entry[2..]));
        at += if entry.is_some() { 3 } else { 1 };
    }
    signed
}

/// The time is the number `webhookTimestamp` of the body, in milliseconds; one minute both ways.
/// The header of that name is not signed.
fn linear(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, time) = (order.id(""), order.millis(60, 60));
    let field = ("webhookTimestamp", time.text.as_str());
    let body = order.json(&[("action", "create"), ("type", "Issue")], Some(field));
    let tag = hex(&hmac_sha256(secret.as_bytes(), &body.bytes));
    let content = body.bytes.clone();
    Genuine::new(body.bytes, content, Spelling::Hex)
        .id(Id::Unsigned(id))
        .kind(Some("Issue"))
        .at(Time { in_body: true, odd: order.twist == Twist::OddTime, ..time })
        .header("Linear-Signature", &[Tag(&tag)])
        .header("Linear-Delivery", &[TheId])
        .plain("Linear-Event", "Issue")
        .plain("Linear-Timestamp", "1600000000000")
}

/// Nothing is signed: the token itself is sent.
fn gitlab_shared_token(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (body, kind) = (order.body(&[]), order.kind());
    let content = body.bytes.clone();
    Genuine::new(body.bytes, content, Spelling::Token)
        .kind(Some(kind))
        .header("X-Gitlab-Token", &[Tag(secret)])
        .plain("X-Gitlab-Event", kind)
}

/// A token without the blanks that HTTP drops at a header's ends.
fn token(dice: &mut Dice) -> String {
    let length = dice.length(16..=60);
    dice.text(LETTERS, length)
}

/// A URL with escapes inside and outside of HubSpot's table.
fn url(dice: &mut Dice) -> String {
    const PARTS: [&str; 12] = [
        "%3A",
        "%2f",
        "%3F",
        "%40",
        "%21%24",
        "%27a%28b%29",
        "%2A%2C",
        "%3b",
        "%20",
        "%26x%3Dy",
        "plain",
        "%253A",
    ];
    let mut url = "https://hooks.example.com/in".to_owned();
    for _ in 0..dice.below(5) {
        url.push('/');
        url.push_str(dice.pick(&PARTS));
    }
    if dice.one_in(2) {
        url.push_str("?to=");
        url.push_str(dice.pick(&PARTS));
    }
    url
}
