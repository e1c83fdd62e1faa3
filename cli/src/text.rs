//! How values are written for people.

use hookseal::UnixTime;

/// Text of a sender, safe for a terminal: control characters are escaped, and what is longer than
/// `limit` characters is cut.
pub(crate) fn printable(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    for (count, each) in text.chars().enumerate() {
        if count == limit {
            shown.push('…');
            break;
        }
        if each.is_control() || is_invisible(each) {
            shown.extend(each.escape_unicode());
        } else {
            shown.push(each);
        }
    }
    shown
}

/// Characters that reorder or hide the text around them.
fn is_invisible(each: char) -> bool {
    matches!(each, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || each == '\u{feff}'
}

/// `2023-11-14T22:13:20Z`, with milliseconds where there are any.
pub(crate) fn date_time(time: UnixTime) -> String {
    let seconds = time.as_secs();
    let millis = time.as_millis().rem_euclid(1000);
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let clock = seconds.rem_euclid(86_400);
    let (hour, minute, second) =
        (clock.div_euclid(3600), clock.div_euclid(60).rem_euclid(60), clock.rem_euclid(60));
    let fraction = if millis == 0 { String::new() } else { format!(".{millis:03}") };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// How far a time lies from another, in words.
pub(crate) fn distance(time: UnixTime, now: UnixTime) -> String {
    let apart = now.as_secs().saturating_sub(time.as_secs());
    match apart {
        0 => "now".to_owned(),
        1.. => format!("{apart} s ago"),
        _ => format!("{} s ahead", apart.saturating_neg()),
    }
}

/// Width of what is told of one thing, in columns.
const WIDTH: usize = 80;

/// A text in lines of at most 80 columns, the second and all after it behind `indent` blanks. A
/// word that is longer stays whole.
pub(crate) fn folded(text: &str, indent: usize) -> String {
    let mut folded = String::new();
    let mut column = indent;
    for word in text.split(' ') {
        let width = word.chars().count();
        if column.saturating_add(width) > WIDTH && column > indent {
            folded.truncate(folded.trim_end().len());
            folded.push('\n');
            folded.extend(core::iter::repeat_n(' ', indent));
            column = indent;
        }
        folded.push_str(word);
        folded.push(' ');
        column = column.saturating_add(width).saturating_add(1);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Year, month and day of a day counted from 1970-01-01, by the Gregorian calendar. Years are
/// counted from March, so that the leap day is the last of its year.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468); // from 0000-03-01
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let leaps = (of_era / 1460).saturating_sub(of_era / 36_524).saturating_add(of_era / 146_096);
    let year_of_era = of_era.saturating_sub(leaps) / 365;
    let start = year_of_era
        .saturating_mul(365)
        .saturating_add(year_of_era / 4)
        .saturating_sub(year_of_era / 100);
    let of_year = of_era.saturating_sub(start);
    let from_march = of_year.saturating_mul(5).saturating_add(2) / 153;
    let first = from_march.saturating_mul(153).saturating_add(2) / 5;
    let day = of_year.saturating_sub(first).saturating_add(1);
    let month =
        if from_march < 10 { from_march.saturating_add(3) } else { from_march.saturating_sub(9) };
    let year = era.saturating_mul(400).saturating_add(year_of_era);
    (if month <= 2 { year.saturating_add(1) } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let at = |seconds| date_time(UnixTime::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_700_000_000), "2023-11-14T22:13:20Z");
        assert_eq!(at(4_107_542_399), "2100-02-28T23:59:59Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(at(-1), "1969-12-31T23:59:59Z");
        assert_eq!(date_time(UnixTime::from_millis(1_500)), "1970-01-01T00:00:01.500Z");
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut last = date(-1);
        for day in 0..200_000 {
            let next = date(day);
            let follows = (next.0, next.1, next.2) == (last.0, last.1, last.2 + 1)
                || (next == (last.0, last.1 + 1, 1) && last.2 >= 28)
                || (next == (last.0 + 1, 1, 1) && (last.1, last.2) == (12, 31));
            assert!(follows, "{last:?} {next:?}");
            last = next;
        }
    }

    #[test]
    fn a_long_text_is_folded_between_its_words() {
        let text = "word ".repeat(30);
        let folded = folded(text.trim_end(), 13);
        assert_eq!(folded.split_whitespace().count(), 30);
        let lines: Vec<usize> = folded.lines().map(|it| it.chars().count()).collect();
        assert_eq!(lines, [64, 77, 32], "{folded}");
        assert_eq!(super::folded(&"x".repeat(99), 13), "x".repeat(99));
        assert_eq!(super::folded("", 13), "");
    }

    #[test]
    fn text_of_a_sender_cannot_steer_the_terminal() {
        assert_eq!(printable("a\x1b[2Jb\r\n", 20), "a\\u{1b}[2Jb\\u{d}\\u{a}");
        assert_eq!(printable("evt_ü", 20), "evt_ü");
        assert_eq!(printable("abcdef", 3), "abc…");
        assert_eq!(printable("a\u{202e}b", 9), "a\\u{202e}b");
    }
}
