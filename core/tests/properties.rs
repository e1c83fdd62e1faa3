//! What holds for every row: of any body, id, secret and moment, a signed delivery verifies, and
//! nothing that differs from it in what is bound does.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "support/properties/bound.rs"]
mod bound;
#[path = "support/properties/leaks.rs"]
mod leaks;
#[path = "support/properties/made.rs"]
mod made;
mod reference;
#[path = "support/properties/refused.rs"]
mod refused;
#[path = "support/properties/replay.rs"]
mod replay;
mod sender;
#[path = "support/properties/setup.rs"]
mod setup;
mod support;
#[path = "support/properties/window.rs"]
mod window;

use core::cell::Cell;

use hookseal::{Scheme, providers};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// What a delivery is made of. Each row takes of it what it needs.
#[derive(Clone, Debug)]
struct Seed {
    body: Vec<u8>,
    id: String,
    other_id: String,
    key: Vec<u8>,
    other_key: Vec<u8>,
    /// Milliseconds, of ten digits in seconds and thirteen in milliseconds.
    now: i64,
    /// For choices among bits and positions.
    dice: u64,
}

fn seed(body: usize) -> impl Strategy<Value = Seed> {
    let id = "[A-Za-z0-9_-]{1,24}";
    let key = || vec(any::<u8>(), 16..64);
    let now = 1_000_000_000_000..10_000_000_000_000_i64;
    let parts = (vec(any::<u8>(), 0..body), id, id, key(), key(), now, any::<u64>());
    parts.prop_map(|(body, id, other_id, key, other_key, now, dice)| Seed {
        body,
        other_id: if other_id == id { format!("{id}0") } else { other_id },
        id,
        key,
        other_key,
        now,
        dice,
    })
}

/// Runs a test over every row that can be signed, with `cases` seeds each, always the same ones; a
/// failing seed is shrunk and printed. A public key's row has an eighth of the cases, as it takes a
/// hundred times as long. Returns how many times the test ran.
fn for_every_row(cases: u32, body: usize, test: impl Fn(&'static Scheme<'static>, &Seed)) -> u64 {
    let ran = Cell::new(0);
    let mut rows = 0;
    for row in providers::ALL.iter().filter(|row| sender::is_signable(row)) {
        rows += 1;
        let public = reference::tag::is_public(row);
        let cases = if public { cases.div_ceil(8) } else { cases };
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[0x5e; 32]);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let outcome = runner.run(&seed(body), |seed| {
            ran.set(ran.get() + 1);
            test(row, &seed);
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", row.name);
        }
    }
    assert!(rows * 10 > providers::ALL.len() * 9, "rows were left out");
    assert!(ran.get() >= u64::from(cases) * rows as u64 / 2, "cases were left out");
    ran.get()
}
