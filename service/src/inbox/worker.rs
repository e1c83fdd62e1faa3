//! Handles what waits in an inbox.

use core::fmt;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::time::Duration;

use tokio::time::timeout;

use super::{BackOff, Entry, Failure, Inbox};
use crate::store::StoreError;

const TRIES: u32 = 12;
const POLL: Duration = Duration::from_secs(1);

/// What is noted of an entry whose workers all died over it.
const NO_END: Failure = Failure::new("its worker died, or outlived the lease, in the last try");

/// Leases entries, one after another, runs the handler, and notes what became of it. Any number of
/// workers may share an inbox.
///
/// A try that fails is followed by another one, after a [`BackOff`]; when the last one fails, the
/// entry is kept: [`Inbox::failed`]. A handler that panics ends its worker; the entry comes again
/// when its lease is over, and that was a try.
///
/// ```
/// # async fn example(inbox: hookseal_service::Inbox) {
/// use hookseal_service::{Entry, Failure, InboxWorker};
///
/// async fn handle(entry: &Entry) -> Result<(), Failure> {
///     let event = std::str::from_utf8(entry.body())?; // the raw body
///     // …
///     Ok(())
/// }
///
/// let worker = InboxWorker::new(inbox, handle).tries(8);
/// worker.run_until(async { tokio::signal::ctrl_c().await.unwrap_or_default() }).await;
/// # }
/// ```
pub struct InboxWorker<H> {
    inbox: Inbox,
    handler: H,
    tries: u32,
    back_off: BackOff,
    poll: Duration,
}

impl<H: AsyncFn(&Entry) -> Result<(), Failure>> InboxWorker<H> {
    /// A worker that tries each entry 12 times, over some two hours, and looks for new ones every
    /// second.
    pub fn new(inbox: Inbox, handler: H) -> Self {
        InboxWorker { inbox, handler, tries: TRIES, back_off: BackOff::default(), poll: POLL }
    }

    /// How often an entry is tried: at least once.
    #[must_use]
    pub fn tries(self, tries: u32) -> Self {
        InboxWorker { tries: tries.max(1), ..self }
    }

    /// How long an entry waits between its tries.
    #[must_use]
    pub fn back_off(self, back_off: BackOff) -> Self {
        InboxWorker { back_off, ..self }
    }

    /// How long a worker that found nothing waits before it looks again.
    #[must_use]
    pub fn poll(self, poll: Duration) -> Self {
        InboxWorker { poll, ..self }
    }

    /// Handles what comes until `stop` is ready; the entry at which it is then it still ends. A
    /// database that cannot be asked is asked again after a while.
    pub async fn run_until(&self, stop: impl Future<Output = ()>) {
        let (mut stop, mut is_stopped) = (pin!(stop), false);
        while !is_stopped {
            let mut step = pin!(self.step());
            // Both are polled, as a `stop` may listen from its first poll on only.
            let stepped = poll_fn(|context| {
                is_stopped = is_stopped || stop.as_mut().poll(context).is_ready();
                step.as_mut().poll(context)
            });
            let pause = match stepped.await {
                Ok(true) => continue,
                Ok(false) => self.poll,
                Err(error) => {
                    tracing::error!(outcome = error.outcome().code(), cause = ?error, "{error}");
                    self.poll.saturating_mul(4)
                }
            };
            is_stopped = is_stopped || timeout(pause, stop.as_mut()).await.is_ok();
        }
    }

    /// Handles one entry. `false`: none waits.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn step(&self) -> Result<bool, StoreError> {
        let Some(entry) = self.inbox.take().await? else { return Ok(false) };
        let (is_ours, outcome) = if entry.tries() > self.tries {
            (entry.fail(&NO_END).await?, "failed")
        } else {
            self.handle(&entry).await?
        };
        let outcome = if is_ours { outcome } else { hookseal::ReceiverOutcome::LeaseLost.code() };
        let scheme = entry.scheme().to_owned();
        metrics::counter!("hookseal_inbox_tries_total", "scheme" => scheme, "outcome" => outcome)
            .increment(1);
        Ok(true)
    }

    async fn handle(&self, entry: &Entry) -> Result<(bool, &'static str), StoreError> {
        let Err(failure) = (self.handler)(entry).await else {
            return Ok((entry.finish().await?, "handled"));
        };
        let (scheme, tries, kind) = (entry.scheme(), entry.tries(), failure.kind());
        if tries < self.tries {
            tracing::warn!(scheme, tries, kind, "an entry of the inbox failed, and waits");
            Ok((entry.retry(&failure, self.back_off.after(tries)).await?, "retried"))
        } else {
            tracing::error!(scheme, tries, kind, "an entry of the inbox failed in its last try");
            Ok((entry.fail(&failure).await?, "failed"))
        }
    }
}

impl<H> fmt::Debug for InboxWorker<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboxWorker")
            .field("inbox", &self.inbox)
            .field("tries", &self.tries)
            .field("back_off", &self.back_off)
            .finish_non_exhaustive()
    }
}
