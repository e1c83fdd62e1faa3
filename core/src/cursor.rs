//! The tokens of JSON, strict by RFC 8259: strings, numbers, literals, blanks.

use crate::value::{Value, hex4};

/// The text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotJson;

/// What was read of a text before `rest` was left of it.
pub(crate) fn before<'r>(text: &'r [u8], rest: &[u8]) -> &'r [u8] {
    text.get(..text.len().saturating_sub(rest.len())).unwrap_or_default()
}

/// What is left of a text.
pub(crate) struct Cursor<'r> {
    pub(crate) rest: &'r [u8],
}

impl<'r> Cursor<'r> {
    /// A string, a number or a literal that begins at `start`, after its first byte. `None` is null.
    #[inline(always)] // a part of the one walk
    pub(crate) fn scalar(
        &mut self,
        first: u8,
        start: &'r [u8],
    ) -> Result<Option<Value<'r>>, NotJson> {
        Ok(match first {
            b'"' => Some(self.string()?),
            b't' => Some(self.literal(b"rue", b"true")?),
            b'f' => Some(self.literal(b"alse", b"false")?),
            b'n' => self.literal(b"ull", b"null").map(|_| None)?,
            _ => Some(self.number(first, start)?),
        })
    }

    /// The inside of a string, after its opening quote.
    pub(crate) fn string(&mut self) -> Result<Value<'r>, NotJson> {
        let start = self.rest;
        let mut escaped = false;
        loop {
            let end = first(self.rest, |byte| matches!(byte, b'"' | b'\\' | 0..=0x1F));
            let (_, rest) = end.and_then(|at| self.rest.split_at_checked(at)).ok_or(NotJson)?;
            self.rest = rest;
            match self.next()? {
                b'"' => break,
                b'\\' => escaped = true,
                _ => return Err(NotJson),
            }
            self.escape()?;
        }
        let length = start.len().saturating_sub(self.rest.len()).saturating_sub(1);
        let inside = start.get(..length).unwrap_or_default();
        str::from_utf8(inside).map_err(|_| NotJson)?;
        Ok(if escaped { Value::escaped(inside) } else { Value::plain(inside) })
    }

    /// What follows a backslash. A surrogate must come as a pair.
    pub(crate) fn escape(&mut self) -> Result<(), NotJson> {
        match self.next()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(()),
            b'u' => match self.unit()? {
                0xD800..=0xDBFF => {
                    self.expect(b'\\')?;
                    self.expect(b'u')?;
                    matches!(self.unit()?, 0xDC00..=0xDFFF).then_some(()).ok_or(NotJson)
                }
                0xDC00..=0xDFFF => Err(NotJson),
                _ => Ok(()),
            },
            _ => Err(NotJson),
        }
    }

    /// The four hex digits of `\u`.
    pub(crate) fn unit(&mut self) -> Result<u32, NotJson> {
        let (digits, rest) = self.rest.split_first_chunk::<4>().ok_or(NotJson)?;
        self.rest = rest;
        digits.iter().all(u8::is_ascii_hexdigit).then(|| hex4(*digits)).ok_or(NotJson)
    }

    /// A number, as it is written.
    pub(crate) fn number(&mut self, first: u8, start: &'r [u8]) -> Result<Value<'r>, NotJson> {
        let lead = if first == b'-' { self.next()? } else { first };
        match lead {
            b'0' => {}
            b'1'..=b'9' => self.digits(),
            _ => return Err(NotJson),
        }
        if self.take(b'.') {
            self.digit()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            self.digit()?;
        }
        Ok(Value::plain(before(start, self.rest)))
    }

    /// One digit, and those that follow.
    pub(crate) fn digit(&mut self) -> Result<(), NotJson> {
        self.next()?.is_ascii_digit().then_some(()).ok_or(NotJson)?;
        self.digits();
        Ok(())
    }

    pub(crate) fn digits(&mut self) {
        while let [b'0'..=b'9', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    /// The rest of a literal, whose value is `whole`.
    pub(crate) fn literal(
        &mut self,
        rest: &[u8],
        whole: &'static [u8],
    ) -> Result<Value<'r>, NotJson> {
        self.rest = self.rest.strip_prefix(rest).ok_or(NotJson)?;
        Ok(Value::plain(whole))
    }

    pub(crate) fn blank(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    pub(crate) fn next(&mut self) -> Result<u8, NotJson> {
        let (byte, rest) = self.rest.split_first().ok_or(NotJson)?;
        self.rest = rest;
        Ok(*byte)
    }

    pub(crate) fn take(&mut self, wanted: u8) -> bool {
        let rest = self.rest.strip_prefix(&[wanted]);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(crate) fn expect(&mut self, wanted: u8) -> Result<(), NotJson> {
        self.take(wanted).then_some(()).ok_or(NotJson)
    }
}

/// The first place of a byte of a kind, looked for in sixteen at a time: most of a large body, and
/// of a hostile header, is of no kind that is sought.
pub(crate) fn first(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, _) = bytes.as_chunks::<16>();
    let without = |block: &&[u8; 16]| !block.iter().fold(false, |met, byte| met | is(*byte));
    let before = blocks.iter().take_while(without).count().saturating_mul(16);
    let at = bytes.get(before..)?.iter().position(|byte| is(*byte))?;
    before.checked_add(at)
}
