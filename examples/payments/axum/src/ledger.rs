//! The ledger: a row for each payment. Without a constraint, so that a double would be seen.

use std::error::Error;
use std::str::FromStr;
use std::time::Duration;

use hookseal_service::Verified;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{Connection, SqlitePool};

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS payments (event_id TEXT NOT NULL, amount INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS seen (event_id TEXT PRIMARY KEY);
";

pub async fn open(url: &str) -> Result<SqlitePool, sqlx::Error> {
    let file = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .busy_timeout(Duration::from_secs(10));
    // One writes at a time anyway, and the readers need not wait for it. Several processes that
    // start at once can be in each other's way where the mode of a new file is changed.
    let wal = file.clone().journal_mode(SqliteJournalMode::Wal);
    while SqliteConnection::connect_with(&wal).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(file).await?;
    sqlx::raw_sql(TABLES).execute(&pool).await?;
    Ok(pool)
}

pub async fn book(
    connection: &mut SqliteConnection,
    delivery: &Verified,
) -> Result<(), Box<dyn Error>> {
    let body = delivery.body().signed().ok_or("the body is not signed")?;
    let event: serde_json::Value = serde_json::from_slice(body)?;
    let amount = event["data"]["object"]["amount_received"].as_i64().ok_or("no amount")?;
    sqlx::query("INSERT INTO payments (event_id, amount) VALUES (?, ?)")
        .bind(delivery.event_id())
        .bind(amount)
        .execute(connection)
        .await?;
    Ok(())
}
