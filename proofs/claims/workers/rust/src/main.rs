//! A worker in Rust for prove/together.py: takes `signature TAB body` lines, and tells of each
//! delivery the status, and what the claim came to.

use std::env;
use std::error::Error;
use std::io::{self, BufRead, Write};

use hookseal::{OwnedDelivery, Request, UnixTime, Verifier, providers};
use hookseal_service::{Claim, PostgresClaims, RedisClaims, StoreError};
use redis::aio::ConnectionManager;
use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions};

enum Mode {
    Transaction(PostgresClaims),
    LeasedInPostgresql(PostgresClaims),
    LeasedInRedis(RedisClaims<ConnectionManager>),
}

struct Worker {
    verifier: Verifier<'static>,
    pool: PgPool,
    mode: Mode,
}

type Said = Result<(u16, &'static str), Box<dyn Error>>;

impl Worker {
    async fn connect() -> Result<Self, Box<dyn Error>> {
        let verifier = Verifier::new(&providers::STRIPE, &env::var("SECRET")?)?;
        let pool =
            PgPoolOptions::new().max_connections(2).connect(&env::var("DATABASE_URL")?).await?;
        let postgresql = PostgresClaims::new(pool.clone()).scope(env::var("SCOPE")?);
        let mode = match env::var("MODE")?.as_str() {
            "transaction" => Mode::Transaction(postgresql),
            "postgresql" => Mode::LeasedInPostgresql(postgresql.lease(1)?),
            _ => {
                let client = redis::Client::open(env::var("REDIS_URL")?)?;
                let claims = RedisClaims::new(ConnectionManager::new(client).await?);
                Mode::LeasedInRedis(claims.scope(env::var("SCOPE")?).lease(1)?)
            }
        };
        Ok(Worker { verifier, pool, mode })
    }

    async fn take(&self, line: &str) -> Said {
        let (signature, body) = line.split_once('\t').ok_or("no tab")?;
        let headers = [("stripe-signature", signature)];
        let request = Request::new(&headers[..], body.as_bytes());
        let Ok(delivery) = self.verifier.verify(&request, UnixTime::now()) else {
            return Ok((401, "refused"));
        };
        let delivery = delivery.into_owned();
        let claimed = match &self.mode {
            Mode::Transaction(claims) => return self.within(claims, &delivery).await,
            Mode::LeasedInPostgresql(claims) => claims.claim(&delivery).await,
            Mode::LeasedInRedis(claims) => claims.claim(&delivery).await,
        };
        self.leased(claimed, &delivery).await
    }

    async fn within(&self, claims: &PostgresClaims, delivery: &OwnedDelivery) -> Said {
        let mut transaction = self.pool.begin().await?;
        let claim = claims.claim_within(&mut transaction, delivery).await?;
        if let Claim::Run(_) = claim {
            book(&mut transaction, delivery).await?;
        }
        transaction.commit().await?;
        Ok(told(&claim))
    }

    async fn leased(&self, claimed: Result<Claim, StoreError>, delivery: &OwnedDelivery) -> Said {
        let claim = claimed?;
        if let Claim::Run(run) = &claim {
            book(&mut *self.pool.acquire().await?, delivery).await?;
            run.complete().await?;
        }
        Ok(told(&claim))
    }
}

fn told<R>(claim: &Claim<R>) -> (u16, &'static str) {
    match claim {
        Claim::Run(_) => (200, "run"),
        Claim::Done => (200, "done"),
        Claim::Busy { .. } => (503, "busy"),
        Claim::Conflict { is_done: true } => (200, "conflict"),
        Claim::Conflict { is_done: false } => (503, "conflict"),
    }
}

async fn book(connection: &mut PgConnection, delivery: &OwnedDelivery) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO payments (event_id, amount) VALUES ($1, 1)")
        .bind(delivery.event_id())
        .execute(connection)
        .await?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let worker = runtime.block_on(Worker::connect())?;
    for line in io::stdin().lock().lines() {
        let said = runtime.block_on(worker.take(&line?));
        let (status, what) = said.unwrap_or_else(|error| {
            eprintln!("{error}");
            (503, "unavailable")
        });
        let mut out = io::stdout().lock();
        writeln!(out, "{status} {what}")?;
        out.flush()?;
    }
    Ok(())
}
