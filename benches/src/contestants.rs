//! Everybody who runs: the bare MAC, hookseal, `ring`, and the peers.
//!
//! Same secret, same delivery. Keys are prepared where the interface lets them be. hookseal is
//! given the time; the peers read the clock themselves, which is in their figures.

use std::hint::black_box;

use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal::{Request, Verifier};
use sha2::Sha256;
use webhook_verify::{Provider, Secret};

use crate::delivery::{Delivery, Row, keep};

/// One way to do the work, called `n` times. It says whether every call accepted the delivery.
pub type Run = Box<dyn Fn(u32) -> bool>;

/// A contestant: its name, and how it is set up for one delivery.
pub type Contestant = (&'static str, fn(&'static Delivery) -> Run);

/// What all others are held against: the prepared MAC alone, fed with the same parts.
pub const BARE: Contestant = ("bare MAC", bare);

/// hookseal, with headers as a slice of pairs.
pub const HOOKSEAL: Contestant = ("hookseal", hookseal);

/// Who can verify a row: the floor first, hookseal second.
#[must_use]
pub fn contestants(row: Row) -> Vec<Contestant> {
    let mut all = vec![
        BARE,
        HOOKSEAL,
        ("hookseal, `HeaderMap`", hookseal_map),
        ("ring", ring),
        ("webhook-verify", webhook_verify),
    ];
    if row == Row::StandardWebhooks {
        all.push(("svix", svix));
        all.push(("standardwebhooks", standardwebhooks));
    }
    all
}

/// Every contestant accepts a genuine delivery and refuses a forged one; a figure of one that
/// does not would say nothing. The bare MAC only has to be the MAC that was sent.
///
/// # Panics
/// If one does not.
pub fn check(row: Row) {
    let genuine = keep(Delivery::genuine(row, 1024));
    let forged = keep(genuine.clone().forged());
    for (name, set_up) in contestants(row) {
        assert!(set_up(genuine)(1), "{name} refuses a genuine delivery");
        assert!(!set_up(forged)(1), "{name} accepts a forged delivery");
    }
}

fn repeat(one: impl Fn() -> bool + 'static) -> Run {
    Box::new(move |n| (0..n).fold(true, |all, _| all & black_box(one())))
}

/// The tag is not compared while the clock runs: what comes back says whether it is the one that
/// was sent, and that is found out once.
fn bare(delivery: &'static Delivery) -> Run {
    let prepared: Hmac<Sha256> = Hmac::new_from_slice(&delivery.row.key()).expect("any length");
    let head = delivery.head();
    let tag = move || {
        let mut mac = black_box(&prepared).clone();
        black_box(&head).iter().for_each(|part| mac.update(part));
        mac.update(black_box(&delivery.body));
        mac.finalize().into_bytes()
    };
    let sent = is_sent(delivery, &tag());
    repeat(move || {
        black_box(tag());
        sent
    })
}

fn hookseal(delivery: &'static Delivery) -> Run {
    let verifier = Verifier::new(delivery.row.scheme(), delivery.row.secret()).expect("a secret");
    let headers = delivery.pairs();
    repeat(move || {
        let request = Request::new(black_box(headers.as_slice()), black_box(&delivery.body));
        black_box(black_box(&verifier).verify(&request, black_box(delivery.now))).is_ok()
    })
}

fn hookseal_map(delivery: &'static Delivery) -> Run {
    let verifier = Verifier::new(delivery.row.scheme(), delivery.row.secret()).expect("a secret");
    let headers = delivery.map();
    repeat(move || {
        let request = Request::new(black_box(&headers), black_box(&delivery.body));
        black_box(black_box(&verifier).verify(&request, black_box(delivery.now))).is_ok()
    })
}

/// `ring` takes one slice: its content is joined, and the signature decoded, before the clock
/// runs, so the figure is a little kinder than any use could be.
fn ring(delivery: &'static Delivery) -> Run {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &delivery.row.key());
    let content = [delivery.head().concat().as_slice(), &delivery.body].concat();
    let tag = ring::hmac::sign(&key, &content);
    let tag = if is_sent(delivery, tag.as_ref()) { tag.as_ref().to_vec() } else { vec![0; 32] };
    repeat(move || {
        ring::hmac::verify(black_box(&key), black_box(&content), black_box(&tag)).is_ok()
    })
}

fn webhook_verify(delivery: &'static Delivery) -> Run {
    let provider = match delivery.row {
        Row::StandardWebhooks => Provider::StandardWebhooks,
        Row::Stripe => Provider::Stripe,
        Row::GitHub => Provider::GitHub,
    };
    let secret = Secret::new(delivery.row.secret());
    let headers = delivery.pairs();
    repeat(move || {
        let (headers, body) = (black_box(&headers), black_box(&delivery.body));
        let options = webhook_verify::VerifyOptions::default();
        webhook_verify::verify(provider, headers, body, black_box(&secret), options).is_ok()
    })
}

fn svix(delivery: &'static Delivery) -> Run {
    let webhook = svix::webhooks::Webhook::new(delivery.row.secret()).expect("a secret");
    let headers = delivery.map();
    repeat(move || webhook.verify(black_box(&delivery.body), black_box(&headers)).is_ok())
}

fn standardwebhooks(delivery: &'static Delivery) -> Run {
    let webhook = standardwebhooks::Webhook::new(delivery.row.secret()).expect("a secret");
    let headers = delivery.map();
    repeat(move || webhook.verify(black_box(&delivery.body), black_box(&headers)).is_ok())
}

/// Whether a tag is the one in the delivery's header.
fn is_sent(delivery: &Delivery, tag: &[u8]) -> bool {
    use base64::Engine as _;
    let name = delivery.row.scheme().signature.name;
    let spelled = match delivery.row {
        Row::StandardWebhooks => base64::engine::general_purpose::STANDARD.encode(tag),
        Row::Stripe | Row::GitHub => tag.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    delivery.header(name).ends_with(&spelled)
}
