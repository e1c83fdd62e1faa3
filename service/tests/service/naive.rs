//! What receivers usually do, in the place of claims in a transaction: the ledger must show what is
//! lost and doubled by it, or it shows nothing.

use std::collections::HashMap;
use std::sync::Arc;

use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::servers;

const TABLES: &str =
    "CREATE TABLE seen (id TEXT PRIMARY KEY); CREATE TABLE ledger (id TEXT NOT NULL)";

/// Whether the mark comes before the work.
#[derive(Clone, Copy)]
enum Naive {
    MarkFirst,
    WorkFirst,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn marked_first_is_lost() {
    let ledger = ledger(Naive::MarkFirst).await;
    assert!(ledger.is_empty(), "each died between the mark and the work: {ledger:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn marked_afterwards_is_doubled() {
    let ledger = ledger(Naive::WorkFirst).await;
    assert!(ledger.values().any(|count| *count > 1), "none was doubled: {ledger:?}");
}

/// As in `within`: each event four times at once, and again until it is taken. Whoever delivers it
/// fails at first: between the two steps.
async fn ledger(naive: Naive) -> HashMap<String, i64> {
    let pool = Arc::new(servers::postgres().await);
    sqlx::raw_sql(TABLES).execute(&*pool).await.unwrap();
    let mut senders = JoinSet::new();
    for sender in 0..100_u32 {
        let pool = pool.clone();
        senders.spawn(async move {
            let (id, mut fails) = (format!("evt_{}", sender % 25), true);
            while !once(&pool, naive, &id, fails).await {
                fails = false;
            }
        });
    }
    senders.join_all().await;
    let counted = sqlx::query_as("SELECT id, COUNT(*) FROM ledger GROUP BY id");
    counted.fetch_all(&*pool).await.unwrap().into_iter().collect()
}

/// Whether it was answered with 2xx.
async fn once(pool: &PgPool, naive: Naive, id: &str, fails: bool) -> bool {
    let mark = "INSERT INTO seen VALUES ($1) ON CONFLICT DO NOTHING";
    let work = "INSERT INTO ledger VALUES ($1)";
    let run = async |text| sqlx::query(text).bind(id).execute(pool).await.unwrap().rows_affected();
    match naive {
        Naive::MarkFirst => run(mark).await == 0 || (!fails && run(work).await == 1),
        Naive::WorkFirst => {
            let seen = sqlx::query("SELECT id FROM seen WHERE id = $1").bind(id);
            let is_seen = seen.fetch_optional(pool).await.unwrap().is_some();
            is_seen || (run(work).await == 1 && !fails && run(mark).await < 2)
        }
    }
}
