//! The inbox: stored before it is answered.

use std::time::Duration;

use hookseal::providers;
use hookseal_service::{Failure, Put, State};
use tokio::task::JoinSet;

use crate::deliveries::{event, of, other};
use crate::inboxes::{Place, over_both};

over_both! {
    stored_once taken_and_finished fences leases_end forgetting zero_bytes_in_an_id
}

async fn stored_once(place: Place) {
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Stored);
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Known);
    let waiting = Put::Conflict { is_done: false };
    assert_eq!(place.inbox.put(&other("evt_1")).await.unwrap(), waiting);
    let tenant = place.inbox.clone().scope("tenant 7");
    assert_eq!(tenant.put(&event("evt_1")).await.unwrap(), Put::Stored);
    let mut tasks = JoinSet::new();
    for _ in 0..64 {
        let inbox = place.inbox.clone();
        tasks.spawn(async move { inbox.put(&event("evt_2")).await.unwrap() });
    }
    let stored = tasks.join_all().await.into_iter().filter(|it| *it == Put::Stored).count();
    assert_eq!((stored, place.count(State::Waiting).await), (1, 3));
}

async fn taken_and_finished(place: Place) {
    let delivery = event("evt_1");
    assert_eq!(place.inbox.put(&delivery).await.unwrap(), Put::Stored);
    let entry = place.inbox.take().await.unwrap().unwrap();
    assert_eq!(entry.body(), delivery.body().danger_unsigned());
    assert_eq!((entry.scheme(), entry.event_id()), ("stripe", Some("evt_1")));
    assert_eq!((entry.event_type(), entry.tries()), (Some("invoice.paid"), 1));
    assert_eq!((entry.sent_at(), entry.key()), (delivery.sent_at(), &delivery.replay_key(b"")[..]));
    let age = hookseal::UnixTime::now().as_millis() - entry.received_at().as_millis();
    assert!((-2..60_000).contains(&age), "{age}");
    assert!(!format!("{entry:?}").contains("evt_1"), "{entry:?}");
    assert!(place.inbox.take().await.unwrap().is_none(), "it is leased");
    assert!(entry.finish().await.unwrap());
    assert!(!entry.finish().await.unwrap());
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Known);
    let done = Put::Conflict { is_done: true };
    assert_eq!(place.inbox.put(&other("evt_1")).await.unwrap(), done);
    assert_eq!(place.count(State::Done).await, 1);
}

async fn fences(place: Place) {
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Stored);
    let stalled = place.inbox.take().await.unwrap().unwrap();
    assert!(place.inbox.take().await.unwrap().is_none());
    place.age(61).await;
    let second = place.inbox.take().await.unwrap().unwrap();
    assert!(second.fence() > stalled.fence() && second.tries() == 2);
    let failure = Failure::new("too late");
    assert!(!stalled.finish().await.unwrap());
    assert!(!stalled.extend().await.unwrap());
    assert!(!stalled.fail(&failure).await.unwrap());
    assert!(!stalled.retry(&failure, Duration::ZERO).await.unwrap());
    assert!(second.finish().await.unwrap());
}

async fn leases_end(place: Place) {
    let inbox = place.inbox.clone().lease(10).unwrap();
    assert_eq!(inbox.put(&event("evt_1")).await.unwrap(), Put::Stored);
    let entry = inbox.take().await.unwrap().unwrap();
    place.age(8).await;
    assert!(inbox.take().await.unwrap().is_none());
    assert!(entry.extend().await.unwrap());
    place.age(8).await;
    assert!(inbox.take().await.unwrap().is_none());
    place.age(3).await;
    assert!(inbox.take().await.unwrap().is_some());
}

async fn forgetting(place: Place) {
    for id in ["evt_done", "evt_failed", "evt_waiting"] {
        assert_eq!(place.inbox.put(&event(id)).await.unwrap(), Put::Stored);
    }
    assert!(place.inbox.take().await.unwrap().unwrap().finish().await.unwrap());
    let failed = place.inbox.take().await.unwrap().unwrap();
    assert!(failed.fail(&Failure::new("for ever")).await.unwrap());
    assert_eq!(place.inbox.forget().await.unwrap(), 0);
    assert_eq!(place.inbox.put(&event("evt_done")).await.unwrap(), Put::Known);
    place.age(7 * 24 * 60 * 60 + 1).await;
    assert_eq!(place.inbox.put(&event("evt_failed")).await.unwrap(), Put::Known);
    // What is to be forgotten is another delivery, though it is not deleted yet.
    assert_eq!(place.inbox.put(&event("evt_done")).await.unwrap(), Put::Stored);
    let again = place.inbox.take().await.unwrap().unwrap();
    assert!(place.inbox.take().await.unwrap().is_some());
    assert!(again.finish().await.unwrap());
    place.age(7 * 24 * 60 * 60 + 1).await;
    assert_eq!(place.inbox.forget().await.unwrap(), 1);
    assert_eq!(place.count(State::Failed).await, 1);
}

/// A text of a database holds none: the delivery is stored all the same.
async fn zero_bytes_in_an_id(place: Place) {
    let body = br#"{"id":"evt\u0000_1","type":"invoice\u0000.paid"}"#;
    let delivery = of(&providers::STRIPE, body);
    assert!(delivery.event_id().is_some_and(|id| id.contains('\0')));
    assert_eq!(place.inbox.put(&delivery).await.unwrap(), Put::Stored);
    assert_eq!(place.inbox.put(&delivery).await.unwrap(), Put::Known);
    let entry = place.inbox.take().await.unwrap().unwrap();
    assert_eq!((entry.event_id(), entry.event_type(), entry.body()), (None, None, &body[..]));
}
