//! Payments from Stripe, each booked once, with axum and SQLite.
//!
//! ```console
//! $ export STRIPE_SECRET=whsec_test_9f0c1b7a5d3e4f60
//! $ cargo run --features axum,sqlite --example axum
//! $ hookseal send --provider stripe --secret-env STRIPE_SECRET --body event.json \
//!       http://127.0.0.1:8787/stripe
//! ```

use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use hookseal_service::{Receiver, SqliteClaims, Verified};
use sqlx::SqlitePool;

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    tracing_subscriber::fmt().init();
    let pool = SqlitePool::connect("sqlite:payments.db?mode=rwc").await?;
    let table = "CREATE TABLE IF NOT EXISTS payments (event TEXT NOT NULL, body BLOB NOT NULL)";
    sqlx::query(table).execute(&pool).await?;

    // The three lines that have each delivery handled once; the third has a verifier in any case.
    let claims = SqliteClaims::new(pool.clone());
    claims.setup().await?;
    let receiver =
        Receiver::builder("stripe").secret_env("STRIPE_SECRET").claims(&claims).build()?;

    let app = Router::new().route("/stripe", post(book)).layer(receiver.layer()).with_state(pool);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8787").await?;
    println!("http://{}/stripe", listener.local_addr()?);
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stopped()).await?;
    Ok(())
}

/// Runs once for each event. When it fails, the provider comes again, and it runs again.
async fn book(State(pool): State<SqlitePool>, payment: Verified) -> StatusCode {
    let insert = sqlx::query("INSERT INTO payments (event, body) VALUES (?1, ?2)")
        .bind(payment.event_id())
        .bind(payment.body().signed());
    match insert.execute(&pool).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn stopped() {
    tokio::signal::ctrl_c().await.unwrap_or_default();
}
