//! The time in a header: in another unit, or written by another clock than the scheme reads.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Faults;
use super::list::{Edit, List, faults};
use super::spellings::each_item;
use crate::explain::cause::CauseCode;
use crate::facts::{Clock, Timestamp};
use crate::scheme::Scheme;
use crate::source::Place;

/// Longest text of a time that is changed.
const MAX_LENGTH: usize = 64;

pub(super) fn find(list: &mut List<'_, '_, '_, '_>) -> Option<Faults> {
    let time = list.scheme.timestamp.filter(|time| time.source.place != Place::Claim)?;
    in_header(list, &time).or_else(|| by_another_clock(list, &time))
}

/// The text of the time changed: what the receiver's side, or a gateway, did to it.
fn in_header(list: &mut List<'_, '_, '_, '_>, time: &Timestamp<'_>) -> Option<Faults> {
    if time.source.place != Place::Header {
        return None;
    }
    let names: Vec<&str> = time.source.names().collect();
    let [at] = list.places(&names)[..] else { return None };
    let edits: Vec<Edit> = changes(time.clock)
        .into_iter()
        .filter_map(|change| {
            let value = each_item(&time.source, list.value(at), &|text| {
                if text.len() > MAX_LENGTH { None } else { change.of(text) }
            })?;
            let what = format!("the time in {} {}", list.name(at), change.what());
            Some(Edit { code: change.code(), ..list.edit(at, value, what) })
        })
        .collect();
    let edit = edits.iter().find(|edit| list.accepts(&[*edit]))?;
    Some(faults(&[edit]))
}

/// One change to the text of a time.
#[derive(Clone, Copy)]
enum TimeChange {
    Trimmed,
    /// Digits are cut off, so many stay.
    Cut(usize),
    /// Zeros are put on.
    Longer(&'static [u8]),
    /// A fraction is cut off.
    Whole,
    /// From one clock's spelling into that of the scheme's.
    Rewritten(Clock, Clock),
}

fn changes(own: Clock) -> Vec<TimeChange> {
    let others = Clock::ALL.iter().filter(|other| **other != own);
    let fixed = [
        TimeChange::Trimmed,
        TimeChange::Cut(10),
        TimeChange::Cut(13),
        TimeChange::Longer(b"000"),
        TimeChange::Longer(b"000000"),
        TimeChange::Whole,
    ];
    fixed.into_iter().chain(others.map(|other| TimeChange::Rewritten(*other, own))).collect()
}

impl TimeChange {
    fn of(self, text: &[u8]) -> Option<Vec<u8>> {
        let is_number = text.iter().all(u8::is_ascii_digit);
        match self {
            Self::Trimmed => Some(text.trim_ascii().into()),
            Self::Cut(digits) => text.get(..digits).filter(|_| is_number).map(Into::into),
            Self::Longer(zeros) => is_number.then(|| [text, zeros].concat()),
            Self::Whole => {
                let end = text.iter().position(|byte| *byte == b'.')?;
                text.get(..end).filter(|text| text.iter().all(u8::is_ascii_digit)).map(Into::into)
            }
            Self::Rewritten(other, own) => {
                let mut written = String::new();
                own.write(other.read(text)?, &mut written).ok()?;
                Some(written.into_bytes())
            }
        }
    }

    const fn code(self) -> CauseCode {
        match self {
            Self::Trimmed => CauseCode::HeaderTruncated,
            _ => CauseCode::TimestampUnit,
        }
    }

    fn what(self) -> String {
        match self {
            Self::Trimmed => "has white space around it".into(),
            Self::Cut(10) => "counts smaller units, and seconds were signed".into(),
            Self::Cut(_) => "counts smaller units, and milliseconds were signed".into(),
            Self::Longer(_) => "counts larger units than the one that was signed".into(),
            Self::Whole => "has a fraction, and whole seconds were signed".into(),
            Self::Rewritten(other, own) => {
                format!("is {}, and {} was signed", unit(other), unit(own))
            }
        }
    }
}

/// The delivery as it is, by the same scheme with another clock.
fn by_another_clock(list: &mut List<'_, '_, '_, '_>, time: &Timestamp<'_>) -> Option<Faults> {
    let clocks = [Clock::Seconds, Clock::Millis, Clock::Iso8601, Clock::HttpDate];
    let clock = clocks.into_iter().filter(|clock| *clock != time.clock).find(|clock| {
        let time = Some(Timestamp { clock: *clock, ..*time });
        let scheme = Scheme { timestamp: time, ..*list.scheme };
        list.budget.take() && list.trial.accepts_by(&scheme, list.request)
    })?;
    let (signed, read) = (unit(clock), unit(time.clock));
    let what =
        format!("the time that came and was signed is {signed}, and this scheme's is {read}");
    Some(Vec::from([(CauseCode::TimestampUnit, what)]))
}

/// What a clock's text is.
const fn unit(clock: Clock) -> &'static str {
    match clock {
        Clock::Seconds | Clock::Expiry => "a number of seconds",
        Clock::Millis => "a number of milliseconds",
        Clock::SecondsOrMillis => "a number of seconds or milliseconds",
        Clock::Rfc3339 | Clock::Iso8601 => "a date as RFC 3339 writes it",
        Clock::HttpDate => "a date as HTTP writes it",
    }
}
