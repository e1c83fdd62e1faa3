//! JSON that was parsed and written again: the ways in which it may have been written before.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::layouts::{COMPACT, LAYOUTS, RECEIVED, SPACED, USUAL, WRITERS};
use super::tokens::{Kind, Text, Token};
use super::written::{Escapes, Style, write};
use super::{Flow, Take, orders};

/// What some writers escape, for the sake of HTML or of mails.
const HTML: [&[u8]; 6] = [b"<>&", b"@", b"@%<", b"<>&'=", b"<>&'", b"\"&'+<>`"];

/// Most kinds of escapes that are tried; most styles in the order as it came, and in another.
const MAX_ESCAPES: usize = 32;
const MAX_STYLES: usize = 400;
const MAX_SORTED: usize = 200;

const ENDS: [&str; 3] = ["", "\n", "\r\n"];

pub(super) fn each(body: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    styles(body, all, &mut |how, bytes| take(&format!("the body's JSON written {how}"), bytes))
}

/// The plainest ways: what may come after another change.
pub(super) fn plain(body: &[u8], _: bool, take: &mut Take<'_>) -> Flow {
    let Some(text) = Text::read(body) else { return Flow::Continue(()) };
    for (end, layout) in ENDS.into_iter().flat_map(|end| [(end, COMPACT), (end, SPACED)]) {
        let style = Style { layout, escapes: None, end };
        let what = format!("the body's JSON written {}", named(&style, false));
        take(&what, &write(&text, &text.tokens, &style))?;
    }
    Flow::Continue(())
}

/// A JSON text in the usual styles, or in all.
pub(super) fn styles(json: &[u8], all: bool, take: &mut Take<'_>) -> Flow {
    let Some(text) = Text::read(json) else { return Flow::Continue(()) };
    let escapes = escapes(&text);
    in_styles(&text, &text.tokens, false, (all, &escapes), take)?;
    let sorted = sorted(&text);
    if !Text::is_as_it_came(&sorted) {
        in_styles(&text, &sorted, true, (all, &escapes), take)?;
    }
    if all {
        orders::numbers(&text, &[RECEIVED, COMPACT, SPACED], take)?;
        orders::orders(&text, &[COMPACT, SPACED], take)?;
    }
    Flow::Continue(())
}

fn in_styles(
    text: &Text<'_>,
    tokens: &[Token],
    sorted: bool,
    (all, escapes): (bool, &[Escapes]),
    take: &mut Take<'_>,
) -> Flow {
    let layouts = if all { LAYOUTS.len() } else { USUAL };
    let ends = if all { ENDS.len() } else { 1 };
    let as_they_came = LAYOUTS.iter().take(layouts).map(|layout| (layout, None));
    let kinds = escapes.iter().enumerate().take(if all { MAX_ESCAPES } else { WRITERS.len() });
    let others = kinds.flat_map(|(at, escapes)| {
        // Strings with the escapes alone that must be are in every layout.
        let layouts = match (all, at) {
            (true, 0) => LAYOUTS.len(),
            (true, _) => USUAL,
            (false, _) => 3,
        };
        LAYOUTS.iter().take(layouts).map(move |layout| (layout, Some(*escapes)))
    });
    let styles = as_they_came.chain(others);
    let styles = ENDS.into_iter().take(ends).flat_map(|end| {
        styles.clone().map(move |(layout, escapes)| Style { layout: *layout, escapes, end })
    });
    // White space as it came goes with the order as it came.
    let most = if sorted { MAX_SORTED } else { MAX_STYLES };
    for style in styles.filter(|style| !(sorted && style.layout.received)).take(most) {
        take(&named(&style, sorted), &write(text, tokens, &style))?;
    }
    Flow::Continue(())
}

/// What a style is called.
pub(super) fn named(style: &Style, sorted: bool) -> String {
    let mut name = String::from(style.layout.name);
    if sorted {
        name.push_str(", its keys sorted");
    }
    if let Some(escapes) = style.escapes {
        name.push_str(if escapes.ascii {
            ", all but ASCII as \\u escapes"
        } else {
            ", its strings with the escapes alone that must be"
        });
        for (is, what) in [
            (escapes.slash, ", slashes escaped"),
            (!escapes.also.is_empty(), ", what is special in HTML escaped"),
            (escapes.separators && !escapes.ascii, ", line separators escaped"),
            (escapes.upper, ", escapes in upper case"),
        ] {
            name.push_str(if is { what } else { "" });
        }
    }
    match style.end {
        "" => {}
        "\n" => name.push_str(", a line feed at its end"),
        _ => name.push_str(", CR LF at its end"),
    }
    name
}

/// The keys of every object in order of their bytes, as they are without escapes.
fn sorted(text: &Text<'_>) -> Vec<Token> {
    text.reordered(&mut |_, members| {
        members.sort_by_cached_key(|(at, _)| {
            let mut name = Vec::new();
            if let Some(token) = text.tokens.get(*at) {
                text.value(token).for_each_run(&mut |run| name.extend_from_slice(run));
            }
            name
        });
    })
}

/// The kinds of escapes: those of well-known writers, and all that make a difference in this text.
fn escapes(text: &Text<'_>) -> Vec<Escapes> {
    let has = Characters::of(text);
    let mut sets: Vec<&'static [u8]> = Vec::from([&b""[..]]);
    for set in HTML {
        if sets.iter().all(|other| has.of_set(other) != has.of_set(set)) {
            sets.push(set);
        }
    }
    let mut all = Vec::from(WRITERS);
    for also in sets {
        for ascii in [false, true].into_iter().take(if has.wide { 2 } else { 1 }) {
            for slash in [false, true].into_iter().take(if has.of_set(b"/") > 0 { 2 } else { 1 }) {
                let digits = ascii || !also.is_empty() || has.separators || has.control;
                for upper in [false, true].into_iter().take(if digits { 2 } else { 1 }) {
                    let plain = Escapes { ascii, upper, slash, also, separators: false };
                    all.push(plain);
                    if has.separators && !ascii {
                        all.push(Escapes { separators: true, ..plain });
                    }
                }
            }
        }
    }
    all
}

/// Which characters the strings of a text have.
#[derive(Default)]
struct Characters {
    ascii: u128,
    wide: bool,
    separators: bool,
    /// Control characters that have no short escape.
    control: bool,
}

impl Characters {
    fn of(text: &Text<'_>) -> Self {
        let mut has = Characters::default();
        for token in text.tokens.iter().filter(|it| matches!(it.kind, Kind::Name | Kind::Text)) {
            text.value(token).for_each_run(&mut |run| has.add(run));
        }
        has
    }

    fn add(&mut self, run: &[u8]) {
        for byte in run {
            match byte {
                0x80.. => self.wide = true,
                _ => self.ascii |= bit(*byte),
            }
            self.control |= matches!(byte, 0..=7 | 0xB | 0xE..=0x1F);
        }
        self.separators |= run.windows(3).any(|it| matches!(it, [0xE2, 0x80, 0xA8 | 0xA9]));
    }

    /// Those of a set that are there.
    fn of_set(&self, set: &[u8]) -> u128 {
        self.ascii & set.iter().fold(0, |set, byte| set | bit(*byte))
    }
}

/// The bit of an ASCII character.
fn bit(byte: u8) -> u128 {
    1u128.wrapping_shl(byte.into())
}
