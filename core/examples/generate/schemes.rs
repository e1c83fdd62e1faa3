//! `docs/schemes.md`: the words of a scheme file, from the lists of the core.

use core::fmt::Write as _;

use hookseal::{
    Algorithm, Clock, Confidence, Encoding, Finding, Identity, InnerKey, Key, KeySpelling, Place,
    Retry, Weakness, When,
};

/// The page.
pub(super) fn schemes() -> String {
    let mut text = String::from(HEAD);
    words(&mut text, "The keys of a scheme", "key", Key::ALL, Key::name, Key::meaning);
    text.push_str(SOURCES);
    words(&mut text, "The places of a source", "key", Place::ALL, Place::name, Place::meaning);
    words(
        &mut text,
        "The other keys of tables",
        "key",
        InnerKey::ALL,
        InnerKey::name,
        InnerKey::meaning,
    );
    text.push_str(TEMPLATES);
    text.push_str(&template_words());
    words(&mut text, "`encoding`", "word", Encoding::ALL, Encoding::name, Encoding::meaning);
    words(&mut text, "`algorithm`", "word", Algorithm::ALL, Algorithm::name, Algorithm::meaning);
    words(
        &mut text,
        "`key`, or its `format`",
        "word",
        KeySpelling::ALL,
        KeySpelling::name,
        KeySpelling::meaning,
    );
    words(&mut text, "`clock`", "word", Clock::ALL, Clock::name, Clock::meaning);
    words(&mut text, "`names`", "word", Identity::ALL, Identity::name, Identity::meaning);
    words(&mut text, "`when`", "word", When::ALL, When::name, When::meaning);
    words(&mut text, "`retry`", "word", Retry::ALL, Retry::name, Retry::meaning);
    words(&mut text, "`admits`", "word", Weakness::ALL, Weakness::name, Weakness::meaning);
    words(
        &mut text,
        "`confidence`",
        "word",
        Confidence::ALL,
        Confidence::name,
        Confidence::meaning,
    );
    text.push_str(FINDINGS);
    for finding in Finding::ALL {
        let _ =
            writeln!(text, "| `{}` | {} | {finding} |", finding.code(), finding.severity().name());
    }
    text
}

/// One list: a line a word.
fn words<W: Copy>(
    text: &mut String,
    title: &str,
    column: &str,
    all: &[W],
    name: fn(W) -> &'static str,
    meaning: fn(W) -> &'static str,
) {
    let _ = writeln!(text, "\n## {title}\n\n| {column} | meaning |\n| --- | --- |");
    for word in all {
        let _ = writeln!(text, "| `{}` | {} |", name(*word), meaning(*word));
    }
}

/// The table in the documentation of `Template`, which is its only place; its links lead nowhere
/// outside of it.
fn template_words() -> String {
    let source = include_str!("../../src/template.rs");
    let rows = source.lines().filter_map(|line| line.strip_prefix("/// | "));
    rows.map(|row| format!("| {}\n", unlinked(row))).collect()
}

/// `[text](target)` as `text`.
fn unlinked(row: &str) -> String {
    let mut text = String::from(row);
    while let Some((before, rest)) = text.split_once("](crate::") {
        let (Some((head, label)), Some((_, tail))) =
            (before.rsplit_once('['), rest.split_once(')'))
        else {
            break;
        };
        text = format!("{head}{label}{tail}");
    }
    text
}

const HEAD: &str = "\
# A scheme of your own
Made by `make generate` from the lists in `core/src`; do not edit.

A scheme is one row of facts: in Rust a `const`, else a text in TOML, or the same keys in JSON. A
key or a word that is not in these tables is refused, and told by its name and its place in the
text ([codes](errors.md)). [Five examples](custom/README.md) have both forms.

```toml
name = \"acme\"
signature = { header = \"acme-signature\", split = \",\", prefix = \"v1=\" }
timestamp = { header = \"acme-signature\", split = \",\", prefix = \"t=\", clock = \"seconds\" }
event_id = { json = \"id\", names = \"event\" }
signed = \"{timestamp}.{body}\"
```

`base` starts from a built-in row: each key that is there replaces the whole fact, and `none` takes
away one that may be absent. `hookseal providers NAME --toml` shows a built-in row as text, and
`hookseal lint FILE` tells whether a scheme holds together, what it binds, and what is weak about
it. Endpoint validations have no text yet: a scheme has those of its base.

In the tables of keys, what stands after the last semicolon is what a scheme without the key has.
";

const SOURCES: &str = "
## Sources
A source is a table with one place, as `{ header = \"acme-signature\" }`. `a|b` names alternatives:
a single value comes from the first that is there, signatures from all. With `split` the value is a
list, and `prefix` says which of its items are meant.
";

const TEMPLATES: &str = "
## Templates
Text between braces names a value, the rest stands for itself; `{{`, `}}`, `[[` and `]]` stand for
one bracket. At most 24 parts.

";

const FINDINGS: &str = "
## What `lint` finds
A finding is no error: many providers sign so. `weak`: a verified delivery says less than one would
think. `note`: worth to know.

| code | severity | meaning |
| --- | --- | --- |
";
