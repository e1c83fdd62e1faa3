//! Random calls by many workers at once, against every store: what came back must be what a single,
//! sequential store could have given. A short form; `HOOKSEAL_PROVE_CLAIMS` names the number of calls
//! a store of the full one.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hookseal_service::{Claims, Digest, Key, Pending, Settle, Store, Verdict};
use tokio::task::JoinSet;

use crate::history::{Call, Event, Given, Time, is_linearizable};
use crate::stores::{Memory, Place, Postgres, Redis, Sqlite};

/// How many keys are in use at a time, and after how many calls there is a new one.
const KEYS: u64 = 4;
const CALLS: u64 = 60;

/// Times that end while the test runs.
const LEASE: u64 = 12;
const KEEP: u64 = 250;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn memory() {
    prove(Memory::new(), 30_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite() {
    prove(Sqlite::new().await, 4_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres() {
    prove(Postgres::new().await, 6_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn redis() {
    prove(Redis::new().await, 12_000).await;
}

async fn prove(place: impl Place, short: u64) {
    let asked = std::env::var("HOOKSEAL_PROVE_CLAIMS").ok();
    let calls = asked.map_or(short, |it| it.parse().expect("HOOKSEAL_PROVE_CLAIMS is a number"));
    let store = Arc::new(Of(place.claims()));
    let start = Instant::now();
    let mut total = Tally::default();
    for (round, workers) in [2, 4, 8, 16, 32, 64].into_iter().enumerate() {
        let round = u8::try_from(round).unwrap();
        let histories = history(store.clone(), workers, calls / 6 + 1, round).await;
        for (key, mut events) in histories {
            total.add(&events);
            assert!(is_linearizable(&mut events), "{workers} workers, key {key:?}: {events:#?}");
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{total:?} in {seconds:.1} s");
    assert!(total.contended * 20 < total.calls, "{total:?}");
    assert!(total.is_of_every_kind(), "the calls did not come to every outcome: {total:?}");
}

/// How often each outcome came.
#[derive(Debug, Default)]
struct Tally {
    calls: u64,
    runs: u64,
    done: u64,
    busy: u64,
    contended: u64,
    conflicts: u64,
    ours: u64,
    refused: u64,
}

impl Tally {
    fn add(&mut self, events: &[Event]) {
        for event in events {
            self.calls += 1;
            *match event.given {
                Given::Run(_) => &mut self.runs,
                Given::Done => &mut self.done,
                Given::Busy => &mut self.busy,
                Given::Contended => &mut self.contended,
                Given::Conflict(_) => &mut self.conflicts,
                Given::Ours(true) => &mut self.ours,
                Given::Ours(false) => &mut self.refused,
            } += 1;
        }
    }

    fn is_of_every_kind(&self) -> bool {
        let each = [self.runs, self.done, self.busy, self.conflicts, self.ours, self.refused];
        each.iter().all(|count| *count > 0)
    }
}

/// The store of claims.
#[derive(Debug)]
struct Of<S: Store>(Claims<S>);

impl<S: Store> Store for Of<S> {
    fn claim<'a>(
        &'a self,
        key: &'a Key,
        digest: Option<&'a Digest>,
        lease: Duration,
        keep: Duration,
    ) -> Pending<'a, Verdict> {
        self.0.store().claim(key, digest, lease, keep)
    }

    fn settle<'a>(&'a self, key: &'a Key, fence: i64, settle: Settle) -> Pending<'a, bool> {
        self.0.store().settle(key, fence, settle)
    }
}

/// What so many workers did with a store, by key.
pub async fn history(
    store: Arc<impl Store>,
    workers: u64,
    calls: u64,
    round: u8,
) -> HashMap<Key, Vec<Event>> {
    let (clock, made) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let mut tasks = JoinSet::new();
    for worker in 0..workers {
        let (store, made) = (store.clone(), made.clone());
        tasks.spawn(async move {
            let mut worker = Worker::new(worker, round, clock);
            loop {
                let number = made.fetch_add(1, Ordering::Relaxed);
                if number >= calls {
                    return worker.events;
                }
                worker.step(&*store, number).await;
            }
        });
    }
    let mut by_key: HashMap<Key, Vec<Event>> = HashMap::new();
    for (key, event) in tasks.join_all().await.into_iter().flatten() {
        by_key.entry(key).or_default().push(event);
    }
    by_key
}

struct Worker {
    random: u64,
    round: u8,
    clock: Instant,
    runs: Vec<(Key, i64)>,
    events: Vec<(Key, Event)>,
}

impl Worker {
    fn new(number: u64, round: u8, clock: Instant) -> Self {
        let random = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Worker { random, round, clock, runs: Vec::new(), events: Vec::new() }
    }

    /// Below a number.
    fn random(&mut self, below: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % below
    }

    async fn step(&mut self, store: &dyn Store, number: u64) {
        if self.random(24) == 0 {
            tokio::time::sleep(Duration::from_millis(self.random(2 * LEASE))).await;
        }
        let choice = self.random(10);
        match self.runs.len() {
            runs if runs > 0 && choice < 5 => {
                let at = usize::try_from(self.random(runs as u64)).unwrap();
                self.settle(store, at, choice).await;
            }
            _ => self.claim(store, number).await,
        }
    }

    async fn claim(&mut self, store: &dyn Store, number: u64) {
        // Some come back to a key that was done long ago.
        let back = if self.random(8) == 0 { self.random(60) } else { self.random(KEYS) };
        let mut key = [self.round; 32];
        key[..8].copy_from_slice(&(number / CALLS).saturating_sub(back).to_be_bytes());
        let digest = u8::from(self.random(12) == 0);
        let (lease, keep) = (Duration::from_millis(LEASE), Duration::from_millis(KEEP));
        let began = self.now();
        let verdict = store.claim(&key, Some(&[digest; 32]), lease, keep).await.unwrap();
        let given = match verdict {
            Verdict::Run { fence } => {
                self.runs.push((key, fence));
                Given::Run(fence)
            }
            Verdict::Done => Given::Done,
            // No lease is as long as that.
            Verdict::Busy { left } if left == Duration::from_secs(1) => Given::Contended,
            Verdict::Busy { .. } => Given::Busy,
            Verdict::Conflict { is_done } => Given::Conflict(is_done),
        };
        self.note(
            key,
            Call::Claim { digest, lease: LEASE * 1000, keep: KEEP * 1000 },
            given,
            began,
        );
    }

    async fn settle(&mut self, store: &dyn Store, at: usize, choice: u64) {
        let (key, fence) = self.runs[at];
        // Some runs are settled again: what is over must stay over.
        if self.random(3) > 0 {
            self.runs.swap_remove(at);
        }
        let (lease, keep) = (Duration::from_millis(LEASE), Duration::from_millis(KEEP));
        let (settle, call) = match choice {
            0 | 1 => (Settle::Complete { keep }, Call::Complete { fence, keep: KEEP * 1000 }),
            2 => (Settle::Extend { lease }, Call::Extend { fence, lease: LEASE * 1000 }),
            _ => (Settle::Release, Call::Release { fence }),
        };
        let began = self.now();
        let is_ours = store.settle(&key, fence, settle).await.unwrap();
        self.note(key, call, Given::Ours(is_ours), began);
    }

    fn note(&mut self, key: Key, call: Call, given: Given, began: Time) {
        self.events.push((key, Event { call, given, began, ended: self.now() }));
    }

    fn now(&self) -> Time {
        self.clock.elapsed().as_micros().try_into().unwrap()
    }
}
