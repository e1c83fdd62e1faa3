//! What a store of claims does. Those of this crate implement it; so can one of your own.

use core::error::Error;
use core::fmt::{self, Debug};
use core::future::Future;
use core::pin::Pin;
use core::time::Duration;

use hookseal::ReceiverOutcome;

/// A [replay key](hookseal::Delivery::replay_key).
pub type Key = [u8; 32];

/// The SHA-256 of a body.
pub type Digest = [u8; 32];

/// What a store is about to answer.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// A place where it is known which deliveries are being handled, or were.
///
/// Every call is atomic: it happens at one moment between its start and its end. Times are of the
/// store's own clock, so that those of its users do not matter.
pub trait Store: Debug + Send + Sync + 'static {
    /// Takes a key, for as long as `lease`, where nobody has it: it was never there, was forgotten,
    /// or is not done and its lease is over. A key that is there under another digest is a
    /// conflict, where both are known; it is forgotten `keep` after it was taken, or was done.
    fn claim<'a>(
        &'a self,
        key: &'a Key,
        digest: Option<&'a Digest>,
        lease: Duration,
        keep: Duration,
    ) -> Pending<'a, Verdict>;

    /// Ends or prolongs the run of a fence. `false`: another run has taken over, or it has ended, or
    /// its key was forgotten, and nothing was done.
    fn settle<'a>(&'a self, key: &'a Key, fence: i64, settle: Settle) -> Pending<'a, bool>;
}

/// What a store says to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is yours, under this number, which is larger than all that were given out for the key.
    Run {
        /// The number of the run.
        fence: i64,
    },
    /// It was handled.
    Done,
    /// Somebody is at it.
    Busy {
        /// What is left of the lease.
        left: Duration,
    },
    /// The key is there with another body.
    Conflict {
        /// Whether that one was handled.
        is_done: bool,
    },
}

/// What becomes of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// It is handled.
    Complete {
        /// For how long that is known, from now.
        keep: Duration,
    },
    /// It takes longer.
    Extend {
        /// Until when, from now.
        lease: Duration,
    },
    /// It failed: whoever comes next may run it.
    Release,
}

/// The store could not say. Nothing is handled then.
pub enum StoreError {
    /// It cannot be asked: the error of its client is the [`source`](Error::source).
    Unavailable(Box<dyn Error + Send + Sync>),
    /// It takes no more keys. What it knows it still knows.
    Full,
}

impl StoreError {
    /// An error of the store's client.
    pub fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// Its code, status and sentence.
    #[must_use]
    pub const fn outcome(&self) -> ReceiverOutcome {
        match self {
            Self::Unavailable(_) => ReceiverOutcome::StoreUnavailable,
            Self::Full => ReceiverOutcome::StoreFull,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.outcome().message())
    }
}

impl Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(cause) => write!(f, "Unavailable({cause})"),
            Self::Full => f.write_str("Full"),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unavailable(cause) => Some(&**cause),
            Self::Full => None,
        }
    }
}
