//! Changes to the headers: one is there under another name, more than once, cut short, or with
//! something around its value; or the time in it counts another unit.

mod list;
mod names;
mod needs;
mod repeats;
mod shorts;
mod spellings;
mod times;
mod wraps;

use alloc::string::String;
use alloc::vec::Vec;

use self::list::List;
use super::cause::{CauseCode, Change};
use super::secrets::budget::Budget;
use super::trial::Trial;
use super::{Explainer, Explanation, Verdict};
use crate::request::Request;

/// Most changes that are tried.
const MOST: usize = 300;

/// Most headers of a request that is looked at.
const MOST_HEADERS: usize = 512;

/// What is wrong, and what is said of it.
type Faults = Vec<(CauseCode, String)>;

/// Tries what may be wrong with the headers. Whether it is proved.
pub(super) fn prove(
    explainer: &Explainer<'_>,
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
    found: &mut Explanation,
) -> bool {
    let scheme = explainer.scheme;
    let pairs = list::pairs(request);
    if matches!(found.verdict, Verdict::Unusable(_)) || pairs.len() > MOST_HEADERS {
        return false;
    }
    let needs = needs::of(scheme, request);
    let bytes = request.body.len().saturating_mul(explainer.secrets.len().min(4));
    let budget = Budget::new(MOST, bytes);
    let mut list = List { scheme, request, pairs, needs, trial, budget };
    let faults = names::find(&mut list)
        .or_else(|| repeats::find(&mut list))
        .or_else(|| wraps::find(&mut list))
        .or_else(|| spellings::find(&mut list))
        .or_else(|| shorts::find(&mut list, &explainer.secrets))
        .or_else(|| times::find(&mut list));
    let Some(faults) = faults else {
        found.excluded.push(
            "headers under another name, more than once, cut short, or with something around them"
                .into(),
        );
        return false;
    };
    let mut faults = faults.into_iter();
    let faults = [faults.next(), faults.next(), faults.next(), faults.next()];
    found.prove(Change { faults });
    true
}

#[cfg(test)]
mod tests;
