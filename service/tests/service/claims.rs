//! What claims promise, over every store.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use hookseal_service::{Claim, Claims, Handled, Run, Store};
use tokio::task::JoinSet;

use crate::deliveries::{bare, event, other};
use crate::stores::{Place, over_every_store};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

over_every_store! {
    outcomes fences conflicts unknown_retries scopes leases_end retries_run_until_one_is_handled
    one_of_many outlived_runs nothing_is_handled_twice_in_thirty_days digests_of_every_byte
    futures_that_are_dropped
}

async fn run<S: Store>(claims: &Claims<S>, id: &str) -> Run {
    match claims.claim(&event(id)).await.unwrap() {
        Claim::Run(run) => run,
        other => panic!("{other:?}"),
    }
}

async fn outcomes(place: impl Place) {
    let claims = place.claims();
    let first = run(&claims, "evt_1").await;
    let busy = claims.claim(&event("evt_1")).await.unwrap();
    assert!(matches!(busy, Claim::Busy { retry_after: 59..=60 }), "{busy:?}");
    assert!(first.complete().await.unwrap());
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Done));
    assert!(!first.complete().await.unwrap(), "it is done already");
    assert!(!first.release().await.unwrap(), "what is done stays done");
    assert!(!first.extend().await.unwrap());
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Done));
}

async fn fences(place: impl Place) {
    let claims = place.claims();
    let first = run(&claims, "evt_1").await;
    assert!(first.release().await.unwrap());
    let second = run(&claims, "evt_1").await;
    assert!(second.fence() > first.fence());
    assert!(!first.complete().await.unwrap());
    assert!(!first.release().await.unwrap());
    assert!(!first.extend().await.unwrap());
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Busy { .. }));
    assert!(second.complete().await.unwrap());
    // A fence rises over a key that was forgotten, too.
    place.age(8 * DAY).await;
    let third = run(&claims, "evt_1").await;
    assert!(!second.complete().await.unwrap());
    assert!(third.complete().await.unwrap());
}

async fn conflicts(place: impl Place) {
    let claims = place.claims();
    let first = run(&claims, "evt_1").await;
    let conflict = claims.claim(&other("evt_1")).await.unwrap();
    assert!(matches!(conflict, Claim::Conflict { is_done: false }), "{conflict:?}");
    // Nor may the other body take over what is free.
    assert!(first.release().await.unwrap());
    let conflict = claims.claim(&other("evt_1")).await.unwrap();
    assert!(matches!(conflict, Claim::Conflict { is_done: false }), "{conflict:?}");
    assert!(run(&claims, "evt_1").await.complete().await.unwrap());
    let conflict = claims.claim(&other("evt_1")).await.unwrap();
    assert!(matches!(conflict, Claim::Conflict { is_done: true }), "{conflict:?}");
    // Until it is forgotten.
    place.age(8 * DAY).await;
    assert!(matches!(claims.claim(&other("evt_1")).await.unwrap(), Claim::Run(_)));
}

/// Of whose retries nothing is known: bodies are not compared.
async fn unknown_retries(place: impl Place) {
    let claims = place.claims();
    assert!(matches!(claims.claim(&bare("{}")).await.unwrap(), Claim::Run(_)));
    assert!(matches!(claims.claim(&bare("{}")).await.unwrap(), Claim::Busy { .. }));
    assert!(matches!(claims.claim(&bare("{ }")).await.unwrap(), Claim::Run(_)));
}

async fn scopes(place: impl Place) {
    let claims = place.claims();
    let tenant = claims.clone().scope("tenant 7");
    assert!(run(&claims, "evt_1").await.complete().await.unwrap());
    assert!(run(&tenant, "evt_1").await.release().await.unwrap());
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Done));
}

async fn leases_end(place: impl Place) {
    let claims = place.claims().lease(30).unwrap();
    let first = run(&claims, "evt_1").await;
    place.age(Duration::from_secs(20)).await;
    let busy = claims.claim(&event("evt_1")).await.unwrap();
    assert!(matches!(busy, Claim::Busy { retry_after: 9..=10 }), "{busy:?}");
    assert!(first.extend().await.unwrap());
    place.age(Duration::from_secs(20)).await;
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Busy { .. }));
    place.age(Duration::from_secs(11)).await;
    assert!(first.extend().await.unwrap(), "nobody has taken over");
    place.age(Duration::from_secs(31)).await;
    assert!(run(&claims, "evt_1").await.complete().await.unwrap());
}

/// The handler fails so often, and then does not: each retry runs, and the last counts.
async fn retries_run_until_one_is_handled(place: impl Place) {
    let claims = place.claims();
    let runs = AtomicU32::new(0);
    for failures in [0, 1, 7] {
        let delivery = event(&format!("evt_{failures}"));
        runs.store(0, Ordering::SeqCst);
        let mut handled = 0;
        for _ in 0..12 {
            let handler = async {
                let before = runs.fetch_add(1, Ordering::SeqCst);
                if before < failures { Err("not yet") } else { Ok(before) }
            };
            match claims.handle(&delivery, handler).await.unwrap() {
                Handled::Ran(_) => handled += 1,
                Handled::Failed(error) => assert_eq!((error, handled), ("not yet", 0)),
                Handled::Done => assert_eq!(handled, 1),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((runs.load(Ordering::SeqCst), handled), (failures + 1, 1));
    }
}

/// 64 at once for one key: exactly one runs. Ten times.
async fn one_of_many(place: impl Place) {
    let claims = place.claims();
    for round in 0..10 {
        let delivery = Arc::new(event(&format!("evt_{round}")));
        let mut tasks = JoinSet::new();
        for _ in 0..64 {
            let (claims, delivery) = (claims.clone(), delivery.clone());
            tasks.spawn(async move { claims.claim(&*delivery).await.unwrap() });
        }
        let all = tasks.join_all().await;
        assert_eq!(all.iter().filter(|it| matches!(it, Claim::Run(_))).count(), 1);
        assert_eq!(all.iter().filter(|it| matches!(it, Claim::Busy { .. })).count(), 63);
    }
}

/// A worker stands still for longer than its lease: what it then notes is refused.
async fn outlived_runs(place: impl Place) {
    let claims = place.claims().lease(1).unwrap();
    let stalled = run(&claims, "evt_1").await;
    tokio::time::sleep(Duration::from_millis(1010)).await;
    let second = run(&claims, "evt_1").await;
    assert!(second.fence() > stalled.fence());
    assert!(!stalled.complete().await.unwrap());
    assert!(!stalled.release().await.unwrap());
    assert!(second.complete().await.unwrap());
    // Nobody has taken over: then it may still be noted.
    let slow = run(&claims, "evt_2").await;
    tokio::time::sleep(Duration::from_millis(1010)).await;
    assert!(slow.complete().await.unwrap());
    assert!(matches!(claims.claim(&event("evt_2")).await.unwrap(), Claim::Done));
}

/// All that was ever sent is sent again every few hours for thirty days: within the time to keep,
/// nothing is handled twice; and after it, what was forgotten is.
async fn nothing_is_handled_twice_in_thirty_days(place: impl Place) {
    let claims = place.claims().keep(4 * 24 * 60 * 60).unwrap();
    let mut handled = [0_u32; 30];
    let mut forgotten = 0;
    for quarter in 0..120_u32 {
        for day in 0..=quarter / 4 {
            let delivery = event(&format!("evt_{day}"));
            let is_fresh = quarter - 4 * day < 16;
            match claims.claim(&delivery).await.unwrap() {
                Claim::Run(run) => {
                    assert!(run.complete().await.unwrap());
                    handled[usize::try_from(day).unwrap()] += u32::from(is_fresh);
                    forgotten += u32::from(!is_fresh);
                }
                Claim::Done => assert!(handled[usize::try_from(day).unwrap()] > 0),
                other => panic!("{other:?}"),
            }
        }
        place.age(DAY / 4).await;
    }
    assert_eq!(handled, [1; 30]);
    assert!(forgotten > 0, "no key was ever forgotten");
}

/// A digest is any 32 bytes, zeros too: the same body is the same whatever they are.
async fn digests_of_every_byte(place: impl Place) {
    let claims = place.claims();
    let store = claims.store();
    let (lease, keep) = (Duration::from_millis(1), Duration::from_secs(60));
    for byte in 0..=255_u8 {
        let (key, digest) = ([byte; 32], std::array::from_fn(|at| byte.wrapping_add(at as u8)));
        let first = store.claim(&key, Some(&digest), lease, keep).await.unwrap();
        let hookseal_service::Verdict::Run { fence } = first else { panic!("{first:?}") };
        let extend = hookseal_service::Settle::Extend { lease: keep };
        assert!(store.settle(&key, fence, extend).await.unwrap());
        let again = store.claim(&key, Some(&digest), lease, keep).await.unwrap();
        assert!(matches!(again, hookseal_service::Verdict::Busy { .. }), "{byte}: {again:?}");
        let mut other = digest;
        other[31] ^= 1;
        let other = store.claim(&key, Some(&other), lease, keep).await.unwrap();
        assert_eq!(other, hookseal_service::Verdict::Conflict { is_done: false });
    }
}

/// A handler that panics, or that nobody waits for any longer, leaves its delivery to the next.
async fn futures_that_are_dropped(place: impl Place) {
    let claims = place.claims();
    let delivery = event("evt_1");
    let never = claims.handle(&delivery, std::future::pending::<Result<(), ()>>());
    assert!(tokio::time::timeout(Duration::from_millis(200), never).await.is_err());
    is_free(&claims).await;
    let other = claims.clone();
    let panicked = tokio::spawn(async move {
        let handler =
            async { if true { panic!("a fault of the handler") } else { Ok::<(), ()>(()) } };
        let _ = other.handle(&event("evt_1"), handler).await;
    });
    assert!(panicked.await.unwrap_err().is_panic());
    is_free(&claims).await;
}

/// Released, though its lease is not over.
async fn is_free<S: Store>(claims: &Claims<S>) {
    for _ in 0..100 {
        match claims.claim(&event("evt_1")).await.unwrap() {
            Claim::Run(run) => return assert!(run.release().await.unwrap()),
            Claim::Busy { .. } => tokio::time::sleep(Duration::from_millis(20)).await,
            other => panic!("{other:?}"),
        }
    }
    panic!("it was never released");
}
