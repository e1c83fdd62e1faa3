//! Claims and inbox in PostgreSQL.

use core::time::Duration;
use std::sync::LazyLock;

use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{Postgres, Transaction};

use crate::claim::{Claim, InTransaction};
use crate::claimable::Claimable;
use crate::claims::Claims;
use crate::inbox::{Backend, End, Inbox, Letter, ListedRow, Put, Row, State, TakenRow, sql_inbox};
use crate::sql::{CONTENDED, FORGOTTEN_AT_ONCE, TRIES, is_serialization, millis, numbered};
use crate::sql::{set_up, sql_claims, text, unavailable, verdict};
use crate::store::{Digest, Key, Pending, Settle, Store, StoreError, Verdict};

/// Claims in PostgreSQL: for more than one host, and for handlers whose work is in the same
/// database.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use hookseal_service::PostgresClaims;
/// let pool = sqlx::PgPool::connect("postgres:///payments").await?;
/// let claims = PostgresClaims::new(pool);
/// claims.setup().await?;
/// # Ok(())
/// # }
/// ```
///
/// Exactly once, with the claim in the handler's own transaction:
///
/// ```no_run
/// # use hookseal_service::{Claim, PostgresClaims};
/// # async fn example(pool: sqlx::PgPool, claims: PostgresClaims, delivery: hookseal::OwnedDelivery)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// let mut transaction = pool.begin().await?;
/// if let Claim::Run(_) = claims.claim_within(&mut transaction, &delivery).await? {
///     sqlx::query("UPDATE orders SET paid = TRUE WHERE …").execute(&mut *transaction).await?;
/// }
/// transaction.commit().await?;
/// # Ok(())
/// # }
/// ```
pub type PostgresClaims = Claims<PostgresStore>;

/// The store of [`PostgresClaims`].
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: PgPool,
}

sql_claims! { "postgresql" '$' PostgresStore PostgresClaims Postgres PgPool, PgConnection }

sql_inbox! { "postgresql" '$' PostgresInbox PgPool }

impl Inbox {
    /// An inbox in PostgreSQL: any number of workers on any number of hosts.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use hookseal_service::Inbox;
    /// let inbox = Inbox::postgres(sqlx::PgPool::connect("postgres:///payments").await?);
    /// inbox.setup().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn postgres(pool: PgPool) -> Self {
        Inbox::over(PostgresInbox { pool })
    }
}
