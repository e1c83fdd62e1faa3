//! Changes to the secret: it is another one, or it was stored or pasted with something too many,
//! with something too few, or decoded.
//!
//! What is tried here branches on the bytes of secrets, so it takes a time that depends on them: an
//! explanation is made where somebody looks for a fault, never in answer to a sender.

mod blanks;
pub(super) mod budget;
pub(super) mod coding;
mod codings;
mod halves;
mod looks;
mod named;
mod prefixes;
mod quotes;

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use self::budget::Budget;
pub(super) use self::coding::{from_percent, to_base64 as base64_of};
pub(super) use self::looks::{looks_like_api_key, looks_like_public_key};
use self::named::Named;
pub(super) use self::named::Nth;
use super::cause::{CauseCode, Change};
use super::trial::Trial;
use super::{Explainer, Explanation, Fingerprint, Verdict};
use crate::digest::mark;
use crate::error::{Error, SetupError};
use crate::facts::KeyFormat;
use crate::request::Request;
use crate::scheme::Scheme;

/// Bytes of a secret, which are wiped when they are dropped.
pub(super) type Bytes = Zeroizing<Vec<u8>>;

/// Most changes that are tried.
const MOST: usize = 1000;

/// Most first changes to which a second one is tried.
const MOST_FIRST: usize = 24;

/// Tries what may be wrong with the secrets. Whether it is proved.
pub(super) fn prove(
    explainer: &Explainer<'_>,
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
    found: &mut Explanation,
) -> bool {
    // Before the MAC no secret matters; and where a signature matches, its secret is right, but for
    // the public half, which a condition may name.
    let matters = match found.verdict {
        Verdict::Refused(Error::SignatureMismatch) | Verdict::Unusable(SetupError::Key(_)) => true,
        Verdict::Refused(Error::ClaimMismatch) => explainer.scheme.key_id.is_some(),
        _ => false,
    };
    if !matters {
        return false;
    }
    let budget = Budget::new(MOST, request.body.len());
    let mut search =
        Search { scheme: explainer.scheme, request, trial, budget, tried: BTreeSet::new() };
    let secrets: Vec<Named<'_>> = Named::all(&explainer.secrets);
    // A secret that is refused as weak, or for another beside it, may be the right one.
    let is_unusable = matches!(found.verdict, Verdict::Unusable(_));
    if is_unusable && secrets.iter().any(|it| search.verifies(it.bytes, explainer.scheme.key)) {
        return false;
    }
    let proved = search
        .others(&explainer.others)
        .or_else(|| secrets.iter().find_map(|secret| search.single(secret)))
        .or_else(|| secrets.iter().find_map(|secret| search.pair(secret)));
    match proved {
        Some(change) => found.prove(change),
        None => search.excluded(explainer.others.len(), found),
    }
    !found.causes.is_empty()
}

/// One way in which a secret may have been meant.
struct Spelling {
    code: CauseCode,
    /// Ends the sentence "the delivery verifies under the secret …".
    how: Cow<'static, str>,
    bytes: Bytes,
    /// The bytes are the key itself, whatever the scheme's secrets are.
    is_key: bool,
}

impl Spelling {
    fn new(code: CauseCode, how: impl Into<Cow<'static, str>>, bytes: Vec<u8>) -> Self {
        Spelling { code, how: how.into(), bytes: bytes.into(), is_key: false }
    }
}

/// The search for the secret that was meant.
struct Search<'t, 'r, 'e, 's> {
    scheme: &'t Scheme<'t>,
    request: &'t Request<'r>,
    trial: &'t mut Trial<'e, 's>,
    budget: Budget,
    /// What stands for the spellings that were tried.
    tried: BTreeSet<u64>,
}

impl Search<'_, '_, '_, '_> {
    /// Whether a delivery verifies under another of the user's secrets.
    fn others(&mut self, others: &[&[u8]]) -> Option<Change> {
        let which = |at: usize| match others.len() {
            1 => "the other secret given".to_string(),
            _ => format!("the {} of the other secrets given", Nth(at)),
        };
        let (at, other) =
            others.iter().enumerate().find(|(_, other)| self.verifies(other, self.scheme.key))?;
        let print = Fingerprint::of(other);
        let what = format!("the delivery verifies under {}, {print}", which(at));
        Some(Change::new(CauseCode::SecretOfAnotherEndpoint, what))
    }

    /// One change.
    fn single(&mut self, secret: &Named<'_>) -> Option<Change> {
        let change = self.changes(secret.bytes).into_iter().find(|it| self.accepts(it))?;
        let what = format!("the delivery verifies under {} {}", secret.name, change.how);
        Some(Change::new(change.code, what))
    }

    /// Two changes of different kinds, one after the other.
    fn pair(&mut self, secret: &Named<'_>) -> Option<Change> {
        firsts(secret.bytes).iter().find_map(|first| {
            let seconds = self.changes(&first.bytes).into_iter();
            let mut seconds = seconds.filter(|second| second.code != first.code);
            let second = seconds.find(|second| self.accepts(second))?;
            let start = format!("the delivery verifies under {}", secret.name);
            let one = format!("{start} {}, and {}", first.how, second.how);
            let other = format!("{start} {}, and {}", second.how, first.how);
            let faults = [Some((first.code, one)), Some((second.code, other)), None, None];
            Some(Change { faults })
        })
    }

    /// Every change, the plainest first.
    fn changes(&self, secret: &[u8]) -> Vec<Spelling> {
        let mut all = Vec::new();
        blanks::off(secret, &mut all);
        blanks::on(secret, &mut all);
        quotes::off(secret, &mut all);
        prefixes::off(secret, &mut all);
        prefixes::on(self.scheme, secret, &mut all);
        halves::mend(self.scheme, self.request, secret, &mut all);
        let (head, key) = halves::of(self.scheme, secret);
        let whole = all.len();
        codings::decoded(key, &mut all);
        codings::others(self.scheme, key, &mut all);
        // The key's id stays before it.
        for spelling in all.iter_mut().skip(whole).filter(|_| !head.is_empty()) {
            spelling.bytes = [head, &spelling.bytes].concat().into();
        }
        all.retain(|spelling| *spelling.bytes != *secret || spelling.is_key);
        all
    }

    fn accepts(&mut self, spelling: &Spelling) -> bool {
        let key = match self.scheme.key {
            KeyFormat::AfterTimestamp | KeyFormat::PublicKey { .. } => self.scheme.key,
            _ if spelling.is_key => KeyFormat::Text,
            own => own,
        };
        self.verifies(&spelling.bytes, key)
    }

    /// Whether the delivery verifies under a secret, which is tried once.
    fn verifies(&mut self, secret: &[u8], key: KeyFormat<'_>) -> bool {
        let is_own = [u8::from(key == self.scheme.key)];
        let mut is_new = || self.tried.insert(mark(&[secret, &is_own].concat()));
        if self.trial.is_spent() || self.budget.is_over() || !is_new() || !self.budget.take() {
            return false;
        }
        let scheme = Scheme { key, ..*self.scheme };
        self.trial.accepts_under(&scheme, secret, self.request)
    }

    /// What is known where nothing is proved.
    fn excluded(&self, others: usize, found: &mut Explanation) {
        if others > 0 {
            found.excluded.push("the other secrets given, as they are".into());
        }
        found.excluded.push(match self.budget.is_over() {
            false => {
                "the secret without white space, quotes and prefixes, with prefixes, decoded, \
                      and encoded, and two of these at a time"
                    .into()
            }
            true => {
                "the plainest other spellings of the secret (the body is too large for all)".into()
            }
        });
    }
}

/// The changes after which a second one may be needed: something is taken off, or decoded.
fn firsts(secret: &[u8]) -> Vec<Spelling> {
    let mut firsts = Vec::new();
    blanks::off(secret, &mut firsts);
    quotes::off(secret, &mut firsts);
    prefixes::off(secret, &mut firsts);
    codings::decoded(secret, &mut firsts);
    firsts.retain(|spelling| *spelling.bytes != *secret);
    firsts.truncate(MOST_FIRST);
    firsts
}

#[cfg(test)]
mod tests;
