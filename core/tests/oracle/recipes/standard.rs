//! Standard Webhooks, and those who use it: `{id}.{timestamp}.{body}`, padded base64 behind
//! `v1,` in a list parted by spaces, a key in base64 after `whsec_`, 300 seconds both ways.

use super::{Recipe, join, maybe_whsec_key, whsec_key};
use crate::oracle::genuine::Piece::{Id as TheId, Tag, Text, Time};
use crate::oracle::genuine::{Genuine, Id, List, Spelling};
use crate::oracle::order::{Body, Order};
use crate::oracle::spell::{base64, hmac_sha256, unbase64};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { name: "standard-webhooks", secret: maybe_whsec_key, make: standard_webhooks },
    Recipe { name: "svix", secret: maybe_whsec_key, make: svix },
    Recipe { name: "clerk", secret: whsec_key, make: clerk },
    Recipe { name: "openai", secret: whsec_key, make: openai },
    Recipe { name: "resend", secret: whsec_key, make: resend },
    Recipe { name: "gitlab", secret: whsec_key, make: gitlab },
];

const WEBHOOK: [&str; 3] = ["webhook-id", "webhook-timestamp", "webhook-signature"];
const SVIX: [&str; 3] = ["svix-id", "svix-timestamp", "svix-signature"];

fn standard_webhooks(order: &mut Order<'_>, secret: &str) -> Genuine {
    with_type(order, secret, WEBHOOK)
}

fn clerk(order: &mut Order<'_>, secret: &str) -> Genuine {
    with_type(order, secret, SVIX)
}

fn openai(order: &mut Order<'_>, secret: &str) -> Genuine {
    with_type(order, secret, WEBHOOK)
}

fn resend(order: &mut Order<'_>, secret: &str) -> Genuine {
    with_type(order, secret, SVIX)
}

/// Each of the three headers comes under either family's name; where both are there, Svix's own
/// counts.
fn svix(order: &mut Order<'_>, secret: &str) -> Genuine {
    let body = order.body(&[]);
    let mut names = SVIX;
    for (name, alias) in names.iter_mut().zip(WEBHOOK) {
        if order.dice.one_in(3) {
            *name = alias;
        }
    }
    let genuine = signed(order, secret, body, names);
    if names[0] == "svix-id" && order.dice.one_in(4) {
        return genuine.plain("webhook-id", "msg_decoy");
    }
    if names[1] == "svix-timestamp" && order.dice.one_in(4) {
        return genuine.plain("webhook-timestamp", "1600000000");
    }
    genuine
}

/// The signing token; the shared token may be sent beside it.
fn gitlab(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (body, kind) = (order.body(&[]), order.kind());
    let genuine = signed(order, secret, body, WEBHOOK).plain("X-Gitlab-Event", kind);
    let genuine = genuine.kind(Some(kind));
    if order.dice.one_in(2) { genuine.plain("X-Gitlab-Token", "a shared token") } else { genuine }
}

/// The event type is the body's `type`.
fn with_type(order: &mut Order<'_>, secret: &str, names: [&str; 3]) -> Genuine {
    let kind = order.kind();
    let body = order.body(&[("type", kind)]);
    let holds = body.holds(kind);
    signed(order, secret, body, names).kind(holds.as_deref())
}

fn signed(order: &mut Order<'_>, secret: &str, body: Body, names: [&str; 3]) -> Genuine {
    let (id, time) = (order.id("msg_"), order.seconds(300, 300));
    let content = join(&[id.as_bytes(), b".", time.text.as_bytes(), b".", &body.bytes]);
    let key = unbase64(secret.strip_prefix("whsec_").unwrap_or(secret));
    let tag = base64(&hmac_sha256(&key, &content));
    Genuine::new(body.bytes, content, Spelling::Base64)
        .id(Id::Signed { text: id, dots: false })
        .at(time)
        .list(List {
            separator: " ",
            item: "v1,",
            time: "",
            junk: &[
                "",
                "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
                "v2,C2FVsBQIhrscChlQIMV+b5sSYspob7oDgtcFhXjjZfU=",
                "v1,",
                "v1,####",
                "V1,C2FVsBQIhrscChlQIMV+b5sSYspob7oDgtcFhXjjZfU=",
                "nocomma",
                "v1",
            ],
        })
        .header(names[0], &[TheId])
        .header(names[1], &[Time])
        .header(names[2], &[Text("v1,"), Tag(&tag)])
}
