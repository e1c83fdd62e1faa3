//! What a database does for an inbox.

use core::fmt::Debug;
use core::time::Duration;

use crate::store::{Digest, Key, Pending};

/// What became of a delivery that was to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a conflict is not stored"]
pub enum Put {
    /// It is stored.
    Stored,
    /// It was there.
    Known,
    /// Another body is there under the same event id: this one was not stored.
    Conflict {
        /// Whether that one was handled.
        is_done: bool,
    },
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for a worker, or one is at it.
    Waiting,
    /// It was handled.
    Done,
    /// It failed in every try, and is kept for people.
    Failed,
}

impl State {
    /// Its name in the table, and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Done, Self::Failed].into_iter().find(|it| it.name() == name)
    }
}

/// A delivery as it is stored.
pub(crate) struct Letter<'a> {
    pub(crate) key: Key,
    pub(crate) digest: Option<Digest>,
    pub(crate) scheme: &'a str,
    pub(crate) event_id: Option<String>,
    pub(crate) event_type: Option<String>,
    pub(crate) sent_at: Option<i64>,
    pub(crate) body: &'a [u8],
}

/// Key, fence, tries, scheme, event id, event type, time sent, body, time received.
pub(crate) type Row =
    (Vec<u8>, i64, i32, String, Option<String>, Option<String>, Option<i64>, Option<Vec<u8>>, i64);
pub(crate) struct TakenRow(pub(crate) Row);

/// Key, scheme, event id, event type, time sent, tries, trouble, time received.
pub(crate) type ListedRow =
    (Vec<u8>, String, Option<String>, Option<String>, Option<i64>, i32, Option<String>, i64);

/// How a run of an entry ends, or goes on.
#[derive(Clone, Copy)]
pub(crate) enum End {
    Finish { keep: Duration },
    Fail { state: &'static str, trouble: &'static str, delay: Duration },
    Extend { lease: Duration },
}

pub(crate) trait Backend: Debug + Send + Sync + 'static {
    fn schema(&self) -> &'static str;
    fn setup(&self) -> Pending<'_, ()>;
    fn put<'a>(&'a self, letter: Letter<'a>, keep: Duration) -> Pending<'a, Put>;
    fn take(&self, lease: Duration) -> Pending<'_, Option<TakenRow>>;
    fn end<'a>(&'a self, key: &'a [u8], fence: i64, end: End) -> Pending<'a, bool>;
    fn list(&self, state: &'static str, most: i64) -> Pending<'_, Vec<ListedRow>>;
    fn again<'a>(&'a self, key: &'a Key) -> Pending<'a, bool>;
    fn forget(&self) -> Pending<'_, u64>;
}

/// The inbox of one database.
macro_rules! sql_inbox {
    ($folder:literal $mark:literal $backend:ident $pool:ty) => {
        #[derive(Debug)]
        pub(crate) struct $backend {
            pub(crate) pool: $pool,
        }

        impl Backend for $backend {
            fn schema(&self) -> &'static str {
                include_str!(concat!("../texts/", $folder, "/inbox-schema.sql"))
            }

            fn setup(&self) -> Pending<'_, ()> {
                Box::pin(async move { set_up!(&self.pool, self.schema()) })
            }

            fn put<'a>(&'a self, letter: Letter<'a>, keep: Duration) -> Pending<'a, Put> {
                let text = text!($folder, $mark, "inbox-put", [
                    "key" "digest" "scheme" "event_id" "event_type" "sent_at" "body" "keep"
                ]);
                Box::pin(async move {
                    let mut connection = self.pool.acquire().await.map_err(unavailable)?;
                    let digest = letter.digest.as_ref().map(<[u8; 32]>::as_slice);
                    let key = letter.key.as_slice();
                    for _ in 0..TRIES {
                        let query = sqlx::query(text).bind(key).bind(digest).bind(letter.scheme);
                        let query = query.bind(letter.event_id.as_deref());
                        let query = query.bind(letter.event_type.as_deref()).bind(letter.sent_at);
                        let query = query.bind(letter.body).bind(millis(keep));
                        let stored = query.fetch_optional(&mut *connection).await;
                        if stored.map_err(unavailable)?.is_some() {
                            return Ok(Put::Stored);
                        }
                        let look = text!($folder, $mark, "inbox-look", ["key" "digest"]);
                        let look = sqlx::query_as(look).bind(key).bind(digest);
                        let known = look.fetch_optional(&mut *connection).await;
                        let known: Option<(String, bool)> = known.map_err(unavailable)?;
                        match known {
                            Some((_, true)) => return Ok(Put::Known),
                            Some((state, false)) => {
                                let is_done = state == State::Done.name();
                                return Ok(Put::Conflict { is_done });
                            }
                            None => {} // forgotten in between
                        }
                    }
                    Err(unavailable(sqlx::Error::RowNotFound))
                })
            }

            fn take(&self, lease: Duration) -> Pending<'_, Option<TakenRow>> {
                let query = sqlx::query_as(text!($folder, $mark, "inbox-take", ["lease"]));
                Box::pin(async move {
                    let row = query.bind(millis(lease)).fetch_optional(&self.pool).await;
                    let row: Option<Row> = row.map_err(unavailable)?;
                    Ok(row.map(TakenRow))
                })
            }

            fn end<'a>(&'a self, key: &'a [u8], fence: i64, end: End) -> Pending<'a, bool> {
                let finish = text!($folder, $mark, "inbox-finish", ["key" "fence" "keep"]);
                let extend = text!($folder, $mark, "inbox-extend", ["key" "fence" "lease"]);
                let fail = text!($folder, $mark, "inbox-fail", [
                    "key" "fence" "state" "trouble" "delay"
                ]);
                Box::pin(async move {
                    let query = |text| sqlx::query(text).bind(key).bind(fence);
                    let query = match end {
                        End::Finish { keep } => query(finish).bind(millis(keep)),
                        End::Extend { lease } => query(extend).bind(millis(lease)),
                        End::Fail { state, trouble, delay } => {
                            query(fail).bind(state).bind(trouble).bind(millis(delay))
                        }
                    };
                    let done = query.execute(&self.pool).await.map_err(unavailable)?;
                    Ok(done.rows_affected() == 1)
                })
            }

            fn list(&self, state: &'static str, most: i64) -> Pending<'_, Vec<ListedRow>> {
                let query = sqlx::query_as(text!($folder, $mark, "inbox-list", ["state" "most"]));
                Box::pin(async move {
                    query.bind(state).bind(most).fetch_all(&self.pool).await.map_err(unavailable)
                })
            }

            fn again<'a>(&'a self, key: &'a Key) -> Pending<'a, bool> {
                let query = sqlx::query(text!($folder, $mark, "inbox-again", ["key"]));
                Box::pin(async move {
                    let done = query.bind(key.as_slice()).execute(&self.pool).await;
                    Ok(done.map_err(unavailable)?.rows_affected() == 1)
                })
            }

            fn forget(&self) -> Pending<'_, u64> {
                let text = text!($folder, $mark, "inbox-forget", ["most"]);
                Box::pin(async move {
                    let mut forgotten: u64 = 0;
                    loop {
                        let query = sqlx::query(text).bind(FORGOTTEN_AT_ONCE);
                        let done = query.execute(&self.pool).await.map_err(unavailable)?;
                        forgotten = forgotten.saturating_add(done.rows_affected());
                        if done.rows_affected() == 0 {
                            return Ok(forgotten);
                        }
                    }
                })
            }
        }
    };
}
pub(crate) use sql_inbox;
