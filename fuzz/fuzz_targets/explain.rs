//! Any row, any request, any secrets: what is explained is what the verifier says, at a bounded
//! cost; a refused delivery has a cause, and one that verifies has none.
#![no_main]

use hookseal::explain::{Certainty, Explainer, Group, MAX_TRIALS, Verdict};
use hookseal::{Error, Request, Scheme, SetupError, UnixTime, Verifier};
use hookseal_fuzz::{Facts, Owned, genuine, row, secret};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    row: u16,
    /// Of another row, where it is no multiple of 8: the delivery.
    sent_by: u8,
    seconds: u32,
    late: i32,
    body: &'a [u8],
    event_id: &'a str,
    changes: Vec<Change<'a>>,
    setup: Setup<'a>,
}

#[derive(Arbitrary, Debug)]
struct Setup<'a> {
    weak: bool,
    any_time: bool,
    tolerance: Option<u16>,
    future_tolerance: Option<u16>,
    body_limit: Option<u8>,
    /// What is put around the row's secret.
    around: (&'a str, &'a str),
    more: Option<&'a [u8]>,
    other: Option<&'a [u8]>,
}

#[derive(Arbitrary, Debug)]
enum Change<'a> {
    FlipBody(u16, u8),
    SetBody(&'a [u8]),
    AppendBody(&'a [u8]),
    CutBody(u8),
    SetHeader(u8, &'a [u8]),
    CutHeader(u8, u8),
    AddHeader(&'a str, &'a [u8]),
    RenameHeader(u8, &'a str),
    DropHeader(u8),
    RepeatHeader(u8),
    Url(&'a str),
}

fuzz_target!(|input: Input<'_>| {
    let scheme = row(input.row);
    let sent_by = if input.sent_by.is_multiple_of(8) { scheme } else { row(input.sent_by.into()) };
    let now = UnixTime::from_secs(1_000_000_000 + i64::from(input.seconds));
    let url = "https://example.com/a?b=c%3Ad";
    let facts = Facts { body: input.body, event_id: input.event_id, now, url };
    let Some(mut received) = genuine(sent_by, &facts) else { return };
    input.changes.iter().take(4).for_each(|change| apply(change, &mut received));
    let at = UnixTime::from_secs(now.as_secs() + i64::from(input.late));

    let (before, after) = input.setup.around;
    let own = [before, secret(scheme), after].concat();
    let secrets: Vec<&[u8]> =
        [Some(own.as_bytes()), input.setup.more].into_iter().flatten().collect();
    let verifier = verifier(scheme, &secrets, &input.setup);
    let explainer = explainer(scheme, &secrets, &input.setup);
    received.with(|request| {
        let expected = match &verifier {
            Err(error) => Verdict::Unusable(*error),
            Ok(verifier) => verdict(verifier.verify(request, at).map(drop)),
        };
        explained(&explainer, request, at, expected);
    });
});

fn verdict(judged: Result<(), Error>) -> Verdict {
    judged.map_or_else(Verdict::Refused, |()| Verdict::Verified)
}

/// Explains, and holds it against what the verifier says.
fn explained(explainer: &Explainer<'_>, request: &Request<'_>, at: UnixTime, expected: Verdict) {
    let explanation = explainer.explain(request, at);
    assert_eq!(explanation.verdict(), expected);
    assert!(explanation.trials() <= MAX_TRIALS);
    let causes = explanation.causes();
    assert_eq!(causes.is_empty(), expected.is_verified());
    let proved = causes.first().filter(|it| it.confidence() == Certainty::Proved);
    assert!(proved.is_none_or(|it| it.code().group() != Group::None));
    // Written in every way, and read by another reader of JSON.
    let text = format!("{explanation}{explanation:?}{explainer:?}");
    assert!(text.contains(explanation.scheme()));
    let json: serde_json::Value = serde_json::from_str(&explanation.to_json()).expect("JSON");
    assert_eq!(json["verdict"], expected.code());
    assert_eq!(json["causes"].as_array().map(Vec::len), Some(causes.len()));
    _ = explainer.danger_expected_signature(request);
}

fn verifier<'s>(
    scheme: &'s Scheme<'s>,
    secrets: &[&[u8]],
    setup: &Setup<'_>,
) -> Result<Verifier<'s>, SetupError> {
    let mut verifier = match setup.weak {
        true => Verifier::danger_weak_secret(scheme, secrets[0])?,
        false => Verifier::new(scheme, secrets[0])?,
    };
    for secret in &secrets[1..] {
        verifier = match setup.weak {
            true => verifier.and_danger_weak_secret(secret)?,
            false => verifier.and_secret(secret)?,
        };
    }
    if let Some(seconds) = setup.tolerance {
        verifier = verifier.tolerance(seconds.into())?;
    }
    if let Some(seconds) = setup.future_tolerance {
        verifier = verifier.future_tolerance(seconds.into())?;
    }
    if setup.any_time {
        verifier = verifier.danger_any_time();
    }
    if let Some(bytes) = setup.body_limit {
        verifier = verifier.body_limit(bytes.into());
    }
    Ok(verifier)
}

fn explainer<'s>(scheme: &'s Scheme<'s>, secrets: &[&'s [u8]], setup: &Setup<'s>) -> Explainer<'s> {
    let mut explainer = Explainer::new(scheme, secrets[0]);
    for secret in &secrets[1..] {
        explainer = explainer.and_secret(*secret);
    }
    if let Some(other) = setup.other {
        explainer = explainer.other_secret(other);
    }
    if setup.weak {
        explainer = explainer.danger_weak_secrets();
    }
    if let Some(seconds) = setup.tolerance {
        explainer = explainer.tolerance(seconds.into());
    }
    if let Some(seconds) = setup.future_tolerance {
        explainer = explainer.future_tolerance(seconds.into());
    }
    if setup.any_time {
        explainer = explainer.danger_any_time();
    }
    if let Some(bytes) = setup.body_limit {
        explainer = explainer.body_limit(bytes.into());
    }
    explainer
}

fn apply(change: &Change<'_>, to: &mut Owned) {
    let count = to.headers.len().max(1);
    let pick = |at: u8| usize::from(at) % count;
    match change {
        Change::FlipBody(at, bit) => {
            let length = to.body.len().max(1);
            if let Some(byte) = to.body.get_mut(usize::from(*at) % length) {
                *byte ^= 1 << (bit % 8);
            }
        }
        Change::SetBody(body) => to.body = body.to_vec(),
        Change::AppendBody(more) => to.body.extend_from_slice(more),
        Change::CutBody(by) => to.body.truncate(to.body.len().saturating_sub(usize::from(*by))),
        Change::SetHeader(at, new) => {
            if let Some((_, value)) = to.headers.get_mut(pick(*at)) {
                *value = new.to_vec();
            }
        }
        Change::CutHeader(at, by) => {
            if let Some((_, value)) = to.headers.get_mut(pick(*at)) {
                value.truncate(value.len().saturating_sub(usize::from(*by)));
            }
        }
        Change::AddHeader(name, value) => to.headers.push(((*name).into(), value.to_vec())),
        Change::RenameHeader(at, name) => {
            if let Some((old, _)) = to.headers.get_mut(pick(*at)) {
                *old = (*name).into();
            }
        }
        Change::DropHeader(_) if to.headers.is_empty() => {}
        Change::DropHeader(at) => _ = to.headers.remove(pick(*at)),
        Change::RepeatHeader(at) => to.headers.extend(to.headers.get(pick(*at)).cloned()),
        Change::Url(url) => to.url = (*url).to_owned(),
    }
}
