//! Time on a machine that others use too: everybody runs a little in every round, and what counts
//! is the median of the rounds.

use std::time::{Duration, Instant};

use crate::contestants::Run;

/// What the rounds say of one contestant, in nanoseconds a call.
#[derive(Clone, Copy, Debug)]
pub struct Median {
    /// The median of its own times.
    pub time: f64,
    /// The median of what it took above the first contestant in the same round.
    pub above: f64,
}

/// Runs everybody in turn, `rounds` times; who begins changes from round to round.
#[must_use]
pub fn interleaved(runs: &[Run], rounds: usize) -> Vec<Median> {
    let calls: Vec<u32> = runs.iter().map(calls_for).collect();
    let mut times = vec![Vec::with_capacity(rounds); runs.len()];
    for round in 0..rounds {
        for turn in 0..runs.len() {
            let at = (round + turn) % runs.len();
            times[at].push(nanos(&runs[at], calls[at]));
        }
    }
    let floor = times.first().cloned().unwrap_or_default();
    let above = |own: &[f64]| own.iter().zip(&floor).map(|(own, floor)| own - floor).collect();
    times.iter().map(|own| Median { time: median(own.clone()), above: median(above(own)) }).collect()
}

/// The middle one.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A turn is long enough that reading the clock does not count, and short enough that the machine
/// is the same for all turns of a round.
const TURN: Duration = Duration::from_micros(100);

fn calls_for(run: &Run) -> u32 {
    let mut calls = 1;
    while calls < 1 << 20 {
        let begin = Instant::now();
        run(calls);
        if begin.elapsed() >= TURN / 2 {
            break;
        }
        calls *= 2;
    }
    calls
}

fn nanos(run: &Run, calls: u32) -> f64 {
    let begin = Instant::now();
    std::hint::black_box(run(calls));
    begin.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}
