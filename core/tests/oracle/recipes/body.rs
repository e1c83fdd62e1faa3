//! Providers that sign the body and nothing else.

use super::{Recipe, base64_key, base64_text, hex_text, text};
use crate::oracle::genuine::Piece::{Id as TheId, Tag, Text};
use crate::oracle::genuine::{Genuine, Id, Kind, List, Spelling};
use crate::oracle::order::{Body, Order};
use crate::oracle::spell::{base64, base64url, hex, hmac_sha1, hmac_sha256, unbase64};

pub(super) const RECIPES: &[Recipe] = &[
    Recipe { name: "github", secret: text, make: github },
    Recipe { name: "meta", secret: hex_text, make: meta },
    Recipe { name: "bitbucket", secret: text, make: bitbucket },
    Recipe { name: "shopify", secret: hex_text, make: shopify },
    Recipe { name: "woocommerce", secret: text, make: woocommerce },
    Recipe { name: "quickbooks", secret: text, make: quickbooks },
    Recipe { name: "xero", secret: base64_text, make: xero },
    Recipe { name: "merge", secret: text, make: merge },
    Recipe { name: "sentry", secret: text, make: sentry },
    Recipe { name: "dropbox", secret: text, make: dropbox },
    Recipe { name: "lemon-squeezy", secret: text, make: lemon_squeezy },
    Recipe { name: "typeform", secret: text, make: typeform },
    Recipe { name: "pagerduty", secret: base64_text, make: pagerduty },
    Recipe { name: "circleci", secret: text, make: circleci },
    Recipe { name: "razorpay", secret: text, make: razorpay },
    Recipe { name: "coinbase-commerce", secret: text, make: coinbase_commerce },
    Recipe { name: "microsoft-teams", secret: base64_key, make: microsoft_teams },
    Recipe { name: "x-twitter", secret: text, make: x_twitter },
];

/// The body, signed, and its SHA-256 tag under the secret's text.
pub(super) fn plain(body: Body, secret: &str, spelling: Spelling) -> (Genuine, Vec<u8>) {
    let tag = hmac_sha256(secret.as_bytes(), &body.bytes);
    (Genuine::new(body.bytes.clone(), body.bytes, spelling), tag)
}

/// A weaker signature is sent beside the one that counts.
fn github(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind) = (order.id(""), order.kind());
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Hex);
    let weak = format!("sha1={}", hex(&hmac_sha1(secret.as_bytes(), &genuine.body)));
    genuine
        .id(Id::Unsigned(id))
        .kind(Some(kind))
        .plain("X-Hub-Signature", &weak)
        .header("X-Hub-Signature-256", &[Text("sha256="), Tag(&hex(&tag))])
        .header("X-GitHub-Delivery", &[TheId])
        .plain("X-GitHub-Event", kind)
}

fn meta(order: &mut Order<'_>, secret: &str) -> Genuine {
    let body = order.body(&[("object", "whatsapp_business_account")]);
    let kind = body.holds("whatsapp_business_account");
    let (genuine, tag) = plain(body, secret, Spelling::Hex);
    let weak = format!("sha1={}", hex(&hmac_sha1(secret.as_bytes(), &genuine.body)));
    genuine
        .kind(kind.as_deref())
        .header("X-Hub-Signature-256", &[Text("sha256="), Tag(&hex(&tag))])
        .plain("X-Hub-Signature", &weak)
}

/// SHA-256 under the header's name that others use for SHA-1.
fn bitbucket(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind) = (order.id(""), order.kind());
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Hex);
    genuine
        .id(Id::Unsigned(id))
        .kind(Some(kind))
        .header("X-Hub-Signature", &[Text("sha256="), Tag(&hex(&tag))])
        .header("X-Request-UUID", &[TheId])
        .plain("X-Event-Key", kind)
}

/// Under the old names, or under the new ones without `X-`.
fn shopify(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind) = (order.id(""), order.kind());
    let family = order.dice.pick(&["X-Shopify-", "Shopify-"]);
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Base64);
    let genuine = genuine.id(Id::Unsigned(id)).kind(Some(kind));
    genuine
        .header(&format!("{family}Hmac-SHA256"), &[Tag(&base64(&tag))])
        .header(&format!("{family}Webhook-Id"), &[TheId])
        .plain(&format!("{family}Topic"), kind)
        .plain(&format!("{family}Shop-Domain"), "a.example")
}

fn woocommerce(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind) = (order.id(""), order.kind());
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Base64);
    genuine
        .id(Id::Unsigned(id))
        .kind(Some(kind))
        .plain("X-WC-Webhook-Topic", kind)
        .header("X-WC-Webhook-Signature", &[Tag(&base64(&tag))])
        .header("X-WC-Webhook-Delivery-ID", &[TheId])
}

fn quickbooks(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Base64);
    genuine.header("intuit-signature", &[Tag(&base64(&tag))])
}

/// The key looks like base64 and is not decoded.
fn xero(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Base64);
    genuine.header("x-xero-signature", &[Tag(&base64(&tag))])
}

/// URL-safe base64, padded.
fn merge(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Base64Url);
    genuine.header("X-Merge-Webhook-Signature", &[Tag(&base64url(&tag))])
}

/// The time in a header is not signed: whatever it says, it has no say.
fn sentry(order: &mut Order<'_>, secret: &str) -> Genuine {
    let kind = order.kind();
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Hex);
    genuine
        .kind(Some(kind))
        .header("Sentry-Hook-Signature", &[Tag(&hex(&tag))])
        .plain("Sentry-Hook-Timestamp", order.dice.pick(&["1700000000", "0", "", "x"]))
        .plain("Sentry-Hook-Resource", kind)
}

fn dropbox(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = plain(order.body(&[]), secret, Spelling::Hex);
    genuine.header("X-Dropbox-Signature", &[Tag(&hex(&tag))])
}

fn lemon_squeezy(order: &mut Order<'_>, secret: &str) -> Genuine {
    let kind = order.kind();
    let body = order.body(&[("meta.event_name", kind)]);
    let json = body.json;
    let (genuine, tag) = plain(body, secret, Spelling::Hex);
    let genuine = genuine.header("X-Signature", &[Tag(&hex(&tag))]).plain("X-Event-Name", kind);
    // Both places say it; the facts do not say which one counts.
    if json { genuine.kind(Some(kind)) } else { genuine }
}

fn typeform(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = with_fields(order, secret, Spelling::Base64, "event_id", "event_type");
    genuine.header("Typeform-Signature", &[Text("sha256="), Tag(&base64(&tag))])
}

fn pagerduty(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = with_fields(order, secret, Spelling::Hex, "event.id", "event.event_type");
    genuine
        .list(VERSIONS)
        .header("X-PagerDuty-Signature", &[Text("v1="), Tag(&hex(&tag))])
        .plain("X-Webhook-Subscription", "PSUB")
}

fn circleci(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = with_fields(order, secret, Spelling::Hex, "id", "type");
    let header = match &genuine.kind {
        Kind::Is(Some(kind)) => kind.clone(),
        // Without JSON only the header says it; the facts do not say which one counts.
        _ => "ping".to_owned(),
    };
    let open = header == "ping";
    let mut genuine = genuine
        .list(VERSIONS)
        .plain("circleci-event-type", &header)
        .header("circleci-signature", &[Text("v1="), Tag(&hex(&tag))]);
    if open {
        genuine.kind = Kind::Open;
    }
    genuine
}

const VERSIONS: List = List {
    separator: ",",
    item: "v1=",
    time: "",
    junk: &[
        "",
        "v2=70137b70d37cbfc1a8b83cecff55bd37f8c166d68949a196338c7d0e57d12ac8",
        "v1",
        "v1=",
        "x",
    ],
};

fn razorpay(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (id, kind) = (order.id(""), order.kind());
    let body = order.body(&[("event", kind)]);
    let kind = body.holds(kind);
    let (genuine, tag) = plain(body, secret, Spelling::Hex);
    genuine
        .id(Id::Unsigned(id))
        .kind(kind.as_deref())
        .header("X-Razorpay-Signature", &[Tag(&hex(&tag))])
        .header("x-razorpay-event-id", &[TheId])
}

/// The id outside of `event` is the delivery's.
fn coinbase_commerce(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, tag) = with_fields(order, secret, Spelling::Hex, "event.id", "event.type");
    genuine.header("X-CC-Webhook-Signature", &[Tag(&hex(&tag))])
}

/// The key is in base64, and the header is the one for credentials.
fn microsoft_teams(order: &mut Order<'_>, secret: &str) -> Genuine {
    let (genuine, _) = with_fields(order, secret, Spelling::Base64, "id", "type");
    let tag = base64(&hmac_sha256(&unbase64(secret), &genuine.body));
    genuine.header("Authorization", &[Text("HMAC "), Tag(&tag)])
}

fn x_twitter(order: &mut Order<'_>, secret: &str) -> Genuine {
    // Always an object: a body that is one word could be a question of its handshake.
    let (genuine, tag) = plain(order.json(&[], None), secret, Spelling::Base64);
    genuine.header("x-twitter-webhooks-signature", &[Text("sha256="), Tag(&base64(&tag))])
}

/// The body has the event's id and type at these paths.
pub(super) fn with_fields(
    order: &mut Order<'_>,
    secret: &str,
    spelling: Spelling,
    id: &str,
    kind: &str,
) -> (Genuine, Vec<u8>) {
    let (id_text, kind_text) = (order.id("evt_"), order.kind());
    let body = order.body(&[(id, &id_text), (kind, kind_text)]);
    let (id, kind) = (body.holds(&id_text), body.holds(kind_text));
    let (genuine, tag) = plain(body, secret, spelling);
    (genuine.id(Id::InBody(id)).kind(kind.as_deref()), tag)
}
