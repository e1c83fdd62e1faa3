//! What was stored is handled afterwards.

use std::collections::HashMap;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookseal_service::{BackOff, Entry, Failure, InboxWorker, Put, State};
use tokio::task::JoinSet;

use crate::deliveries::event;
use crate::inboxes::{Place, Pool, over_both};

over_both! {
    handled_by_many_workers failing_for_a_while failing_for_ever workers_that_die a_graceful_stop
}

/// Quick, so that a test may wait for it.
fn quick<H: AsyncFn(&Entry) -> Result<(), Failure>>(place: &Place, handler: H) -> InboxWorker<H> {
    let (first, most) = (Duration::from_millis(5), Duration::from_millis(20));
    InboxWorker::new(place.inbox.clone(), handler)
        .back_off(BackOff::new(first, most))
        .poll(Duration::from_millis(5))
}

/// Runs until nothing waits.
async fn drain(place: &Place) {
    while place.count(State::Waiting).await > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn handled_by_many_workers(place: Place) {
    let seen: Arc<Mutex<HashMap<String, u32>>> = Arc::default();
    for number in 0..60 {
        assert_eq!(place.inbox.put(&event(&format!("evt_{number}"))).await.unwrap(), Put::Stored);
    }
    let mut workers = JoinSet::new();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    for _ in 0..6 {
        let (seen, mut stopped) = (seen.clone(), stopped.clone());
        let worker = quick(&place, async move |entry: &Entry| {
            let id = entry.event_id().unwrap().to_owned();
            *seen.lock().unwrap().entry(id).or_default() += 1;
            Ok(())
        });
        workers.spawn(async move {
            worker.run_until(async { stopped.wait_for(|it| *it).await.map(|_| ()).unwrap() }).await;
        });
    }
    drain(&place).await;
    stop.send(true).unwrap();
    workers.join_all().await;
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 60);
    assert!(seen.values().all(|times| *times == 1), "{seen:?}");
}

async fn failing_for_a_while(place: Place) {
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Stored);
    let worker =
        quick(
            &place,
            async |entry: &Entry| {
                if entry.tries() < 4 { Err(Failure::new("not yet")) } else { Ok(()) }
            },
        );
    worker.run_until(drain(&place)).await;
    let done = place.inbox.list(State::Done, 9).await.unwrap();
    assert_eq!((done.len(), done[0].tries, done[0].trouble.clone()), (1, 4, None));
}

/// Kept for people, with the kind of its error; listed and run again by the command.
async fn failing_for_ever(place: Place) {
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Stored);
    assert_eq!(place.inbox.put(&event("evt_2")).await.unwrap(), Put::Stored);
    let is_mended = AtomicBool::new(false);
    let worker = quick(&place, async |entry: &Entry| {
        let bad = entry.event_id() == Some("evt_1") && !is_mended.load(Ordering::SeqCst);
        if bad { Ok("x".parse::<u32>().map(|_| ())?) } else { Ok(()) }
    });
    let worker = worker.tries(3);
    worker.run_until(drain(&place)).await;
    let failed = place.inbox.failed().await.unwrap();
    assert_eq!(failed.len(), 1);
    assert_eq!((failed[0].tries, failed[0].event_id.as_deref()), (3, Some("evt_1")));
    assert_eq!(failed[0].trouble.as_deref(), Some("core::num::error::ParseIntError"));
    assert!(place.inbox.take().await.unwrap().is_none());
    // A retry of the provider changes nothing.
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Known);
    is_mended.store(true, Ordering::SeqCst);
    run_again(&place, &failed[0].key).await;
    worker.run_until(drain(&place)).await;
    assert_eq!((place.count(State::Done).await, place.count(State::Failed).await), (2, 0));
}

/// By the command, where the database has an address for it.
async fn run_again(place: &Place, key: &[u8; 32]) {
    let Pool::Sqlite(_, file) = &place.pool else {
        assert!(place.inbox.again(key).await.unwrap());
        assert!(!place.inbox.again(key).await.unwrap(), "it waits already");
        return;
    };
    let command = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_hookseal-inbox"))
            .args(arguments)
            .env("HOOKSEAL_INBOX", format!("sqlite:{}", file.0.join("test.db").display()))
            .output()
            .unwrap();
        (run.status.code().unwrap(), String::from_utf8(run.stdout).unwrap())
    };
    let (code, listed) = command(&["list"]);
    let columns: Vec<&str> = listed.trim_end().split('\t').collect();
    let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((code, columns.len(), columns[0], columns[1]), (0, 7, key.as_str(), "3"));
    assert_eq!(
        columns[3..],
        ["stripe", "invoice.paid", "evt_1", "core::num::error::ParseIntError"]
    );
    assert_eq!(command(&["list", "waiting", "5"]), (0, String::new()));
    assert_eq!(command(&["again", &key]), (0, format!("{key}\twaits\n")));
    assert_eq!(command(&["again", &key]), (1, format!("{key}\thad not failed\n")));
    assert_eq!(command(&["forget"]), (0, "0 forgotten\n".to_owned()));
    for wrong in [&["again"][..], &["again", "00"], &["list", "gone"], &["list", "done", "x"], &[]]
    {
        assert_eq!(command(wrong).0, 2, "{wrong:?}");
    }
}

/// An entry that ends its worker each time is kept as well, and not tried for ever.
async fn workers_that_die(place: Place) {
    assert_eq!(place.inbox.put(&event("evt_1")).await.unwrap(), Put::Stored);
    for tries in 1..=3 {
        let died = place.inbox.take().await.unwrap().unwrap();
        assert_eq!(died.tries(), tries);
        place.age(61).await;
    }
    let runs = AtomicU32::new(0);
    let worker = quick(&place, async |_: &Entry| {
        runs.fetch_add(1, Ordering::SeqCst);
        Ok(())
    });
    assert!(worker.tries(3).step().await.unwrap());
    assert_eq!((runs.load(Ordering::SeqCst), place.count(State::Failed).await), (0, 1));
}

/// What is being handled when the worker is told to stop is brought to its end.
async fn a_graceful_stop(place: Place) {
    for id in ["evt_1", "evt_2", "evt_3"] {
        assert_eq!(place.inbox.put(&event(id)).await.unwrap(), Put::Stored);
    }
    let worker = quick(&place, async |_: &Entry| {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok(())
    });
    worker.run_until(tokio::time::sleep(Duration::from_millis(100))).await;
    assert_eq!((place.count(State::Done).await, place.count(State::Waiting).await), (1, 2));
    // None is leased any longer.
    assert!(place.inbox.take().await.unwrap().is_some());
    assert!(place.inbox.take().await.unwrap().is_some());
}
