//! Payments, each booked once: the claim and the booking are one transaction of SQLite.

mod crash;
mod ledger;
mod naive;

use std::env;
use std::error::Error;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use hookseal_service::{Claim, Receiver, SqliteClaims, Verified};
use sqlx::SqlitePool;

use naive::Guard;

#[derive(Clone)]
struct Shop {
    pool: SqlitePool,
    claims: SqliteClaims,
    guard: Guard,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let pool = ledger::open(&env::var("DATABASE_URL")?).await?;
    let claims = SqliteClaims::new(pool.clone());
    claims.setup().await?;
    let receiver = Receiver::builder("stripe").secret_env("STRIPE_WEBHOOK_SECRET").build()?;
    let shop = Shop { pool, claims, guard: Guard::of_environment() };

    let app = Router::new().route("/payments", post(paid).layer(receiver.layer())).with_state(shop);
    let port = env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    Ok(axum::serve(listener, app).await?)
}

async fn paid(State(shop): State<Shop>, delivery: Verified) -> Result<StatusCode, Trouble> {
    if shop.guard != Guard::Claims {
        naive::handle(shop.guard, &shop.pool, &delivery).await?;
        return Ok(StatusCode::OK);
    }
    // Both are written when it is committed, or neither.
    let mut transaction = shop.pool.begin().await?;
    let claim = shop.claims.claim_within(&mut transaction, &*delivery).await?;
    if let Claim::Run(_) = claim {
        crash::at("claimed");
        ledger::book(&mut transaction, &delivery).await?;
        crash::at("paid");
    }
    transaction.commit().await?;
    crash::at("committed");
    let status = claim.outcome().map_or(200, |outcome| outcome.status());
    Ok(StatusCode::from_u16(status)?)
}

/// Whatever went wrong, the provider comes again.
struct Trouble(Box<dyn Error>);

impl<E: Into<Box<dyn Error>>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Trouble(error.into())
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        eprintln!("{}", self.0);
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}
