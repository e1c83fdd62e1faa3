//! A parsed body as a program prints it.

use hookseal::explain::CauseCode::{BodyFormEncoded, BodyParsed};

use crate::fault::Fault;
use crate::provider::{Event, place};
use crate::tree::{self, Tree};

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    // What cannot be undone.
    for text in [
        "[object Object]",
        "Array",
        "System.Object",
        "[object ReadableStream]",
        "[object ArrayBuffer]",
        "<_io.BytesIO object at 0x7f3a2c1d0e50>",
        "System.IO.MemoryStream",
        "java.io.ByteArrayInputStream@6d06d69c",
    ] {
        all.push(Fault::new(BodyParsed, text, move |_, scene| {
            scene.body = text.as_bytes().to_vec();
            Ok(())
        }));
    }
    all.push(printed("str of Python", tree::JS, python));
    all.push(printed("str of Python, of spaced JSON", tree::PYTHON, python));
    all.push(printed("str of Python, of PHP's JSON", tree::PHP, python));
    all.push(printed("inspect of Ruby", tree::JS, |tree| ruby(tree, "=>")));
    all.push(printed("inspect of Ruby 3.4", tree::JS, |tree| ruby(tree, " => ")));
    all.push(printed("toString of Java", tree::JS, java));
    all.push(printed("%v of Go", tree::JS, go));
    all.push(printed("util.inspect of Node", tree::JS, |tree| node(tree, 0)));
    all.push(bytes("repr of Python's bytes", python_bytes));
    all.push(bytes("JSON of a Buffer of Node", |body| {
        format!("{{\"type\":\"Buffer\",\"data\":[{}]}}", numbers(body, ","))
    }));
    all.push(bytes("a Uint8Array as text", |body| numbers(body, ",")));
    all.push(bytes("JSON of a Uint8Array", |body| {
        let pairs = body.iter().enumerate().map(|(at, byte)| format!("\"{at}\":{byte}"));
        format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
    }));
    all.push(bytes("a list of bytes, printed", |body| format!("[{}]", numbers(body, ", "))));
    all.push(bytes("a slice of bytes of Go, printed", |body| format!("[{}]", numbers(body, " "))));
    all.push(
        Fault::new(BodyParsed, "a dictionary of a form, of Python", |sent, scene| {
            let pairs = sent.provider.pairs().ok_or("its body is no form")?;
            let pairs =
                pairs.iter().map(|(name, value)| format!("({}, {})", quoted(name), quoted(value)));
            let body = format!("ImmutableMultiDict([{}])", pairs.collect::<Vec<_>>().join(", "));
            scene.body = place(body.as_bytes(), &sent.signature);
            Ok(())
        })
        .or(BodyFormEncoded, "what a parser of forms made, printed"),
    );
    all
}

/// The tree of a body, printed.
fn printed(name: &str, style: tree::Style, print: fn(&Tree) -> String) -> Fault {
    Fault::of(
        BodyParsed,
        name,
        move |provider| match provider.has_json() {
            true => Ok(Event { style, ..provider.event() }),
            false => Err("its body is no JSON"),
        },
        move |sent, scene| {
            let tree = sent.provider.tree(&sent.event).unwrap();
            scene.body = place(print(&tree).as_bytes(), &sent.signature);
            Ok(())
        },
    )
}

fn bytes(name: &str, print: fn(&[u8]) -> String) -> Fault {
    Fault::new(BodyParsed, name, move |_, scene| {
        scene.body = print(&scene.body).into_bytes();
        Ok(())
    })
}

fn numbers(body: &[u8], join: &str) -> String {
    body.iter().map(u8::to_string).collect::<Vec<_>>().join(join)
}

fn joined(items: impl Iterator<Item = String>, (open, join, close): (&str, &str, &str)) -> String {
    format!("{open}{}{close}", items.collect::<Vec<_>>().join(join))
}

/// As `repr` writes it.
fn python(tree: &Tree) -> String {
    match tree {
        Tree::Null => "None".into(),
        Tree::Bool(is) => if *is { "True" } else { "False" }.into(),
        Tree::Number(text) => text.clone(),
        Tree::Text(text) => quoted(text),
        Tree::List(items) => joined(items.iter().map(python), ("[", ", ", "]")),
        Tree::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| format!("{}: {}", quoted(name), python(value)));
            joined(fields, ("{", ", ", "}"))
        }
    }
}

/// A string as `repr` writes it.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if character == quote => out.extend(['\\', quote]),
            _ => out.push(character),
        }
    }
    out.push(quote);
    out
}

/// Bytes as `repr` writes them.
fn python_bytes(body: &[u8]) -> String {
    let quote = if body.contains(&b'\'') && !body.contains(&b'"') { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for byte in body {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ if char::from(*byte) == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}

fn ruby(tree: &Tree, arrow: &str) -> String {
    match tree {
        Tree::Null => "nil".into(),
        Tree::Bool(is) => is.to_string(),
        Tree::Number(text) => text.clone(),
        Tree::Text(text) => Tree::text(text).write(&tree::JS).replace('#', "\\#"),
        Tree::List(items) => joined(items.iter().map(|it| ruby(it, arrow)), ("[", ", ", "]")),
        Tree::Object(fields) => {
            let fields =
                fields.iter().map(|(name, it)| format!("\"{name}\"{arrow}{}", ruby(it, arrow)));
            joined(fields, ("{", ", ", "}"))
        }
    }
}

fn java(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".into(),
        Tree::Bool(is) => is.to_string(),
        Tree::Number(text) | Tree::Text(text) => text.clone(),
        Tree::List(items) => joined(items.iter().map(java), ("[", ", ", "]")),
        Tree::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}={}", java(value)));
            joined(fields, ("{", ", ", "}"))
        }
    }
}

fn go(tree: &Tree) -> String {
    match tree {
        Tree::Null => "<nil>".into(),
        Tree::Bool(is) => is.to_string(),
        Tree::Number(text) | Tree::Text(text) => text.clone(),
        Tree::List(items) => joined(items.iter().map(go), ("[", " ", "]")),
        Tree::Object(fields) => {
            let mut fields: Vec<_> =
                fields.iter().map(|(name, value)| format!("{name}:{}", go(value))).collect();
            fields.sort();
            joined(fields.into_iter(), ("map[", " ", "]"))
        }
    }
}

/// As `console.log` writes it: what lies deep is left out.
fn node(tree: &Tree, depth: usize) -> String {
    let pad = "  ".repeat(depth + 1);
    let close = format!("\n{}", "  ".repeat(depth));
    match tree {
        Tree::Null => "null".into(),
        Tree::Bool(is) => is.to_string(),
        Tree::Number(text) => text.clone(),
        Tree::Text(text) => quoted(text),
        Tree::List(items) if items.is_empty() => "[]".into(),
        Tree::List(_) if depth > 2 => "[Array]".into(),
        Tree::Object(_) if depth > 2 => "[Object]".into(),
        Tree::List(items) => {
            let items = items.iter().map(|it| node(it, depth + 1));
            joined(items, ("[ ", ", ", " ]"))
        }
        Tree::Object(fields) if fields.is_empty() => "{}".into(),
        Tree::Object(fields) => {
            let fields =
                fields.iter().map(|(name, it)| format!("{pad}{name}: {}", node(it, depth + 1)));
            joined(fields, ("{\n", ",\n", &format!("{close}}}")))
        }
    }
}
