//! Objects as Python, Ruby and Node print them, read as JSON.

use alloc::vec::Vec;

use crate::cursor::{Cursor, before};
use crate::json::is_json;
use crate::json_text::quoted;

/// The JSON of a printed object or list: `{'id': 1, 'ok': True}` of Python, `{"id"=>1, :ok=>nil}`
/// and `{id: 1}` of Ruby, `{ id: 1, name: 'x' }` of Node. White space stays as it is printed.
pub(super) fn as_json(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii();
    if !matches!(text.first(), Some(b'{' | b'[' | b'(')) {
        return None;
    }
    let mut reader = Reader { text: Cursor { rest: text }, out: Vec::with_capacity(text.len()) };
    while !reader.text.rest.is_empty() {
        reader.token()?;
    }
    is_json(&reader.out).then_some(reader.out)
}

struct Reader<'t> {
    text: Cursor<'t>,
    out: Vec<u8>,
}

impl<'t> Reader<'t> {
    fn token(&mut self) -> Option<()> {
        let start = self.text.rest;
        match self.text.next().ok()? {
            quote @ (b'\'' | b'"') => {
                let text = string(&mut self.text, quote, false)?;
                self.quote(&text);
            }
            b'=' => {
                self.text.expect(b'>').ok()?;
                self.out.push(b':');
            }
            // A symbol of Ruby stands where a name or a value may.
            b':' if self.is_value_next() && self.text.rest.first().is_some_and(is_of_word) => {
                let name = self.run(is_of_word);
                self.quote(name);
            }
            b'(' => self.out.push(b'['),
            b')' => self.end_tuple(),
            first if is_of_word(&first) && !first.is_ascii_digit() => {
                self.text.rest = start;
                let word = self.run(is_of_word);
                self.word(word)?;
            }
            first if first.is_ascii_digit() || first == b'-' => {
                self.text.rest = start;
                let number = self.run(is_of_number);
                self.out.extend_from_slice(number);
            }
            other @ (b'{' | b'}' | b'[' | b']' | b',' | b':' | b' ' | b'\n' | b'\r' | b'\t') => {
                self.out.push(other);
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether what was written last asks for a name or a value.
    fn is_value_next(&self) -> bool {
        matches!(self.out.trim_ascii_end().last(), Some(b'{' | b'[' | b',' | b':'))
    }

    /// A tuple of one has a comma at its end.
    fn end_tuple(&mut self) {
        let end = self.out.trim_ascii_end();
        let end = end.strip_suffix(b",").unwrap_or(end).len();
        self.out.truncate(end);
        self.out.push(b']');
    }

    /// A bare name, or a word of the language.
    fn word(&mut self, word: &[u8]) -> Option<()> {
        let mut after = Cursor { rest: self.text.rest };
        after.blank();
        if matches!(after.rest, [b':', ..] | [b'=', b'>', ..]) {
            self.quote(word);
            return Some(());
        }
        let literal: &[u8] = match word {
            b"True" | b"true" => b"true",
            b"False" | b"false" => b"false",
            b"None" | b"nil" | b"null" => b"null",
            _ => return None,
        };
        self.out.extend_from_slice(literal);
        Some(())
    }

    /// The bytes of a kind that come next.
    fn run(&mut self, is: fn(&u8) -> bool) -> &'t [u8] {
        let start = self.text.rest;
        while let [byte, rest @ ..] = self.text.rest
            && is(byte)
        {
            self.text.rest = rest;
        }
        before(start, self.text.rest)
    }

    fn quote(&mut self, text: &[u8]) {
        quoted(text, &mut |run| self.out.extend_from_slice(run));
    }
}

/// What a string says, read after its opening quote. `bytes`: `\xff` is a byte, not a character.
pub(super) fn string(text: &mut Cursor<'_>, quote: u8, bytes: bool) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        match text.next().ok()? {
            byte if byte == quote => return Some(out),
            b'\\' => escape(text, bytes, &mut out)?,
            0..=0x1F => return None,
            byte => out.push(byte),
        }
    }
}

/// What follows a backslash.
fn escape(text: &mut Cursor<'_>, bytes: bool, out: &mut Vec<u8>) -> Option<()> {
    let plain = match text.next().ok()? {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 0x08,
        b'f' => 0x0C,
        b'v' => 0x0B,
        b'a' => 0x07,
        b'e' => 0x1B,
        b'0' => 0,
        b'x' if bytes => u8::try_from(digits(text, 2)?).ok()?,
        b'x' => return character(digits(text, 2)?, text, out),
        b'u' if text.take(b'{') => {
            let length = text.rest.iter().take(6).take_while(|it| it.is_ascii_hexdigit()).count();
            let code = digits(text, length)?;
            text.expect(b'}').ok()?;
            return character(code, text, out);
        }
        b'u' => return character(digits(text, 4)?, text, out),
        b'U' => return character(digits(text, 8)?, text, out),
        itself => itself,
    };
    out.push(plain);
    Some(())
}

/// Writes a character; the second half of a pair of surrogates must follow the first.
fn character(code: u32, text: &mut Cursor<'_>, out: &mut Vec<u8>) -> Option<()> {
    let code = match code {
        0xD800..0xDC00 => {
            text.rest = text.rest.strip_prefix(b"\\u")?;
            let low = digits(text, 4).filter(|low| (0xDC00..0xE000).contains(low))?;
            (((code & 0x3FF) << 10) | (low & 0x3FF)).wrapping_add(0x1_0000)
        }
        _ => code,
    };
    out.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
    Some(())
}

fn digits(text: &mut Cursor<'_>, count: usize) -> Option<u32> {
    let (digits, rest) = text.rest.split_at_checked(count)?;
    text.rest = rest;
    u32::from_str_radix(str::from_utf8(digits).ok().filter(|it| !it.starts_with('+'))?, 16).ok()
}

const fn is_of_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')
}

const fn is_of_number(byte: &u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::string::String;

    #[test]
    fn printed_objects() {
        for (printed, wanted) in [
            ("{'id': 'evt_1', 'ok': True, 'n': None}", r#"{"id": "evt_1", "ok": true, "n": null}"#),
            (
                "{'a': \"it's\", 'b': 'x\\'\"\\n\\xe9\\u2603\\U0001f600'}",
                "{\"a\": \"it's\", \"b\": \"x'\\\"\\né☃😀\"}",
            ),
            (
                "{'t': (1, -2.5e+3), 'u': ('a',), 'v': ()}",
                r#"{"t": [1, -2.5e+3], "u": ["a"], "v": []}"#,
            ),
            (r#"{"a"=>1, :b=>nil, "c"=>[:d, true]}"#, r#"{"a":1, "b":null, "c":["d", true]}"#),
            (r#"{"a" => 1, b: {c: "\u{1f600}\#x"}}"#, r##"{"a" : 1, "b": {"c": "😀#x"}}"##),
            (
                "{ id: 'evt_1', ok: true, $x: [ 1 ] }",
                r#"{ "id": "evt_1", "ok": true, "$x": [ 1 ] }"#,
            ),
            (r#"['\ud83d\ude00']"#, r#"["😀"]"#),
        ] {
            let json =
                as_json(printed.as_bytes()).map(|json| String::from_utf8_lossy(&json).into_owned());
            assert_eq!(json.as_deref(), Some(wanted), "{printed}");
        }
        for other in [
            "",
            "x",
            "{",
            "{'a': 1",
            "{'a': <X>}",
            "{id=1}",
            "[object Object]",
            "['\\ud83d']",
            "{'a': NaN}",
            "{'\\x+1': 1}",
        ] {
            assert_eq!(as_json(other.as_bytes()), None, "{other}");
        }
    }
}
