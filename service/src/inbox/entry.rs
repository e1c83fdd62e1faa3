//! An entry of the inbox, while it is handled and when it is listed.

use core::any::type_name;
use core::error::Error;
use core::fmt;
use core::time::Duration;

use hookseal::UnixTime;

use super::Inbox;
use super::backend::{ListedRow, State, TakenRow};
use crate::store::{Key, StoreError};

/// A delivery that was verified and stored, leased to be handled.
pub struct Entry {
    row: TakenRow,
    inbox: Inbox,
}

impl Entry {
    pub(crate) const fn new(row: TakenRow, inbox: Inbox) -> Self {
        Entry { row, inbox }
    }

    /// The raw body, as it was received.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.row.0.7.as_deref().unwrap_or_default()
    }

    /// The name of the scheme under which it was verified.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.row.0.3
    }

    /// As [`hookseal::Delivery::event_id`].
    #[must_use]
    pub fn event_id(&self) -> Option<&str> {
        self.row.0.4.as_deref()
    }

    /// As [`hookseal::Delivery::event_type`].
    #[must_use]
    pub fn event_type(&self) -> Option<&str> {
        self.row.0.5.as_deref()
    }

    /// The signed time.
    #[must_use]
    pub fn sent_at(&self) -> Option<UnixTime> {
        self.row.0.6.map(UnixTime::from_millis)
    }

    /// When it was stored, by the clock of the database.
    #[must_use]
    pub const fn received_at(&self) -> UnixTime {
        UnixTime::from_millis(self.row.0.8)
    }

    /// The replay key.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        &self.row.0.0
    }

    /// The how manieth try this is, from 1.
    #[must_use]
    pub fn tries(&self) -> u32 {
        u32::try_from(self.row.0.2).unwrap_or_default()
    }

    /// The number of this run, which rises with each: see [`Run::fence`](crate::Run::fence).
    #[must_use]
    pub const fn fence(&self) -> i64 {
        self.row.0.1
    }

    /// It is handled; its body is deleted. `false`: the lease had ended, and another worker has
    /// taken over.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn finish(&self) -> Result<bool, StoreError> {
        self.inbox.end(self.key(), self.fence(), self.inbox.finish()).await
    }

    /// It failed, and waits for so long. `false` as for [`finish`](Self::finish).
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn retry(&self, failure: &Failure, delay: Duration) -> Result<bool, StoreError> {
        let end = Inbox::failure(State::Waiting, failure, delay);
        self.inbox.end(self.key(), self.fence(), end).await
    }

    /// It failed, and is kept for people: [`Inbox::failed`]. `false` as for
    /// [`finish`](Self::finish).
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn fail(&self, failure: &Failure) -> Result<bool, StoreError> {
        let end = Inbox::failure(State::Failed, failure, Duration::ZERO);
        self.inbox.end(self.key(), self.fence(), end).await
    }

    /// It takes longer: the lease begins anew. `false` as for [`finish`](Self::finish).
    ///
    /// # Errors
    /// The database cannot be asked.
    pub async fn extend(&self) -> Result<bool, StoreError> {
        self.inbox.end(self.key(), self.fence(), self.inbox.extend()).await
    }
}

/// Nothing of what was received but the size.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("scheme", &self.scheme())
            .field("body_bytes", &self.body().len())
            .field("tries", &self.tries())
            .field("fence", &self.fence())
            .finish_non_exhaustive()
    }
}

/// Why a try failed: the kind of its error, and not its text, which may tell what was received. `?`
/// makes one of any error.
///
/// ```
/// use hookseal_service::Failure;
/// fn amount(body: &[u8]) -> Result<u32, Failure> {
///     Ok(std::str::from_utf8(body)?.parse()?)
/// }
/// assert_eq!(amount(b"x").unwrap_err().kind(), "core::num::error::ParseIntError");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure(&'static str);

impl Failure {
    /// A failure of a kind of your own, as `"card_declined"`.
    #[must_use]
    pub const fn new(kind: &'static str) -> Self {
        Failure(kind)
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.0
    }
}

impl<E: Error> From<E> for Failure {
    fn from(_: E) -> Self {
        Failure(type_name::<E>())
    }
}

/// An entry in a list: all but its body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listed {
    /// The replay key: for [`Inbox::again`].
    pub key: Key,
    /// The name of the scheme.
    pub scheme: String,
    /// The event id.
    pub event_id: Option<String>,
    /// The type of the event.
    pub event_type: Option<String>,
    /// The signed time.
    pub sent_at: Option<UnixTime>,
    /// When it was stored.
    pub received_at: UnixTime,
    /// How often it was tried.
    pub tries: u32,
    /// The kind of the last failure.
    pub trouble: Option<String>,
}

impl From<ListedRow> for Listed {
    fn from(row: ListedRow) -> Self {
        let (key, scheme, event_id, event_type, sent_at, tries, trouble, received_at) = row;
        Listed {
            key: key.try_into().unwrap_or_default(),
            scheme,
            event_id,
            event_type,
            sent_at: sent_at.map(UnixTime::from_millis),
            received_at: UnixTime::from_millis(received_at),
            tries: u32::try_from(tries).unwrap_or_default(),
            trouble,
        }
    }
}

/// Nothing of what was received.
impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listed")
            .field("scheme", &self.scheme)
            .field("tries", &self.tries)
            .field("trouble", &self.trouble)
            .finish_non_exhaustive()
    }
}
