//! How the facts of a row are spelled, in TOML and in JSON.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::fmt::Write as _;

/// A value of a scheme file.
pub(super) enum Fact {
    /// What TOML and JSON spell alike.
    Plain(String),
    List(Vec<Fact>),
    /// A list that has a line for each of its items in TOML.
    Lines(Vec<Fact>),
    Table(Vec<(&'static str, Fact)>),
}

impl Fact {
    pub(super) fn text(text: &str) -> Self {
        Self::Plain(Quoted(text).to_string())
    }

    /// A text of one character of ASCII.
    pub(super) fn byte(byte: u8) -> Self {
        Self::text(char::from(byte).encode_utf8(&mut [0; 2]))
    }

    pub(super) fn toml(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(items) => format!("[{}]", joined(items, Self::toml, ", ")),
            Self::Lines(items) => {
                let line = |item: &Self| format!("    {},\n", item.toml());
                format!("[\n{}]", joined(items, line, ""))
            }
            Self::Table(pairs) => {
                let pair = |(key, fact): &(&str, Self)| format!("{key} = {}", fact.toml());
                format!("{{ {} }}", joined(pairs, pair, ", "))
            }
        }
    }

    pub(super) fn json(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(items) | Self::Lines(items) => {
                format!("[{}]", joined(items, Self::json, ","))
            }
            Self::Table(pairs) => {
                let pair = |(key, fact): &(&str, Self)| format!("\"{key}\":{}", fact.json());
                format!("{{{}}}", joined(pairs, pair, ","))
            }
        }
    }
}

fn joined<T>(items: &[T], each: impl Fn(&T) -> String, by: &str) -> String {
    items.iter().map(each).collect::<Vec<_>>().join(by)
}

/// A string of JSON, and a basic string of TOML: the escapes are those that both have.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for each in self.0.chars() {
            match each {
                '"' | '\\' => write!(f, "\\{each}")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                each if each.is_control() => write!(f, "\\u{:04X}", u32::from(each))?,
                each => f.write_char(each)?,
            }
        }
        f.write_char('"')
    }
}
