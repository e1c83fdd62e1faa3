//! Whether a history of calls is one that a single, sequential store could have given: what was
//! called, when it began and ended, and what came back.
//!
//! Keys have nothing to do with each other, so each is judged by itself. The search takes calls in
//! any order that their times allow. A call that changes nothing and fits is taken at once: putting
//! it off could help no other. So the search branches only where two changes fit.

use std::collections::HashSet;

/// Microseconds.
pub type Time = u64;

/// The store's clock is told in milliseconds.
const GRAIN: Time = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Claim { digest: u8, lease: Time, keep: Time },
    Complete { fence: i64, keep: Time },
    Extend { fence: i64, lease: Time },
    Release { fence: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    Run(i64),
    Done,
    Busy,
    /// Others got in the way three times: it says nothing of the key.
    Contended,
    Conflict(bool),
    Ours(bool),
}

#[derive(Clone, Copy, Debug)]
pub struct Event {
    pub call: Call,
    pub given: Given,
    pub began: Time,
    pub ended: Time,
}

/// A moment of the store's clock, of which it is known between what it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Moment {
    from: Time,
    to: Time,
}

impl Moment {
    fn after(event: &Event, time: Time) -> Self {
        Moment { from: event.began + time, to: event.ended + time }
    }

    /// Whether it can have come when this call happened.
    fn may_be_over(self, event: &Event) -> bool {
        self.from <= event.ended + GRAIN
    }

    fn may_be_ahead(self, event: &Event) -> bool {
        self.to + GRAIN >= event.began
    }
}

/// The model: one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum State {
    Absent,
    Held { fence: i64, digest: u8, is_done: bool, lease: Moment, keep: Moment },
}

/// What is known of a key: its state, and the largest fence that was given out for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Known {
    state: State,
    last_fence: i64,
}

impl Known {
    /// What is known after a call; `None`: the store could not have answered so.
    fn after(self, event: &Event) -> Option<Known> {
        if event.given == Given::Contended {
            return Some(self);
        }
        let forgotten = Known { state: State::Absent, ..self };
        match self.state {
            State::Absent => self.absent(event),
            State::Held { keep, .. } => {
                // What need not be known any longer may be known still to the run itself.
                let is_claim = matches!(event.call, Call::Claim { .. });
                let is_known = keep.may_be_ahead(event) || !is_claim;
                let kept = is_known.then(|| self.held(event)).flatten();
                let is_over = keep.may_be_over(event);
                kept.or_else(|| is_over.then(|| forgotten.absent(event)).flatten())
            }
        }
    }

    fn absent(self, event: &Event) -> Option<Known> {
        match (event.call, event.given) {
            (Call::Claim { .. }, Given::Run(fence)) => self.run(event, fence),
            (Call::Claim { .. }, _) => None,
            (_, given) => (given == Given::Ours(false)).then_some(self),
        }
    }

    fn run(self, event: &Event, fence: i64) -> Option<Known> {
        let Call::Claim { digest, lease, keep } = event.call else { return None };
        let (lease, keep) = (Moment::after(event, lease), Moment::after(event, keep));
        let state = State::Held { fence, digest, is_done: false, lease, keep };
        (fence > self.last_fence).then_some(Known { state, last_fence: fence })
    }

    fn held(self, event: &Event) -> Option<Known> {
        let State::Held { fence, digest, is_done, lease, keep } = self.state else { return None };
        let with = |is_done, lease, keep| {
            Some(Known { state: State::Held { fence, digest, is_done, lease, keep }, ..self })
        };
        let is_ours = |of| of == fence && !is_done;
        match (event.call, event.given) {
            (Call::Claim { digest: new, .. }, given) if new != digest => {
                (given == Given::Conflict(is_done)).then_some(self)
            }
            (Call::Claim { .. }, Given::Done) => is_done.then_some(self),
            (Call::Claim { .. }, Given::Busy) => {
                (!is_done && lease.may_be_ahead(event)).then_some(self)
            }
            (Call::Claim { .. }, Given::Run(next)) => {
                let is_free = !is_done && lease.may_be_over(event);
                is_free.then(|| self.run(event, next)).flatten()
            }
            (Call::Complete { fence, keep }, Given::Ours(true)) if is_ours(fence) => {
                with(true, lease, Moment::after(event, keep))
            }
            (Call::Extend { fence, lease }, Given::Ours(true)) if is_ours(fence) => {
                with(false, Moment::after(event, lease), keep)
            }
            (Call::Release { fence }, Given::Ours(true)) if is_ours(fence) => {
                with(false, Moment::after(event, 0), keep)
            }
            (
                Call::Complete { fence, .. } | Call::Extend { fence, .. } | Call::Release { fence },
                Given::Ours(false),
            ) => (!is_ours(fence)).then_some(self),
            _ => None,
        }
    }
}

/// Whether a history of one key is linearizable. It is sorted by when calls began.
pub fn is_linearizable(history: &mut [Event]) -> bool {
    history.sort_by_key(|event| event.began);
    let start = Known { state: State::Absent, last_fence: i64::MIN };
    let mut seen = HashSet::new();
    let mut open = vec![(start, Taken::default())];
    while let Some((mut known, mut taken)) = open.pop() {
        if !taken.advance(history, &mut known) {
            return true;
        }
        if !seen.insert((known, taken.clone())) {
            continue;
        }
        for at in taken.candidates(history) {
            if let Some(next) = known.after(&history[at]) {
                let mut taken = taken.clone();
                taken.take(at);
                open.push((next, taken));
            }
        }
    }
    false
}

/// Which calls of a history were taken: all before one, and some behind it.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Taken {
    before: usize,
    behind: Vec<usize>,
}

impl Taken {
    fn has(&self, at: usize) -> bool {
        at < self.before || self.behind.binary_search(&at).is_ok()
    }

    fn take(&mut self, at: usize) {
        let place = self.behind.binary_search(&at).unwrap_err();
        self.behind.insert(place, at);
        let whole = self.behind.iter().enumerate().take_while(|(n, at)| **at == self.before + n);
        let whole = whole.count();
        self.behind.drain(..whole);
        self.before += whole;
    }

    /// The calls of which any may be next: none ended before another began.
    fn candidates(&self, history: &[Event]) -> Vec<usize> {
        let mut first_end = Time::MAX;
        let mut found = Vec::new();
        for (at, event) in history.iter().enumerate().skip(self.before) {
            if event.began > first_end {
                break;
            }
            if !self.has(at) {
                first_end = first_end.min(event.ended);
                found.push(at);
            }
        }
        found.retain(|at| history[*at].began <= first_end);
        found
    }

    /// Takes what fits and changes nothing. `false`: that was all.
    fn advance(&mut self, history: &[Event], known: &mut Known) -> bool {
        loop {
            let unchanged = |at: &usize| known.after(&history[*at]) == Some(*known);
            let Some(at) = self.candidates(history).into_iter().find(unchanged) else {
                return self.before < history.len();
            };
            self.take(at);
        }
    }
}
