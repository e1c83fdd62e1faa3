//! The steps of the walk, as they were taken.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Verdict;
use super::wording::{Bytes, Moment, Span, apart, place};
use crate::error::Error;
use crate::facts::Clock;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::source::Place;
use crate::time::{UnixTime, Window};
use crate::walk::Probe;

/// Makes the names of steps and of what became of them.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident $word:literal $text:literal)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $(#[doc = concat!("`", $word, "`: ", $text)] $variant,)+ }

        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    )+};
}

names! {
    /// A step of the walk.
    StepName {
        Signature "signature" "the signatures are found in the request"
        Timestamp "timestamp" "the time that is signed is found and read"
        EventId "event_id" "the event id that is signed is found"
        Content "content" "all else that is signed is found"
        Mac "mac" "a signature is that of the content under a secret"
        Conditions "conditions" "what must hold beside the signature, where the scheme has such"
        Window "window" "the time lies near enough to now"
    }

    /// What became of a step.
    Outcome {
        Ok "ok" "it went well"
        Failed "failed" "here the delivery was refused"
        Absent "absent" "the scheme has no such step"
        NotReached "not_reached" "the delivery was refused before it"
    }
}

/// One step, what became of it, and a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub(super) name: StepName,
    pub(super) outcome: Outcome,
    pub(super) note: String,
}

impl Step {
    /// Which step.
    #[must_use]
    pub const fn name(&self) -> StepName {
        self.name
    }

    /// What became of it.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// A few words on it: where things were found, lengths, times.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }
}

/// Notes how far a walk comes.
#[derive(Default)]
pub(super) struct Recorder {
    signatures: Option<usize>,
    time: Option<Option<UnixTime>>,
    event_id: bool,
    hashable: bool,
    matched: Option<usize>,
    judged: Option<Option<UnixTime>>,
}

impl Probe for Recorder {
    fn signatures(&mut self, count: usize) {
        self.signatures = Some(count);
    }

    fn time(&mut self, sent_at: Option<UnixTime>) {
        self.time = Some(sent_at);
    }

    fn event_id(&mut self) {
        self.event_id = true;
    }

    fn hashable(&mut self) {
        self.hashable = true;
    }

    fn matched(&mut self, secret_index: usize) {
        self.matched = Some(secret_index);
    }

    fn judged(&mut self, sent_at: Option<UnixTime>) {
        self.judged = Some(sent_at);
    }
}

impl Recorder {
    /// The time of the delivery, where it was read.
    pub(super) fn sent_at(&self) -> Option<UnixTime> {
        self.judged.flatten().or_else(|| self.time.flatten())
    }

    /// The steps of the walk that was recorded.
    pub(super) fn steps(
        &self,
        scheme: &Scheme<'_>,
        verdict: Verdict,
        request: &Request<'_>,
        (window, now): (Window, UnixTime),
    ) -> Vec<Step> {
        let why = verdict.message();
        // Refused before the first step.
        let refused =
            matches!(verdict, Verdict::Unusable(_) | Verdict::Refused(Error::BodyTooLarge));
        let mut ladder = Ladder { steps: Vec::new(), why, refused };
        let signature = place(&scheme.signature);
        ladder.step(StepName::Signature, true, self.signatures.is_some(), || {
            match self.signatures.unwrap_or_default() {
                1 => format!("in {signature}"),
                count => format!("{count} in {signature}"),
            }
        });
        let time = scheme.timestamp.filter(|time| time.source.place != Place::Claim);
        ladder.step(StepName::Timestamp, time.is_some(), self.time.is_some(), || {
            let place = time.map(|time| place(&time.source)).unwrap_or_default();
            match self.time.flatten() {
                Some(sent) => format!("{} in {place}, {}", Moment(sent), apart(sent, now)),
                None => format!("in {place}"),
            }
        });
        let id = scheme.event_id.filter(|_| scheme.signs_event_id());
        ladder.step(StepName::EventId, id.is_some(), self.event_id, || {
            id.map(|id| format!("in {}", place(&id.source))).unwrap_or_default()
        });
        ladder.step(StepName::Content, true, self.hashable, || {
            format!("{} signed, body of {}", scheme.signed.text(), Bytes(request.body.len()))
        });
        ladder.step(StepName::Mac, true, self.matched.is_some(), || {
            let secret = self.matched.unwrap_or_default().saturating_add(1);
            format!("{} matches under secret {secret}", scheme.algorithm.name())
        });
        if scheme.is_jws() || !scheme.checks.is_empty() {
            ladder.step(StepName::Conditions, true, self.judged.is_some(), || "they hold".into());
        }
        let is_window = scheme.timestamp.is_some() || scheme.is_jws();
        let verified = verdict == Verdict::Verified;
        let clock = scheme.timestamp.map(|time| time.clock);
        ladder.step(StepName::Window, is_window, verified, || width(window, clock));
        ladder.steps
    }
}

/// Steps, up to the one at which the delivery was refused.
struct Ladder {
    steps: Vec<Step>,
    why: &'static str,
    refused: bool,
}

impl Ladder {
    fn step(&mut self, name: StepName, is: bool, ok: bool, note: impl FnOnce() -> String) {
        let (outcome, note) = match (is, ok, self.refused) {
            (false, true, _) | (false, _, true) => (Outcome::Absent, String::new()),
            (true, _, true) => (Outcome::NotReached, String::new()),
            (true, true, false) => (Outcome::Ok, note()),
            // Nothing is asked here, but the walk ended: what it read on the way to the next.
            (false, false, false) => (Outcome::Absent, String::new()),
            (true, false, false) => {
                self.refused = true;
                (Outcome::Failed, self.why.to_string())
            }
        };
        self.steps.push(Step { name, outcome, note });
    }
}

fn width(window: Window, clock: Option<Clock>) -> String {
    let side =
        |limit: Option<u32>| limit.map_or("any time".into(), |it| Span(it.into()).to_string());
    match (window.past, window.future) {
        (None, None) => "no window: any time is taken".into(),
        (past, _) if clock == Some(Clock::Expiry) => format!("not over since {}", side(past)),
        (past, future) => format!("{} back, {} ahead", side(past), side(future)),
    }
}
