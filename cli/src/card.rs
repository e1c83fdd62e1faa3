//! What is known of one provider, for a person: at most 80 columns.

use hookseal::{Scheme, Source};

use crate::bound::{named, weak};
use crate::words;

/// The columns of a line, and those of its label.
const WIDTH: usize = 80;
const LABEL: usize = 14;

/// All that is known of a row, and what is weak about it.
pub(crate) fn warned(scheme: &Scheme<'_>) -> String {
    let warnings = weak(scheme).map(|finding| line("WARNING", finding.message()));
    card(scheme) + &warnings.collect::<String>()
}

/// All that is known of a row.
pub(crate) fn card(scheme: &Scheme<'_>) -> String {
    let (kept, free) = named(scheme.bound());
    let at = |source: Option<Source<'_>>| source.map(|it| words::source(&it)).unwrap_or_default();
    let mut lines = vec![
        ("algorithm", format!("{}, in {}", scheme.algorithm.name(), scheme.encoding.name())),
        ("signature", words::source(&scheme.signature)),
        ("secret", words::secret(scheme)),
        ("signed", words::visible(scheme.signed.text())),
        ("list", at(scheme.signed_headers)),
    ];
    lines.extend(scheme.checks.iter().map(|check| ("condition", words::check(check))));
    lines.extend([
        ("time", time(scheme)),
        ("event id", event_id(scheme)),
        ("event type", at(scheme.event_type)),
        ("retries", scheme.retry.name().to_owned()),
        ("binds", if kept.is_empty() { "NOTHING".to_owned() } else { kept }),
        ("not bound", free),
        ("admits", scheme.admits.iter().map(|it| it.name()).collect::<Vec<_>>().join(", ")),
    ]);
    let known = match (scheme.confidence.name(), scheme.source) {
        (confidence, "") => confidence.to_owned(),
        (confidence, source) => format!("{confidence}: {source}"),
    };
    lines.push(("known from", known));
    let known = lines.iter().filter(|(_, value)| !value.is_empty());
    format!("{}\n{}", scheme.name, known.map(|(name, value)| line(name, value)).collect::<String>())
}

fn time(scheme: &Scheme<'_>) -> String {
    scheme.timestamp.map_or_else(
        || "none".to_owned(),
        |time| {
            let (source, clock) = (words::source(&time.source), time.clock.name());
            format!("{source}; clock {clock}; window {}", words::window(time.past, time.future))
        },
    )
}

fn event_id(scheme: &Scheme<'_>) -> String {
    scheme.event_id.map_or_else(
        || "none".to_owned(),
        |id| format!("{}. {}", words::source(&id.source), id.names.meaning()),
    )
}

/// A label and its text, on as many lines as it takes.
fn line(label: &str, text: &str) -> String {
    let mut label = format!("  {label}");
    let mut lines = String::new();
    for part in wrapped(text, WIDTH.saturating_sub(LABEL)) {
        lines.push_str(&format!("{label:<LABEL$}{part}\n"));
        label.clear();
    }
    lines
}

/// A text in lines of at most `width` characters: broken between words, and inside of one only
/// where it is longer than a line, before a brace or a bracket if there is one.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        for (at, piece) in pieces(word, width).into_iter().enumerate() {
            let Some(last) = lines.last_mut() else { break };
            let room = width.saturating_sub(last.chars().count());
            let blank = usize::from(at == 0 && !last.is_empty());
            if piece.chars().count().saturating_add(blank) > room {
                lines.push(piece);
            } else {
                last.push_str(if blank == 1 { " " } else { "" });
                last.push_str(&piece);
            }
        }
    }
    lines
}

/// A word in pieces that fit a line; most words are one.
fn pieces(word: &str, width: usize) -> Vec<String> {
    if word.chars().count() <= width {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    let mut before = '\0';
    let next = word.chars().skip(1).chain(['\0']);
    for (each, next) in word.chars().zip(next) {
        let Some(last) = pieces.last_mut() else { break };
        let opens = (each == '[' && next != ']') || (each == '{' && before != '[');
        if opens && !last.is_empty() || last.chars().count() == width {
            pieces.push(String::from(each));
        } else {
            last.push(each);
        }
        before = each;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use hookseal::providers;

    #[test]
    fn every_card_fits_a_terminal_and_has_a_word_for_every_fact() {
        for scheme in providers::ALL {
            let card = warned(scheme);
            for line in card.lines() {
                assert!(line.chars().count() <= WIDTH, "{line}");
            }
            for unknown in ["another form", "another place"] {
                assert!(!card.contains(unknown), "{card}");
            }
            assert!(
                card.contains("\n  algorithm   ") && card.contains("\n  known from  "),
                "{card}"
            );
            let text: String = card.split_whitespace().collect();
            let signed: String = words::visible(scheme.signed.text()).split_whitespace().collect();
            assert!(text.contains(&signed), "{card}");
            let warned = card.contains("WARNING");
            let bound = scheme.bound();
            assert!(warned || (bound.body.is_whole() && bound.timestamp), "{card}");
        }
    }

    #[test]
    fn a_text_is_broken_between_words_and_before_braces() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a {bcd}:{efg}:", 7), ["a", "{bcd}:", "{efg}:"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("", 3), [""]);
    }
}
