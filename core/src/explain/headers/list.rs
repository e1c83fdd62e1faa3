//! The headers of a request, and the same with a few of them changed.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Faults;
use crate::explain::cause::CauseCode;
use crate::explain::secrets::budget::Budget;
use crate::explain::trial::Trial;
use crate::request::Request;
use crate::scheme::Scheme;

/// A header's name and value.
pub(super) type Pair<'r> = (&'r str, &'r [u8]);

/// A header that the scheme needs: its names, of which one is enough.
pub(super) type Need<'r> = Vec<&'r str>;

/// Longest value that is changed, in bytes. One that is longer is too long for any scheme, whatever
/// is taken off it.
const MAX_VALUE: usize = 32 << 10;

/// Every header, in the order received, those that are too long without their value.
pub(super) fn pairs<'r>(request: &Request<'r>) -> Vec<Pair<'r>> {
    let mut pairs = Vec::new();
    request.headers.each(|name, value| {
        let fits = value.len() <= MAX_VALUE;
        pairs.push((name, if fits { value } else { b"" }));
    });
    pairs
}

/// The headers, what the scheme needs of them, and what tries changes.
pub(super) struct List<'t, 'r, 'e, 's> {
    pub(super) scheme: &'t Scheme<'t>,
    pub(super) request: &'t Request<'r>,
    pub(super) pairs: Vec<Pair<'r>>,
    pub(super) needs: Vec<Need<'t>>,
    pub(super) trial: &'t mut Trial<'e, 's>,
    pub(super) budget: Budget,
}

/// One header changed: its place in the list, and what it becomes; nothing: it is taken out.
pub(super) struct Edit {
    pub(super) at: usize,
    pub(super) to: Option<(String, Vec<u8>)>,
    pub(super) code: CauseCode,
    pub(super) what: String,
}

impl<'t> List<'t, '_, '_, '_> {
    /// The places of the headers that satisfy a need.
    pub(super) fn places(&self, need: &[&str]) -> Vec<usize> {
        let is = |(name, _): &Pair<'_>| need.iter().any(|it| it.eq_ignore_ascii_case(name));
        let pairs = self.pairs.iter().enumerate();
        pairs.filter(|(_, pair)| is(pair)).map(|(at, _)| at).collect()
    }

    pub(super) fn value(&self, at: usize) -> &[u8] {
        self.pairs.get(at).map_or(b"", |pair| pair.1)
    }

    /// The name of a header, to be shown.
    pub(super) fn name(&self, at: usize) -> String {
        shown(self.pairs.get(at).map_or("", |pair| pair.0))
    }

    /// A header with another value.
    pub(super) fn edit(&self, at: usize, value: Vec<u8>, what: String) -> Edit {
        let name = self.pairs.get(at).map_or("", |pair| pair.0);
        Edit { at, to: Some((name.into(), value)), code: CauseCode::HeaderTruncated, what }
    }

    /// The first change that verifies: of each header's changes all the first ones at once, and
    /// then each alone.
    pub(super) fn first(&mut self, changes: Vec<Vec<Edit>>) -> Option<Faults> {
        let firsts: Vec<&Edit> = changes.iter().filter_map(|edits| edits.first()).collect();
        if firsts.len() > 1 && self.accepts(&firsts) {
            return Some(faults(&firsts));
        }
        let one = changes.iter().flatten().find(|edit| self.accepts(&[*edit]));
        one.map(|edit| faults(&[edit]))
    }

    /// Whether the delivery verifies with these headers changed.
    pub(super) fn accepts(&mut self, edits: &[&Edit]) -> bool {
        if edits.is_empty() || !self.budget.take() {
            return false;
        }
        let mut pairs = Vec::with_capacity(self.pairs.len());
        for (at, pair) in self.pairs.iter().enumerate() {
            match edits.iter().find(|edit| edit.at == at).map(|edit| &edit.to) {
                Some(Some((name, value))) => pairs.push((name.as_str(), value.as_slice())),
                Some(None) => {}
                None => pairs.push(*pair),
            }
        }
        let headers = pairs.as_slice().into();
        self.trial.accepts(&Request { headers, ..*self.request })
    }
}

/// What is said of changes. Headers that are taken out are said of with those that stay.
pub(super) fn faults(edits: &[&Edit]) -> Faults {
    let said = edits.iter().filter(|edit| !edit.what.is_empty());
    said.map(|edit| (edit.code, edit.what.clone())).collect()
}

/// The name of a header, where it can be shown: one of the scheme's, or one like it.
pub(super) fn shown(name: &str) -> String {
    let is_plain = (1..=64).contains(&name.len()) && name.bytes().all(|it| it.is_ascii_graphic());
    if is_plain { format!("header {}", name.to_ascii_lowercase()) } else { "a header".into() }
}
