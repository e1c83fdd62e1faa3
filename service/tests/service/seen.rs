//! A receiver behind a layer, its handler, and what is seen of both.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::any;
use hookseal::providers;
use hookseal_service::{Receiver, ReceiverBuilder, Verified};

use crate::deliveries::{SECRET, body, signed};
use crate::http::{Answered, post};

/// A code, and the event id.
pub type Told = (&'static str, Option<String>);

/// How often the handler ran, and what was told of outcomes.
#[derive(Clone, Default)]
pub struct Seen {
    pub runs: Arc<AtomicU32>,
    pub outcomes: Arc<Mutex<Vec<Told>>>,
}

impl Seen {
    pub fn runs(&self) -> u32 {
        self.runs.load(Ordering::SeqCst)
    }

    pub fn codes(&self) -> Vec<&'static str> {
        self.outcomes.lock().unwrap().iter().map(|(code, _)| *code).collect()
    }

    pub fn watch(&self, builder: ReceiverBuilder) -> Receiver {
        let outcomes = self.outcomes.clone();
        let builder = builder.on_outcome(move |report| {
            let id = report.event_id.map(str::to_owned);
            outcomes.lock().unwrap().push((report.outcome.code(), id));
        });
        builder.build().unwrap()
    }

    /// A handler that gives these statuses, one after another, and then 204.
    pub fn app(&self, builder: ReceiverBuilder, statuses: &'static [u16]) -> Router {
        let runs = self.runs.clone();
        let handler = async move |delivery: Verified, raw: Bytes| {
            assert_eq!(delivery.body().danger_unsigned(), raw);
            let at = usize::try_from(runs.fetch_add(1, Ordering::SeqCst)).unwrap();
            StatusCode::from_u16(statuses.get(at).copied().unwrap_or(204)).unwrap()
        };
        Router::new().route("/hook", any(handler)).layer(self.watch(builder).layer())
    }
}

pub fn stripe() -> ReceiverBuilder {
    Receiver::builder("stripe").secret(SECRET)
}

pub async fn deliver(to: SocketAddr, id: &str) -> Answered {
    let body = body(id, "");
    post(to, "/hook", &signed(&providers::STRIPE, body.as_bytes()), body.as_bytes()).await
}
