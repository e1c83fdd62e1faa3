//! Providers that sign the body with HMAC-SHA-1.

use super::body::{plain, with_fields};
use super::{Recipe, text};
use crate::oracle::genuine::Piece::{Id as TheId, Tag, Text};
use crate::oracle::genuine::{Genuine, Id, Spelling};
use crate::oracle::order::Order;
use crate::oracle::spell::{hex, hmac_sha1};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { name: "github-legacy-sha1", secret: text, make: github_legacy_sha1 },
    Recipe { name: "intercom", secret: text, make: intercom },
    Recipe { name: "vercel", secret: text, make: vercel },
];

fn github_legacy_sha1(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind) = (order.id(""), order.kind());
    let (genuine, strong) = plain(order.body(&[]), secret, Spelling::Hex);
    let tag = hex(&hmac_sha1(secret.as_bytes(), &genuine.body));
    genuine
        .id(Id::Unsigned(id))
        .kind(Some(kind))
        .header("X-Hub-Signature", &[Text("sha1="), Tag(&tag)])
        .plain("X-Hub-Signature-256", &format!("sha256={}", hex(&strong)))
        .header("X-GitHub-Delivery", &[TheId])
        .plain("X-GitHub-Event", kind)
}

/// SHA-1 under the header's name that others use for SHA-256.
fn intercom(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, _) = with_fields(order, secret, Spelling::Hex, "id", "topic");
    let tag = hex(&hmac_sha1(secret.as_bytes(), &genuine.body));
    genuine.header("X-Hub-Signature", &[Text("sha1="), Tag(&tag)])
}

fn vercel(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, _) = with_fields(order, secret, Spelling::Hex, "id", "type");
    let tag = hex(&hmac_sha1(secret.as_bytes(), &genuine.body));
    genuine.header("x-vercel-signature", &[Tag(&tag)]).plain("x-vercel-timestamp", "1")
}
