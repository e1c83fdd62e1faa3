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
    /// How far that median may be off: two standard errors, from the middle half of the rounds.
    pub error: f64,
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
    let judge = |own: &Vec<f64>| {
        let above: Vec<f64> = own.iter().zip(&floor).map(|(own, floor)| own - floor).collect();
        let [low, middle, high] = quartiles(above);
        // For a normal distribution: 1.349 standard deviations between the outer quartiles, and
        // 1.253 / √n of one standard deviation in the median.
        let error = 2.0 * 1.253 * (high - low) / 1.349 / (own.len() as f64).sqrt();
        Median { time: quartiles(own.clone())[1], above: middle, error }
    };
    times.iter().map(judge).collect()
}

fn quartiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|at| values.get(values.len() * at / 4).copied().unwrap_or(f64::NAN))
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

/// A call that is not timed comes first: it meets the caches as the one before has left them.
fn nanos(run: &Run, calls: u32) -> f64 {
    run(1);
    let begin = Instant::now();
    std::hint::black_box(run(calls));
    begin.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}
