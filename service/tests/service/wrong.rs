//! Stores with a fault each, which the check of histories must find: else it proves nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hookseal_service::{Claims, Digest, Key, Pending, Settle, Store, StoreError, Verdict};
use redis::AsyncCommands;
use redis::aio::ConnectionManager;

use crate::history::is_linearizable;
use crate::linear::history;
use crate::servers;
use crate::stores::{Place, over_every_store};

over_every_store! { no_fence_check keep_halved digests_dropped }

async fn no_fence_check(place: impl Place) {
    is_caught(Wrong { claims: place.claims(), fault: Fault::NoFenceCheck, last: Mutex::default() })
        .await;
}

async fn keep_halved(place: impl Place) {
    is_caught(Wrong { claims: place.claims(), fault: Fault::KeepHalved, last: Mutex::default() })
        .await;
}

async fn digests_dropped(place: impl Place) {
    is_caught(Wrong {
        claims: place.claims(),
        fault: Fault::DigestsDropped,
        last: Mutex::default(),
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn looks_and_then_takes_in_memory() {
    is_caught(LooksFirst::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn looks_and_then_takes_in_redis() {
    is_caught(GetsAndThenSets(servers::redis().await)).await;
}

/// Within a few rounds, each of twice as many calls as the one before.
async fn is_caught(store: impl Store) {
    let store = Arc::new(store);
    for round in 0..6 {
        let mut histories = history(store.clone(), 16, 1_000 << round, 100 + round).await;
        if !histories.values_mut().all(|events| is_linearizable(events)) {
            return;
        }
    }
    panic!("the fault was not caught");
}

#[derive(Debug)]
enum Fault {
    /// Whoever settles is taken for the run that is on.
    NoFenceCheck,
    KeepHalved,
    DigestsDropped,
}

/// A right store, made wrong.
#[derive(Debug)]
struct Wrong<S: Store> {
    claims: Claims<S>,
    fault: Fault,
    last: Mutex<HashMap<Key, i64>>,
}

impl<S: Store> Store for Wrong<S> {
    fn claim<'a>(
        &'a self,
        key: &'a Key,
        digest: Option<&'a Digest>,
        lease: Duration,
        keep: Duration,
    ) -> Pending<'a, Verdict> {
        let keep = if let Fault::KeepHalved = self.fault { keep / 2 } else { keep };
        let digest = digest.filter(|_| !matches!(self.fault, Fault::DigestsDropped));
        Box::pin(async move {
            let verdict = self.claims.store().claim(key, digest, lease, keep).await?;
            if let Verdict::Run { fence } = verdict {
                self.last.lock().unwrap().insert(*key, fence);
            }
            Ok(verdict)
        })
    }

    fn settle<'a>(&'a self, key: &'a Key, fence: i64, settle: Settle) -> Pending<'a, bool> {
        let last = self.last.lock().unwrap().get(key).copied();
        let fence = match self.fault {
            Fault::NoFenceCheck => last.unwrap_or(fence),
            _ => fence,
        };
        let settle = match (settle, &self.fault) {
            (Settle::Complete { keep }, Fault::KeepHalved) => Settle::Complete { keep: keep / 2 },
            (settle, _) => settle,
        };
        self.claims.store().settle(key, fence, settle)
    }
}

/// Asks whether a key is there, and then puts it there: as two steps, which others come between.
#[derive(Debug, Default)]
struct LooksFirst(Mutex<HashMap<Key, (i64, bool)>>);

impl Store for LooksFirst {
    fn claim<'a>(
        &'a self,
        key: &'a Key,
        _: Option<&'a Digest>,
        _: Duration,
        _: Duration,
    ) -> Pending<'a, Verdict> {
        Box::pin(async move {
            let held = self.0.lock().unwrap().get(key).copied();
            tokio::task::yield_now().await;
            Ok(match held {
                Some((_, true)) => Verdict::Done,
                Some((_, false)) => Verdict::Busy { left: Duration::from_secs(1) },
                None => {
                    self.0.lock().unwrap().insert(*key, (1, false));
                    Verdict::Run { fence: 1 }
                }
            })
        })
    }

    fn settle<'a>(&'a self, _: &'a Key, _: i64, _: Settle) -> Pending<'a, bool> {
        Box::pin(std::future::ready(Ok(false)))
    }
}

/// The same with a server between the steps.
struct GetsAndThenSets(ConnectionManager);

impl Store for GetsAndThenSets {
    fn claim<'a>(
        &'a self,
        key: &'a Key,
        _: Option<&'a Digest>,
        lease: Duration,
        _: Duration,
    ) -> Pending<'a, Verdict> {
        Box::pin(async move {
            let (mut connection, key) = (self.0.clone(), [b"naive", key.as_slice()].concat());
            let held: Option<i64> = connection.get(&key).await.map_err(StoreError::unavailable)?;
            if held.is_some() {
                return Ok(Verdict::Busy { left: lease });
            }
            let set = connection.set::<_, _, ()>(&key, 1).await;
            set.map_err(StoreError::unavailable)?;
            Ok(Verdict::Run { fence: 1 })
        })
    }

    fn settle<'a>(&'a self, _: &'a Key, _: i64, _: Settle) -> Pending<'a, bool> {
        Box::pin(std::future::ready(Ok(false)))
    }
}

impl std::fmt::Debug for GetsAndThenSets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GetsAndThenSets")
    }
}
