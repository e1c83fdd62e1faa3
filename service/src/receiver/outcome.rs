//! What became of a request, and who is told.

use core::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hookseal::{Error, ReceiverOutcome};

use crate::store::StoreError;

/// Why a request was refused, or what became of its delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is no genuine delivery.
    Refused(Error),
    /// What the receiver made of it.
    Receiver(ReceiverOutcome),
}

impl Outcome {
    /// The frozen code: for logs and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused(error) => error.code(),
            Self::Receiver(outcome) => outcome.code(),
        }
    }

    /// One sentence for your own log.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Refused(error) => error.message(),
            Self::Receiver(outcome) => outcome.message(),
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Refused(error) => error.status(),
            Self::Receiver(outcome) => outcome.status(),
        }
    }
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<ReceiverOutcome> for Outcome {
    fn from(outcome: ReceiverOutcome) -> Self {
        Self::Receiver(outcome)
    }
}

/// What [`on_outcome`](crate::ReceiverBuilder::on_outcome) is called with.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Report<'a> {
    /// What became of it.
    pub outcome: Outcome,
    /// The name of the scheme.
    pub scheme: &'a str,
    /// The event id of a genuine delivery: the provider's word for it, for a person who looks into
    /// the matter.
    pub event_id: Option<&'a str>,
    /// What the store's client said.
    pub trouble: Option<&'a StoreError>,
}

/// Not the event id: a log is not the place for what was received.
impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("outcome", &self.outcome)
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

pub(crate) type Hook = dyn Fn(&Report<'_>) + Send + Sync;

/// Counts, logs and calls.
#[derive(Clone)]
pub(super) struct Reporter {
    pub(super) scheme: &'static str,
    pub(super) hook: Option<Arc<Hook>>,
}

impl Reporter {
    /// What has no code of its own: `handled`, `stored`, `handshake`.
    pub(super) fn count(&self, outcome: &'static str) {
        let scheme = self.scheme;
        metrics::counter!("hookseal_deliveries_total", "scheme" => scheme, "outcome" => outcome)
            .increment(1);
    }

    pub(super) fn tell(&self, outcome: impl Into<Outcome>, event_id: Option<&str>) {
        self.report(outcome.into(), event_id, None);
    }

    pub(super) fn tell_trouble(&self, trouble: &StoreError, event_id: Option<&str>) {
        self.report(trouble.outcome().into(), event_id, Some(trouble));
    }

    fn report(&self, outcome: Outcome, event_id: Option<&str>, trouble: Option<&StoreError>) {
        self.count(outcome.code());
        self.log(outcome, trouble);
        let report = Report { outcome, scheme: self.scheme, event_id, trouble };
        let call = |hook: &Arc<Hook>| catch_unwind(AssertUnwindSafe(|| hook(&report)));
        if let Some(Err(_)) = self.hook.as_ref().map(call) {
            // The sender gets the same answer whatever became of the report.
            tracing::error!(scheme = self.scheme, "on_outcome panicked");
        }
    }

    fn log(&self, outcome: Outcome, trouble: Option<&StoreError>) {
        let (scheme, code, status) = (self.scheme, outcome.code(), outcome.status());
        let message = outcome.message();
        let cause = trouble.map(tracing::field::debug);
        match outcome {
            Outcome::Refused(_)
            | Outcome::Receiver(
                ReceiverOutcome::AddressNotAllowed | ReceiverOutcome::HandlerFailed,
            ) => tracing::warn!(scheme, outcome = code, status, "{message}"),
            Outcome::Receiver(ReceiverOutcome::AlreadyHandled | ReceiverOutcome::BeingHandled) => {
                tracing::info!(scheme, outcome = code, status, "{message}");
            }
            Outcome::Receiver(_) => {
                tracing::error!(scheme, outcome = code, status, cause, "{message}");
            }
        }
    }
}
