//! One recipe per provider, written by hand from what the providers and their code say.

mod body;
mod sha1;
mod standard;
mod timed;
mod unlike;

use super::genuine::Genuine;
use super::order::Order;
use super::spell::base64;
use crate::support::dice::{Dice, LETTERS};

/// How one provider signs.
#[derive(Clone, Copy)]
pub(crate) struct Recipe {
    /// The name of the row.
    pub(crate) name: &'static str,
    /// A secret as the provider shows it.
    pub(crate) secret: fn(&mut Dice) -> String,
    /// A delivery signed with that secret.
    pub(crate) make: fn(&mut Order<'_>, &str) -> Genuine,
}

/// The recipes of all rows that this build can run.
pub(crate) fn all() -> Vec<Recipe> {
    let with_sha1 = if cfg!(feature = "sha1") { sha1::RECIPES } else { &[] };
    [body::RECIPES, with_sha1, standard::RECIPES, timed::RECIPES, unlike::RECIPES].concat()
}

/// Any text, used as it is.
fn text(dice: &mut Dice) -> String {
    const SIGNS: &str = "!#$%&'()*+,-./:;<=>?@[]^_`{|}~ abcdefghijklmnopqrstuvwxyz0123456789";
    let length = dice.length(16..=150);
    let mark = dice.pick(&["", "", "\u{17c}", " ", "\n", "whsec_"]);
    format!("{mark}{}{mark}", dice.text(SIGNS, length))
}

/// 32 hex digits, used as the text that they are.
fn hex_text(dice: &mut Dice) -> String {
    dice.text("0123456789abcdef", 32)
}

/// Letters and digits that look like base64, used as the text that they are.
fn base64_text(dice: &mut Dice) -> String {
    let length = dice.length(20..=48);
    base64(&dice.bytes(length))
}

/// Base64 of the key.
pub(crate) fn base64_key(dice: &mut Dice) -> String {
    let length = dice.length(16..=64);
    base64(&dice.bytes(length))
}

/// Base64 of the key after `whsec_`.
fn whsec_key(dice: &mut Dice) -> String {
    format!("whsec_{}", base64_key(dice))
}

/// The same, now and then without the `whsec_`.
fn maybe_whsec_key(dice: &mut Dice) -> String {
    if dice.one_in(4) { base64_key(dice) } else { whsec_key(dice) }
}

/// `whsec_` and letters, used as the text that they are.
fn whsec_text(dice: &mut Dice) -> String {
    let length = dice.length(20..=40);
    format!("whsec_{}", dice.text(LETTERS, length))
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}
