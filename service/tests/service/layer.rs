//! The layer over HTTP, with axum.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{any, post as on_post};
use hookseal::{Error, providers};
use hookseal_service::{Claim, MemoryClaims, Receiver, Verified};

use crate::deliveries::{SECRET, body, event, signed};
use crate::http::{post, send, serve};
use crate::seen::{Seen, deliver, stripe};

#[tokio::test]
async fn genuine_once_and_repeated() {
    let seen = Seen::default();
    let to = serve(seen.app(stripe().claims(&MemoryClaims::new(100)), &[])).await;
    assert_eq!(deliver(to, "evt_1").await.status, 204);
    let again = deliver(to, "evt_1").await;
    assert_eq!((again.status, again.body.as_str()), (200, ""));
    assert_eq!(deliver(to, "evt_2").await.status, 204);
    assert_eq!(seen.runs(), 2);
    let told = seen.outcomes.lock().unwrap().clone();
    assert_eq!(told, [("already_handled", Some("evt_1".to_owned()))]);
}

#[tokio::test]
async fn refusals_are_one_line_and_reach_no_handler() {
    let seen = Seen::default();
    let to = serve(seen.app(stripe().body_limit(1000), &[])).await;
    let genuine = body("evt_1", "");
    let headers = signed(&providers::STRIPE, genuine.as_bytes());
    let forged = post(to, "/hook", &headers, b"{}").await;
    let unsigned = post(to, "/hook", &[], genuine.as_bytes()).await;
    for answer in [&forged, &unsigned] {
        assert_eq!((answer.status, answer.body.as_str()), (401, Error::PUBLIC_MESSAGE));
    }
    // By its declared length, of which no byte is sent; by what came; and one that just fits.
    let declared = send(to, "POST", "/hook", &headers, Some(1001), b"").await;
    let chunked = send(to, "POST", "/hook", &headers, None, &[b'x'; 1001]).await;
    assert_eq!((declared.status, chunked.status), (413, 413));
    assert_eq!(declared.body, Error::PUBLIC_MESSAGE);
    let fits = body("evt_1", &"x".repeat(1000 - body("evt_1", "").len()));
    let headers = signed(&providers::STRIPE, fits.as_bytes());
    assert_eq!(seen.runs(), 0);
    assert_eq!(send(to, "POST", "/hook", &headers, None, fits.as_bytes()).await.status, 204);
    assert_eq!(seen.runs(), 1);
    let codes = ["signature_mismatch", "missing_signature", "body_too_large", "body_too_large"];
    assert_eq!(seen.codes(), codes);
}

/// What is forged reaches no store.
#[tokio::test]
async fn a_flood_of_forged_deliveries() {
    let (seen, claims) = (Seen::default(), MemoryClaims::new(100));
    let to = serve(seen.app(stripe().claims(&claims), &[])).await;
    for number in 0..300 {
        let headers = signed(&providers::STRIPE, b"{}");
        let body = body(&format!("evt_{number}"), "");
        assert_eq!(post(to, "/hook", &headers, body.as_bytes()).await.status, 401);
    }
    assert_eq!((claims.store().len(), seen.runs()), (0, 0));
}

/// A handler that fails leaves the delivery to the retry, whose answer is its own.
#[tokio::test]
async fn failing_and_then_not() {
    let seen = Seen::default();
    let app = seen.app(stripe().claims(&MemoryClaims::new(100)), &[500, 400, 302]);
    let to = serve(app).await;
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(deliver(to, "evt_1").await.status);
    }
    assert_eq!((statuses, seen.runs()), (vec![500, 400, 302, 200, 200], 3));
    let failed = "handler_failed";
    assert_eq!(seen.codes(), [failed, failed, "already_handled", "already_handled"]);
}

/// A panic, and a sender who does not wait: both release.
#[tokio::test(flavor = "multi_thread")]
async fn panics_and_closed_connections_release() {
    let claims = MemoryClaims::new(100);
    let receiver = stripe().claims(&claims).build().unwrap();
    let handler = async |delivery: Verified| match delivery.event_id() {
        Some("evt_panic") => panic!("a fault of the handler"),
        _ => std::future::pending::<()>().await,
    };
    let app = Router::new().route("/hook", on_post(handler)).layer(receiver.layer());
    let to = serve(app).await;
    let answer = tokio::spawn(async move { deliver(to, "evt_panic").await }).await;
    assert!(answer.is_err(), "there is no answer");
    let slow = tokio::time::timeout(Duration::from_millis(300), deliver(to, "evt_slow")).await;
    assert!(slow.is_err());
    for id in ["evt_panic", "evt_slow"] {
        let mut is_free = false;
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            is_free = is_free || matches!(claims.claim(&event(id)).await.unwrap(), Claim::Run(_));
        }
        assert!(is_free, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_delivery_at_once() {
    let claims = MemoryClaims::new(100);
    let seen = Seen::default();
    let (receiver, runs) = (seen.watch(stripe().claims(&claims)), seen.runs.clone());
    let handler = async move |_: Verified| {
        runs.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(300)).await;
    };
    let to = serve(Router::new().route("/hook", on_post(handler)).layer(receiver.layer())).await;
    let (one, other) = tokio::join!(deliver(to, "evt_1"), deliver(to, "evt_1"));
    let (one, other) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!((one.status, other.status, other.body.as_str()), (200, 503, ""));
    assert_eq!(other.header("retry-after"), Some("60"));
    assert_eq!((seen.runs(), seen.codes()), (1, vec!["being_handled"]));
}

#[tokio::test]
async fn conflicts_alarm() {
    let seen = Seen::default();
    let to = serve(seen.app(stripe().claims(&MemoryClaims::new(100)), &[500])).await;
    let other = body("evt_1", "other");
    let headers = signed(&providers::STRIPE, other.as_bytes());
    assert_eq!(deliver(to, "evt_1").await.status, 500);
    assert_eq!(post(to, "/hook", &headers, other.as_bytes()).await.status, 503);
    assert_eq!(deliver(to, "evt_1").await.status, 204);
    assert_eq!(post(to, "/hook", &headers, other.as_bytes()).await.status, 200);
    assert_eq!(seen.runs(), 2);
    assert_eq!(seen.codes(), ["handler_failed", "conflict", "conflict_after_done"]);
}

#[tokio::test]
async fn handshakes_are_answered() {
    let seen = Seen::default();
    let builder = Receiver::builder(&providers::DROPBOX).secret(SECRET);
    let builder = builder.url("https://hooks.example.com").claims(&MemoryClaims::new(100));
    let to = serve(seen.app(builder, &[])).await;
    let answer = send(to, "GET", "/hook?challenge=Vw8Xz", &[], Some(0), b"").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "Vw8Xz"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(seen.runs(), 0);
}

#[tokio::test]
async fn addresses_are_asked_first() {
    let seen = Seen::default();
    let to = serve(seen.app(stripe().allow_from(["192.0.2.0/24"]), &[])).await;
    assert_eq!(deliver(to, "evt_1").await.status, 403);
    let to = serve(seen.app(stripe().allow_from(["127.0.0.0/8"]), &[])).await;
    assert_eq!(deliver(to, "evt_1").await.status, 204);
    let listed = stripe().allow_from(["192.0.2.0/24"]).trusted_proxies(1);
    let to = serve(seen.app(listed, &[])).await;
    assert_eq!(deliver(to, "evt_1").await.status, 403, "it came past the proxy");
    let text = body("evt_1", "");
    let mut headers = signed(&providers::STRIPE, text.as_bytes());
    headers.push(("x-forwarded-for".to_owned(), "1.2.3.4, 192.0.2.7".to_owned()));
    assert_eq!(post(to, "/hook", &headers, text.as_bytes()).await.status, 204);
    assert_eq!(seen.codes(), ["address_not_allowed", "address_not_allowed"]);
}

#[tokio::test]
async fn a_full_store_and_a_bare_scheme() {
    let seen = Seen::default();
    let builder = Receiver::builder("github").secret(SECRET).claims(&MemoryClaims::new(1));
    let receiver = seen.watch(builder);
    assert!(receiver.binds_nothing());
    let app = Router::new().route("/hook", any(async |_: Verified| ())).layer(receiver.layer());
    let to = serve(app).await;
    let deliver = async |body: &'static [u8]| {
        post(to, "/hook", &signed(&providers::GITHUB, body), body).await
    };
    assert_eq!(deliver(b"{}").await.status, 200);
    let full = deliver(b"[]").await;
    assert_eq!((full.status, full.header("retry-after")), (503, Some("5")));
    assert_eq!(deliver(b"{}").await.status, 200);
    // Said once.
    assert_eq!(seen.codes(), ["nothing_bound", "store_full", "already_handled"]);
}

/// A handler that is not behind a receiver never runs.
#[tokio::test]
async fn an_extractor_without_a_layer() {
    let app = Router::new().route("/hook", any(async |_: Verified| "it ran"));
    let answer = post(serve(app).await, "/hook", &[], b"{}").await;
    assert_eq!((answer.status, answer.body.as_str()), (500, ""));
}

/// A handler outlives its lease, another has taken over: its answer stays, and somebody is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_was_lost() {
    let claims = MemoryClaims::new(100).lease(1).unwrap();
    let seen = Seen::default();
    let (receiver, other) = (seen.watch(stripe().claims(&claims)), claims.clone());
    let handler = async move |delivery: Verified| {
        assert!(delivery.extend().await.unwrap() && delivery.fence().is_some());
        tokio::time::sleep(Duration::from_millis(1100)).await;
        assert!(matches!(other.claim(&*delivery).await.unwrap(), Claim::Run(_)));
        StatusCode::ACCEPTED
    };
    let to = serve(Router::new().route("/hook", on_post(handler)).layer(receiver.layer())).await;
    assert_eq!(deliver(to, "evt_1").await.status, 202);
    assert_eq!(seen.codes(), ["lease_lost"]);
}
