//! One delivery with one change, and the verdict that it must get.

use super::genuine::{Genuine, Id, Time, Unit};
use super::mutation::{Effect, Mutation};
use super::order::{Order, Twist};
use super::recipes::Recipe;
use super::spell::sha256;
use crate::support::dice::Dice;

/// A delivery to be judged, and the judgement.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    pub(crate) genuine: Genuine,
    pub(crate) twist: Twist,
    pub(crate) mutation: Mutation,
    /// What the receiver holds, and which of them signed.
    pub(crate) secrets: Vec<String>,
    pub(crate) secret_index: usize,
    pub(crate) now: i64,
    pub(crate) verdict: Verdict,
}

/// What must come of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Verified,
    /// Refused with this code.
    Code(&'static str),
    /// Refused with one of these codes.
    OneOf(&'static str, &'static str),
    /// Refused; the design does not fix the code.
    Refused,
}

impl Verdict {
    /// Whether the engine's answer, a code or "verified", is this verdict.
    pub(crate) fn allows(&self, answer: &str) -> bool {
        match self {
            Self::Verified => answer == "verified",
            Self::Code(code) => answer == *code,
            Self::OneOf(one, other) => answer == *one || answer == *other,
            Self::Refused => answer != "verified",
        }
    }
}

impl Trial {
    /// A delivery of this recipe, changed by one mutation that it has room for.
    pub(crate) fn new(recipe: &Recipe, dice: &mut Dice) -> Self {
        let wanted = dice.pick(Mutation::ALL);
        let twist = match wanted {
            Mutation::None => dice.pick(&[
                Twist::None,
                Twist::None,
                Twist::None,
                Twist::OddTime,
                Twist::DottedId,
                Twist::EmptyId,
            ]),
            _ => Twist::None,
        };
        let secret = (recipe.secret)(dice);
        let genuine = (recipe.make)(&mut Order { dice, twist }, &secret);
        let now = clock(genuine.time.as_ref(), dice);
        let mut trial = Trial {
            genuine,
            twist,
            mutation: wanted,
            secrets: vec![secret],
            secret_index: 0,
            now,
            verdict: Verdict::Verified,
        };
        let mut effect = wanted.apply(&mut trial, recipe, dice);
        while effect.is_none() {
            trial.mutation = dice.pick(Mutation::ALL);
            effect = trial.mutation.apply(&mut trial, recipe, dice);
        }
        trial.verdict = match effect.unwrap() {
            Effect::Refused(verdict) => verdict,
            Effect::Neutral => trial.genuine_verdict(),
        };
        trial
    }

    /// What becomes of a delivery that is rightly signed.
    fn genuine_verdict(&self) -> Verdict {
        let Genuine { time, id, .. } = &self.genuine;
        match time {
            Some(time) if time.odd && time.in_body => return Verdict::Refused,
            Some(time) if time.odd => return Verdict::Code("malformed_timestamp"),
            _ => {}
        }
        if let Id::Signed { text, dots } = id
            && (text.is_empty() || (!dots && text.contains('.')))
        {
            return Verdict::Code("malformed_event_id");
        }
        time.as_ref().map_or(Verdict::Verified, |time| in_window(time, self.now))
    }

    /// The keys under which the delivery may be noted: made of its id, or of what was signed, as
    /// the documentation of `Delivery::replay_key` spells them.
    pub(crate) fn replay_keys(&self, scheme: &str, scope: &[u8]) -> [Option<[u8; 32]>; 2] {
        let key = |kind: u8, value: &[u8]| {
            let length = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap().to_be_bytes();
            let mut text = b"hookseal replay key 1".to_vec();
            text.extend(length(scheme.as_bytes()));
            text.extend(scheme.as_bytes());
            text.extend(length(scope));
            text.extend(scope);
            text.push(kind);
            text.extend(sha256(value));
            sha256(&text)
        };
        let bound = match &self.genuine.id {
            Id::Signed { text, .. } => Some(text),
            Id::InBody(text) => text.as_ref(),
            Id::Unsigned(_) | Id::Open => None,
        };
        let signed = match self.genuine.signs_body() {
            true => &self.genuine.content,
            false => &self.genuine.body,
        };
        [bound.map(|id| key(0, id.as_bytes())), Some(key(1, signed))]
    }
}

/// The window, to the unit in which the provider writes its time.
fn in_window(time: &Time, now: i64) -> Verdict {
    let (unit, each) = match time.unit {
        Unit::Seconds => (1000, 1),
        Unit::Millis | Unit::Rfc3339 => (1, 1000),
    };
    let age = i128::from(now.div_euclid(unit)) - i128::from(time.millis.div_euclid(unit));
    if age > i128::from(time.past * each) {
        Verdict::Code("timestamp_too_old")
    } else if -age > i128::from(time.future * each) {
        Verdict::Code("timestamp_too_new")
    } else {
        Verdict::Verified
    }
}

/// The receiver's clock, in milliseconds: mostly inside of the window, else at an edge of it, just
/// outside, far away, or at the ends of what a clock can say.
fn clock(time: Option<&Time>, dice: &mut Dice) -> i64 {
    let Some(time) = time else { return dice.between(i64::MIN / 4, i64::MAX / 4) };
    let (old, new) = (time.past * 1000, -time.future * 1000);
    let edge = dice.pick(&[old, new]);
    let age = match dice.below(20) {
        0..=10 => dice.between(new, old),
        11 => edge,
        12 => edge + dice.pick(&[-1, 1]),
        13 => edge + dice.pick(&[-1000, 1000]),
        14 => edge + dice.pick(&[-999, 999]),
        15 => edge + dice.between(-3000, 3000),
        16 => dice.pick(&[old + 1, old + 1000, new - 1, new - 1000]),
        17 => dice.between(-4_000_000_000_000, 4_000_000_000_000),
        18 => return dice.pick(&[i64::MIN, i64::MAX, 0, -1]),
        _ => dice.between(-500, 500),
    };
    time.millis + age
}
