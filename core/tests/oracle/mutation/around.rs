//! Changes to what is around the signature: URL, method, names of headers, the receiver's secrets.

use super::{Effect, Mutation, refused};
use crate::oracle::genuine::Genuine;
use crate::oracle::recipes::Recipe;
use crate::oracle::trial::Trial;
use crate::support::dice::Dice;

/// Most secrets that a receiver may hold.
const MOST: usize = 4;

pub(super) fn url(from: &mut Genuine, how: Mutation, dice: &mut Dice) -> Option<Effect> {
    let Some(url) = &mut from.url else {
        from.url = Some("https://elsewhere.example/".to_owned()).filter(|_| how == Mutation::Url);
        return Some(Effect::Neutral);
    };
    if how == Mutation::NoUrl {
        from.url = dice.pick(&[None, Some("")]).map(str::to_owned);
        return Some(refused("missing_url"));
    }
    *url = match dice.below(4) {
        0 => format!("{url}/"),
        1 => url.replace("https:", "http:"),
        2 => url.replace("example.com", "example.com:443"),
        _ => format!("{url}?"),
    };
    Some(refused("signature_mismatch"))
}

pub(super) fn method(from: &mut Genuine, how: Mutation) -> Option<Effect> {
    let Some(method) = from.method.take() else {
        let other = ["PATCH", "get", ""];
        let at = [Mutation::Method, Mutation::LowerMethod].iter().position(|it| *it == how);
        from.method = at.map(|at| other[at].to_owned());
        return Some(Effect::Neutral);
    };
    Some(match how {
        Mutation::Method => {
            from.method = Some(if method == "PUT" { "POST" } else { "PUT" }.to_owned());
            refused("signature_mismatch")
        }
        Mutation::LowerMethod => {
            from.method = Some(method.to_lowercase());
            refused("missing_method")
        }
        _ => refused("missing_method"),
    })
}

pub(super) fn names_recased(from: &mut Genuine, dice: &mut Dice) -> Effect {
    for (name, _) in &mut from.headers {
        let recase = |letter: char| match dice.below(2) {
            0 => letter.to_ascii_uppercase(),
            _ => letter.to_ascii_lowercase(),
        };
        *name = name.chars().map(recase).collect();
    }
    Effect::Neutral
}

/// The receiver holds one to four secrets, and none of them is the sender's.
pub(super) fn wrong_secret(on: &mut Trial, recipe: &Recipe, dice: &mut Dice) -> Effect {
    on.secrets = (0..dice.length(1..=MOST)).map(|_| (recipe.secret)(dice)).collect();
    refused("signature_mismatch")
}

/// The receiver holds two to four secrets, and one of them is the sender's.
pub(super) fn second_secret(on: &mut Trial, recipe: &Recipe, dice: &mut Dice) -> Effect {
    let own = on.secrets.remove(0);
    on.secrets = (0..dice.length(1..=MOST - 1)).map(|_| (recipe.secret)(dice)).collect();
    on.secret_index = dice.below(on.secrets.len() + 1);
    on.secrets.insert(on.secret_index, own);
    Effect::Neutral
}
