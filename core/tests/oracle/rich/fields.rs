//! Signatures over some fields of a JSON body: the rest of it is not signed.

use super::{Rich, Seen, Sent, letters};
use crate::oracle::order::Order;
use crate::oracle::spell::{base64, hex, hmac_sha256};
use crate::support::dice::Dice;
use crate::support::text::unhex;

pub(super) const RECIPES: &[Rich] = &[
    Rich { name: "adyen", secret: hex_key, make: adyen },
    Rich { name: "mailgun", secret: letters, make: mailgun },
    Rich { name: "treezor", secret: letters, make: treezor },
    Rich { name: "zettle", secret: letters, make: zettle },
];

/// Eight fields of the item, joined by colons; the amount is a number.
fn adyen(order: &mut Order<'_>, secret: &str) -> Sent {
    let (psp, merchant, reference) = (order.id("7"), order.id("Shop"), order.id("order:\\\\"));
    let kind = order.dice.pick(&["AUTHORISATION", "REFUND"]);
    let original = if order.dice.one_in(2) { order.id("8") } else { String::new() };
    let amount = order.dice.below(1_000_000);
    // Of a reference a backslash is one, as JSON says.
    let content = format!(
        "{psp}:{original}:{merchant}:{}:{amount}:EUR:{kind}:true",
        reference.replace("\\\\", "\\")
    );
    let tag = base64(&hmac_sha256(&unhex(secret).unwrap(), content.as_bytes()));
    let before = match original.as_str() {
        "" => String::new(),
        it => format!("\"originalReference\":\"{it}\","),
    };
    let item = format!(
        "{{\"additionalData\":{{\"hmacSignature\":\"{tag}\",\"more\":\"{}\"}},{before}\
         \"amount\":{{\"currency\":\"EUR\",\"value\":{amount}}},\"eventCode\":\"{kind}\",\
         \"pspReference\":\"{psp}\",\"merchantAccountCode\":\"{merchant}\",\
         \"merchantReference\":\"{reference}\",\"success\":\"true\",\"reason\":\"{}\"}}",
        order.uuid(),
        order.uuid()
    );
    let body = format!(
        "{{\"live\":\"false\",\"notificationItems\":[{{\"NotificationRequestItem\":{item}}}]}}"
    );
    Sent::new(body.into_bytes(), tag).body_is(Seen::Unasked).kind(Some(kind.to_owned()))
}

/// Time and token, run together. More than eight hours.
fn mailgun(order: &mut Order<'_>, secret: &str) -> Sent {
    let (token, kind, time) = (order.id(""), order.kind(), order.seconds(30_000, 300));
    let tag = hex(&hmac_sha256(secret.as_bytes(), format!("{}{token}", time.text).as_bytes()));
    let quoted = if order.dice.one_in(2) { "\"" } else { "" };
    let body = format!(
        "{{\"signature\":{{\"timestamp\":{quoted}{}{quoted},\"token\":\"{token}\",\
         \"signature\":\"{tag}\"}},\"event-data\":{{\"event\":\"{kind}\",\"id\":\"{}\"}}}}",
        time.text,
        order.uuid()
    );
    Sent::new(body.into_bytes(), tag)
        .body_is(Seen::Unasked)
        .at(time)
        .id(Some(token))
        .kind(Some(kind.to_owned()))
}

/// The payload as PHP's `json_encode` writes it: slashes and all that is no ASCII are escaped.
fn treezor(order: &mut Order<'_>, secret: &str) -> Sent {
    let (id, kind, word) = (order.uuid(), order.kind(), order.id(""));
    let blank = order.dice.pick(&["", " ", "\n  "]);
    let signed = format!(
        "{{\"users\":[{{\"name\":\"Zo\\u00eb \\ud83e\\udd80\",\"url\":\"a\\/{word}\",\"n\":1.50,\
         \"none\":null}}],\"empty\":[]}}"
    );
    let written = format!(
        "{{\"users\":{blank}[{{\"name\":\"Zo\u{eb} \u{1f980}\",\"url\":{blank}\"a/{word}\",\
         \"n\":1.50,{blank}\"none\":null}}],\"empty\":[]{blank}}}"
    );
    let tag = base64(&hmac_sha256(secret.as_bytes(), signed.as_bytes()));
    let body = format!(
        "{{\"webhook\":\"{kind}\",\"webhook_id\":\"{id}\",\"object_payload\":{blank}{written},\
         \"object_payload_signature\":\"{}\"}}",
        tag.replace('/', "\\/")
    );
    Sent::new(body.into_bytes(), tag)
        .body_is(Seen::Unasked)
        .id(Some(id))
        .kind(Some(kind.to_owned()))
}

/// Time and payload, which is a text, with a dot between. Three days.
fn zettle(order: &mut Order<'_>, secret: &str) -> Sent {
    let (id, kind, word) = (order.uuid(), order.kind(), order.id(""));
    let time = order.rfc3339(259_200, 300);
    let payload = format!("{{\"purchase\":\"{word}\",\"caf\u{e9}\":\"\u{1f980}\\n\"}}");
    let content = format!("{}.{payload}", time.text);
    let tag = hex(&hmac_sha256(secret.as_bytes(), content.as_bytes()));
    let body = format!(
        "{{\"eventName\":\"{kind}\",\"messageId\":\"{id}\",\"payload\":{},\"timestamp\":\"{}\"}}",
        serde_json::to_string(&payload).unwrap(),
        time.text
    );
    Sent::new(body.into_bytes(), tag.clone())
        .body_is(Seen::Unasked)
        .header("X-iZettle-Signature", &tag, Seen::Always)
        .at(time)
        .id(Some(id))
        .kind(Some(kind.to_owned()))
}

fn hex_key(dice: &mut Dice) -> String {
    hex(&dice.bytes(32))
}
