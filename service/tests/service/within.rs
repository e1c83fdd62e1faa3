//! Claims in the handler's own transaction: never lost, never doubled.

use std::sync::Arc;

use hookseal_service::{Claim, Claims, PostgresClaims, SqliteClaims};
use sqlx::Acquire;
use tokio::task::JoinSet;

use crate::deliveries::{event, other};
use crate::stores::{Postgres, Sqlite};

const LEDGER: &str = "CREATE TABLE ledger (id TEXT NOT NULL)";

const LEVELS: [&str; 4] = ["READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"];

/// Each event is delivered four times at once, and again until it is taken; every third try fails
/// after its work. In the end each stands in the ledger once: not twice, and not never.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_at_every_isolation_level() {
    for level in LEVELS {
        let place = Arc::new(Postgres::new().await);
        sqlx::raw_sql(LEDGER).execute(&place.pool).await.unwrap();
        let mut senders = JoinSet::new();
        for sender in 0..100_u32 {
            let place = place.clone();
            senders.spawn(async move {
                let mut tries = sender;
                loop {
                    tries += 1;
                    let id = format!("evt_{}", sender % 25);
                    match once_in_postgres(&place, level, &id, tries % 3 == 0).await {
                        Ok(true) => return,
                        Ok(false) => {}
                        Err(error) => assert!(is_serialization(&error), "{level}: {error}"),
                    }
                }
            });
        }
        senders.join_all().await;
        let counted: Vec<(String, i64)> =
            sqlx::query_as("SELECT id, COUNT(*) FROM ledger GROUP BY id")
                .fetch_all(&place.pool)
                .await
                .unwrap();
        assert_eq!(counted.len(), 25, "{level}: some are lost");
        assert!(counted.iter().all(|(_, count)| *count == 1), "{level}: {counted:?}");
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Whether it was answered with 2xx.
async fn once_in_postgres(
    place: &Postgres,
    level: &str,
    id: &str,
    fails: bool,
) -> Result<bool, Failure> {
    let mut connection = place.pool.acquire().await?;
    let mut transaction = connection.begin().await?;
    let set = format!("SET TRANSACTION ISOLATION LEVEL {level}");
    sqlx::query(&set).execute(&mut *transaction).await?;
    match place.claims.claim_within(&mut transaction, &event(id)).await? {
        Claim::Run(_) => {}
        Claim::Done => return Ok(true),
        _ => return Ok(false),
    }
    sqlx::query("INSERT INTO ledger VALUES ($1)").bind(id).execute(&mut *transaction).await?;
    tokio::task::yield_now().await;
    if fails {
        return Ok(false); // rolled back
    }
    transaction.commit().await?;
    Ok(true)
}

/// What the higher levels say where two cannot have been one after the other.
fn is_serialization(error: &Failure) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&**error);
    while let Some(it) = cause {
        if let Some(sqlx::Error::Database(error)) = it.downcast_ref() {
            return error.code().is_some_and(|code| code == "40001");
        }
        cause = it.source();
    }
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite() {
    let place = Arc::new(Sqlite::new().await);
    sqlx::raw_sql(LEDGER).execute(&place.pool).await.unwrap();
    let mut senders = JoinSet::new();
    for sender in 0..60_u32 {
        let place = place.clone();
        senders.spawn(async move {
            let (id, mut tries) = (format!("evt_{}", sender % 15), sender);
            loop {
                tries += 1;
                let mut transaction = place.pool.begin().await.unwrap();
                let claim = place.claims.claim_within(&mut transaction, &event(&id)).await;
                match claim.unwrap() {
                    Claim::Run(_) => {}
                    Claim::Done => return,
                    other => panic!("{other:?}"),
                }
                let insert = sqlx::query("INSERT INTO ledger VALUES (?1)").bind(&id);
                insert.execute(&mut *transaction).await.unwrap();
                if tries % 3 > 0 {
                    return transaction.commit().await.unwrap();
                }
            }
        });
    }
    senders.join_all().await;
    let counted: Vec<(String, i64)> = sqlx::query_as("SELECT id, COUNT(*) FROM ledger GROUP BY id")
        .fetch_all(&place.pool)
        .await
        .unwrap();
    assert_eq!(counted.len(), 15);
    assert!(counted.iter().all(|(_, count)| *count == 1), "{counted:?}");
}

/// What is claimed in a transaction and what is claimed by a lease know of each other.
macro_rules! outcomes {
    ($name:ident $place:ident) => {
        #[tokio::test]
        async fn $name() {
            let place = $place::new().await;
            let mut transaction = place.pool.begin().await.unwrap();
            let claim = place.claims.claim_within(&mut transaction, &event("evt_1")).await.unwrap();
            assert!(matches!(claim, Claim::Run(_)));
            assert_eq!(claim.outcome(), None);
            transaction.rollback().await.unwrap();
            let Claim::Run(run) = place.claims.claim(&event("evt_1")).await.unwrap() else {
                panic!("it was rolled back");
            };
            let mut transaction = place.pool.begin().await.unwrap();
            let busy = place.claims.claim_within(&mut transaction, &event("evt_1")).await.unwrap();
            assert!(matches!(busy, Claim::Busy { retry_after: 59..=60 }));
            let other = place.claims.claim_within(&mut transaction, &other("evt_1")).await.unwrap();
            assert!(matches!(other, Claim::Conflict { is_done: false }));
            transaction.rollback().await.unwrap();
            assert!(run.release().await.unwrap());
            let mut transaction = place.pool.begin().await.unwrap();
            let claim = place.claims.claim_within(&mut transaction, &event("evt_1")).await.unwrap();
            assert!(matches!(claim, Claim::Run(_)));
            transaction.commit().await.unwrap();
            assert!(!run.complete().await.unwrap(), "its fence is an old one");
            assert!(matches!(place.claims.claim(&event("evt_1")).await.unwrap(), Claim::Done));
        }
    };
}

outcomes! { outcomes_in_postgres Postgres }
outcomes! { outcomes_in_sqlite Sqlite }

/// Tables are made by many at once, as when a service starts on several hosts.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn setting_up_at_once() {
    let pool = crate::servers::postgres().await;
    let mut tasks = JoinSet::new();
    for _ in 0..16 {
        let pool = pool.clone();
        tasks.spawn(async move {
            PostgresClaims::new(pool.clone()).setup().await.unwrap();
            hookseal_service::Inbox::postgres(pool).setup().await.unwrap();
        });
    }
    tasks.join_all().await;
    let (pool, _file) = crate::servers::sqlite().await;
    SqliteClaims::new(pool.clone()).setup().await.unwrap();
    SqliteClaims::new(pool).setup().await.unwrap();
}

/// What is forgotten is deleted, and nothing else.
#[tokio::test]
async fn forgetting() {
    use crate::stores::Place;
    async fn fill<S: hookseal_service::Store>(claims: &Claims<S>, from: u32, to: u32) {
        for number in from..to {
            let claim = claims.claim(&event(&format!("evt_{number}"))).await.unwrap();
            let Claim::Run(run) = claim else { panic!("{number} is new") };
            assert!(run.complete().await.unwrap());
        }
    }
    let (postgres, sqlite) = (Postgres::new().await, Sqlite::new().await);
    let week = std::time::Duration::from_secs(7 * 24 * 60 * 60);
    fill(&postgres.claims, 0, 20).await;
    fill(&sqlite.claims, 0, 20).await;
    postgres.age(week).await;
    sqlite.age(week).await;
    fill(&postgres.claims, 20, 30).await;
    fill(&sqlite.claims, 20, 30).await;
    assert_eq!(postgres.claims.forget().await.unwrap(), 20);
    assert_eq!(sqlite.claims.forget().await.unwrap(), 20);
    assert!(matches!(postgres.claims.claim(&event("evt_20")).await.unwrap(), Claim::Done));
    assert!(matches!(sqlite.claims.claim(&event("evt_20")).await.unwrap(), Claim::Done));
}

/// A database whose transactions are serializable unless somebody says otherwise: a lease is claimed
/// as anywhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn leases_at_a_higher_isolation_level() {
    let pool = crate::servers::postgres().await;
    PostgresClaims::new(pool.clone()).setup().await.unwrap();
    let options = pool.connect_options().as_ref().clone();
    let options = options.options([("default_transaction_isolation", "serializable")]);
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(16).connect_with(options);
    let pool = pool.await.unwrap();
    let level: (String,) =
        sqlx::query_as("SHOW transaction_isolation").fetch_one(&pool).await.unwrap();
    assert_eq!(level.0, "serializable");
    let claims = PostgresClaims::new(pool);
    for round in 0..20 {
        let delivery = Arc::new(event(&format!("evt_{round}")));
        let mut tasks = JoinSet::new();
        for _ in 0..64 {
            let (claims, delivery) = (claims.clone(), delivery.clone());
            tasks.spawn(async move { claims.claim(&*delivery).await.unwrap() });
        }
        let all = tasks.join_all().await;
        assert_eq!(all.iter().filter(|it| matches!(it, Claim::Run(_))).count(), 1);
        assert_eq!(all.iter().filter(|it| matches!(it, Claim::Busy { .. })).count(), 63);
    }
}
