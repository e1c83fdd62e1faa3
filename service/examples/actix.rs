//! The same with actix-web, for which there is no layer: the receiver takes the head of a request
//! and its raw body, and gives what to answer.
//!
//! ```console
//! $ export STRIPE_SECRET=whsec_test_9f0c1b7a5d3e4f60
//! $ cargo run --features sqlite --example actix
//! ```

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, PayloadConfig, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use hookseal::OwnedDelivery;
use hookseal_service::{Answer, Head, Receiver, SqliteClaims};
use sqlx::SqlitePool;

type Failure = Box<dyn std::error::Error>;

#[actix_web::main]
async fn main() -> Result<(), Failure> {
    tracing_subscriber::fmt().init();
    let pool = SqlitePool::connect("sqlite:payments.db?mode=rwc").await?;
    let table = "CREATE TABLE IF NOT EXISTS payments (event TEXT NOT NULL, body BLOB NOT NULL)";
    sqlx::query(table).execute(&pool).await?;

    let claims = SqliteClaims::new(pool.clone());
    claims.setup().await?;
    let receiver =
        Receiver::builder("stripe").secret_env("STRIPE_SECRET").claims(&claims).build()?;

    let app = move || {
        App::new()
            .app_data(PayloadConfig::new(receiver.body_limit()))
            .app_data(Data::new(receiver.clone()))
            .app_data(Data::new(pool.clone()))
            .route("/stripe", to(stripe))
    };
    Ok(HttpServer::new(app).bind("127.0.0.1:8787")?.run().await?)
}

async fn stripe(
    request: HttpRequest,
    body: Bytes,
    receiver: Data<Receiver>,
    pool: Data<SqlitePool>,
) -> HttpResponse {
    let headers: Vec<(&str, &[u8])> =
        request.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let target = request.uri().to_string();
    let head = Head {
        method: request.method().as_str(),
        target: &target,
        headers: headers.as_slice().into(),
        peer: request.peer_addr().map(|it| it.ip()),
    };
    respond(match receiver.receive(&head, &body) {
        Ok(delivery) => receiver.handle(&delivery, book(&pool, &delivery)).await,
        Err(answer) => answer,
    })
}

/// Runs once for each event. When it fails, the provider comes again, and it runs again.
async fn book(pool: &SqlitePool, payment: &OwnedDelivery) -> Result<(), sqlx::Error> {
    let insert = sqlx::query("INSERT INTO payments (event, body) VALUES (?1, ?2)")
        .bind(payment.event_id())
        .bind(payment.body().signed());
    insert.execute(pool).await.map(|_| ())
}

fn respond(answer: Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::FORBIDDEN);
    let mut response = HttpResponse::build(status);
    answer.headers().for_each(|header| {
        response.append_header(header);
    });
    response.body(answer.body().to_owned())
}
