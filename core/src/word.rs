//! The words of a template.

use crate::source::Place;
use crate::template::Binds;

/// The most parts that a template may have.
pub const MAX_PARTS: usize = 24;

/// One part of a template: what it is, where its text stands in the template's, and which group
/// `[…]` it is in (0: none).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub(crate) word: Word,
    pub(crate) group: u8,
    pub(crate) start: u16,
    pub(crate) end: u16,
}

/// The words of a template. [`Template`](crate::Template) tells what each stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "one table, in `Template`, tells of all")]
pub enum Word {
    Literal,
    Body,
    Timestamp,
    EventId,
    Secret,
    KeyId,
    Method,
    MethodLower,
    Url,
    UrlUnescaped,
    UrlPort,
    UrlBase,
    UrlSorted,
    Path,
    PathQuoted,
    QuerySorted,
    Form,
    FormRepeated,
    FormPairs,
    FormJson,
    FormPhp,
    FormMarked,
    Headers,
    HeaderValues,
    HeaderLines,
    Jws,
    JwsHeader,
    BodyQuoted,
    BodySorted,
    BodyBase64Url,
    BodyCrc32,
    Hash(Hashed, Hash, Spelling),
    Field(Place),
    FieldText,
    Item,
    FieldPhp,
    Challenge,
    Mac,
}

/// What a hash in a template is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "one table, in `Template`, tells of all")]
pub enum Hashed {
    Body,
    MinifiedBody,
    Url,
}

/// A hash in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "one table, in `Template`, tells of all")]
pub enum Hash {
    Sha256,
    Sha512,
    Md5,
}

/// How a hash in a template is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "one table, in `Template`, tells of all")]
pub enum Spelling {
    Raw,
    Hex,
    Base64,
    Base64Url,
}

impl Part {
    /// Memory for [`Template::parse`](crate::Template::parse) to fill.
    pub const NONE: Self = Part { word: Word::Literal, group: 0, start: 0, end: 0 };
}

impl Word {
    /// `==`, which a const fn cannot use, for the words that have no parts of their own.
    pub(crate) const fn is(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Literal, Self::Literal)
                | (Self::Body, Self::Body)
                | (Self::Timestamp, Self::Timestamp)
                | (Self::EventId, Self::EventId)
                | (Self::Secret, Self::Secret)
                | (Self::KeyId, Self::KeyId)
                | (Self::Form, Self::Form)
                | (Self::FormRepeated, Self::FormRepeated)
                | (Self::HeaderValues, Self::HeaderValues)
                | (Self::HeaderLines, Self::HeaderLines)
                | (Self::JwsHeader, Self::JwsHeader)
        )
    }

    /// What it binds. With all of the body, or a hash of it, the body can be no other.
    pub(crate) const fn binds(self) -> Binds {
        let nothing = Binds::NOTHING;
        match self {
            Self::Body
            | Self::BodyQuoted
            | Self::BodyBase64Url
            | Self::Form
            | Self::FormRepeated
            | Self::FormJson
            | Self::FormPhp
            | Self::FormMarked
            | Self::Hash(Hashed::Body | Hashed::MinifiedBody, ..) => {
                Binds { body: true, ..nothing }
            }
            Self::BodyCrc32 => Binds { checksum: true, ..nothing },
            // Numbers of many digits have one form with others: the body's bytes are not bound.
            Self::Field(Place::Json | Place::Form)
            | Self::FieldText
            | Self::FieldPhp
            | Self::FormPairs
            | Self::BodySorted => Binds { fields: true, ..nothing },
            Self::Url
            | Self::UrlUnescaped
            | Self::UrlPort
            | Self::UrlBase
            | Self::UrlSorted
            | Self::Hash(Hashed::Url, ..) => Binds { url: true, ..nothing },
            Self::Method | Self::MethodLower => Binds { method: true, ..nothing },
            _ => nothing,
        }
    }

    /// Whether this build has what the word needs.
    #[allow(clippy::match_like_matches_macro, reason = "one, where features are off")]
    pub(crate) const fn enabled(self) -> bool {
        match self {
            Self::Hash(_, Hash::Sha512, _) => cfg!(feature = "sha512"),
            Self::Hash(_, Hash::Md5, _) => cfg!(feature = "md5"),
            Self::BodySorted => cfg!(feature = "canonical"),
            Self::Jws | Self::JwsHeader | Self::BodyBase64Url => cfg!(feature = "jwt"),
            _ => true,
        }
    }

    /// Whether its value can be any bytes: a time and a method have a fixed form, and the URL is
    /// the receiver's own configuration.
    pub(crate) const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Body
                | Self::EventId
                | Self::Field(_)
                | Self::FieldText
                | Self::Item
                | Self::FieldPhp
                | Self::Form
                | Self::FormRepeated
                | Self::FormPairs
                | Self::FormMarked
                | Self::HeaderValues
                | Self::HeaderLines
                | Self::Headers
                | Self::BodySorted
                | Self::Challenge
        )
    }

    pub(crate) const PLAIN: &'static [(&'static str, Self)] = &[
        ("body", Self::Body),
        ("timestamp", Self::Timestamp),
        ("event_id", Self::EventId),
        ("secret", Self::Secret),
        ("key_id", Self::KeyId),
        ("method", Self::Method),
        ("method|lower", Self::MethodLower),
        ("url", Self::Url),
        ("url|unescaped", Self::UrlUnescaped),
        ("url|port", Self::UrlPort),
        ("url|base", Self::UrlBase),
        ("url|sorted", Self::UrlSorted),
        ("url|sha256|hex", Self::Hash(Hashed::Url, Hash::Sha256, Spelling::Hex)),
        ("path", Self::Path),
        ("path|quoted", Self::PathQuoted),
        ("query|sorted", Self::QuerySorted),
        ("form", Self::Form),
        ("form|repeated", Self::FormRepeated),
        ("form|pairs", Self::FormPairs),
        ("form|json", Self::FormJson),
        ("form|php", Self::FormPhp),
        ("form|marked", Self::FormMarked),
        ("headers", Self::Headers),
        ("headers|values", Self::HeaderValues),
        ("headers|lines", Self::HeaderLines),
        ("jws", Self::Jws),
        ("jws|header", Self::JwsHeader),
        ("body|quoted", Self::BodyQuoted),
        ("body|sorted", Self::BodySorted),
        ("body|base64url", Self::BodyBase64Url),
        ("body|crc32", Self::BodyCrc32),
        ("body|sha256", Self::Hash(Hashed::Body, Hash::Sha256, Spelling::Raw)),
        ("body|sha256|hex", Self::Hash(Hashed::Body, Hash::Sha256, Spelling::Hex)),
        ("body|sha256|base64", Self::Hash(Hashed::Body, Hash::Sha256, Spelling::Base64)),
        ("body|sha256|base64url", Self::Hash(Hashed::Body, Hash::Sha256, Spelling::Base64Url)),
        ("body|sha512|base64", Self::Hash(Hashed::Body, Hash::Sha512, Spelling::Base64)),
        ("body|md5|base64", Self::Hash(Hashed::Body, Hash::Md5, Spelling::Base64)),
        ("body|minified|sha256|hex", Self::Hash(Hashed::MinifiedBody, Hash::Sha256, Spelling::Hex)),
        ("challenge", Self::Challenge),
        ("mac", Self::Mac),
    ];

    pub(crate) const FIELDS: &'static [(&'static str, Self)] = &[
        ("header:", Self::Field(Place::Header)),
        ("json:", Self::Field(Place::Json)),
        ("json|text:", Self::FieldText),
        ("json|php:", Self::FieldPhp),
        ("form:", Self::Field(Place::Form)),
        ("query:", Self::Field(Place::Query)),
        ("item:", Self::Item),
        ("form|pairs:", Self::FormPairs),
    ];
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::format;

    use super::*;

    /// The table of `Template` is the one place where the words are explained. The words of
    /// answers to endpoint validations are explained there.
    #[test]
    fn every_word_is_in_the_table_of_templates() {
        let table = include_str!("template.rs").replace("\\|", "|");
        for (name, word) in Word::PLAIN.iter().chain(Word::FIELDS) {
            let is_answer = matches!(word, Word::Challenge | Word::Mac);
            let whole = format!("`{{{name}");
            let short =
                name.strip_prefix("body|sha256").map_or(whole.clone(), |it| format!("`…{it}`"));
            let shown = table.contains(&whole) || table.contains(&short);
            assert!(shown || is_answer, "{name}");
        }
    }
}
