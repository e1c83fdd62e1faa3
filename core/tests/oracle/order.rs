//! What a recipe is asked to send: random bodies, ids and times, now and then an odd one.

use super::genuine::{Time, Unit};
use super::spell::calendar;
use crate::support::dice::{Dice, LETTERS};

/// How this delivery differs from an ordinary one, although it is rightly signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twist {
    None,
    /// The time is spelled as the provider never spells it.
    OddTime,
    /// The event id holds a dot.
    DottedId,
    /// The event id is empty.
    EmptyId,
}

pub(crate) struct Order<'d> {
    pub(crate) dice: &'d mut Dice,
    pub(crate) twist: Twist,
}

/// A body, and whether it is JSON with the fields that were asked for.
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    pub(crate) json: bool,
}

impl Body {
    /// What the fields hold, if they are there.
    pub(crate) fn holds(&self, text: &str) -> Option<String> {
        (self.json && !text.is_empty()).then(|| text.to_owned())
    }
}

impl Order<'_> {
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        let length = self.dice.length(1..=30);
        let tail = self.dice.text(LETTERS, length);
        match self.twist {
            Twist::DottedId => format!("{prefix}.{tail}"),
            Twist::EmptyId => String::new(),
            _ => format!("{prefix}{tail}"),
        }
    }

    pub(crate) fn uuid(&mut self) -> String {
        let mut part = |length| self.dice.text("0123456789abcdef", length);
        [part(8), part(4), part(4), part(4), part(12)].join("-")
    }

    /// A name such as `user.created`.
    pub(crate) fn kind(&mut self) -> &'static str {
        self.dice.pick(&["user.created", "push", "Issue", "order/paid", "a_b:c", "v2.core.event"])
    }

    /// Ten digits of Unix seconds.
    pub(crate) fn seconds(&mut self, past: i64, future: i64) -> Time {
        let seconds = match self.dice.below(8) {
            0 => self.dice.pick(&[1_000_000_000, 9_999_999_999, 2_147_483_648, 4_294_967_296]),
            _ => self.dice.between(1_000_000_000, 9_999_999_999),
        };
        let text = self.number(seconds.to_string());
        self.time(text, seconds * 1000, Unit::Seconds, past, future)
    }

    /// Thirteen digits of Unix milliseconds.
    pub(crate) fn millis(&mut self, past: i64, future: i64) -> Time {
        let millis = match self.dice.below(8) {
            0 => self.dice.pick(&[1_000_000_000_000, 9_999_999_999_999, 1_700_000_000_999]),
            _ => self.dice.between(1_000_000_000_000, 9_999_999_999_999),
        };
        let text = self.number(millis.to_string());
        self.time(text, millis, Unit::Millis, past, future)
    }

    /// RFC 3339 with a fraction of up to nine digits, in UTC or, seldom, at an offset.
    pub(crate) fn rfc3339(&mut self, past: i64, future: i64) -> Time {
        let seconds = self.dice.between(0, 253_402_000_000);
        let digits = self.dice.pick(&[0, 0, 3, 3, 6, 9, 1, 2, 4]);
        let fraction = self.dice.text("0123456789", digits);
        let millis = format!("{fraction:0<3}")[..3].parse::<i64>().unwrap();
        let point = if fraction.is_empty() { "" } else { "." };
        let offset = if self.dice.one_in(6) { self.dice.between(-839, 839) } else { 0 };
        let zone = match offset {
            0 => "Z".to_owned(),
            1.. => format!("+{:02}:{:02}", offset / 60, offset % 60),
            _ => format!("-{:02}:{:02}", -offset / 60, -offset % 60),
        };
        let local = calendar((seconds + offset * 60).max(0));
        let seconds = (seconds + offset * 60).max(0) - offset * 60;
        let mut text = format!("{local}{point}{fraction}{zone}");
        if self.twist == Twist::OddTime {
            text = self.odd_date(&text, &local);
        }
        self.time(text, seconds * 1000 + millis, Unit::Rfc3339, past, future)
    }

    fn odd_date(&mut self, text: &str, local: &str) -> String {
        match self.dice.below(12) {
            0 => text.replace('T', "t"),
            1 => format!("{local}z"),
            2 => text.replace('T', " "),
            3 => local.to_owned(),
            4 => format!("{}-13-01T00:00:00Z", &local[..4]),
            5 => format!("{}-02-30T00:00:00Z", &local[..4]),
            6 => format!("{}T24:00:00Z", &local[..10]),
            7 => format!("{}:60Z", &local[..16]),
            8 => format!("{local}.1234567890Z"),
            9 => format!("{local}.Z"),
            10 => format!("{local}+0100"),
            _ => "1700000000".to_owned(),
        }
    }

    fn number(&mut self, digits: String) -> String {
        if self.twist != Twist::OddTime {
            return digits;
        }
        match self.dice.below(8) {
            0 => format!("+{digits}"),
            1 => format!("-{digits}"),
            2 => format!("0{digits}"),
            3 => format!("{digits}0"),
            4 => digits[1..].to_owned(),
            5 => format!("{digits}.0"),
            6 => format!("{}e1", &digits[1..]),
            _ => format!("{}x", &digits[1..]),
        }
    }

    fn time(&self, text: String, millis: i64, unit: Unit, past: i64, future: i64) -> Time {
        let odd = self.twist == Twist::OddTime;
        Time { text, millis, unit, past, future, in_body: false, odd }
    }

    /// Any body: JSON with these string fields (`a` or `a.b`), or something else.
    pub(crate) fn body(&mut self, fields: &[(&str, &str)]) -> Body {
        if !self.dice.one_in(3) {
            return self.json(fields, None);
        }
        let bytes = match self.dice.below(6) {
            0 => Vec::new(),
            1 => b"token=xyz&command=%2Fweather&text=94070+a%20b".to_vec(),
            2 => "caf\u{e9} \u{2615}\r\n\t\u{1f980}\n".as_bytes().to_vec(),
            3 => self.dice.bytes(1 << 12),
            4 => b"\xef\xbb\xbf{\"id\":\"after a mark\"} \x00\xff\xfe".to_vec(),
            _ => {
                let length = self.dice.length(1..=300);
                self.dice.bytes(length)
            }
        };
        Body { bytes, json: false }
    }

    /// JSON with these string fields, and one number as it is written.
    pub(crate) fn json(&mut self, fields: &[(&str, &str)], number: Option<(&str, &str)>) -> Body {
        let mut members: Vec<(String, Vec<String>)> = Vec::new();
        for (path, text) in fields {
            let text = self.string(text);
            match path.split_once('.') {
                None => members.push((self.string(path), vec![text])),
                Some((outer, inner)) => {
                    let outer = self.string(outer);
                    let pair = format!("{}:{text}", self.string(inner));
                    match members.iter_mut().find(|(name, _)| unescaped(name) == unescaped(&outer))
                    {
                        Some((_, pairs)) => pairs.push(pair),
                        None => members.push((outer, vec![pair, "\"deep\":[{}]".to_owned()])),
                    }
                }
            }
        }
        members
            .extend(number.map(|(name, digits)| (format!("\"{name}\""), vec![digits.to_owned()])));
        self.wrap(members)
    }

    /// Puts members between others that could be taken for them.
    fn wrap(&mut self, members: Vec<(String, Vec<String>)>) -> Body {
        const DECOYS: [&str; 6] = [
            r#""items":[{"id":"decoy","type":"decoy"},[],{}]"#,
            r#""inner":{"id":"decoy","webhookTimestamp":1,"event_id":{}}"#,
            r#""price":-12.50e+3"#,
            "\"note\":\"Za\u{17c}\u{f3}\u{142}\u{107} \\u00e9 \\ud83e\\udd80 \\\"id\\\":\\\"decoy\\\"\"",
            r#""none":null"#,
            r#""yes":true"#,
        ];
        let blank = self.dice.pick(&["", "", " ", "\n  ", "\t"]);
        let mut texts: Vec<String> = Vec::new();
        for (name, values) in members {
            let nested = values.len() > 1;
            let inside = values.join(",");
            texts.push(if nested {
                format!("{name}:{{{inside}}}")
            } else {
                format!("{name}:{inside}")
            });
        }
        for decoy in DECOYS {
            if self.dice.one_in(3) {
                let at = self.dice.below(texts.len() + 1);
                texts.insert(at, decoy.to_owned());
            }
        }
        if self.dice.one_in(8) {
            let long = self.dice.text(LETTERS, 2000);
            texts.push(format!("\"long\":\"{long}\""));
        }
        let end = self.dice.pick(&["", "", "\n", "\r\n"]);
        let text = format!("{{{blank}{}{blank}}}{end}", texts.join(&format!(",{blank}")));
        Body { bytes: text.into_bytes(), json: true }
    }

    /// A JSON string; now and then its first letter is escaped.
    fn string(&mut self, text: &str) -> String {
        match text.chars().next() {
            Some(first) if self.dice.one_in(10) => {
                format!("\"\\u{:04x}{}\"", u32::from(first), &text[first.len_utf8()..])
            }
            _ => format!("\"{text}\""),
        }
    }
}

/// The name in a member's quotes, of which only the first letter may be escaped.
fn unescaped(name: &str) -> String {
    let inside = name.trim_matches('"');
    match inside.strip_prefix("\\u").map(|rest| rest.split_at(4)) {
        Some((digits, rest)) => {
            let code = u32::from_str_radix(digits, 16).unwrap();
            format!("{}{rest}", char::from_u32(code).unwrap())
        }
        None => inside.to_owned(),
    }
}
