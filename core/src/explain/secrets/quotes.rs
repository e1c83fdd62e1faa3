//! Quotes around a secret, one layer or two.

use alloc::vec::Vec;

use super::Spelling;
use crate::explain::cause::CauseCode;

/// What opens, what closes, and how both are called.
const QUOTES: [(&str, &str, &str); 16] = [
    ("\"", "\"", "quotes"),
    ("'", "'", "single quotes"),
    ("`", "`", "backquotes"),
    ("\\\"", "\\\"", "escaped quotes"),
    ("\\'", "\\'", "escaped quotes"),
    ("&quot;", "&quot;", "escaped quotes"),
    ("%22", "%22", "escaped quotes"),
    ("b'", "'", "quotes of Python's bytes"),
    ("b\"", "\"", "quotes of Python's bytes"),
    ("\u{201c}", "\u{201d}", "typographic quotes"),
    ("\u{2018}", "\u{2019}", "typographic quotes"),
    ("\u{201e}", "\u{201c}", "typographic quotes"),
    ("\u{ab}", "\u{bb}", "typographic quotes"),
    ("<", ">", "brackets"),
    ("[", "]", "brackets"),
    ("{", "}", "brackets"),
];

/// The secret without what stands around it, once and twice.
pub(super) fn off(secret: &[u8], to: &mut Vec<Spelling>) {
    let Some((name, inner)) = layer(secret) else { return one_sided(secret, to) };
    let mut add = |how: &str, bytes: &[u8]| {
        let how = ["without the ", how, " around it"].concat();
        to.push(Spelling::new(CauseCode::SecretQuotes, how, bytes.into()));
    };
    add(name, inner);
    if let Some((other, innermost)) = layer(inner) {
        let both = if other == name { "two layers of " } else { "quotes in " };
        add(&[both, name].concat(), innermost);
    }
}

/// What one layer is called, and what is in it.
fn layer(secret: &[u8]) -> Option<(&'static str, &[u8])> {
    QUOTES.iter().find_map(|(open, close, name)| {
        let rest = secret.strip_prefix(open.as_bytes())?;
        Some((*name, rest.strip_suffix(close.as_bytes())?))
    })
}

/// A quote at one end alone, as it stays where text is cut at blanks or marks; or of two kinds.
fn one_sided(secret: &[u8], to: &mut Vec<Spelling>) {
    let mut marks = QUOTES.iter().flat_map(|(open, close, _)| [*open, *close]);
    let starts = marks.clone().find_map(|mark| secret.strip_prefix(mark.as_bytes()));
    let inner = starts.unwrap_or(secret);
    let ends = marks.find_map(|mark| inner.strip_suffix(mark.as_bytes()));
    let how = match (starts, ends) {
        (Some(_), Some(_)) => "without the quotes around it",
        (Some(_), None) => "without the quote before it",
        (None, Some(_)) => "without the quote after it",
        (None, None) => return,
    };
    to.push(Spelling::new(CauseCode::SecretQuotes, how, ends.unwrap_or(inner).into()));
}
