//! No explanation tells a secret, a key or the signature that would verify.

use core::fmt::Write as _;

use hookseal::explain::{Explainer, Explanation, Framework};

use crate::hidden::Hidden;
use crate::random::{CHEAP, WAYS, genuine, row, rows, spoil};
use crate::support::dice::Dice;

/// Explanations of the short form, and of the long one.
const SHORT: u64 = 10_000;
const LONG: u64 = 100_000;

/// Set, this runs the long form.
const ALL: &str = "HOOKSEAL_ALL_LEAKS";

#[test]
fn nothing_secret_is_told() {
    let long = std::env::var_os(ALL).is_some();
    let count = if long { LONG } else { SHORT };
    let halves: Vec<Tally> = std::thread::scope(|scope| {
        let threads = [0, 1].map(|half| scope.spawn(move || told((half..count).step_by(2))));
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let sum = |of: fn(&Tally) -> u64| halves.iter().map(of).sum::<u64>();
    let explained = sum(|it| it.explained);
    assert!(explained * 20 >= count * 19, "only {explained} deliveries");
    assert!(sum(|it| it.verified) > count / 5, "hardly any verified");
    assert!(sum(|it| it.proved) > count / 5, "hardly any had a proved cause");
    assert!(sum(|it| it.bytes) > 1000 * explained, "hardly anything was told");
    for (at, kind) in Hidden::KINDS.iter().enumerate() {
        let [planted, found] =
            [0, 1].map(|side| halves.iter().map(|it| it.planted[at][side]).sum::<u64>());
        assert!(planted > explained / 40, "{kind}: only {planted} planted");
        assert_eq!(planted, found, "{kind}: planted leaks were overlooked");
    }
}

#[derive(Default)]
struct Tally {
    explained: u64,
    verified: u64,
    proved: u64,
    bytes: u64,
    /// For each kind, how many leaks were planted and found.
    planted: [[u64; 2]; Hidden::KINDS.len()],
}

fn told(cases: impl Iterator<Item = u64>) -> Tally {
    let rows = rows();
    let mut tally = Tally::default();
    for case in cases {
        let mut dice = Dice::for_case(0x1ea4, "leaks", case);
        let row = row(&mut dice, &rows);
        // What costs hundreds of trials comes one time in forty.
        let way = if dice.one_in(40) { dice.below(WAYS) } else { dice.below(CHEAP) };
        let Some(of) = genuine(&mut dice, row, 60) else { continue };
        let mut scene = of.scene.clone();
        spoil(way, &mut dice, &of, &mut scene);
        let mut explainer = scene.explainer();
        if dice.one_in(4) {
            explainer = explainer.framework(dice.pick(Framework::ALL));
        }
        let (explanation, expected) = scene.with(|request| {
            let expected = explainer.danger_expected_signature(request);
            (explainer.explain(request, scene.now), expected)
        });
        let text = text(&explainer, &explanation);
        let hidden = Hidden::new(&of, expected.as_deref());
        let leak = hidden.found_in(text.as_bytes());
        assert_eq!(leak, None, "{}, case {case}, spoiled {way}: {text}", scene.row.0.name);
        // One delivery in twenty is enough to show that leaks are found.
        let planted = if case.is_multiple_of(20) { hidden.planted(&text) } else { Vec::new() };
        for (kind, leak) in planted {
            let at = Hidden::KINDS.iter().position(|it| *it == kind).unwrap();
            tally.planted[at][0] += 1;
            tally.planted[at][1] += u64::from(hidden.found_in(&leak).is_some());
        }
        tally.explained += 1;
        tally.verified += u64::from(explanation.verdict().is_verified());
        let proved = |it: &hookseal::explain::Cause| it.confidence().name() == "proved";
        tally.proved += u64::from(explanation.causes().iter().any(proved));
        tally.bytes += text.len() as u64;
    }
    tally
}

/// Everything that an explanation tells, but for the view of the signed content.
fn text(explainer: &Explainer<'_>, explanation: &Explanation) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{explainer:?}\n{explainer:#?}\n{explanation:?}\n{explanation:#?}");
    let _ = writeln!(text, "{explanation}\n{}", explanation.to_json());
    for cause in explanation.causes() {
        let _ = writeln!(text, "{cause:?}\n{}\n{}", cause.what(), cause.fix());
    }
    for step in explanation.steps() {
        let _ = writeln!(text, "{step:?}\n{}", step.note());
    }
    for part in explanation.signed().parts().iter().filter(|part| part.is_secret()) {
        let _ = writeln!(text, "{part:?}\n{}\n{:?}", part.visible(1 << 16), part.bytes());
    }
    let _ = writeln!(text, "{:?}", explanation.signed());
    let _ = writeln!(text, "{:?}\n{:?}", explanation.secrets(), explanation.excluded());
    let _ = writeln!(text, "{:?} {}", explanation.verdict(), explanation.verdict().message());
    text
}
