//! What a claim comes to, and the run that it gives.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

use hookseal::ReceiverOutcome;

use crate::store::{Key, Settle, Store, StoreError};

/// What a claim comes to. `R` is [`Run`], or [`InTransaction`].
#[derive(Debug)]
#[must_use = "only `Run` is to be handled"]
pub enum Claim<R = Run> {
    /// It is yours to handle, and nobody else's.
    Run(R),
    /// It was handled before. Answer as to one that was taken.
    Done,
    /// Somebody is at it. Answer 503, so that the provider comes again.
    Busy {
        /// In how many seconds: at least 1.
        retry_after: u32,
    },
    /// Another body came under the same event id: handle neither in the other's name.
    Conflict {
        /// Whether that one was handled. Then a retry changes nothing.
        is_done: bool,
    },
}

impl<R> Claim<R> {
    /// Code, status and sentence of what is answered in place of a run; `None`: it is yours.
    #[must_use]
    pub const fn outcome(&self) -> Option<ReceiverOutcome> {
        match self {
            Self::Run(_) => None,
            Self::Done => Some(ReceiverOutcome::AlreadyHandled),
            Self::Busy { .. } => Some(ReceiverOutcome::BeingHandled),
            Self::Conflict { is_done: true } => Some(ReceiverOutcome::ConflictAfterDone),
            Self::Conflict { is_done: false } => Some(ReceiverOutcome::Conflict),
        }
    }
}

/// The claim is part of the transaction: go on, and commit. When the transaction is rolled back, the
/// delivery was never claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InTransaction;

/// The right to handle one delivery, until the lease ends. When it is dropped, the lease ends by
/// itself: [`Claims::handle`](crate::Claims::handle) is what releases in every case.
///
/// Every method says whether it was still yours. `false`: the lease had ended, and another run has
/// taken over; what you do then is done twice.
#[must_use = "complete it, or release it"]
pub struct Run {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) key: Key,
    pub(crate) fence: i64,
    pub(crate) lease: Duration,
    pub(crate) keep: Duration,
}

impl Run {
    /// The number of this run. It rises with each run of a delivery: hand it to a service that is
    /// to refuse what an older run still asks for.
    #[must_use]
    pub const fn fence(&self) -> i64 {
        self.fence
    }

    /// It is handled: from now on a claim gives [`Claim::Done`].
    ///
    /// # Errors
    /// The store cannot be asked.
    pub async fn complete(&self) -> Result<bool, StoreError> {
        self.settle(Settle::Complete { keep: self.keep }).await
    }

    /// It was not handled: the next claim runs it.
    ///
    /// # Errors
    /// The store cannot be asked. The lease still ends.
    pub async fn release(&self) -> Result<bool, StoreError> {
        self.settle(Settle::Release).await
    }

    /// It takes longer: the lease begins anew.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub async fn extend(&self) -> Result<bool, StoreError> {
        self.settle(Settle::Extend { lease: self.lease }).await
    }

    async fn settle(&self, settle: Settle) -> Result<bool, StoreError> {
        self.store.settle(&self.key, self.fence, settle).await
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("fence", &self.fence).finish_non_exhaustive()
    }
}

/// What became of a delivery at [`Claims::handle`](crate::Claims::handle).
#[derive(Debug)]
pub enum Handled<T, E> {
    /// The handler ran, and it is done.
    Ran(T),
    /// The handler ran, for longer than the lease, and another run had taken over: it may be done
    /// twice.
    Outlived(T),
    /// The handler ran, and that could not be noted. No retry comes when this delivery is answered
    /// with 2xx; if one does, it runs again once the lease is over.
    Unnoted(T, StoreError),
    /// The handler failed: the next delivery runs it.
    Failed(E),
    /// As [`Claim::Done`]: nothing ran.
    Done,
    /// As [`Claim::Busy`]: nothing ran.
    Busy {
        /// In how many seconds the provider may come again: at least 1.
        retry_after: u32,
    },
    /// As [`Claim::Conflict`]: nothing ran.
    Conflict {
        /// Whether the other one was handled.
        is_done: bool,
    },
}
