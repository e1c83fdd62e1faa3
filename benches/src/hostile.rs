//! Deliveries that try to make a refusal dear, and deliveries with many signatures.

use crate::delivery::{Delivery, Row};

/// A genuine delivery whose header carries `count` signatures: the genuine one comes last, behind
/// others that are spelled as well as it is.
#[must_use]
pub fn with_signatures(row: Row, size: usize, count: usize) -> Delivery {
    let genuine = Delivery::genuine(row, size);
    let signature = row.scheme().signature;
    let value = genuine.header(signature.name).to_owned();
    let (before, tag) = value.rsplit_once(signature.prefix).unwrap_or(("", &value));
    let other: String = match row {
        Row::StandardWebhooks => format!("{}=", "A".repeat(43)),
        Row::Stripe | Row::GitHub => "0".repeat(64),
    };
    let tags = std::iter::repeat_n(other.as_str(), count.saturating_sub(1)).chain([tag]);
    let items: Vec<String> = tags.map(|tag| format!("{}{tag}", signature.prefix)).collect();
    let list = format!("{before}{}", items.join(signature.split));
    genuine.with(signature.name, list)
}

/// The refusal that all others are held against: everything is well-formed, but the signature is
/// another delivery's.
#[must_use]
pub fn ordinary(row: Row, size: usize) -> Delivery {
    Delivery::genuine(row, size).forged()
}

/// The longest header that is read.
const LONGEST: usize = 8 << 10;

/// Deliveries whose refusal should cost no more than twice an ordinary one.
#[must_use]
pub fn cases(row: Row, size: usize) -> Vec<(&'static str, Delivery)> {
    let ordinary = ordinary(row, size);
    let name = row.scheme().signature.name;
    let value = ordinary.header(name).to_owned();
    let long = |text: &str| text.repeat(LONGEST / text.len());
    let signed = |value: String| ordinary.clone().with(name, value);
    let mut all = vec![
        ("a signature of 8 KiB", signed(fill(&value, "a", LONGEST))),
        ("a header of 8 KiB without a signature", signed(long("x"))),
        ("a header of 8 KiB + 1", signed(fill(&value, "a", LONGEST + 1))),
        ("a header of 1 MiB", signed(fill(&value, "a", 1 << 20))),
        ("100 other headers", others(ordinary.clone())),
    ];
    let head = match row {
        Row::GitHub => return all,
        Row::Stripe => format!("t={},", ordinary.now.as_secs()),
        Row::StandardWebhooks => String::new(),
    };
    let signature = row.scheme().signature;
    let list = |item: &str| signed(fill(&head, &format!("{item}{}", signature.split), LONGEST));
    all.extend([
        ("16 wrong signatures", with_signatures(row, size, 16).forged()),
        ("17 signatures", with_signatures(row, size, 17)),
        ("8 KiB of separators", list("")),
        ("8 KiB of empty signatures", list(signature.prefix)),
        ("8 KiB of items that are no signature", list("x")),
    ]);
    if row == Row::Stripe {
        let time = format!("t={}", ordinary.now.as_secs());
        all.push(("8 KiB of one time", signed(fill(&format!("{time},"), &value, LONGEST))));
    } else {
        all.push(("an event id of 8 KiB", ordinary.clone().with("webhook-id", long("a"))));
        all.push(("a time of 8 KiB", ordinary.clone().with("webhook-timestamp", long("1"))));
    }
    all
}

/// `head` and then as many `more` as there is room for.
fn fill(head: &str, more: &str, length: usize) -> String {
    let room = length.saturating_sub(head.len());
    let mut text = head.to_owned() + &more.repeat(room / more.len());
    text.push_str(&more[..room % more.len()]);
    text
}

fn others(mut delivery: Delivery) -> Delivery {
    let other = |at| (format!("x-padding-{at:03}"), "x".to_owned());
    delivery.headers.splice(..0, (0..100).map(other));
    delivery
}
