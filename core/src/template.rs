//! What is signed: literals and `{words}`, read once, at compile time for the built-in rows.

use crate::error::SchemeError;
use crate::parse::parse;
use crate::source::Place;
use crate::word::{MAX_PARTS, Part, Word};

/// The signed bytes, in order: text between braces names a value, the rest stands for itself.
///
/// | word | value |
/// | --- | --- |
/// | `{body}` | the raw body |
/// | `{timestamp}` `{event_id}` | the timestamp's text, the event id, as received |
/// | `{url}` | the URL as it is configured at the provider |
/// | `{url\|port}` | the same; and, where that does not match, with its port taken away, or with the default port put in |
/// | `{url\|unescaped}` | the same with `%3A %2F %3F %40 %21 %24 %27 %28 %29 %2A %2C %3B` decoded |
/// | `{url\|base}` | the URL up to its `?` |
/// | `{url\|sorted}` | the URL up to its `?`; `?` and the query's pairs, decoded, sorted, `name=value` joined by `&`, where there is a query or a form; `.` where there are both |
/// | `{path}` | the URL's path, with `?` and query where it has one |
/// | `{path\|quoted}` | the same, percent-encoded once, its query twice, as `encodeURI` and `encodeURIComponent` do |
/// | `{query\|sorted}` | the query's pairs, sorted by name, form-encoded again |
/// | `{method}` `{method\|lower}` | the HTTP method, upper case, or in lower case |
/// | `{header:name}` `{json:a.b}` `{form:name}` `{query:name}` | a header, a field of the JSON body, of the form-encoded body, a parameter of the URL |
/// | `{json\|text:a.b}` | a field of the JSON body that is long, or holds anything: once, and where there is no `{body}` |
/// | `{item:env=}` | of the list that the signature is in, the item that begins so, without it |
/// | `{json\|php:a.b}` | a value of the JSON body, any kind, written as PHP's `json_encode` writes it |
/// | `{form}` | the fields of a form-encoded body, decoded, sorted, each pair once: name and value, nothing between |
/// | `{form\|repeated}` | the same, each pair as often as it was received |
/// | `{form\|pairs}` `{form\|pairs:name}` | the same as `name=value` joined by `&`, without empty values, without the signature's field and the one named; and, where that does not match, with the one named |
/// | `{form\|marked}` | the same without the signature's field, as `&name=value`; `&` and `=` in a value become `_` |
/// | `{form\|json}` | the fields in their order as one JSON object, written as Python's `json.dumps` writes it |
/// | `{form\|php}` | the fields without the signature's, sorted by name, as PHP's `serialize` writes an array |
/// | `{headers}` | the list of the signed headers' names, as received ([`Scheme::signed_headers`](crate::Scheme::signed_headers)) |
/// | `{headers\|values}` | their values, joined by `.` |
/// | `{headers\|lines}` | `name:value` of each, trimmed, sorted by name, joined by `;` |
/// | `{body\|sha256}` | the SHA-256 of the body, 32 bytes; `…\|hex`, `…\|base64`, `…\|base64url`: spelled so |
/// | `{body\|sha512\|base64}` `{body\|md5\|base64}` `{url\|sha256\|hex}` | other hashes |
/// | `{body\|minified\|sha256\|hex}` | the hash of the JSON body without the blanks between its tokens |
/// | `{body\|crc32}` | the CRC-32 of the body in decimal: no hash, whoever wants to can find another body |
/// | `{body\|quoted}` | the body as a JSON string, in its quotes |
/// | `{body\|sorted}` | the JSON body with the keys of each object sorted, written compactly (feature `canonical`) |
/// | `{jws}` `{jws\|header}` | what the JWS signs: header, dot and payload; its header alone, for a payload that is sent apart (feature `jwt`) |
/// | `{body\|base64url}` | the body as the payload of such a JWS |
/// | `{key_id}` | the public half of a secret `id:key` ([`Scheme::key_id`](crate::Scheme::key_id)) |
/// | `{secret}` | the secret itself: for plain hashes, and for shared tokens, where nothing is signed |
/// | `[…]` | a group: it falls away where a value in it is absent |
///
/// `{{`, `}}`, `[[` and `]]` stand for one bracket. Make one with [`template!`](crate::template!) (a typo does not compile) or, for a scheme made
/// at run time, with [`Template::parse`].
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    text: &'a str,
    parts: &'a [Part],
}

/// What the words of a template bind.
#[derive(Clone, Copy)]
pub(crate) struct Binds {
    pub(crate) body: bool,
    pub(crate) checksum: bool,
    pub(crate) fields: bool,
    pub(crate) url: bool,
    pub(crate) method: bool,
}

impl Binds {
    pub(crate) const NOTHING: Self =
        Binds { body: false, checksum: false, fields: false, url: false, method: false };

    pub(crate) const fn and(self, other: Self) -> Self {
        Binds {
            body: self.body || other.body,
            checksum: self.checksum || other.checksum,
            fields: self.fields || other.fields,
            url: self.url || other.url,
            method: self.method || other.method,
        }
    }
}

/// Reads a [`Template`] at compile time.
///
/// ```
/// const SIGNED: hookseal::Template = hookseal::template!("{timestamp}.{body}");
/// assert_eq!(SIGNED.text(), "{timestamp}.{body}");
/// ```
/// ```compile_fail
/// const SIGNED: hookseal::Template = hookseal::template!("{timestmp}.{body}");
/// ```
#[macro_export]
macro_rules! template {
    ($text:expr) => {{
        const PARTS: &[$crate::Part] =
            &$crate::Template::read::<{ $crate::Template::count($text) }>($text);
        $crate::Template::new($text, PARTS)
    }};
}

impl<'a> Template<'a> {
    /// The text that the template was read from.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Reads a template at run time, into memory that the caller gives.
    ///
    /// # Errors
    /// [`SchemeError::MalformedTemplate`] for an unknown word or an unbalanced brace,
    /// [`SchemeError::TooManyParts`] above [`MAX_PARTS`].
    pub const fn parse(
        text: &'a str,
        memory: &'a mut [Part; MAX_PARTS],
    ) -> Result<Self, SchemeError> {
        match parse(text, memory) {
            Ok(count) => match memory.split_at_checked(count) {
                Some((parts, _)) => Ok(Template { text, parts }),
                None => Err(SchemeError::TooManyParts),
            },
            Err(error) => Err(error),
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn new(text: &'a str, parts: &'a [Part]) -> Self {
        Template { text, parts }
    }

    #[doc(hidden)]
    #[must_use]
    #[expect(clippy::panic, reason = "runs at compile time: a malformed text must not compile")]
    pub const fn count(text: &str) -> usize {
        let mut memory = [Part::NONE; MAX_PARTS];
        match parse(text, &mut memory) {
            Ok(count) => count,
            Err(_) => panic!("malformed template"),
        }
    }

    #[doc(hidden)]
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "const; N is what `count` returned")]
    #[expect(clippy::arithmetic_side_effects, reason = "const; bounded by MAX_PARTS")]
    pub const fn read<const N: usize>(text: &str) -> [Part; N] {
        let mut memory = [Part::NONE; MAX_PARTS];
        let mut parts = [Part::NONE; N];
        assert!(parse(text, &mut memory).is_ok(), "malformed template");
        let mut i = 0;
        while i < N {
            parts[i] = memory[i];
            i += 1;
        }
        parts
    }

    /// The text of a part: a literal's own, a field's name, else nothing.
    pub(crate) fn text_of(&self, part: &Part) -> &'a str {
        self.text.get(usize::from(part.start)..usize::from(part.end)).unwrap_or_default()
    }

    /// The bytes of a literal, or of a field's name.
    #[expect(clippy::as_conversions, reason = "const; widens")]
    pub(crate) const fn literal(&self, part: &Part) -> &'a [u8] {
        let Some((before, _)) = self.text.as_bytes().split_at_checked(part.end as usize) else {
            return b"";
        };
        match before.split_at_checked(part.start as usize) {
            Some((_, text)) => text,
            None => b"",
        }
    }

    /// Whether the template has this word.
    pub(crate) const fn has(&self, word: Word) -> bool {
        let mut rest = self.parts;
        while let [part, tail @ ..] = rest {
            if part.word.is(word) {
                return true;
            }
            rest = tail;
        }
        false
    }

    /// Whether there is anything that has to be looked at before it is hashed.
    pub(crate) fn has_values(&self) -> bool {
        let is_plain =
            |part: &Part| matches!(part.word, Word::Literal | Word::Body | Word::Timestamp);
        !self.parts.iter().all(is_plain)
    }

    /// Whether the event id may be absent.
    pub(crate) fn has_optional_event_id(&self) -> bool {
        self.parts.iter().any(|part| part.word.is(Word::EventId) && part.group != 0)
    }

    /// Whether a word has a second reading, which is tried where the first does not match.
    pub(crate) fn has_second_reading(&self) -> bool {
        self.parts.iter().any(|part| match part.word {
            Word::UrlPort => true,
            Word::FormPairs => !self.text_of(part).is_empty(),
            _ => false,
        })
    }

    /// Whether a header stands in the template by its name, in no group: then it is signed, and
    /// must be there.
    pub(crate) const fn names_header(&self, name: &str) -> bool {
        let mut rest = self.parts;
        while let [part, tail @ ..] = rest {
            if part.group == 0
                && matches!(part.word, Word::Field(Place::Header))
                && same(self.literal(part), name.as_bytes())
            {
                return true;
            }
            rest = tail;
        }
        false
    }

    /// What its words bind.
    pub(crate) const fn binds(&self) -> Binds {
        let mut binds = Binds::NOTHING;
        let mut rest = self.parts;
        while let [Part { word, .. }, tail @ ..] = rest {
            binds = binds.and(word.binds());
            rest = tail;
        }
        binds
    }

    pub(crate) const fn parts(&self) -> &'a [Part] {
        self.parts
    }
}

/// `==` of two texts, which a const fn cannot use.
const fn same(one: &[u8], other: &[u8]) -> bool {
    let (mut one, mut other) = (one, other);
    while let ([a, rest @ ..], [b, others @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        (one, other) = (rest, others);
    }
    one.is_empty() && other.is_empty()
}
