//! Values with something around them: blanks, quotes, the brackets of a list that a program
//! printed, the header's own name; or percent-escaped.

use alloc::format;
use alloc::vec::Vec;

use super::Faults;
use super::list::{Edit, List, Pair};
use crate::explain::secrets::from_percent;

/// What opens, what closes, and what both are.
const WRAPS: [(&str, &str, &str); 10] = [
    ("[\"", "\"]", "brackets and quotes, as of a list in JSON, stand"),
    ("['", "']", "brackets and quotes, as of a printed list, stand"),
    ("[b'", "']", "brackets and quotes, as of a printed list, stand"),
    ("b'", "'", "what Python writes around bytes stands"),
    ("b\"", "\"", "what Python writes around bytes stands"),
    ("[", "]", "brackets, as of a printed list, stand"),
    ("\"", "\"", "quotes stand"),
    ("'", "'", "quotes stand"),
    ("<", ">", "brackets stand"),
    ("{", "}", "braces stand"),
];

pub(super) fn find(list: &mut List<'_, '_, '_, '_>) -> Option<Faults> {
    let places = list.needs.iter().filter_map(|need| match list.places(need)[..] {
        [at] => Some(at),
        _ => None,
    });
    let changes = places.map(|at| unwrapped(list, at)).filter(|edits| !edits.is_empty());
    let changes: Vec<Vec<Edit>> = changes.collect();
    list.first(changes)
}

/// The value of a header without what stands around it.
fn unwrapped(list: &List<'_, '_, '_, '_>, at: usize) -> Vec<Edit> {
    let Some((name, value)) = list.pairs.get(at) else { return Vec::new() };
    let mut edits = Vec::new();
    let mut add = |what: &str, value: Vec<u8>| {
        edits.push(list.edit(at, value, format!("{what} the value of {}", list.name(at))));
    };
    let trimmed = value.trim_ascii();
    for (open, close, what) in WRAPS {
        let inner = trimmed.strip_prefix(open.as_bytes());
        if let Some(inner) = inner.and_then(|inner| inner.strip_suffix(close.as_bytes())) {
            add(&[what, " around"].concat(), inner.into());
        }
    }
    if trimmed.len() < value.len() {
        add("white space stands around", trimmed.into());
    }
    if let Some(rest) = after_name(&(name, trimmed)) {
        add("the header's own name stands in", rest.into());
    }
    if let Some(decoded) = from_percent(value) {
        add("percent-escapes were put into", decoded);
    }
    edits
}

/// A value after the header's name and a colon.
fn after_name<'r>((name, value): &Pair<'r>) -> Option<&'r [u8]> {
    let (head, tail) = value.split_at_checked(name.len())?;
    let tail = tail.trim_ascii_start().strip_prefix(b":")?;
    head.eq_ignore_ascii_case(name.as_bytes()).then(|| tail.trim_ascii())
}
