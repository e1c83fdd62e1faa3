//! What is the memory's own: its bound.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hookseal_service::{Claim, Claims, MemoryStore, SettingsError, StoreError};

use crate::deliveries::event;

/// Claims whose clock stands still until it is moved.
fn claims(cap: usize) -> (Claims<MemoryStore>, Arc<AtomicU64>) {
    let clock = Arc::new(AtomicU64::new(0));
    let now = clock.clone();
    let now = move || Duration::from_secs(now.load(Ordering::SeqCst));
    (Claims::over(MemoryStore::with_clock(cap, now)), clock)
}

/// At the cap what is new is refused, what is there stays, and what is forgotten makes room.
#[tokio::test]
async fn the_cap() {
    let (claims, clock) = claims(100);
    for number in 0..100 {
        clock.store(number, Ordering::SeqCst);
        let Claim::Run(run) = claims.claim(&event(&format!("evt_{number}"))).await.unwrap() else {
            panic!("{number} is new");
        };
        assert!(run.complete().await.unwrap());
    }
    for _ in 0..3 {
        assert!(matches!(claims.claim(&event("evt_new")).await, Err(StoreError::Full)));
        for number in 0..100 {
            let known = claims.claim(&event(&format!("evt_{number}"))).await.unwrap();
            assert!(matches!(known, Claim::Done), "{number}: {known:?}");
        }
    }
    assert_eq!(claims.store().len(), 100);
    // The first is forgotten seven days after it was done.
    clock.store(7 * 24 * 60 * 60, Ordering::SeqCst);
    assert_eq!(claims.store().len(), 99);
    assert!(matches!(claims.claim(&event("evt_new")).await.unwrap(), Claim::Run(_)));
    assert!(matches!(claims.claim(&event("evt_newer")).await, Err(StoreError::Full)));
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Done));
}

/// A run whose lease is over is there still, and may be taken over at the cap.
#[tokio::test]
async fn a_lease_that_is_over_makes_no_room() {
    let (claims, clock) = claims(1);
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Run(_)));
    clock.store(3600, Ordering::SeqCst);
    assert!(matches!(claims.claim(&event("evt_2")).await, Err(StoreError::Full)));
    assert!(matches!(claims.claim(&event("evt_1")).await.unwrap(), Claim::Run(_)));
    assert!(!claims.store().is_empty());
}

#[test]
fn settings_that_cannot_be_meant() {
    let claims = || claims(1).0;
    assert_eq!(claims().lease(0).unwrap_err(), SettingsError::NoLease);
    assert_eq!(claims().keep(60).unwrap_err(), SettingsError::LeaseNotBelowKeep);
    assert_eq!(claims().lease(7 * 24 * 60 * 60).unwrap_err(), SettingsError::LeaseNotBelowKeep);
    assert!(claims().keep(61).unwrap().lease(60).is_ok());
    let shown = format!("{:?} {:?}", claims(), claims().erased());
    assert!(shown.contains("lease: 60, keep: 604800"), "{shown}");
}

#[tokio::test]
async fn errors_tell_their_outcome() {
    let (claims, _) = claims(0);
    let error = claims.claim(&event("evt_1")).await.unwrap_err();
    assert_eq!(error.outcome(), hookseal::ReceiverOutcome::StoreFull);
    assert_eq!(error.to_string(), hookseal::ReceiverOutcome::StoreFull.message());
    let cause = StoreError::unavailable("no route to it");
    assert_eq!(std::error::Error::source(&cause).unwrap().to_string(), "no route to it");
    assert_eq!(cause.outcome(), hookseal::ReceiverOutcome::StoreUnavailable);
}
