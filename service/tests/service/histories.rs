//! The check of histories itself.

use crate::history::{Call, Event, Given, Time, is_linearizable};

const CLAIM: Call = Call::Claim { digest: 0, lease: 60_000_000, keep: 600_000_000 };

fn judge(events: &[(Call, Given, Time, Time)]) -> bool {
    let event = |&(call, given, began, ended)| Event { call, given, began, ended };
    is_linearizable(&mut events.iter().map(event).collect::<Vec<_>>())
}

#[test]
fn what_a_store_may_do() {
    let complete = Call::Complete { fence: 1, keep: 600_000_000 };
    let ours = Given::Ours(true);
    assert!(judge(&[(CLAIM, Given::Run(1), 0, 9), (CLAIM, Given::Busy, 1, 2)]));
    assert!(judge(&[
        (CLAIM, Given::Done, 0, 99), // at its end
        (complete, ours, 20, 30),
        (CLAIM, Given::Run(1), 0, 9),
    ]));
    let later = 60_000_000;
    assert!(judge(&[
        (CLAIM, Given::Run(1), 0, 9),
        (CLAIM, Given::Run(2), later, later + 9),
        (complete, Given::Ours(false), later + 20, later + 21),
    ]));
}

#[test]
fn what_a_store_may_not_do() {
    let complete = Call::Complete { fence: 1, keep: 600_000_000 };
    let ours = Given::Ours(true);
    let two_runs = [(CLAIM, Given::Run(1), 0, 9), (CLAIM, Given::Run(2), 0, 9)];
    let same_fence = [
        (CLAIM, Given::Run(1), 0, 9),
        (Call::Release { fence: 1 }, ours, 10, 11),
        (CLAIM, Given::Run(1), 12, 13),
    ];
    let busy_before = [(CLAIM, Given::Busy, 0, 5), (CLAIM, Given::Run(1), 6, 9)];
    let lost =
        [(CLAIM, Given::Run(1), 0, 9), (complete, ours, 10, 11), (CLAIM, Given::Run(2), 12, 13)];
    let old_fence = [
        (CLAIM, Given::Run(1), 0, 9),
        (CLAIM, Given::Run(2), 60_000_000, 60_000_009),
        (complete, ours, 60_000_010, 60_000_011),
    ];
    for history in [&two_runs[..], &same_fence, &busy_before, &lost, &old_fence] {
        assert!(!judge(history), "{history:?}");
    }
}
