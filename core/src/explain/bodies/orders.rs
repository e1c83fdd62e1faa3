//! What parsing loses for good, guessed: how numbers were spelled, and the order of keys.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::anew::named;
use super::tokens::{Kind, Text, Token};
use super::written::{Layout, Style, write};
use super::{Flow, Take};

/// Largest texts of which spellings of numbers and orders of keys are tried.
const MAX_NUMBERS: usize = 64 << 10;
const MAX_ORDERS: usize = 16 << 10;

/// Most combinations of spellings; most orders.
const MAX_SPELLINGS: usize = 243;
const MAX_PERMUTED: usize = 720;

/// Most keys of an object of which all orders are tried.
const MAX_KEYS: usize = 6;

/// Keys that providers write first; all others follow as they came, `data` there or last.
const USUAL: [&[&[u8]]; 4] = [
    &[b"id", b"object"],
    &[b"id", b"object", b"type", b"event", b"action", b"api_version", b"created", b"created_at"],
    &[b"type", b"event", b"event_type", b"action", b"id", b"created_at", b"timestamp"],
    &[b"event", b"id", b"type", b"created", b"created_at", b"timestamp"],
];

/// Names, or lists of names, by the number of their kind. One map for both: a second kind of map is
/// some kilobytes of WebAssembly.
type Kinds<'t> = BTreeMap<Vec<&'t [u8]>, usize>;

/// Other spellings of the numbers: those under one name are spelled in one way.
pub(super) fn numbers(text: &Text<'_>, layouts: &[Layout], take: &mut Take<'_>) -> Flow {
    if text.body.len() > MAX_NUMBERS {
        return Flow::Continue(());
    }
    let groups = number_groups(text);
    let names = groups.iter().flatten().max().map_or(0, |last| last.saturating_add(1));
    let mut radix = 1_usize;
    (0..names.min(64)).for_each(|_| radix = radix.saturating_mul(3));
    // All combinations; or, where there are too many, all numbers alike, or those of one name.
    let choices: Vec<Vec<u8>> = if radix <= MAX_SPELLINGS {
        (1..radix).map(|choice| digits_of(choice, names)).collect()
    } else {
        let alike = (1..=2).map(|it| alloc::vec![it; names]);
        let alone = (0..names.min(40)).flat_map(|at| {
            (1..=2).map(move |it| {
                let mut one = alloc::vec![0; names];
                one.iter_mut().skip(at).take(1).for_each(|spelling| *spelling = it);
                one
            })
        });
        alike.chain(alone).collect()
    };
    let mut tokens = text.tokens.clone();
    for choice in choices {
        for (token, group) in tokens.iter_mut().zip(&groups) {
            token.spelling = group.and_then(|group| choice.get(group).copied()).unwrap_or_default();
        }
        for layout in layouts {
            let style = Style { layout: *layout, escapes: None, end: "" };
            let what = format!("{}, numbers with other decimals", named(&style, false));
            take(&what, &write(text, &tokens, &style))?;
        }
    }
    Flow::Continue(())
}

/// Of each token that is a number, the number of its name.
fn number_groups(text: &Text<'_>) -> Vec<Option<usize>> {
    let mut names = Kinds::new();
    let mut name: &[u8] = b"";
    let of = |token: &Token| match token.kind {
        Kind::Name => {
            name = text.raw(token);
            None
        }
        Kind::Number => {
            let next = names.len();
            Some(*names.entry(Vec::from([name])).or_insert(next))
        }
        _ => None,
    };
    text.tokens.iter().map(of).collect()
}

fn digits_of(number: usize, count: usize) -> Vec<u8> {
    let mut rest = number;
    let digit = |_| {
        let digit = u8::try_from(rest % 3).unwrap_or_default();
        rest /= 3;
        digit
    };
    (0..count).map(digit).collect()
}

/// A number in another spelling. An integer: with one 0 after a point (1), with two (2). With a
/// fraction: as an integer where it is 0, else with one more 0 (1); with two decimals (2). With an
/// exponent: without it (1), also with `.0` (2).
pub(super) fn spelled(raw: &[u8], spelling: u8) -> Vec<u8> {
    let point = raw.iter().position(|byte| *byte == b'.');
    let fraction = point.and_then(|at| raw.get(at..)).and_then(|it| it.get(1..));
    match fraction {
        _ if raw.iter().any(|byte| matches!(byte, b'e' | b'E')) => {
            let end: &[u8] = if spelling == 1 { b"" } else { b".0" };
            without_exponent(raw).map_or(raw.to_vec(), |it| [&it, end].concat())
        }
        None => [raw, if spelling == 1 { b".0" } else { b".00" }].concat(),
        Some(zeros) if spelling == 1 && zeros.iter().all(|byte| *byte == b'0') => {
            raw.get(..point.unwrap_or_default()).unwrap_or_default().to_vec()
        }
        Some(_) if spelling == 1 => [raw, b"0"].concat(),
        Some([_]) => [raw, b"0"].concat(),
        Some(_) => raw.to_vec(),
    }
}

/// `1.7E9` as `1700000000`, where it is an integer of at most 21 digits.
fn without_exponent(raw: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(raw).ok()?;
    let at = text.bytes().position(|byte| matches!(byte, b'e' | b'E'))?;
    let (mantissa, exponent) = text.split_at_checked(at)?;
    let exponent: usize = exponent.get(1..)?.parse().ok()?;
    let point = mantissa.bytes().position(|byte| byte == b'.');
    let (whole, fraction) = mantissa.split_at_checked(point.unwrap_or(mantissa.len()))?;
    let fraction = fraction.strip_prefix('.').unwrap_or_default().trim_end_matches(['0']);
    let zeros = exponent.checked_sub(fraction.len()).filter(|zeros| *zeros <= 20)?;
    let mut number = [whole, fraction].concat().into_bytes();
    number.resize(number.len().saturating_add(zeros), b'0');
    Some(number)
}

/// Other orders of the keys: the usual ones, then all. Objects of the same keys have one order.
pub(super) fn orders(text: &Text<'_>, layouts: &[Layout], take: &mut Take<'_>) -> Flow {
    if text.body.len() > MAX_ORDERS {
        return Flow::Continue(());
    }
    let mut in_order = |tokens: &[Token], layout: &Layout| {
        let style = Style { layout: *layout, escapes: None, end: "" };
        let what = format!("{}, its keys in another order", named(&style, false));
        take(&what, &write(text, tokens, &style))
    };
    for first in USUAL {
        for is_data_last in [false, true] {
            let tokens = text.reordered(&mut |_, members| {
                members.sort_by_key(|(at, _)| rank(key(text, *at), first, is_data_last));
            });
            layouts.iter().try_for_each(|layout| in_order(&tokens, layout))?;
        }
    }
    let shapes = Shapes::of(text);
    let total = shapes.counts.iter().fold(1_usize, |all, count| all.saturating_mul(*count));
    for layout in layouts {
        for choice in 1..total.min(MAX_PERMUTED) {
            in_order(&shapes.ordered(text, choice), layout)?;
        }
    }
    Flow::Continue(())
}

/// Where a key usually is.
fn rank(key: &[u8], first: &[&[u8]], is_data_last: bool) -> usize {
    let at = first.iter().position(|it| *it == key);
    at.unwrap_or(if is_data_last && key == b"data" { usize::MAX } else { first.len() })
}

/// The kinds of objects that a text has.
#[derive(Default)]
struct Shapes {
    /// Of each token that opens an object, which kind that is.
    of: Vec<Option<usize>>,
    /// Of each kind, how many orders are tried: all, or that in which it came.
    counts: Vec<usize>,
}

impl Shapes {
    fn of(text: &Text<'_>) -> Self {
        let mut shapes = Shapes::default();
        let mut known = Kinds::new();
        for (open, token) in text.tokens.iter().enumerate() {
            if token.kind != (Kind::Open { object: true }) {
                shapes.of.push(None);
                continue;
            }
            let keys: Vec<_> = text.members(open).iter().map(|(at, _)| key(text, *at)).collect();
            let orders = if keys.len() > MAX_KEYS { 1 } else { (1..=keys.len()).product() };
            let next = shapes.counts.len();
            let shape = *known.entry(keys).or_insert(next);
            if shape == next {
                shapes.counts.push(orders);
            }
            shapes.of.push(Some(shape));
        }
        shapes
    }

    /// The tokens in one of the orders. The outermost object's changes first.
    fn ordered(&self, text: &Text<'_>, choice: usize) -> Vec<Token> {
        let mut rest = choice;
        let choice = |count: &usize| {
            let own = rest.checked_rem(*count).unwrap_or_default();
            rest = rest.checked_div(*count).unwrap_or_default();
            own
        };
        let choices: Vec<usize> = self.counts.iter().map(choice).collect();
        text.reordered(&mut |open, members| {
            let shape = self.of.get(open).copied().flatten();
            let choice = shape.and_then(|shape| choices.get(shape)).copied();
            if let Some(choice @ 1..) = choice {
                *members = permuted(members, choice);
            }
        })
    }
}

fn key<'t>(text: &Text<'t>, at: usize) -> &'t [u8] {
    let raw = text.tokens.get(at).map(|token| text.raw(token)).unwrap_or_default();
    raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default()
}

/// The permutation of this number, in lexicographic order.
fn permuted<T: Copy>(items: &[T], number: usize) -> Vec<T> {
    let mut left = items.to_vec();
    let mut rest = number;
    let mut out = Vec::with_capacity(items.len());
    while !left.is_empty() {
        let tails: usize = (1..left.len()).product();
        let at = rest.checked_div(tails).unwrap_or_default().min(left.len().saturating_sub(1));
        rest = rest.checked_rem(tails).unwrap_or_default();
        out.push(left.remove(at));
    }
    out
}
