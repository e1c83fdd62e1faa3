//! What an explanation holds.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::cause::{Cause, CauseCode, Certainty, Change};
use super::signed::SignedContent;
use super::steps::Step;
use crate::error::{Error, SetupError};

/// How the delivery was judged, as [`Verifier`](crate::Verifier) judges it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It verifies.
    Verified,
    /// It is refused.
    Refused(Error),
    /// No verifier can be made of this scheme and these secrets.
    Unusable(SetupError),
}

impl Verdict {
    /// `verified`, or the frozen code of the error.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Refused(error) => error.code(),
            Self::Unusable(error) => error.code(),
        }
    }

    /// One sentence, as the error says it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Verified => "the delivery verifies",
            Self::Refused(error) => error.message(),
            Self::Unusable(error) => error.message(),
        }
    }

    /// Whether the delivery verifies.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Self::Verified)
    }
}

/// What a secret is known by where it must not be shown: the first four bytes, in hex, of its
/// HMAC-SHA-256 under the key `hookseal secret fingerprint 1`. Two secrets with different
/// fingerprints are different. It tells nothing of a long random secret; a short one can be guessed
/// and the guess confirmed, so it belongs in your own logs only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 4]);

impl Fingerprint {
    /// Of the secret as it was given, before any decoding.
    #[must_use]
    pub fn of(secret: &[u8]) -> Self {
        // HMAC takes keys of any length: the default is never used.
        let tag = Hmac::<Sha256>::new_from_slice(b"hookseal secret fingerprint 1")
            .map(|mac| mac.chain_update(secret).finalize().into_bytes())
            .unwrap_or_default();
        Fingerprint(tag.first_chunk().copied().unwrap_or_default())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a delivery is refused, or that it is not. Written for people by its `Display`.
#[derive(Clone)]
pub struct Explanation {
    pub(super) scheme: String,
    pub(super) verdict: Verdict,
    pub(super) steps: Vec<Step>,
    pub(super) signed: SignedContent,
    pub(super) secrets: Vec<Fingerprint>,
    pub(super) causes: Vec<Cause>,
    pub(super) excluded: Vec<String>,
    pub(super) trials: u32,
}

impl Explanation {
    /// The name of the scheme.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// How the delivery was judged.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The steps of the walk, in their order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The bytes that are signed, taken apart. They are bytes of the delivery: for the holder of
    /// the secret, not for a log.
    #[must_use]
    pub const fn signed(&self) -> &SignedContent {
        &self.signed
    }

    /// What each secret is known by, in the order in which they were given.
    #[must_use]
    pub fn secrets(&self) -> &[Fingerprint] {
        &self.secrets
    }

    /// What went wrong, the surest first: none where the delivery verifies, else at least one.
    #[must_use]
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// What was tried, where nothing is proved, and is therefore not the cause by itself; and what
    /// was not tried for its size.
    #[must_use]
    pub fn excluded(&self) -> &[String] {
        &self.excluded
    }

    /// How many changes were tried.
    #[must_use]
    pub const fn trials(&self) -> u32 {
        self.trials
    }

    pub(super) fn add(&mut self, code: CauseCode, certainty: Certainty, what: impl Into<String>) {
        let fix = code.fix().to_string();
        self.causes.push(Cause { code, certainty, what: sentence(what.into()), fix });
    }

    /// The causes that a change has proved.
    pub(super) fn prove(&mut self, change: Change) {
        for (code, what) in change.faults.into_iter().flatten() {
            self.add(code, Certainty::Proved, what);
        }
    }
}

/// A capital before, and a full stop after what is no question.
fn sentence(mut text: String) -> String {
    let head = text.get(..1).map(str::to_ascii_uppercase);
    if let Some(head) = head {
        text.replace_range(..1, &head);
    }
    if !text.ends_with(['.', '?']) {
        text.push('.');
    }
    text
}

/// No byte of the delivery in a log: of the signed content the lengths alone.
impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation")
            .field("scheme", &self.scheme)
            .field("verdict", &self.verdict.code())
            .field("steps", &self.steps)
            .field("causes", &self.causes)
            .field("trials", &self.trials)
            .finish_non_exhaustive()
    }
}
