//! Claims in memory: of one process, bounded, and gone when it ends.

use core::fmt;
use core::time::Duration;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::claims::Claims;
use crate::store::{Digest, Key, Pending, Settle, Store, StoreError, Verdict};

/// Claims in the memory of this process: for tests, and for one host that may forget when it starts
/// anew. Then a delivery is known by its window alone.
///
/// ```
/// use hookseal_service::MemoryClaims;
/// let claims = MemoryClaims::new(100_000).lease(30)?;
/// # Ok::<(), hookseal_service::SettingsError>(())
/// ```
pub type MemoryClaims = Claims<MemoryStore>;

impl MemoryClaims {
    /// Claims of at most so many deliveries: about 250 bytes each. The next one is refused until
    /// one is forgotten; none is ever thrown out for it.
    #[must_use]
    pub fn new(cap: usize) -> Self {
        Claims::over(MemoryStore::new(cap))
    }
}

/// The store of [`MemoryClaims`].
pub struct MemoryStore {
    cap: usize,
    clock: Box<dyn Fn() -> Duration + Send + Sync>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    entries: HashMap<Key, Entry>,
    /// The same keys, by when they are forgotten.
    ends: BTreeSet<(Duration, Key)>,
    last_fence: i64,
}

#[derive(Clone, Copy)]
struct Entry {
    digest: Option<Digest>,
    fence: i64,
    is_done: bool,
    lease_until: Duration,
    keep_until: Duration,
}

impl MemoryStore {
    /// A store of at most so many keys, by a clock that nobody sets.
    #[must_use]
    pub fn new(cap: usize) -> Self {
        let start = Instant::now();
        Self::with_clock(cap, move || start.elapsed())
    }

    /// The same by a clock of your own, which tells how much time has gone by since some moment.
    #[must_use]
    pub fn with_clock(cap: usize, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        MemoryStore { cap, clock: Box::new(clock), held: Mutex::default() }
    }

    /// How many keys are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.at_now(|held, _| held.entries.len())
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Does something now, when what is to be forgotten is.
    fn at_now<T>(&self, act: impl FnOnce(&mut Held, Duration) -> T) -> T {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = (self.clock)();
        held.forget(now);
        act(&mut held, now)
    }
}

impl Store for MemoryStore {
    fn claim<'a>(
        &'a self,
        key: &'a Key,
        digest: Option<&'a Digest>,
        lease: Duration,
        keep: Duration,
    ) -> Pending<'a, Verdict> {
        let verdict = self.at_now(|held, now| {
            let digest = digest.copied();
            if let Some(verdict) = held.entries.get(key).and_then(|it| it.stands(digest, now)) {
                return Ok(verdict);
            }
            if held.entries.len() >= self.cap && !held.entries.contains_key(key) {
                return Err(StoreError::Full);
            }
            let (lease_until, keep_until) = (now.saturating_add(lease), now.saturating_add(keep));
            held.last_fence = held.last_fence.saturating_add(1);
            let fence = held.last_fence;
            held.put(*key, Entry { digest, fence, is_done: false, lease_until, keep_until });
            Ok(Verdict::Run { fence })
        });
        Box::pin(core::future::ready(verdict))
    }

    fn settle<'a>(&'a self, key: &'a Key, fence: i64, settle: Settle) -> Pending<'a, bool> {
        let is_ours = self.at_now(|held, now| {
            let entry = held.entries.get(key).copied();
            let Some(entry) = entry.filter(|it| it.fence == fence && !it.is_done) else {
                return false;
            };
            held.put(*key, entry.settled(settle, now));
            true
        });
        Box::pin(core::future::ready(Ok(is_ours)))
    }
}

impl Held {
    fn forget(&mut self, now: Duration) {
        while let Some((end, key)) = self.ends.first().copied().filter(|(end, _)| *end <= now) {
            self.ends.remove(&(end, key));
            self.entries.remove(&key);
        }
    }

    fn put(&mut self, key: Key, entry: Entry) {
        if let Some(before) = self.entries.insert(key, entry) {
            self.ends.remove(&(before.keep_until, key));
        }
        self.ends.insert((entry.keep_until, key));
    }
}

impl Entry {
    /// Why it cannot be run; `None`: it can.
    fn stands(&self, digest: Option<Digest>, now: Duration) -> Option<Verdict> {
        if self.digest.zip(digest).is_some_and(|(one, other)| one != other) {
            Some(Verdict::Conflict { is_done: self.is_done })
        } else if self.is_done {
            Some(Verdict::Done)
        } else {
            let left = self.lease_until.saturating_sub(now);
            (!left.is_zero()).then_some(Verdict::Busy { left })
        }
    }

    fn settled(mut self, settle: Settle, now: Duration) -> Self {
        match settle {
            Settle::Complete { keep } => {
                self.is_done = true;
                self.keep_until = now.saturating_add(keep);
            }
            Settle::Extend { lease } => self.lease_until = now.saturating_add(lease),
            Settle::Release => self.lease_until = now,
        }
        self
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("cap", &self.cap).finish_non_exhaustive()
    }
}
