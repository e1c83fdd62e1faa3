//! The ways in which a delivery is changed, and what must come of each.

mod around;
mod list;
mod spelling;

use super::genuine::{Genuine, Id, Spot};
use super::recipes::Recipe;
use super::trial::{Trial, Verdict};
use crate::support::dice::Dice;

macro_rules! mutations {
    ($($name:ident)+) => {
        /// One change to a delivery.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Mutation { $($name,)+ }

        impl Mutation {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

mutations! {
    None BodyBit BodyGrows SignatureBit TimeBit IdBit WrongSecret Truncated Extended
    SignatureDropped TimeDropped IdDropped SignatureDoubled TimeDoubled IdDoubled
    SignatureEmptied TimeEmptied IdEmptied UpperCase OtherAlphabet NoPadding NoPrefix
    SecondSecret Junk WrongItems TooManyItems OtherSeparator SameTimeTwice AnotherTime LongHeader
    Url NoUrl Method LowerMethod NoMethod NamesRecased
}

/// What a mutation does to the verdict.
pub(crate) enum Effect {
    /// Nothing: the delivery is as genuine as it was.
    Neutral,
    Refused(Verdict),
}

impl Mutation {
    /// `None`: this delivery has nothing that could be changed so.
    pub(crate) fn apply(self, on: &mut Trial, recipe: &Recipe, dice: &mut Dice) -> Option<Effect> {
        let from = &mut on.genuine;
        match self {
            Self::None => Some(Effect::Neutral),
            Self::BodyBit => Some(body_bit(from, dice)),
            Self::BodyGrows => Some(body_grows(from, dice)),
            Self::SignatureBit => Some(spelling::signature_bit(from, dice)),
            Self::TimeBit => spelling::time_bit(from, dice),
            Self::IdBit => spelling::id_bit(from, dice),
            Self::Truncated | Self::Extended => Some(spelling::resized(from, self, dice)),
            Self::SignatureDropped | Self::TimeDropped | Self::IdDropped => dropped(from, self),
            Self::SignatureDoubled | Self::TimeDoubled | Self::IdDoubled => {
                doubled(from, self, dice)
            }
            Self::SignatureEmptied | Self::TimeEmptied | Self::IdEmptied => emptied(from, self),
            Self::UpperCase | Self::OtherAlphabet | Self::NoPadding => {
                spelling::respelled(from, self)
            }
            Self::NoPrefix => spelling::no_prefix(from, dice),
            Self::Junk | Self::WrongItems | Self::TooManyItems => list::items(from, self, dice),
            Self::OtherSeparator => list::other_separator(from, dice),
            Self::SameTimeTwice | Self::AnotherTime => list::another_time(from, self, dice),
            Self::LongHeader => Some(list::long_header(from, dice)),
            Self::Url | Self::NoUrl => around::url(from, self, dice),
            Self::Method | Self::LowerMethod | Self::NoMethod => around::method(from, self),
            Self::NamesRecased => Some(around::names_recased(from, dice)),
            Self::WrongSecret => Some(around::wrong_secret(on, recipe, dice)),
            Self::SecondSecret => Some(around::second_secret(on, recipe, dice)),
        }
    }

    /// Where in the headers the part is that this mutation is about.
    fn spot(self, from: &Genuine) -> Option<Spot> {
        match self {
            Self::TimeDropped | Self::TimeDoubled | Self::TimeEmptied => from.time_spot.clone(),
            Self::IdDropped | Self::IdDoubled | Self::IdEmptied => from.id_spot.clone(),
            _ => Some(from.signature.clone()),
        }
    }
}

fn refused(code: &'static str) -> Effect {
    Effect::Refused(Verdict::Code(code))
}

/// After a change to the body: a time that is in it may be spoiled too.
fn body_changed(from: &Genuine) -> Effect {
    match &from.time {
        _ if !from.signs_body() => Effect::Neutral,
        Some(time) if time.in_body => Effect::Refused(Verdict::Refused),
        _ => refused("signature_mismatch"),
    }
}

fn body_bit(from: &mut Genuine, dice: &mut Dice) -> Effect {
    dice.flip(&mut from.body);
    body_changed(from)
}

fn body_grows(from: &mut Genuine, dice: &mut Dice) -> Effect {
    match dice.pick(&[b'\n', b' ', 0]) {
        end if dice.one_in(2) => from.body.push(end),
        start => from.body.insert(0, start),
    }
    body_changed(from)
}

fn dropped(from: &mut Genuine, what: Mutation) -> Option<Effect> {
    let spot = what.spot(from)?;
    let signed_id = matches!(from.id, Id::Signed { .. });
    from.headers[spot.header] = ("X-Nothing".to_owned(), Vec::new());
    Some(match what {
        Mutation::IdDropped if !signed_id => {
            from.id = Id::Open;
            Effect::Neutral
        }
        // Svix's alias may be there as a decoy, and then it counts.
        Mutation::IdDropped if named(from, "webhook-id") => refused("signature_mismatch"),
        Mutation::IdDropped => refused("missing_event_id"),
        Mutation::TimeDropped if spot.header == from.signature.header => {
            refused("missing_signature")
        }
        Mutation::TimeDropped if named(from, "webhook-timestamp") => refused("signature_mismatch"),
        Mutation::TimeDropped => refused("missing_timestamp"),
        _ => refused("missing_signature"),
    })
}

fn named(from: &Genuine, name: &str) -> bool {
    from.headers.iter().any(|(other, _)| other == name)
}

fn doubled(from: &mut Genuine, what: Mutation, dice: &mut Dice) -> Option<Effect> {
    let spot = what.spot(from)?;
    let (name, value) = from.headers[spot.header].clone();
    let value = if dice.one_in(2) { value } else { b"another".to_vec() };
    match dice.one_in(2) {
        true => from.headers.push((name, value)),
        false => from.headers.insert(0, (name, value)),
    }
    if what == Mutation::IdDoubled && !matches!(from.id, Id::Signed { .. }) {
        from.id = Id::Open;
        return Some(Effect::Neutral);
    }
    Some(refused("repeated_header"))
}

fn emptied(from: &mut Genuine, what: Mutation) -> Option<Effect> {
    let spot = what.spot(from)?;
    from.headers[spot.header].1.clear();
    Some(match what {
        Mutation::IdEmptied if !matches!(from.id, Id::Signed { .. }) => {
            from.id = Id::Open;
            Effect::Neutral
        }
        Mutation::IdEmptied => refused("malformed_event_id"),
        Mutation::TimeEmptied if spot.header != from.signature.header => {
            refused("malformed_timestamp")
        }
        _ => refused("malformed_signature"),
    })
}
