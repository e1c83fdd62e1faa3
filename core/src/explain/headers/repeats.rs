//! Headers that are there more than once, or whose values were joined into one.

use alloc::format;
use alloc::vec::Vec;

use super::Faults;
use super::list::{Edit, List, faults};
use crate::explain::cause::CauseCode;
use crate::explain::secrets::Nth;

/// Most values of one header that are tried.
const MOST: usize = 8;

/// What stands between joined values.
const JOINS: [&[u8]; 4] = [b", ", b",", b"; ", b"\n"];

pub(super) fn find(list: &mut List<'_, '_, '_, '_>) -> Option<Faults> {
    repeated(list).or_else(|| joined(list))
}

/// The same header twice: one of them is the one that was signed, of every such header the first,
/// or the last.
fn repeated(list: &mut List<'_, '_, '_, '_>) -> Option<Faults> {
    let all: Vec<Vec<usize>> = list.needs.iter().map(|need| list.places(need)).collect();
    let all: Vec<Vec<usize>> = all.into_iter().filter(|places| places.len() > 1).collect();
    let most = all.iter().map(Vec::len).max()?.min(MOST);
    for kept in 0..most {
        let edits: Vec<Edit> = all.iter().flat_map(|places| keep(list, places, kept)).collect();
        let edits: Vec<&Edit> = edits.iter().collect();
        if list.accepts(&edits) {
            return Some(faults(&edits));
        }
    }
    all.iter().find_map(|places| {
        let edits: Vec<Edit> = join(list, places);
        let edits: Vec<&Edit> = edits.iter().collect();
        list.accepts(&edits).then(|| faults(&edits))
    })
}

/// One of several headers of a name, without the others; the last, where there are not so many.
fn keep(list: &List<'_, '_, '_, '_>, places: &[usize], kept: usize) -> Vec<Edit> {
    let kept = kept.min(places.len().saturating_sub(1));
    let edit = |(nth, at): (usize, &usize)| {
        let pair = list.pairs.get(*at).filter(|_| nth == kept);
        let to = pair.map(|(name, value)| ((*name).into(), value.to_vec()));
        let what = match nth == kept {
            true => {
                let name = list.name(*at);
                let count = places.len();
                format!(
                    "{name} is there {count} times: the delivery verifies with the {} alone",
                    Nth(kept)
                )
            }
            false => "".into(),
        };
        Edit { at: *at, to, code: CauseCode::HeaderRepeated, what }
    };
    places.iter().enumerate().map(edit).collect()
}

/// All of them in one, as a list is sent in parts.
fn join(list: &List<'_, '_, '_, '_>, places: &[usize]) -> Vec<Edit> {
    let mut edits = keep(list, places, 0);
    let values: Vec<&[u8]> = places.iter().map(|at| list.value(*at)).collect();
    if let Some(Edit { at, to: Some((_, value)), what, .. }) = edits.first_mut() {
        *value = values.join(&b", "[..]);
        *what = format!(
            "{} is there {} times: the delivery verifies with all in one line",
            list.name(*at),
            places.len()
        );
    }
    edits
}

/// One value that is two, joined: each is tried, and of a list its halves.
fn joined(list: &mut List<'_, '_, '_, '_>) -> Option<Faults> {
    let changes = list.needs.iter().filter_map(|need| {
        let [at] = list.places(need)[..] else { return None };
        let value = list.value(at);
        let pieces = JOINS.iter().flat_map(|join| pieces(value, join));
        let edits = pieces.map(|piece| {
            let what = format!(
                "{} holds several values, joined: the delivery verifies with one of them",
                list.name(at)
            );
            Edit { code: CauseCode::HeaderRepeated, ..list.edit(at, piece, what) }
        });
        Some(edits.collect::<Vec<Edit>>()).filter(|edits| !edits.is_empty())
    });
    let changes: Vec<Vec<Edit>> = changes.collect();
    list.first(changes)
}

/// The pieces of a value, and its two halves.
fn pieces(value: &[u8], join: &[u8]) -> Vec<Vec<u8>> {
    let (mut pieces, mut rest): (Vec<&[u8]>, &[u8]) = (Vec::new(), value);
    while let Some(at) = rest.windows(join.len()).position(|window| window == join) {
        let (piece, tail) = rest.split_at_checked(at).unwrap_or((rest, b""));
        pieces.push(piece);
        rest = tail.get(join.len()..).unwrap_or_default();
        if pieces.len() > MOST.saturating_mul(4) {
            return Vec::new();
        }
    }
    if pieces.is_empty() {
        return Vec::new();
    }
    pieces.push(rest);
    let mut all: Vec<Vec<u8>> = Vec::new();
    let (first, last) = pieces.split_at_checked(pieces.len() / 2).unwrap_or_default();
    if pieces.len() > 2 && first.len() == last.len() {
        all.extend([first.join(join), last.join(join)]);
    }
    all.extend(pieces.iter().take(MOST).map(|piece| piece.to_vec()));
    all
}
