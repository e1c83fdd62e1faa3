//! Headers under another name, as servers and proxies make names: `HTTP_X_SIGNATURE`,
//! `x_signature`, `X-Forwarded-X-Signature`.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Faults;
use super::list::{Edit, List, shown};
use crate::explain::cause::CauseCode;

/// What is put before a name, its letters and digits alone.
const BEFORE: [&str; 6] =
    ["http", "xforwarded", "xoriginal", "xamznremapped", "httpxforwarded", "xamzmeta"];

/// Longest name that is compared.
const MAX_NAME: usize = 256;

/// Needed headers that are absent, where another one has the same letters and digits.
pub(super) fn find(list: &mut List<'_, '_, '_, '_>) -> Option<Faults> {
    let absent = list.needs.iter().filter(|need| list.places(need).is_empty());
    let renamed = absent.map(|need| need.iter().flat_map(|name| renames(list, name)).collect());
    let changes: Vec<Vec<Edit>> = renamed.filter(|edits: &Vec<Edit>| !edits.is_empty()).collect();
    list.first(changes)
}

/// The headers that may be the one of this name, under it.
fn renames<'l>(
    list: &'l List<'_, '_, '_, '_>,
    name: &'l str,
) -> impl Iterator<Item = Edit> + use<'l> {
    let wanted = letters(name);
    list.pairs.iter().enumerate().filter_map(move |(at, (other, value))| {
        let met = letters(other);
        let before = met.strip_suffix(wanted.as_str()).filter(|_| !wanted.is_empty())?;
        if !before.is_empty() && !BEFORE.contains(&before) {
            return None;
        }
        let what = format!(
            "{} is not there, but {} is, and the delivery verifies with its value",
            shown(name),
            shown(other)
        );
        let to = Some((name.into(), value.to_vec()));
        Some(Edit { at, to, code: CauseCode::HeaderMissing, what })
    })
}

/// The letters and digits of a name.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric).take(MAX_NAME);
    letters.map(|character| character.to_ascii_lowercase()).collect()
}
