//! What is explained is what was judged: the verdict is the verifier's, whatever is handed over.

use core::cell::Cell;

use hookseal::UnixTime;
use hookseal::explain::{Certainty, Group, MAX_TRIALS, Verdict};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::delivery::{Scene, Setup};
use crate::random::{WAYS, fresh, genuine, row, rows, spoil};
use crate::support::dice::Dice;

const CASES: u32 = 1500;

#[test]
fn the_verdict_is_the_verifiers() {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[0x7e; 32]);
    let seen = Cell::new([0_u32; 3]);
    let rows = rows();
    let drawn = (any::<u64>(), vec(0..WAYS, 0..3), any::<[bool; 6]>());
    let outcome = TestRunner::new_with_rng(config, rng).run(&drawn, |(seed, ways, set)| {
        let mut dice = Dice::for_case(seed, "verdict", 0);
        let row = row(&mut dice, &rows);
        if let Some(of) = genuine(&mut dice, row, 40) {
            let mut scene = of.scene.clone();
            ways.iter().for_each(|way| spoil(*way, &mut dice, &of, &mut scene));
            configure(&mut dice, &mut scene, set);
            let at = judge(&scene);
            let mut counts = seen.get();
            counts[at] += 1;
            seen.set(counts);
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let seen = seen.get();
    assert!(seen.iter().all(|count| *count > CASES / 20), "too few of one kind: {seen:?}");
}

/// Windows, limits, secrets that are short or too many, now at any time.
fn configure(
    dice: &mut Dice,
    scene: &mut Scene,
    [weak, any, narrow, late, more, bound]: [bool; 6],
) {
    let small = |dice: &mut Dice| u32::try_from(dice.below(400)).unwrap();
    scene.setup = Setup {
        weak,
        any_time: any && dice.one_in(4),
        tolerance: narrow.then(|| small(dice)),
        future_tolerance: (narrow && dice.one_in(2)).then(|| small(dice)),
        body_limit: (bound && dice.one_in(4)).then(|| dice.below(100)),
    };
    if late {
        let now = scene.now.as_millis() + dice.between(-700_000, 700_000);
        scene.now = UnixTime::from_millis(now);
    }
    if more {
        let other = fresh(dice, scene.row.0).verifier;
        let end = if dice.one_in(4) { 8 } else { other.len() };
        scene.secrets.insert(0, other.as_bytes()[..end.min(other.len())].to_vec());
    }
}

/// Compares the two, and says which kind it was.
fn judge(scene: &Scene) -> usize {
    let explanation = scene.explain();
    let (expected, kind) = match scene.judge() {
        Ok(Ok(())) => (Verdict::Verified, 0),
        Ok(Err(error)) => (Verdict::Refused(error), 1),
        Err(error) => (Verdict::Unusable(error), 2),
    };
    assert_eq!(explanation.verdict(), expected);
    assert!(explanation.trials() <= MAX_TRIALS);
    assert_eq!(explanation.causes().is_empty(), kind == 0);
    let first = explanation.causes().first();
    if let Some(cause) = first.filter(|it| it.confidence() == Certainty::Proved) {
        assert_ne!(cause.code().group(), Group::None);
    }
    kind
}
