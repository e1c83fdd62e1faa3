//! JSON as a list of tokens, written anew as programs write it.

use alloc::vec::Vec;

use crate::json_walk::{Visit, walk};
use crate::value::Value;

/// A token: what it is, and where it is in the text. 16 bytes, as a body can have millions.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// How a number is spelled: 0 as it came, else see [`super::orders::spelled`].
    pub(super) spelling: u8,
    from: u32,
    to: u32,
    /// Of an opening token, the place of the token that closes.
    end: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Open { object: bool },
    Close { object: bool },
    Name,
    Text,
    Number,
    Word,
}

/// An object's members: each by the place of its name and that of what follows its value.
pub(super) type Members = Vec<(usize, usize)>;

/// A JSON text and its tokens.
pub(super) struct Text<'t> {
    pub(super) body: &'t [u8],
    pub(super) tokens: Vec<Token>,
}

impl<'t> Text<'t> {
    /// Reads an object or an array.
    pub(super) fn read(body: &'t [u8]) -> Option<Self> {
        let mut reader = Reader { body, tokens: Vec::new(), open: Vec::new(), too_long: false };
        walk(body, &mut reader).ok()?;
        let Reader { tokens, too_long, .. } = reader;
        let is_open = matches!(tokens.first()?.kind, Kind::Open { .. });
        (is_open && !too_long).then_some(Text { body, tokens })
    }

    /// The token as it is written, a string with its quotes.
    pub(super) fn raw(&self, token: &Token) -> &'t [u8] {
        self.body.get(place(token.from)..place(token.to)).unwrap_or_default()
    }

    /// What a string says.
    pub(super) fn value(&self, token: &Token) -> Value<'t> {
        let raw = self.raw(token);
        let inside = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
        Value::escaped(inside)
    }

    /// What is between the end of one token and the start of the next.
    pub(super) fn gap(&self, before: Option<&Token>, after: Option<&Token>) -> &'t [u8] {
        let from = before.map_or(0, |token| place(token.to));
        let to = after.map_or(self.body.len(), |token| place(token.from));
        self.body.get(from..to).unwrap_or_default()
    }

    /// Whether tokens are in the order of the text.
    pub(super) fn is_as_it_came(tokens: &[Token]) -> bool {
        tokens.is_sorted_by_key(|token| token.from)
    }

    /// The members of the object that opens at a place.
    pub(super) fn members(&self, open: usize) -> Members {
        let mut members = Members::new();
        let mut at = open.saturating_add(1);
        while let Some(Token { kind: Kind::Name, .. }) = self.tokens.get(at) {
            let next = self.after(at.saturating_add(1));
            members.push((at, next));
            at = next;
        }
        members
    }

    /// The place after a value.
    fn after(&self, at: usize) -> usize {
        let last = match self.tokens.get(at) {
            Some(Token { kind: Kind::Open { .. }, end, .. }) => place(*end),
            _ => at,
        };
        last.saturating_add(1)
    }

    /// The tokens with the members of every object in another order: `choose` is asked for the
    /// object that opens at a place, with its members, and puts them in order.
    pub(super) fn reordered(&self, choose: &mut dyn FnMut(usize, &mut Members)) -> Vec<Token> {
        let mut out = Vec::with_capacity(self.tokens.len());
        // What is still to be copied, the next last.
        let mut work = Vec::from([(0, self.tokens.len())]);
        while let Some((from, to)) = work.pop() {
            let rest = self.tokens.get(from..to).unwrap_or_default();
            let object = rest.iter().position(|it| it.kind == Kind::Open { object: true });
            let Some(at) = object else {
                out.extend_from_slice(rest);
                continue;
            };
            let open = from.saturating_add(at);
            out.extend_from_slice(rest.get(..=at).unwrap_or_default());
            let mut members = self.members(open);
            let close = members.last().map_or(open.saturating_add(1), |(_, end)| *end);
            choose(open, &mut members);
            work.push((close, to));
            work.extend(members.into_iter().rev());
        }
        out
    }
}

fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

struct Reader<'t> {
    body: &'t [u8],
    tokens: Vec<Token>,
    open: Vec<usize>,
    too_long: bool,
}

impl Reader<'_> {
    fn push(&mut self, kind: Kind, from: usize, length: usize) {
        let to = from.saturating_add(length);
        match (u32::try_from(from), u32::try_from(to)) {
            (Ok(from), Ok(to)) => {
                self.tokens.push(Token { kind, spelling: 0, from, to, end: 0 });
            }
            _ => self.too_long = true,
        }
    }

    /// Where a piece of the body begins in it.
    fn offset(&self, piece: &[u8]) -> usize {
        piece.as_ptr().addr().saturating_sub(self.body.as_ptr().addr())
    }
}

impl<'t> Visit<'t> for Reader<'t> {
    fn name(&mut self, name: Value<'t>, _: u32) {
        // With its quotes.
        let from = self.offset(name.raw()).saturating_sub(1);
        self.push(Kind::Name, from, name.raw().len().saturating_add(2));
    }

    fn item(&mut self, _: u32) {}

    fn value(&mut self, raw: &'t [u8], _: Option<Value<'t>>) {
        let kind = match raw.first() {
            Some(b'"') => Kind::Text,
            Some(b't' | b'f' | b'n') => Kind::Word,
            _ => Kind::Number,
        };
        self.push(kind, self.offset(raw), raw.len());
    }

    fn open(&mut self, object: bool, text: &'t [u8], _: u32) {
        self.open.push(self.tokens.len());
        self.push(Kind::Open { object }, self.offset(text), 1);
    }

    fn close(&mut self, object: bool, rest: &'t [u8], _: u32) {
        let end = u32::try_from(self.tokens.len()).unwrap_or_default();
        if let Some(open) = self.open.pop().and_then(|at| self.tokens.get_mut(at)) {
            open.end = end;
        }
        let from = self.body.len().saturating_sub(rest.len()).saturating_sub(1);
        self.push(Kind::Close { object }, from, 1);
    }
}
