//! A plainly wrong secret: nothing is wrong that could be tried, so nothing may be proved.

use hookseal::explain::Certainty;

use crate::random::{fresh, genuine, row, rows};
use crate::support::dice::Dice;

const CASES: u64 = 10_000;

#[test]
fn nothing_is_proved_of_a_wrong_secret() {
    let halves: Vec<[u64; 2]> = std::thread::scope(|scope| {
        let threads = [0, 1].map(|half| scope.spawn(move || explained((half..CASES).step_by(2))));
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let [explained, trials] = [0, 1].map(|at| halves.iter().map(|it| it[at]).sum::<u64>());
    // A secret of a few rows is drawn from five pairs of keys, and may be the same.
    assert!(explained * 100 >= CASES * 98, "only {explained}");
    assert!(trials > 20 * explained, "hardly anything was tried: {trials}");
}

/// How many were explained, with how many trials.
fn explained(cases: impl Iterator<Item = u64>) -> [u64; 2] {
    let rows = rows();
    let mut sum = [0; 2];
    for case in cases {
        let mut dice = Dice::for_case(0x0ff, "nothing", case);
        // Few bytes, as each of some hundred trials reads them all.
        let made = (0..8).find_map(|_| {
            let row = row(&mut dice, &rows);
            genuine(&mut dice, row, 12)
        });
        let mut scene = made.expect("a row that signs").scene;
        scene.secrets[0] = fresh(&mut dice, scene.row.0).verifier.into();
        if scene.verifies() {
            continue;
        }
        let explanation = scene.explain();
        let proved = explanation.causes().iter().find(|it| it.confidence() == Certainty::Proved);
        assert!(proved.is_none(), "{}, case {case}: {proved:?}", scene.row.0.name);
        assert!(!explanation.causes().is_empty() && !explanation.verdict().is_verified());
        sum[0] += 1;
        sum[1] += u64::from(explanation.trials());
    }
    sum
}
