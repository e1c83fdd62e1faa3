//! The inbox: a delivery is stored before it is answered, and handled afterwards.

mod back_off;
mod backend;
mod entry;
mod worker;

use core::fmt;
use core::time::Duration;
use std::sync::Arc;

pub use back_off::BackOff;
pub(crate) use backend::{Backend, End, Letter, ListedRow, Row, TakenRow, sql_inbox};
pub use backend::{Put, State};
pub use entry::{Entry, Failure, Listed};
pub use worker::InboxWorker;

use crate::claimable::sealed::Sealed as _;
use crate::settings::{Settings, SettingsError};
use crate::store::{Key, StoreError};
use hookseal::OwnedDelivery;

/// Where deliveries are stored that are answered at once, and handled afterwards: for providers
/// that wait for a few seconds only, and for work that may fail for hours. Made by
/// [`sqlite`](Self::sqlite) and [`postgres`](Self::postgres). An [`InboxWorker`] handles them.
///
/// A delivery is never lost once it was answered. It is handled twice where a worker dies between
/// its work and the note of it, or outlives its lease.
#[derive(Clone)]
pub struct Inbox {
    settings: Settings,
    backend: Arc<dyn Backend>,
}

impl Inbox {
    pub(crate) fn over(backend: impl Backend) -> Self {
        Inbox { settings: Settings::default(), backend: Arc::new(backend) }
    }

    /// Makes the table, where it is not there.
    ///
    /// # Errors
    /// The database cannot be asked, or does not allow it.
    pub async fn setup(&self) -> Result<(), StoreError> {
        self.backend.setup().await
    }

    /// The SQL that makes its table: for your migrations.
    #[must_use]
    pub fn schema(&self) -> &'static str {
        self.backend.schema()
    }

    /// The endpoint or the tenant: what is stored in one scope is another delivery in another.
    #[must_use]
    pub fn scope(mut self, scope: impl AsRef<[u8]>) -> Self {
        self.settings.scope = scope.as_ref().into();
        self
    }

    /// For how many seconds a worker has an entry for itself: 60, unless this says otherwise.
    ///
    /// # Errors
    /// [`SettingsError`]: 0, or not less than what is kept.
    pub fn lease(mut self, seconds: u32) -> Result<Self, SettingsError> {
        self.settings = self.settings.clone().with(seconds, self.settings.keep)?;
        Ok(self)
    }

    /// For how many seconds an entry that was handled is known, without its body: 7 days, unless
    /// this says otherwise.
    ///
    /// # Errors
    /// [`SettingsError::LeaseNotBelowKeep`].
    pub fn keep(mut self, seconds: u32) -> Result<Self, SettingsError> {
        self.settings = self.settings.clone().with(self.settings.lease, seconds)?;
        Ok(self)
    }

    /// Stores a delivery with its body: from now on a worker handles it. An event id or type that
    /// holds a zero byte, which a database does not take, is left out.
    ///
    /// # Errors
    /// The database cannot be asked: answer 503.
    pub async fn put(&self, delivery: &OwnedDelivery) -> Result<Put, StoreError> {
        let text = |text: Option<&str>| text.filter(|it| !it.contains('\0')).map(str::to_owned);
        let letter = Letter {
            key: delivery.key(&self.settings.scope),
            digest: delivery.digest(),
            scheme: delivery.scheme(),
            event_id: text(delivery.event_id()),
            event_type: text(delivery.event_type()),
            sent_at: delivery.sent_at().map(hookseal::UnixTime::as_millis),
            body: delivery.body().danger_unsigned(),
        };
        self.backend.put(letter, self.settings.keep()).await
    }

    /// Leases the entry that has waited longest; `None`: none waits.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn take(&self) -> Result<Option<Entry>, StoreError> {
        let row = self.backend.take(self.settings.lease()).await?;
        Ok(row.map(|row| Entry::new(row, self.clone())))
    }

    /// The entries in a state, the oldest first; at most so many.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn list(&self, state: State, most: u32) -> Result<Vec<Listed>, StoreError> {
        let rows = self.backend.list(state.name(), most.into()).await?;
        Ok(rows.into_iter().map(Listed::from).collect())
    }

    /// The entries that failed in every try, and are kept: at most 1,000.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn failed(&self) -> Result<Vec<Listed>, StoreError> {
        self.list(State::Failed, 1000).await
    }

    /// Lets an entry that has failed wait again, with all its tries. `false`: it had not failed.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn again(&self, key: &Key) -> Result<bool, StoreError> {
        self.backend.again(key).await
    }

    /// Deletes the entries that were handled and need not be known any longer, and tells how many
    /// that were. What waits or has failed stays.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn forget(&self) -> Result<u64, StoreError> {
        self.backend.forget().await
    }

    pub(crate) const fn kept_for(&self) -> u32 {
        self.settings.keep
    }

    pub(crate) async fn end(&self, key: &[u8], fence: i64, end: End) -> Result<bool, StoreError> {
        self.backend.end(key, fence, end).await
    }

    pub(crate) fn finish(&self) -> End {
        End::Finish { keep: self.settings.keep() }
    }

    pub(crate) fn extend(&self) -> End {
        End::Extend { lease: self.settings.lease() }
    }

    pub(crate) fn failure(state: State, failure: &Failure, delay: Duration) -> End {
        End::Fail { state: state.name(), trouble: failure.kind(), delay }
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox")
            .field("backend", &self.backend)
            .field("lease", &self.settings.lease)
            .field("keep", &self.settings.keep)
            .finish_non_exhaustive()
    }
}
