//! Providers that sign a time that is beside the signature, in its header or in one of its own.

use super::{Recipe, hex_text, join, text, whsec_text};
use crate::oracle::genuine::Piece::{Id as TheId, Tag, Text, Time as TheTime};
use crate::oracle::genuine::{Genuine, Id, List, Spelling, Time};
use crate::oracle::order::Order;
use crate::oracle::spell::{base64, hex, hmac_sha256};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { name: "stripe", secret: whsec_text, make: stripe },
    Recipe { name: "mux", secret: text, make: mux },
    Recipe { name: "calendly", secret: text, make: calendly },
    Recipe { name: "workos", secret: whsec_text, make: workos },
    Recipe { name: "paddle", secret: text, make: paddle },
    Recipe { name: "slack", secret: hex_text, make: slack },
    Recipe { name: "zoom", secret: text, make: zoom },
    Recipe { name: "zendesk", secret: super::base64_text, make: zendesk },
    Recipe { name: "twitch", secret: text, make: twitch },
];

/// The parts of a list that are there beside `t=` and `v1=`.
const JUNK: &[&str] =
    &["", "v0=6ffbb59b2300aae63f272406069a9788598b792a", "v1", "v1=", "v1=xyz", "z"];

fn stripe(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind, time) = (order.id("evt_"), order.kind(), order.seconds(300, 300));
    let body = order.body(&[("id", &id), ("type", kind)]);
    let (id, kind) = (body.holds(&id), body.holds(kind));
    in_list("Stripe-Signature", secret, body.bytes, time).id(Id::InBody(id)).kind(kind.as_deref())
}

fn mux(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind, time) = (order.uuid(), order.kind(), order.seconds(300, 300));
    let body = order.body(&[("type", kind), ("id", &id)]);
    let (id, kind) = (body.holds(&id), body.holds(kind));
    in_list("Mux-Signature", secret, body.bytes, time).id(Id::InBody(id)).kind(kind.as_deref())
}

/// Three minutes back, by Calendly's own sample.
fn calendly(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (kind, time) = (order.kind(), order.seconds(180, 300));
    let body = order.body(&[("event", kind)]);
    let kind = body.holds(kind);
    in_list("Calendly-Webhook-Signature", secret, body.bytes, time).kind(kind.as_deref())
}

/// `t=…,v1=…` over `{t}.{body}`.
fn in_list(name: &str, secret: &str, body: Vec<u8>, time: Time) -> Genuine {
    let content = join(&[time.text.as_bytes(), b".", &body]);
    let tag = hex(&hmac_sha256(secret.as_bytes(), &content));
    Genuine::new(body, content, Spelling::Hex)
        .at(time)
        .list(List { separator: ",", item: "v1=", time: "t=", junk: JUNK })
        .header(name, &[Text("t="), TheTime, Text(",v1="), Tag(&tag)])
}

/// Milliseconds, and a comma with one space; `whsec_` belongs to the key.
fn workos(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind, time) = (order.id("event_"), order.kind(), order.millis(180, 180));
    let body = order.body(&[("id", &id), ("event", kind)]);
    let content = join(&[time.text.as_bytes(), b".", &body.bytes]);
    let tag = hex(&hmac_sha256(secret.as_bytes(), &content));
    let (id, kind) = (body.holds(&id), body.holds(kind));
    Genuine::new(body.bytes, content, Spelling::Hex)
        .id(Id::InBody(id))
        .kind(kind.as_deref())
        .at(time)
        .list(List { separator: ", ", item: "v1=", time: "t=", junk: JUNK })
        .header("WorkOS-Signature", &[Text("t="), TheTime, Text(", v1="), Tag(&tag)])
}

/// A semicolon parts the list, a colon the signed content; five seconds.
fn paddle(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind, time) = (order.id("evt_"), order.kind(), order.seconds(5, 5));
    let body = order.body(&[("event_id", &id), ("event_type", kind)]);
    let content = join(&[time.text.as_bytes(), b":", &body.bytes]);
    let tag = hex(&hmac_sha256(secret.as_bytes(), &content));
    let (id, kind) = (body.holds(&id), body.holds(kind));
    Genuine::new(body.bytes, content, Spelling::Hex)
        .id(Id::InBody(id))
        .kind(kind.as_deref())
        .at(time)
        .list(List {
            separator: ";",
            item: "h1=",
            time: "ts=",
            junk: &["", "h2=RANDOM_HASH", "h1=", "h1", "h1=00", "t=5", "h=00"],
        })
        .header("Paddle-Signature", &[Text("ts="), TheTime, Text(";h1="), Tag(&tag)])
}

/// The signing secret is 32 hex digits, used as text.
fn slack(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, time) = (order.id("Ev"), order.seconds(300, 300));
    let body = order.body(&[("event_id", &id), ("type", "event_callback")]);
    let content = join(&[b"v0:", time.text.as_bytes(), b":", &body.bytes]);
    let tag = hex(&hmac_sha256(secret.as_bytes(), &content));
    let id = body.holds(&id);
    Genuine::new(body.bytes, content, Spelling::Hex)
        .id(Id::InBody(id))
        .at(time)
        .header("X-Slack-Request-Timestamp", &[TheTime])
        .header("X-Slack-Signature", &[Text("v0="), Tag(&tag)])
}

fn zoom(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (kind, time) = (order.kind(), order.seconds(300, 300));
    let body = order.body(&[("event", kind)]);
    let content = join(&[b"v0:", time.text.as_bytes(), b":", &body.bytes]);
    let tag = hex(&hmac_sha256(secret.as_bytes(), &content));
    let kind = body.holds(kind);
    Genuine::new(body.bytes, content, Spelling::Hex)
        .kind(kind.as_deref())
        .at(time)
        .header("x-zm-signature", &[Text("v0="), Tag(&tag)])
        .header("x-zm-request-timestamp", &[TheTime])
}

/// No separator: the time delimits itself. The secret looks like base64 and is not decoded.
fn zendesk(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (body, id, time) = (order.body(&[]), order.id(""), order.rfc3339(300, 300));
    let content = join(&[time.text.as_bytes(), &body.bytes]);
    let tag = base64(&hmac_sha256(secret.as_bytes(), &content));
    Genuine::new(body.bytes, content, Spelling::Base64)
        .id(Id::Unsigned(id))
        .at(time)
        .header("X-Zendesk-Webhook-Signature", &[Tag(&tag)])
        .header("X-Zendesk-Webhook-Signature-Timestamp", &[TheTime])
        .header("X-Zendesk-Webhook-Invocation-Id", &[TheId])
        .plain("X-Zendesk-Webhook-Id", "01GRDQ2ZTSGCRKQF9VBS0Y7V17")
}

/// Id, time and body without separators; ten minutes.
fn twitch(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind, time) = (order.id(""), order.kind(), order.rfc3339(600, 300));
    let body = order.body(&[("subscription.id", "a"), ("subscription.type", kind)]);
    let json = body.json;
    let content = join(&[id.as_bytes(), time.text.as_bytes(), &body.bytes]);
    let tag = hex(&hmac_sha256(secret.as_bytes(), &content));
    let genuine = Genuine::new(body.bytes, content, Spelling::Hex)
        .id(Id::Signed { text: id, dots: true })
        .at(time)
        .plain("Twitch-Eventsub-Subscription-Type", kind)
        .header("Twitch-Eventsub-Message-Id", &[TheId])
        .header("Twitch-Eventsub-Message-Timestamp", &[TheTime])
        .header("Twitch-Eventsub-Message-Signature", &[Text("sha256="), Tag(&tag)]);
    // Header and body both say it; only the body's word is signed.
    if json { genuine.kind(Some(kind)) } else { genuine }
}
