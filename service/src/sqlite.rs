//! Claims and inbox in SQLite.

use core::time::Duration;
use std::sync::LazyLock;

use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Sqlite, Transaction};

use crate::claim::{Claim, InTransaction};
use crate::claimable::Claimable;
use crate::claims::Claims;
use crate::inbox::{Backend, End, Inbox, Letter, ListedRow, Put, Row, State, TakenRow, sql_inbox};
use crate::sql::{CONTENDED, FORGOTTEN_AT_ONCE, TRIES, is_serialization, millis, numbered};
use crate::sql::{set_up, sql_claims, text, unavailable, verdict};
use crate::store::{Digest, Key, Pending, Settle, Store, StoreError, Verdict};

/// Claims in SQLite: for one host, with nothing to run beside the service.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// use hookseal_service::SqliteClaims;
/// # let name = std::env::temp_dir().join(format!("hookseal-doc-{}", std::process::id()));
/// use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool};
///
/// let file = SqliteConnectOptions::new().filename(&name).create_if_missing(true);
/// let pool = SqlitePool::connect_with(file.journal_mode(SqliteJournalMode::Wal)).await?;
/// let claims = SqliteClaims::new(pool);
/// claims.setup().await?;
/// # std::fs::remove_file(&name)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type SqliteClaims = Claims<SqliteStore>;

/// The store of [`SqliteClaims`].
#[derive(Clone, Debug)]
pub struct SqliteStore {
    pool: SqlitePool,
}

sql_claims! { "sqlite" '?' SqliteStore SqliteClaims Sqlite SqlitePool, SqliteConnection }

sql_inbox! { "sqlite" '?' SqliteInbox SqlitePool }

impl Inbox {
    /// An inbox in SQLite: its workers are on the same host.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use hookseal_service::Inbox;
    /// let inbox = Inbox::sqlite(sqlx::SqlitePool::connect("sqlite:inbox.db?mode=rwc").await?);
    /// inbox.setup().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn sqlite(pool: SqlitePool) -> Self {
        Inbox::over(SqliteInbox { pool })
    }
}
