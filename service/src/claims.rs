//! Claims over any store: which key, for how long, and whether to go on.

use core::fmt;
use core::future::Future;
use core::time::Duration;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use hookseal::ReceiverOutcome;

use crate::claim::{Claim, Handled, Run};
use crate::claimable::Claimable;
use crate::guard::Guard;
use crate::settings::{Settings, SettingsError};
use crate::store::{Store, StoreError, Verdict};

/// Says of a delivery whether it is to be handled: [`MemoryClaims`](crate::MemoryClaims),
/// `SqliteClaims`, `PostgresClaims`, `RedisClaims`, or `Claims` over a [`Store`] of your own.
/// Clones are of one store.
///
/// ```
/// use hookseal_service::{Claim, MemoryClaims};
/// # use hookseal::{Request, Signer, UnixTime, Verifier, providers};
/// # let secret = "It's a Secret to Everybody";
/// # let verifier = Verifier::new(&providers::GITHUB, secret)?;
/// # let none: &[(&str, &str)] = &[];
/// # let signer = Signer::new(&providers::GITHUB, secret)?;
/// # let signed = signer.sign(&Request::new(none, b"{}"), None, UnixTime::now())?;
/// # let pairs: Vec<(&str, String)> = signed.headers().map(|(n, v)| (n, v.to_string())).collect();
/// # let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
/// # let request = Request::new(&pairs[..], b"{}");
/// # let delivery = verifier.verify(&request, UnixTime::now())?;
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let claims = MemoryClaims::new(100_000).keep(4 * 24 * 60 * 60)?;
/// match claims.claim(&delivery).await? {
///     Claim::Run(run) => {
///         /* handle it */
///         assert!(run.complete().await?);
///     }
///     Claim::Done => { /* answer 200 */ }
///     Claim::Busy { retry_after } => { /* answer 503, Retry-After */ }
///     Claim::Conflict { is_done } => { /* 200 when it is done, else 503; and tell somebody */ }
/// }
/// assert!(matches!(claims.claim(&delivery).await?, Claim::Done));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Claims<S: ?Sized = dyn Store> {
    settings: Settings,
    warned: Arc<Mutex<HashSet<String>>>,
    store: Arc<S>,
}

impl<S: Store> Claims<S> {
    /// Claims in a store, with a lease of 60 seconds, kept for 7 days.
    pub fn over(store: S) -> Self {
        let (settings, warned) = (Settings::default(), Arc::default());
        Claims { settings, warned, store: Arc::new(store) }
    }

    /// The same claims, whatever their store is.
    #[must_use]
    pub fn erased(&self) -> Claims {
        let (settings, warned) = (self.settings.clone(), Arc::clone(&self.warned));
        let store: Arc<dyn Store> = Arc::<S>::clone(&self.store);
        Claims { settings, warned, store }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The endpoint or the tenant: what is claimed in one scope says nothing in another.
    #[must_use]
    pub fn scope(mut self, scope: impl AsRef<[u8]>) -> Self {
        self.settings.scope = scope.as_ref().into();
        self
    }

    /// For how many seconds a run has its delivery for itself: longer than the slowest handler
    /// takes. When a worker dies, its delivery waits for as long.
    ///
    /// # Errors
    /// [`SettingsError`]: 0, or not less than what is kept.
    pub fn lease(mut self, seconds: u32) -> Result<Self, SettingsError> {
        self.settings = self.settings.clone().with(seconds, self.settings.keep)?;
        Ok(self)
    }

    /// For how many seconds a delivery that was handled is known: longer than the provider retries,
    /// and longer than a delivery counts as fresh.
    ///
    /// # Errors
    /// [`SettingsError::LeaseNotBelowKeep`].
    pub fn keep(mut self, seconds: u32) -> Result<Self, SettingsError> {
        self.settings = self.settings.clone().with(self.settings.lease, seconds)?;
        Ok(self)
    }

    /// Claims a delivery.
    ///
    /// # Errors
    /// The store cannot be asked, or takes no more: do not handle the delivery, and answer 503.
    pub async fn claim(&self, delivery: &impl Claimable) -> Result<Claim, StoreError> {
        self.erased().claimed(delivery).await
    }

    /// Claims a delivery, and where it is to be handled runs the handler, and completes or releases.
    /// A handler that panics or is dropped is released.
    ///
    /// # Errors
    /// The store cannot be asked, or takes no more; nothing ran. Answer 503.
    pub async fn handle<T, E>(
        &self,
        delivery: &impl Claimable,
        handler: impl Future<Output = Result<T, E>>,
    ) -> Result<Handled<T, E>, StoreError> {
        self.erased().handled(delivery, handler).await
    }

    #[cfg(feature = "sqlx")]
    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Claims {
    pub(crate) const fn kept_for(&self) -> u32 {
        self.settings.keep
    }

    pub(crate) async fn claimed(&self, delivery: &impl Claimable) -> Result<Claim, StoreError> {
        self.warn_of(delivery);
        let (key, digest) = (delivery.key(&self.settings.scope), delivery.digest());
        let (lease, keep) = (self.settings.lease(), self.settings.keep());
        let verdict = self.store.claim(&key, digest.as_ref(), lease, keep).await?;
        let store = Arc::clone(&self.store);
        Ok(verdict.claim(|fence| Run { store, key, fence, lease, keep }))
    }

    pub(crate) async fn handled<T, E>(
        &self,
        delivery: &impl Claimable,
        handler: impl Future<Output = Result<T, E>>,
    ) -> Result<Handled<T, E>, StoreError> {
        let guard = match self.claimed(delivery).await? {
            Claim::Run(run) => Guard::new(run),
            Claim::Done => return Ok(Handled::Done),
            Claim::Busy { retry_after } => return Ok(Handled::Busy { retry_after }),
            Claim::Conflict { is_done } => return Ok(Handled::Conflict { is_done }),
        };
        let result = handler.await;
        let ended = guard.end(result.is_ok()).await;
        Ok(match (result, ended) {
            (Err(error), _) => Handled::Failed(error),
            (Ok(value), Ok(true)) => Handled::Ran(value),
            (Ok(value), Ok(false)) => Handled::Outlived(value),
            (Ok(value), Err(error)) => Handled::Unnoted(value, error),
        })
    }
}

impl<S: ?Sized> Claims<S> {
    /// Whether this is the first delivery of a scheme that signs neither an event id nor a time.
    pub(crate) fn is_first_of(&self, delivery: &impl Claimable) -> bool {
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        delivery.binds_nothing()
            && !warned.contains(delivery.scheme())
            && warned.insert(delivery.scheme().to_owned())
    }

    /// Once for each scheme of which equal deliveries are one.
    pub(crate) fn warn_of(&self, delivery: &impl Claimable) {
        if self.is_first_of(delivery) {
            let (scheme, outcome) = (delivery.scheme(), ReceiverOutcome::NothingBound);
            tracing::warn!(scheme, outcome = outcome.code(), "{}", outcome.message());
        }
    }
}

impl Verdict {
    pub(crate) fn claim<R>(self, run: impl FnOnce(i64) -> R) -> Claim<R> {
        match self {
            Self::Run { fence } => Claim::Run(run(fence)),
            Self::Done => Claim::Done,
            Self::Busy { left } => Claim::Busy { retry_after: seconds(left) },
            Self::Conflict { is_done } => Claim::Conflict { is_done },
        }
    }
}

/// Whole seconds, rounded up; at least 1.
fn seconds(left: Duration) -> u32 {
    let up = left.as_secs().saturating_add(u64::from(left.subsec_nanos() > 0));
    u32::try_from(up).unwrap_or(u32::MAX).max(1)
}

impl<S: ?Sized> Clone for Claims<S> {
    fn clone(&self) -> Self {
        let (settings, warned) = (self.settings.clone(), Arc::clone(&self.warned));
        Claims { settings, warned, store: Arc::clone(&self.store) }
    }
}

impl<S: fmt::Debug + ?Sized> fmt::Debug for Claims<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("store", &&self.store)
            .field("lease", &self.settings.lease)
            .field("keep", &self.settings.keep)
            .finish_non_exhaustive()
    }
}
