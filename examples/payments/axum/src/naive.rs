//! What is usually written instead of claims. It is here to be caught: see proofs/claims.

use std::env;
use std::error::Error;

use hookseal_service::Verified;
use sqlx::SqlitePool;

use crate::{crash, ledger};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    Claims,
    MarkFirst,
    MarkAfter,
    None,
}

impl Guard {
    pub fn of_environment() -> Self {
        match env::var("PAYMENTS_GUARD").as_deref() {
            Ok("mark-first") => Self::MarkFirst,
            Ok("mark-after") => Self::MarkAfter,
            Ok("none") => Self::None,
            _ => Self::Claims,
        }
    }
}

pub async fn handle(
    guard: Guard,
    pool: &SqlitePool,
    delivery: &Verified,
) -> Result<(), Box<dyn Error>> {
    match guard {
        Guard::MarkFirst => mark_first(pool, delivery).await,
        Guard::MarkAfter => mark_after(pool, delivery).await,
        // What the others are measured against.
        Guard::None | Guard::Claims => book(pool, delivery).await,
    }
}

/// Loses what was marked and not yet booked when the process dies.
async fn mark_first(pool: &SqlitePool, delivery: &Verified) -> Result<(), Box<dyn Error>> {
    if mark(pool, delivery).await? {
        crash::at("claimed");
        book(pool, delivery).await?;
        crash::at("paid");
    }
    Ok(())
}

/// Books again what was booked and not yet marked; and what arrives twice at once.
async fn mark_after(pool: &SqlitePool, delivery: &Verified) -> Result<(), Box<dyn Error>> {
    let look = sqlx::query("SELECT 1 FROM seen WHERE event_id = ?").bind(delivery.event_id());
    if look.fetch_optional(pool).await?.is_none() {
        crash::at("claimed");
        book(pool, delivery).await?;
        crash::at("paid");
        mark(pool, delivery).await?;
    }
    Ok(())
}

async fn mark(pool: &SqlitePool, delivery: &Verified) -> Result<bool, sqlx::Error> {
    let insert = sqlx::query("INSERT OR IGNORE INTO seen VALUES (?)").bind(delivery.event_id());
    Ok(insert.execute(pool).await?.rows_affected() == 1)
}

async fn book(pool: &SqlitePool, delivery: &Verified) -> Result<(), Box<dyn Error>> {
    ledger::book(&mut *pool.acquire().await?, delivery).await
}
