//! Signatures that are in the URL, or over a parameter of it.

use super::{Rich, Seen, Sent, letters};
use crate::oracle::genuine::{Time, Unit};
use crate::oracle::order::Order;
use crate::oracle::spell::{hex, hmac_sha256};

pub(super) const RECIPES: &[Rich] = &[
    Rich { name: "mercado-pago", secret: letters, make: mercado_pago },
    Rich { name: "pandadoc", secret: letters, make: pandadoc },
];

/// A parameter of the URL and a header, each with its name, where they are there, and the time.
fn mercado_pago(order: &mut Order<'_>, secret: &str) -> Sent {
    let (data, id) = (order.id("d"), order.uuid());
    let in_seconds = order.dice.one_in(2);
    let time = if in_seconds { order.seconds(300, 300) } else { order.millis(300, 300) };
    let time = Time { unit: Unit::Millis, ..time };
    let [with_data, with_id] = [(); 2].map(|()| !order.dice.one_in(4));
    let part = |there: bool, text: String| if there { text } else { String::new() };
    let content = part(with_data, format!("id:{data};"))
        + &part(with_id, format!("request-id:{id};"))
        + &format!("ts:{};", time.text);
    let tag = hex(&hmac_sha256(secret.as_bytes(), content.as_bytes()));
    let url = format!(
        "https://hooks.example.com/in?type=payment{}",
        part(with_data, format!("&data.id={data}"))
    );
    let mut sent = Sent::new(order.body(&[]).bytes, tag.clone())
        .header("x-signature", &format!("ts={},v1={tag}", time.text), Seen::Partly)
        .body_is(Seen::Never)
        .at(time)
        .id(with_id.then(|| id.clone()));
    if with_id {
        sent = sent.header("x-request-id", &id, Seen::Always);
    }
    // Host and path are not signed.
    (sent.url, sent.url_seen) = (url, Seen::Unasked);
    sent
}

/// The signature of the body is a parameter, so it is in the URL that logs keep.
fn pandadoc(order: &mut Order<'_>, secret: &str) -> Sent {
    let body = order.body(&[]).bytes;
    let tag = hex(&hmac_sha256(secret.as_bytes(), &body));
    let url = match order.dice.one_in(2) {
        true => format!("https://hooks.example.com/in?signature={tag}"),
        false => format!("https://hooks.example.com/in?a=%26signature%3d0&signature={tag}&b=1"),
    };
    let mut sent = Sent::new(body, tag);
    (sent.url, sent.url_seen) = (url, Seen::Partly);
    sent
}
