//! The words of one command, as bash would hand them to the program.
//!
//! `shlex` does not know `$'…'`, which is how browsers quote a body, and works past expansions
//! without a word; here whatever a shell would replace is refused, since its value is not known.

use alloc::vec::Vec;

use super::CaptureError;

pub(super) fn words(command: &[u8]) -> Result<Vec<Vec<u8>>, CaptureError> {
    let mut reader = Reader { rest: command };
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    while let Some(byte) = reader.next() {
        match byte {
            b' ' | b'\t' => words.extend(word.take()),
            b'\r' if reader.peek() == Some(b'\n') => {}
            b'\n' if reader.rest.trim_ascii().is_empty() => break,
            b'#' | b'~' if word.is_none() => return Err(CaptureError::ShellSyntax),
            b'\\' if reader.skip_newline() => {}
            _ => reader.piece(byte, word.get_or_insert_default())?,
        }
    }
    words.extend(word);
    Ok(words)
}

struct Reader<'c> {
    rest: &'c [u8],
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Whether the dollar sign just read makes the shell replace something, or may do so once a
    /// continued line is joined.
    fn dollar_expands(&self) -> bool {
        match self.rest {
            [b'\\', b'\r' | b'\n', ..] => true,
            [next, ..] => next.is_ascii_alphanumeric() || b"_{([@*#?$!-".contains(next),
            [] => false,
        }
    }

    fn must_next(&mut self) -> Result<u8, CaptureError> {
        self.next().ok_or(CaptureError::MalformedQuoting)
    }

    /// Steps over the line ending that a backslash continues.
    fn skip_newline(&mut self) -> bool {
        let after = self.rest.strip_prefix(b"\n").or_else(|| self.rest.strip_prefix(b"\r\n"));
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Adds what `byte` starts outside quotes: a quoted part, an escaped byte, or itself.
    fn piece(&mut self, byte: u8, word: &mut Vec<u8>) -> Result<(), CaptureError> {
        match (byte, self.peek()) {
            (b'\'', _) => self.single_quoted(word)?,
            (b'"', _) => self.double_quoted(word)?,
            (b'$', Some(b'\'')) => {
                self.next();
                self.ansi_quoted(word)?;
            }
            (b'^', Some(b'"' | b'\r' | b'\n')) => return Err(CaptureError::WindowsQuoting),
            (b'\\', _) => word.push(self.must_next()?),
            (b'$', Some(b'"')) => return Err(CaptureError::ShellSyntax),
            (b'$', _) if self.dollar_expands() => return Err(CaptureError::ShellSyntax),
            (b'{', Some(b'}')) => word.push(byte),
            (b'\n' | b'`' | b'|' | b'&' | b';' | b'<' | b'>' | b'(' | b')' | b'{', _) => {
                return Err(CaptureError::ShellSyntax);
            }
            _ => word.push(byte),
        }
        Ok(())
    }

    fn single_quoted(&mut self, word: &mut Vec<u8>) -> Result<(), CaptureError> {
        loop {
            match self.must_next()? {
                b'\'' => return Ok(()),
                byte => word.push(byte),
            }
        }
    }

    fn double_quoted(&mut self, word: &mut Vec<u8>) -> Result<(), CaptureError> {
        loop {
            match self.must_next()? {
                b'"' => return Ok(()),
                b'\\' if self.skip_newline() => {}
                b'\\' => match self.must_next()? {
                    byte @ (b'"' | b'\\' | b'$' | b'`') => word.push(byte),
                    byte => word.extend([b'\\', byte]),
                },
                b'`' => return Err(CaptureError::ShellSyntax),
                b'$' if self.dollar_expands() => return Err(CaptureError::ShellSyntax),
                byte => word.push(byte),
            }
        }
    }

    fn ansi_quoted(&mut self, word: &mut Vec<u8>) -> Result<(), CaptureError> {
        loop {
            match self.must_next()? {
                b'\'' => return Ok(()),
                b'\\' => self.ansi_escape(word)?,
                byte => word.push(byte),
            }
        }
    }

    fn ansi_escape(&mut self, word: &mut Vec<u8>) -> Result<(), CaptureError> {
        let before = self.rest;
        match self.must_next()? {
            b'a' => word.push(0x07),
            b'b' => word.push(0x08),
            b'e' | b'E' => word.push(0x1b),
            b'f' => word.push(0x0c),
            b'n' => word.push(b'\n'),
            b'r' => word.push(b'\r'),
            b't' => word.push(b'\t'),
            b'v' => word.push(0x0b),
            byte @ (b'\\' | b'\'' | b'"' | b'?') => word.push(byte),
            b'0'..=b'7' => {
                self.rest = before;
                word.push(self.byte(8, 3)?);
            }
            b'x' => word.push(self.byte(16, 2)?),
            b'u' => self.code_point(4, word)?,
            b'U' => self.code_point(8, word)?,
            b'c' => return Err(CaptureError::MalformedQuoting),
            byte => word.extend([b'\\', byte]),
        }
        Ok(())
    }

    fn byte(&mut self, radix: u32, most: usize) -> Result<u8, CaptureError> {
        u8::try_from(self.number(radix, most)?).map_err(|_| CaptureError::MalformedQuoting)
    }

    /// Browsers write a character above U+FFFF as the two surrogates of UTF-16.
    fn code_point(&mut self, most: usize, word: &mut Vec<u8>) -> Result<(), CaptureError> {
        let first = self.number(16, most)?;
        let code = if (0xd800..0xdc00).contains(&first) {
            self.rest = self.rest.strip_prefix(b"\\u").ok_or(CaptureError::MalformedQuoting)?;
            let pair = [first, self.number(16, 4)?];
            let units = pair.map(|unit| u16::try_from(unit).unwrap_or_default());
            char::decode_utf16(units).next().and_then(Result::ok)
        } else {
            char::from_u32(first)
        };
        let code = code.ok_or(CaptureError::MalformedQuoting)?;
        word.extend_from_slice(code.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    /// Up to `most` digits. A zero is refused: bash ends the word at it, and no argument has one.
    fn number(&mut self, radix: u32, most: usize) -> Result<u32, CaptureError> {
        let digits =
            self.rest.iter().take(most).map_while(|byte| char::from(*byte).to_digit(radix));
        let (mut value, mut count) = (0_u32, 0_usize);
        for digit in digits {
            value = value.wrapping_mul(radix).wrapping_add(digit);
            count = count.saturating_add(1);
        }
        self.rest = self.rest.get(count..).unwrap_or_default();
        if value == 0 { Err(CaptureError::MalformedQuoting) } else { Ok(value) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use alloc::vec::Vec;

    use super::{CaptureError, words};

    /// What bash 5 hands over for each command; but it does not join surrogates.
    #[test]
    fn words_are_those_of_bash() {
        let cases: &[(&str, &[&str])] = &[
            ("a  b\tc\n", &["a", "b", "c"]),
            ("a 'b  \\n\"c' \"\" ''", &["a", "b  \\n\"c", "", ""]),
            ("a'b'\"c\"$'d'e", &["abcde"]),
            ("a \\\n  b\\\nc \\\r\n d", &["a", "bc", "d"]),
            ("a\\ b \\' \\\\ \\$x", &["a b", "'", "\\", "$x"]),
            (r#""a\"b\\c\nd\$e\`" "$" "a$ b""#, &["a\"b\\c\\nd$e`", "$", "a$ b"]),
            (r"$'\n\r\t\a\b\e\f\v\\\'\q'", &["\n\r\t\x07\x08\x1b\x0c\x0b\\'\\q"]),
            (r"$'\u0021\u00e9\U0001F600\x41\101\x4g'", &["!\u{e9}\u{1f600}AA\x04g"]),
            (r"$'\ud83d\ude00'", &["\u{1f600}"]),
            ("a=b?c=d#e {} a^b $ !", &["a=b?c=d#e", "{}", "a^b", "$", "!"]),
        ];
        for (command, expected) in cases {
            let words = words(command.as_bytes()).unwrap();
            let words: Vec<_> = words.iter().map(|word| str::from_utf8(word).unwrap()).collect();
            assert_eq!(words, *expected, "{command}");
        }
        assert_eq!(words(br"$'\xff\351'"), Ok(alloc::vec![b"\xff\xe9".to_vec()]));
    }

    #[test]
    fn what_a_shell_would_replace_is_refused() {
        #[rustfmt::skip]
        let syntax = [
            "a $b", "a \"$b\"", "a ${b}", "a $(b)", "a \"$(b)\"", "a `b`", "a \"`b`\"", "a $\"b\"",
            "a | b", "a; b", "a & b", "a > b", "a < b", "a (b)", "a {b,c}", "a # b", "a\nb", "a $1",
            "a ~/b", "a $\\\nb",
        ];
        #[rustfmt::skip]
        let quoting = [
            "a 'b", "a \"b", "a $'b", "a \\", "a \"b\\", "a $'b\\", "$'\\x'", "$'\\xg'", "$'\\0'",
            "$'\\u0000'", "$'\\ud83d'", "$'\\ud83d\\u0041'", "$'\\ude00'", "$'\\U00110000'",
            "$'\\777'", "$'\\cA'",
        ];
        let windows = ["a ^\"b^\"", "a ^\n b", "a \"b\" ^\r\n c"];
        let all = syntax.map(|command| (command, CaptureError::ShellSyntax)).into_iter();
        let all = all.chain(quoting.map(|command| (command, CaptureError::MalformedQuoting)));
        for (command, error) in all.chain(windows.map(|c| (c, CaptureError::WindowsQuoting))) {
            assert_eq!(words(command.as_bytes()), Err(error), "{command}");
        }
    }
}
