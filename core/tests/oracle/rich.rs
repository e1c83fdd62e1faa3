//! Recipes for rows with a richer vocabulary: forms, queries, fields in place of the body, secrets of
//! two halves, plain hashes. They stand apart, as the signature may be anywhere and the body may be
//! unsigned: what a change must do is told piece by piece.

mod bodies;
mod fields;
mod hashes;
mod headers;
mod judge;
mod urls;

pub(crate) use self::judge::{judge, signs_alike};

use hookseal::{Scheme, providers};

use super::genuine::Time;
use super::order::Order;
use crate::support::dice::{Dice, LETTERS};

/// How one provider signs.
#[derive(Clone, Copy)]
pub(crate) struct Rich {
    /// The name of the row.
    pub(crate) name: &'static str,
    pub(crate) secret: fn(&mut Dice) -> String,
    pub(crate) make: fn(&mut Order<'_>, &str) -> Sent,
}

pub(crate) fn all() -> Vec<Rich> {
    [bodies::RECIPES, fields::RECIPES, hashes::RECIPES, headers::RECIPES, urls::RECIPES].concat()
}

/// Whether a change to a piece of a delivery is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Any change.
    Always,
    /// None.
    Never,
    /// Any change to the names and values of a form, and none to how it is encoded.
    Decoded,
    /// Some changes, and that it is missing.
    Partly,
    /// It is left as it is.
    Unasked,
}

/// A delivery as its provider sends it, and what the recipe knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) headers: Vec<(&'static str, Vec<u8>, Seen)>,
    pub(crate) url: String,
    pub(crate) url_seen: Seen,
    pub(crate) method: &'static str,
    pub(crate) method_seen: Seen,
    pub(crate) body: Vec<u8>,
    pub(crate) body_seen: Seen,
    pub(crate) signature: String,
    pub(crate) time: Option<Time>,
    pub(crate) id: Option<String>,
    pub(crate) kind: Option<String>,
}

impl Sent {
    /// A POST to a URL that nothing binds, whose body is all signed.
    pub(crate) fn new(body: Vec<u8>, signature: String) -> Self {
        Sent {
            headers: Vec::new(),
            url: "https://hooks.example.com/in".to_owned(),
            url_seen: Seen::Never,
            method: "POST",
            method_seen: Seen::Never,
            body,
            body_seen: Seen::Always,
            signature,
            time: None,
            id: None,
            kind: None,
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str, seen: Seen) -> Self {
        self.headers.push((name, value.as_bytes().to_vec(), seen));
        self
    }

    pub(crate) fn url(self, url: String) -> Self {
        Sent { url, url_seen: Seen::Always, ..self }
    }

    pub(crate) fn method(self, method: &'static str) -> Self {
        Sent { method, method_seen: Seen::Always, ..self }
    }

    pub(crate) fn body_is(self, body_seen: Seen) -> Self {
        Sent { body_seen, ..self }
    }

    pub(crate) fn at(self, time: Time) -> Self {
        Sent { time: Some(time), ..self }
    }

    pub(crate) fn id(self, id: Option<String>) -> Self {
        Sent { id, ..self }
    }

    pub(crate) fn kind(self, kind: Option<String>) -> Self {
        Sent { kind, ..self }
    }
}

/// A text without the blanks that end a header's value.
fn letters(dice: &mut Dice) -> String {
    let length = dice.length(16..=60);
    dice.text(LETTERS, length)
}

/// One change, and whether the delivery must verify after it; `None`: it has nothing to change so.
fn change(sent: &mut Sent, which: usize, dice: &mut Dice) -> Option<bool> {
    let at = dice.below(sent.headers.len().max(1));
    let unseen = |seen: Seen| match seen {
        Seen::Always => Some(false),
        Seen::Never => Some(true),
        Seen::Decoded | Seen::Partly | Seen::Unasked => None,
    };
    let can_go = |seen: Seen| seen != Seen::Unasked;
    match which {
        0 => Some(true),
        1 => {
            let before = decoded(&sent.body);
            match dice.one_in(2) {
                true => dice.flip(&mut sent.body),
                false => sent.body.push(dice.pick(b"\n x&=")),
            }
            match sent.body_seen {
                Seen::Decoded => Some(decoded(&sent.body) == before),
                seen => unseen(seen),
            }
        }
        2 => {
            let (_, value, seen) = sent.headers.get_mut(at)?;
            let seen = unseen(*seen)?;
            dice.flip(value);
            Some(seen)
        }
        3 => {
            let (_, _, seen) = *sent.headers.get(at).filter(|it| can_go(it.2))?;
            sent.headers.remove(at);
            Some(seen == Seen::Never)
        }
        4 => {
            let (name, value, seen) = sent.headers.get(at).filter(|it| can_go(it.2))?.clone();
            sent.headers.insert(dice.below(sent.headers.len()), (name, value, seen));
            Some(seen == Seen::Never)
        }
        5 => {
            let seen = unseen(sent.url_seen)?;
            sent.url = match dice.below(3) {
                0 => format!("{}x", sent.url),
                1 => sent.url.replacen("example", "exampel", 1),
                _ => sent.url.replacen("https", "http", 1),
            };
            Some(seen)
        }
        6 => {
            sent.method = if sent.method == "PUT" { "POST" } else { "PUT" };
            unseen(sent.method_seen)
        }
        _ => {
            for (name, _, _) in &mut sent.headers {
                *name = name.to_ascii_uppercase().leak();
            }
            Some(true)
        }
    }
}

/// A form's names and values. The one field that is a signature in hex of either case is written in
/// one.
fn decoded(form: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(form).into_owned();
    pairs
        .map(
            |(name, value)| {
                if name == "sig" { (name, value.to_lowercase()) } else { (name, value) }
            },
        )
        .collect()
}

const CHANGES: usize = 8;

/// The row of a recipe.
pub(crate) fn row_of(recipe: &Rich) -> &'static Scheme<'static> {
    providers::by_name(recipe.name).expect("a row of this name")
}
