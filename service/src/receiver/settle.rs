//! Whether a delivery is handled, and what is answered then.

use core::future::Future;

use hookseal::{OwnedDelivery, ReceiverOutcome};

use super::{Answer, Mode, Receiver};
use crate::claim::Claim;
use crate::claims::Claims;
use crate::guard::Guard;
#[cfg(feature = "sqlx")]
use crate::inbox::{Inbox, Put};
use crate::store::StoreError;

impl Receiver {
    /// Runs the handler where the delivery is to be handled, and gives the answer to send: 500 for
    /// a handler that fails, else what the provider wants to read. With claims, a handler that
    /// fails, panics or is dropped leaves the delivery to the next retry.
    pub async fn handle<E>(
        &self,
        delivery: &OwnedDelivery,
        handler: impl Future<Output = Result<(), E>>,
    ) -> Answer {
        let guard = match self.begin(delivery).await {
            Ok(guard) => guard,
            Err(answer) => return answer,
        };
        let is_handled = handler.await.is_ok();
        self.end(guard, delivery, is_handled).await;
        if is_handled {
            self.acknowledgement()
        } else {
            Answer::empty(ReceiverOutcome::HandlerFailed)
        }
    }

    /// What the provider wants to read for a delivery that was taken.
    #[must_use]
    pub fn acknowledgement(&self) -> Answer {
        Answer::acknowledgement(self.0.verifier.scheme())
    }

    /// The run, with claims; or what is answered in place of one.
    pub(crate) async fn begin(&self, delivery: &OwnedDelivery) -> Result<Option<Guard>, Answer> {
        match &self.0.mode {
            Mode::Verify => Ok(None),
            Mode::Claims(claims) => self.claim(claims, delivery).await.map(Some),
            #[cfg(feature = "sqlx")]
            Mode::Inbox(inbox) => Err(self.store(inbox, delivery).await),
        }
    }

    /// After the handler.
    pub(crate) async fn end(
        &self,
        guard: Option<Guard>,
        delivery: &OwnedDelivery,
        is_handled: bool,
    ) {
        if !is_handled {
            self.0.reporter.tell(ReceiverOutcome::HandlerFailed, delivery.event_id());
        }
        let ended = match guard {
            Some(guard) => guard.end(is_handled).await,
            None => Ok(true),
        };
        match ended {
            Ok(true) if is_handled => self.0.reporter.count("handled"),
            Ok(true) => {}
            Ok(false) => self.0.reporter.tell(ReceiverOutcome::LeaseLost, delivery.event_id()),
            Err(error) => self.0.reporter.tell_trouble(&error, delivery.event_id()),
        }
    }

    async fn claim(&self, claims: &Claims, delivery: &OwnedDelivery) -> Result<Guard, Answer> {
        if claims.is_first_of(delivery) {
            self.0.reporter.tell(ReceiverOutcome::NothingBound, delivery.event_id());
        }
        let claim = claims.claimed(delivery).await.map_err(|it| self.trouble(&it, delivery))?;
        if let Some(outcome) = claim.outcome() {
            self.0.reporter.tell(outcome, delivery.event_id());
        }
        Err(match claim {
            Claim::Run(run) => return Ok(Guard::new(run)),
            Claim::Done | Claim::Conflict { is_done: true } => self.acknowledgement(),
            Claim::Busy { retry_after } => {
                Answer::later(ReceiverOutcome::BeingHandled, retry_after)
            }
            Claim::Conflict { is_done: false } => Answer::empty(ReceiverOutcome::Conflict),
        })
    }

    #[cfg(feature = "sqlx")]
    async fn store(&self, inbox: &Inbox, delivery: &OwnedDelivery) -> Answer {
        let put = match inbox.put(delivery).await {
            Ok(put) => put,
            Err(error) => return self.trouble(&error, delivery),
        };
        let outcome = match put {
            Put::Stored => {
                self.0.reporter.count("stored");
                return self.acknowledgement();
            }
            Put::Known => ReceiverOutcome::AlreadyHandled,
            Put::Conflict { is_done: true } => ReceiverOutcome::ConflictAfterDone,
            Put::Conflict { is_done: false } => ReceiverOutcome::Conflict,
        };
        self.0.reporter.tell(outcome, delivery.event_id());
        if outcome == ReceiverOutcome::Conflict {
            return Answer::empty(outcome);
        }
        self.acknowledgement()
    }

    fn trouble(&self, error: &StoreError, delivery: &OwnedDelivery) -> Answer {
        self.0.reporter.tell_trouble(error, delivery.event_id());
        Answer::store_trouble(error.outcome())
    }
}
