//! Any row: a genuine delivery, changed in any way, verifies only while everything that is bound
//! is as it was; and a request that nobody signed never verifies.
#![no_main]

use hookseal::{Body, Clock, Scheme, UnixTime, Verifier};
use hookseal_fuzz::{Facts, Owned, first_name, genuine, row, secret};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    row: u16,
    kind: Kind<'a>,
}

#[derive(Arbitrary, Debug)]
enum Kind<'a> {
    /// A genuine delivery and what is changed in it.
    Changed { body: &'a [u8], event_id: &'a str, seconds: u32, late: i16, changes: Vec<Change<'a>> },
    /// A request that nobody signed, in the row's own headers and others.
    Raw { headers: Vec<(u8, &'a [u8])>, other: &'a str, body: &'a [u8], url: &'a str },
}

#[derive(Arbitrary, Debug)]
enum Change<'a> {
    FlipBody(u16, u8),
    AppendBody(&'a [u8]),
    CutBody(u8),
    FlipHeader(u8, u16, u8),
    SetHeader(u8, &'a [u8]),
    AppendHeader(u8, &'a [u8]),
    DropHeader(u8),
    RepeatHeader(u8),
    UpperCase(u8),
    Url(&'a str),
    Method(&'a str),
}

fuzz_target!(|input: Input<'_>| {
    let scheme = row(input.row);
    match input.kind {
        Kind::Changed { body, event_id, seconds, late, changes } => {
            let now = UnixTime::from_secs(1_000_000_000 + i64::from(seconds));
            let facts = Facts { body, event_id, now, url: "https://example.com/a?b=c%3Ad" };
            let Some(sent) = genuine(scheme, &facts) else { return };
            let mut received = sent.clone();
            changes.iter().take(8).for_each(|change| apply(change, &mut received));
            let at = UnixTime::from_secs(now.as_secs() + i64::from(late));
            changed(scheme, &sent, &received, now, at);
        }
        Kind::Raw { headers, other, body, url } => {
            let names = names(scheme);
            let name = |pick: u8| names.get(usize::from(pick)).copied().unwrap_or(other).to_owned();
            let headers = headers.iter().map(|(pick, value)| (name(*pick), value.to_vec()));
            let raw = Owned {
                headers: headers.collect(),
                body: body.to_vec(),
                url: url.to_owned(),
                method: "POST".to_owned(),
            };
            let verifier = Verifier::new(scheme, secret(scheme)).unwrap().danger_any_time();
            let now = UnixTime::from_secs(1_700_000_000);
            raw.with(|request| assert!(verifier.verify(request, now).is_err(), "a forgery"));
        }
    }
});

/// What was received verifies, then all that is bound is what was sent.
fn changed(
    scheme: &'static Scheme<'static>,
    sent: &Owned,
    received: &Owned,
    now: UnixTime,
    at: UnixTime,
) {
    // These say themselves until when they are good.
    let is_jws = scheme.encoding == hookseal::Encoding::Jws;
    if is_jws || scheme.timestamp.is_some_and(|time| time.clock == Clock::Expiry) {
        return;
    }
    let verifier = Verifier::new(scheme, secret(scheme)).unwrap();
    let in_time = scheme.timestamp.is_none_or(|time| {
        let late = at.as_secs() - now.as_secs();
        late <= i64::from(time.past) && -late <= i64::from(time.future)
    });
    received.with(|request| {
        let found = verifier.verify(request, at);
        assert!(sent != received || found.is_ok() == in_time, "genuine: {found:?}");
        let Ok(delivery) = found else { return };
        assert!(in_time, "outside of its window");
        let holds = received.holds(scheme, secret(scheme));
        assert!(holds, "{}: the second reading refuses it: {received:?}", scheme.name);
        let bound = delivery.bound();
        let plain = scheme.signed.text().contains("{body}");
        match delivery.body() {
            // Fields have more spellings than one.
            Body::Signed(body) => {
                assert!(bound.body.is_whole() && (body == sent.body || !plain), "another body");
            }
            Body::Unsigned(_) => assert!(!bound.body.is_whole()),
        }
        assert!(
            !bound.timestamp || delivery.sent_at().map(UnixTime::as_secs) == Some(now.as_secs())
        );
        assert!(!bound.method || received.method == sent.method, "another method");
        let as_it_is = scheme.signed.text().contains("{url}");
        assert!(!as_it_is || received.url == sent.url, "another URL");
        sent.with(|request| {
            let original = verifier.verify(request, at).unwrap();
            if bound.event_id {
                let texts = [&delivery, &original].map(|it| it.event_id().map(|id| id.to_text()));
                assert_eq!(texts[0], texts[1], "another event id");
            }
            if bound.body.is_whole() {
                assert_eq!(delivery.replay_key(b"scope"), original.replay_key(b"scope"));
            }
        });
    });
}

/// The names of the headers that a row reads.
fn names(scheme: &'static Scheme<'static>) -> Vec<&'static str> {
    let id = scheme.event_id.map(|id| id.source);
    let time = scheme.timestamp.map(|time| time.source);
    [Some(scheme.signature), time, id].into_iter().flatten().map(first_name).collect()
}

fn apply(change: &Change<'_>, to: &mut Owned) {
    let count = to.headers.len().max(1);
    let pick = |at: u8| usize::from(at) % count;
    match change {
        Change::FlipBody(at, bit) => flip(&mut to.body, *at, *bit),
        Change::AppendBody(more) => to.body.extend_from_slice(more),
        Change::CutBody(by) => to.body.truncate(to.body.len().saturating_sub(usize::from(*by))),
        Change::Url(url) => to.url = (*url).to_owned(),
        Change::Method(method) => to.method = (*method).to_owned(),
        Change::DropHeader(at) if !to.headers.is_empty() => _ = to.headers.remove(pick(*at)),
        Change::RepeatHeader(at) => {
            let again = to.headers.get(pick(*at)).cloned();
            to.headers.extend(again);
        }
        Change::UpperCase(at) => {
            if let Some((name, _)) = to.headers.get_mut(pick(*at)) {
                name.make_ascii_uppercase();
            }
        }
        Change::FlipHeader(at, byte, bit) => {
            if let Some((_, value)) = to.headers.get_mut(pick(*at)) {
                flip(value, *byte, *bit);
            }
        }
        Change::SetHeader(at, new) => {
            if let Some((_, value)) = to.headers.get_mut(pick(*at)) {
                *value = new.to_vec();
            }
        }
        Change::AppendHeader(at, more) => {
            if let Some((_, value)) = to.headers.get_mut(pick(*at)) {
                value.extend_from_slice(more);
            }
        }
        Change::DropHeader(_) => {}
    }
}

fn flip(bytes: &mut [u8], at: u16, bit: u8) {
    let length = bytes.len().max(1);
    if let Some(byte) = bytes.get_mut(usize::from(at) % length) {
        *byte ^= 1 << (bit % 8);
    }
}
