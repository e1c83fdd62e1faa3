//! The same tests over both inboxes.

use hookseal_service::{Inbox, State};

use crate::servers;

macro_rules! over_both {
    ($($test:ident)+) => {$(
        mod $test {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$test($crate::inboxes::Place::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                super::$test($crate::inboxes::Place::postgres().await).await;
            }
        }
    )+};
}

pub(crate) use over_both;

pub enum Pool {
    Sqlite(sqlx::SqlitePool, #[allow(dead_code, reason = "deletes it in the end")] servers::File),
    Postgres(sqlx::PgPool),
}

pub struct Place {
    pub inbox: Inbox,
    pub pool: Pool,
}

impl Place {
    pub async fn sqlite() -> Self {
        let (pool, file) = servers::sqlite().await;
        let inbox = Inbox::sqlite(pool.clone());
        inbox.setup().await.unwrap();
        Place { inbox, pool: Pool::Sqlite(pool, file) }
    }

    pub async fn postgres() -> Self {
        let pool = servers::postgres().await;
        let inbox = Inbox::postgres(pool.clone());
        inbox.setup().await.unwrap();
        Place { inbox, pool: Pool::Postgres(pool) }
    }

    /// Lets all that is stored grow older.
    pub async fn age(&self, seconds: u32) {
        match &self.pool {
            Pool::Sqlite(pool, _) => {
                let older = format!(
                    "UPDATE hookseal_inbox SET due_at = due_at - {seconds}000, \
                     keep_until = keep_until - {seconds}000"
                );
                sqlx::raw_sql(&older).execute(pool).await.unwrap();
            }
            Pool::Postgres(pool) => {
                let older = format!(
                    "UPDATE hookseal_inbox SET due_at = due_at - INTERVAL '{seconds} seconds', \
                     keep_until = keep_until - INTERVAL '{seconds} seconds'"
                );
                sqlx::raw_sql(&older).execute(pool).await.unwrap();
            }
        }
    }

    pub async fn count(&self, state: State) -> usize {
        self.inbox.list(state, 10_000).await.unwrap().len()
    }
}
