//! Signatures over headers and a body: lists of signed headers, times in unusual spellings.

use super::{Rich, Seen, Sent, letters};
use crate::oracle::genuine::{Time, Unit};
use crate::oracle::order::Order;
use crate::oracle::recipes::base64_key;
use crate::oracle::spell::{base64, calendar, hex, hmac_sha256, sha256, unbase64};

pub(super) const RECIPES: &[Rich] = &[
    Rich { name: "box", secret: letters, make: box_com },
    Rich { name: "contentful", secret: letters, make: contentful },
    Rich { name: "daily", secret: base64_key, make: daily },
    Rich { name: "hook0", secret: letters, make: hook0 },
    Rich { name: "hygraph", secret: letters, make: hygraph },
    Rich { name: "klaviyo", secret: letters, make: klaviyo },
    Rich { name: "messagebird-bird", secret: letters, make: messagebird_bird },
];

/// Body, and the delivery's time behind it; a signature for each of two keys. Ten minutes.
fn box_com(order: &mut Order<'_>, secret: &str) -> Sent {
    let (id, kind, time) = (order.uuid(), order.kind(), order.rfc3339(600, 300));
    let body = order.body(&[("id", &id), ("trigger", kind)]);
    let tag =
        base64(&hmac_sha256(secret.as_bytes(), &[&body.bytes, time.text.as_bytes()].concat()));
    let other = base64(&[7; 32]);
    let mut names = ["box-signature-primary", "box-signature-secondary"];
    if order.dice.one_in(2) {
        names.reverse();
    }
    let (id, kind) = (body.holds(&id), body.holds(kind));
    Sent::new(body.bytes, tag.clone())
        .header("box-delivery-id", &order.uuid(), Seen::Never)
        .header("box-delivery-timestamp", &time.text, Seen::Always)
        .header("box-signature-version", "1", Seen::Always)
        .header("box-signature-algorithm", "HmacSHA256", Seen::Always)
        .header(names[0], &tag, Seen::Always)
        .header(names[1], &other, Seen::Unasked)
        .at(time)
        .id(id)
        .kind(kind)
}

/// Method, path, the listed headers a line, sorted, and the body. 29 seconds.
fn contentful(order: &mut Order<'_>, secret: &str) -> Sent {
    let (body, kind, time) = (order.body(&[]).bytes, order.kind(), order.millis(29, 300));
    let list = "x-contentful-timestamp,x-contentful-signed-headers,x-crn";
    let (path, crn) = (format!("/hooks/{}?tenant", order.uuid()), order.uuid());
    let lines = format!(
        "x-contentful-signed-headers:{list};x-contentful-timestamp:{};x-crn:{crn}",
        time.text
    );
    let head = format!("POST\n{path}\n{lines}\n");
    let tag = hex(&hmac_sha256(secret.as_bytes(), &[head.as_bytes(), &body].concat()));
    let mut sent = Sent::new(body, tag.clone())
        .header("X-Contentful-Topic", kind, Seen::Never)
        .header("x-contentful-signature", &tag, Seen::Always)
        .header("x-contentful-signed-headers", list, Seen::Always)
        .header("x-contentful-timestamp", &time.text, Seen::Always)
        .header("x-crn", &crn, Seen::Always)
        .method("POST")
        .at(time)
        .kind(Some(kind.to_owned()));
    (sent.url, sent.url_seen) = (format!("https://hooks.example.com{path}"), Seen::Partly);
    sent
}

/// A key in base64; seconds, or milliseconds.
fn daily(order: &mut Order<'_>, secret: &str) -> Sent {
    let in_seconds = order.dice.one_in(2);
    let time = if in_seconds { order.seconds(300, 300) } else { order.millis(300, 300) };
    // Whichever it is, it is judged to the millisecond.
    let time = Time { unit: Unit::Millis, ..time };
    let body = order.body(&[]).bytes;
    let content = [time.text.as_bytes(), b".", &body].concat();
    let tag = base64(&hmac_sha256(&unbase64(secret), &content));
    Sent::new(body, tag.clone())
        .header("X-Webhook-Timestamp", &time.text, Seen::Always)
        .header("X-Webhook-Signature", &tag, Seen::Always)
        .at(time)
}

/// Time, list of headers, their values, body, parted by dots.
fn hook0(order: &mut Order<'_>, secret: &str) -> Sent {
    let (id, kind, time) = (order.uuid(), order.kind(), order.seconds(300, 300));
    let body = order.body(&[]).bytes;
    let list = "content-type x-event-id x-event-type";
    let head = format!("{}.{list}.application/json.{id}.{kind}.", time.text);
    let tag = hex(&hmac_sha256(secret.as_bytes(), &[head.as_bytes(), &body].concat()));
    let header = format!("t={},v0={},h={list},v1={tag}", time.text, hex(&sha256(&body)));
    Sent::new(body, tag)
        .header("Content-Type", "application/json", Seen::Always)
        .header("X-Event-Id", &id, Seen::Always)
        .header("X-Event-Type", kind, Seen::Always)
        .header("X-Hook0-Signature", &header, Seen::Partly)
        .at(time)
        .id(Some(id))
        .kind(Some(kind.to_owned()))
}

/// A JSON text with the body as a string in it.
fn hygraph(order: &mut Order<'_>, secret: &str) -> Sent {
    let (time, env, word) = (order.millis(300, 300), order.id("env-"), order.id(""));
    let body = format!("{{\"data\": \"caf\u{e9} \\\"{word}\\\"\u{1f980}\\\\\",\n\t\"n\":1}}");
    let text = serde_json::to_string(&body).unwrap();
    let content =
        format!("{{\"Body\":{text},\"EnvironmentName\":\"{env}\",\"TimeStamp\":{}}}", time.text);
    let tag = base64(&hmac_sha256(secret.as_bytes(), content.as_bytes()));
    Sent::new(body.into_bytes(), tag.clone())
        .header("gcms-signature", &format!("sign={tag}, env={env}, t={}", time.text), Seen::Always)
        .at(time)
}

/// The time is an HTTP date, behind the body.
fn klaviyo(order: &mut Order<'_>, secret: &str) -> Sent {
    let moment = order.seconds(300, 300);
    let text = http_date(moment.millis / 1000);
    let body = order.body(&[]).bytes;
    let tag = hex(&hmac_sha256(secret.as_bytes(), &[&body, text.as_bytes()].concat()));
    Sent::new(body, tag.clone())
        .header("Klaviyo-Signature", &tag, Seen::Always)
        .header("Klaviyo-Timestamp", &text, Seen::Always)
        .at(Time { text, ..moment })
}

/// Time, URL and the hash of the body, a line each.
fn messagebird_bird(order: &mut Order<'_>, secret: &str) -> Sent {
    let (body, time) = (order.body(&[]).bytes, order.seconds(300, 300));
    let url = format!("https://hooks.example.com/{}?b=2&a=1", order.uuid());
    let head = format!("{}\n{url}\n", time.text);
    let content = [head.as_bytes(), &sha256(&body)].concat();
    let tag = base64(&hmac_sha256(secret.as_bytes(), &content));
    Sent::new(body, tag.clone())
        .header("messagebird-signature", &tag, Seen::Always)
        .header("messagebird-request-timestamp", &time.text, Seen::Always)
        .url(url)
        .at(time)
}

/// RFC 9110's date; the day of the week by Sakamoto's table.
fn http_date(seconds: i64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = calendar(seconds);
    let number = |from: usize, to: usize| text[from..to].parse::<usize>().unwrap();
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let shifted = year - usize::from(month < 3);
    let table = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1];
    let weekday = (shifted + shifted / 4 - shifted / 100 + shifted / 400 + table + day) % 7;
    let (weekday, month) = (DAYS[weekday], MONTHS[month - 1]);
    format!("{weekday}, {day:02} {month} {year:04} {} GMT", &text[11..])
}
