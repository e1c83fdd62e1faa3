//! JSON as a tree whose order and numbers are kept, and the writers of many languages.

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

use Tree::{Bool, List, Null, Number, Object, Text};

/// How a writer writes JSON.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) name: &'static str,
    item: &'static str,
    colon: &'static str,
    /// One level of indentation; none: all in one line.
    indent: Option<&'static str>,
    /// What an empty object and an empty list are.
    empty: [&'static str; 2],
    order: Order,
    /// How what is not ASCII is written.
    other: Other,
    /// `\/` for `/`.
    slash: bool,
    /// Characters that are written as `\u003c`.
    safe: &'static str,
    numbers: Numbers,
    /// Whether lists stand in one line, `[ 1, 2 ]`.
    inline: bool,
    /// How its lines end.
    newline: &'static str,
    /// What stands after it.
    end: &'static str,
    /// Whether all is in base64 then.
    base64: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Order {
    Kept,
    /// By the bytes of the names, at every depth.
    Sorted,
    /// By length, then by bytes, as PostgreSQL's `jsonb` keeps them.
    Jsonb,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Other {
    Raw,
    /// `\u00e9`.
    Lower,
    /// `\u00E9`.
    Upper,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Numbers {
    Kept,
    /// `10.0` is `10`, `1.50` is `1.5`.
    JavaScript,
}

const COMPACT: Style = Style {
    name: "compact",
    item: ",",
    colon: ":",
    indent: None,
    empty: ["{}", "[]"],
    order: Order::Kept,
    other: Other::Raw,
    slash: false,
    safe: "",
    numbers: Numbers::Kept,
    inline: false,
    newline: "\n",
    end: "",
    base64: false,
};

const SPACED: Style = Style { item: ", ", colon: ": ", ..COMPACT };

/// JavaScript's `JSON.stringify(value)`.
pub(crate) const JS: Style = Style { name: "JSON.stringify", ..COMPACT };
/// `JSON.stringify(value, null, 2)`.
pub(crate) const JS_2: Style =
    Style { name: "JSON.stringify, indented by 2", indent: Some("  "), colon: ": ", ..COMPACT };
/// `JSON.stringify(value, null, 4)`.
pub(crate) const JS_4: Style =
    Style { name: "JSON.stringify, indented by 4", indent: Some("    "), ..JS_2 };
/// The same with a tab.
pub(crate) const JS_TAB: Style =
    Style { name: "JSON.stringify, indented by a tab", indent: Some("\t"), ..JS_2 };
/// JavaScript's, which reads all numbers as doubles.
pub(crate) const JS_NUMBERS: Style =
    Style { name: "JSON.stringify, numbers too", numbers: Numbers::JavaScript, ..JS };
/// A file of JSON with a line end.
pub(crate) const JS_2_LINE: Style = Style { name: "indented by 2, a line end", end: "\n", ..JS_2 };
/// The same on Windows.
pub(crate) const JS_2_CRLF: Style = Style { name: "indented by 2, CRLF", newline: "\r\n", ..JS_2 };
/// The same, with a line end.
pub(crate) const JS_2_CRLF_LINE: Style =
    Style { name: "indented by 2, CRLF, a line end", end: "\r\n", ..JS_2_CRLF };
/// Base64 of JSON.
pub(crate) const JS_BASE64: Style = Style { name: "base64", base64: true, ..JS };
/// Python's `json.dumps(value)`.
pub(crate) const PYTHON: Style = Style { name: "json.dumps", other: Other::Lower, ..SPACED };
/// `json.dumps(value, ensure_ascii=False)`.
pub(crate) const PYTHON_RAW: Style = Style { name: "json.dumps, not ASCII", ..SPACED };
/// `json.dumps(value, separators=(",", ":"))`.
pub(crate) const PYTHON_COMPACT: Style =
    Style { name: "json.dumps, compact", other: Other::Lower, ..COMPACT };
/// `json.dumps(value, sort_keys=True)`.
pub(crate) const PYTHON_SORTED: Style =
    Style { name: "json.dumps, sorted", order: Order::Sorted, ..PYTHON };
/// `json.dumps(value, separators=(",", ":"), sort_keys=True)`.
pub(crate) const PYTHON_COMPACT_SORTED: Style =
    Style { name: "json.dumps, compact, sorted", order: Order::Sorted, ..PYTHON_COMPACT };
/// `json.dumps(value, indent=2)`.
pub(crate) const PYTHON_2: Style =
    Style { name: "json.dumps, indented by 2", other: Other::Lower, ..JS_2 };
/// `json.dumps(value, indent=4)`.
pub(crate) const PYTHON_4: Style =
    Style { name: "json.dumps, indented by 4", other: Other::Lower, ..JS_4 };
/// PHP's `json_encode($value)`.
pub(crate) const PHP: Style =
    Style { name: "json_encode", other: Other::Lower, slash: true, ..COMPACT };
/// With `JSON_UNESCAPED_UNICODE`.
pub(crate) const PHP_UNICODE: Style =
    Style { name: "json_encode, Unicode as it is", other: Other::Raw, ..PHP };
/// With `JSON_UNESCAPED_SLASHES`.
pub(crate) const PHP_SLASHES: Style =
    Style { name: "json_encode, slashes as they are", slash: false, ..PHP };
/// With `JSON_PRETTY_PRINT`.
pub(crate) const PHP_PRETTY: Style =
    Style { name: "json_encode, pretty", indent: Some("    "), colon: ": ", ..PHP };
/// Go's `json.Marshal` of a struct.
pub(crate) const GO: Style =
    Style { name: "json.Marshal of a struct", safe: "<>&\u{2028}\u{2029}", ..COMPACT };
/// Go's `json.Marshal` of a map.
pub(crate) const GO_MAP: Style =
    Style { name: "json.Marshal of a map", order: Order::Sorted, ..GO };
/// Go's encoder ends with a newline.
pub(crate) const GO_LINE: Style = Style { name: "json.Encoder of Go", end: "\n", ..GO };
/// Ruby on Rails' `to_json`.
pub(crate) const RAILS: Style = Style { name: "to_json of Rails", ..GO };
/// Java's Gson.
pub(crate) const GSON: Style = Style { name: "Gson", safe: "<>&='", ..COMPACT };
/// Java's Jackson, printed for people.
pub(crate) const JACKSON_PRETTY: Style = Style {
    name: "Jackson, pretty",
    colon: " : ",
    indent: Some("  "),
    empty: ["{ }", "[ ]"],
    inline: true,
    ..COMPACT
};
/// .NET's `System.Text.Json`.
pub(crate) const DOTNET: Style =
    Style { name: "System.Text.Json", other: Other::Upper, safe: "<>&'+\"`", ..COMPACT };
/// Rust's `serde_json::Map`, which sorts.
pub(crate) const SERDE: Style =
    Style { name: "serde_json, sorted", order: Order::Sorted, ..COMPACT };
/// PostgreSQL's `jsonb`, as text.
pub(crate) const JSONB: Style = Style { name: "jsonb", order: Order::Jsonb, ..SPACED };

impl Tree {
    pub(crate) fn text(text: &str) -> Self {
        Text(text.into())
    }

    pub(crate) fn number(text: impl ToString) -> Self {
        Number(text.to_string())
    }

    pub(crate) fn object<const N: usize>(fields: [(&str, Tree); N]) -> Self {
        Object(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    pub(crate) fn write(&self, style: &Style) -> String {
        let mut text = String::new();
        self.write_at(style, 0, &mut text);
        match style.base64 {
            true => crate::support::text::base64(text.as_bytes()),
            false => text + style.end,
        }
    }

    fn write_at(&self, style: &Style, depth: usize, to: &mut String) {
        match self {
            Null => to.push_str("null"),
            Bool(is) => to.push_str(if *is { "true" } else { "false" }),
            Number(text) => to.push_str(&number(text, style.numbers)),
            Text(text) => write_text(text, style, to),
            Object(fields) if fields.is_empty() => to.push_str(style.empty[0]),
            List(items) if items.is_empty() => to.push_str(style.empty[1]),
            Object(fields) => {
                to.push('{');
                for (at, (name, value)) in in_order(fields, style.order).into_iter().enumerate() {
                    line(style, depth + 1, at > 0, to);
                    write_text(name, style, to);
                    to.push_str(style.colon);
                    value.write_at(style, depth + 1, to);
                }
                line(style, depth, false, to);
                to.push('}');
            }
            List(items) if style.inline => {
                to.push_str("[ ");
                for (at, item) in items.iter().enumerate() {
                    to.push_str(if at > 0 { ", " } else { "" });
                    item.write_at(style, depth, to);
                }
                to.push_str(" ]");
            }
            List(items) => {
                to.push('[');
                for (at, item) in items.iter().enumerate() {
                    line(style, depth + 1, at > 0, to);
                    item.write_at(style, depth + 1, to);
                }
                line(style, depth, false, to);
                to.push(']');
            }
        }
    }
}

/// What stands before an item, or before the closing bracket.
fn line(style: &Style, depth: usize, next: bool, to: &mut String) {
    if next {
        to.push_str(style.item);
    }
    if let Some(indent) = style.indent {
        to.push_str(style.newline);
        to.push_str(&indent.repeat(depth));
    }
}

fn in_order(fields: &[(String, Tree)], order: Order) -> Vec<&(String, Tree)> {
    let mut fields: Vec<_> = fields.iter().collect();
    match order {
        Order::Kept => {}
        Order::Sorted => fields.sort_by(|one, other| one.0.cmp(&other.0)),
        Order::Jsonb => fields.sort_by_key(|(name, _)| (name.len(), name.clone())),
    }
    fields
}

fn number(text: &str, numbers: Numbers) -> String {
    match numbers {
        Numbers::JavaScript if text.contains('.') => {
            text.trim_end_matches('0').trim_end_matches('.').into()
        }
        _ => text.into(),
    }
}

fn write_text(text: &str, style: &Style, to: &mut String) {
    to.push('"');
    for character in text.chars() {
        match character {
            _ if style.safe.contains(character) => escape(character, style.other, to),
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            '/' if style.slash => to.push_str("\\/"),
            '\0'..=' ' if character != ' ' => escape(character, style.other, to),
            _ if !character.is_ascii() && style.other != Other::Raw => {
                escape(character, style.other, to);
            }
            _ => to.push(character),
        }
    }
    to.push('"');
}

fn escape(character: char, other: Other, to: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        match other {
            Other::Upper => to.push_str(&format!("\\u{unit:04X}")),
            _ => to.push_str(&format!("\\u{unit:04x}")),
        }
    }
}

#[test]
fn writers_write_as_their_languages_do() {
    let tree = Tree::object([
        ("b", Tree::text("é/<\u{1f389}'\"\n")),
        ("a", List(vec![Number("10.0".into()), Object(vec![]), Null])),
    ]);
    let written = |style: &Style| tree.write(style);
    assert_eq!(written(&JS), "{\"b\":\"é/<\u{1f389}'\\\"\\n\",\"a\":[10.0,{},null]}");
    let python = r#"{"b": "\u00e9/<\ud83c\udf89'\"\n", "a": [10.0, {}, null]}"#;
    assert_eq!(written(&PYTHON), python);
    assert_eq!(written(&PHP), r#"{"b":"\u00e9\/<\ud83c\udf89'\"\n","a":[10.0,{},null]}"#);
    let dotnet = r#"{"b":"\u00E9/\u003C\uD83C\uDF89\u0027\u0022\n","a":[10.0,{},null]}"#;
    assert_eq!(written(&DOTNET), dotnet);
    let sorted = "{\"a\":[10.0,{},null],\"b\":\"é/\\u003c\u{1f389}'\\\"\\n\"}";
    assert_eq!(written(&GO_MAP), sorted);
    let lines =
        "{\n  \"b\": \"é/<\u{1f389}'\\\"\\n\",\n  \"a\": [\n    10,\n    {},\n    null\n  ]\n}";
    let jackson = "{\n  \"b\" : \"é/<\u{1f389}'\\\"\\n\",\n  \"a\" : [ 10.0, { }, null ]\n}";
    assert_eq!(written(&JACKSON_PRETTY), jackson);
    assert_eq!(written(&Style { numbers: Numbers::JavaScript, ..JS_2 }), lines);
}
