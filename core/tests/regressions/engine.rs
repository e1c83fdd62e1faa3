//! The engine knows no provider: what it does for one row it does for every row like it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use hookseal::providers;

/// Words of row names that mean something else in code: they are searched for with the rest of
/// their name only; and a name that is one such word alone, as a constant and between quotes. What
/// each means there stands beside it.
const ORDINARY: [(&str, &str); 33] = [
    ("base64", "an encoding"),
    ("box", "a pointer that owns"),
    ("close", "a verb: what closes a quote"),
    ("com", "the end of a host's name"),
    ("cursor", "a place in a text"),
    ("form", "a kind of body"),
    ("front", "the first part of a text"),
    ("hex", "an encoding"),
    ("hmac", "a kind of signature"),
    ("jws", "a format of signatures"),
    ("key", "what signs"),
    ("line", "a part of a text"),
    ("md5", "a hash, and the feature of its name"),
    ("meta", "a fragment of a macro"),
    ("method", "that of HTTP"),
    ("microsoft", "a namespace of .NET"),
    ("no", "a negation"),
    ("numbers", "more than one number"),
    ("rs256", "an algorithm"),
    ("segment", "a part of a path"),
    ("sha1", "a hash, and the feature of its name"),
    ("sha256", "a hash"),
    ("sha384", "a hash"),
    ("sha512", "a hash, and the feature of its name"),
    ("shared", "an adjective: a shared key"),
    ("sign", "a verb"),
    ("standard", "an adjective: standard base64"),
    ("timestamp", "the time of a delivery"),
    ("token", "a kind of secret"),
    ("v0", "a version of signatures"),
    ("v1", "the version of PKCS #1"),
    ("webhook", "what all this is about"),
    ("x", "one letter"),
];

/// Of these the names that are quoted too, and what the engine's text of this spelling is.
const QUOTED: [(&str, &str); 1] = [("method", "a word of templates")];

#[test]
fn the_engine_knows_no_providers_name() {
    let (mut files, mut all) = (0, Vec::new());
    for_each_file(&mut |path, text| {
        files += 1;
        let found = names_in(text);
        if !found.is_empty() {
            all.push(format!("{} names {found:?}", path.display()));
        }
    });
    assert!(all.is_empty(), "{all:#?}");
    assert!(files >= 20, "only {files} files were read");
}

/// The control: a name is seen in each way to write it, and only where it is code.
#[test]
fn a_name_in_the_engine_is_found() {
    for (planted, name) in [
        ("fn verify_github() {}", "github"),
        ("struct GithubVerifier;", "github"),
        ("struct GitHubVerifier;", "github"),
        ("    if scheme.name == \"stripe\" {", "stripe"),
        ("const SIGNED: Scheme = providers::STANDARD_WEBHOOKS;", "standard-webhooks"),
        ("fn standardWebhooks()", "standard-webhooks"),
        ("b\"X-Hub\"; header(\"svix-id\")", "svix"),
        ("use crate::providers::LEMON_SQUEEZY as it;", "lemon-squeezy"),
        ("let it = 1; // as Slack does\nslack(it)", "slack"),
    ] {
        let found = names_in(planted);
        assert!(found.iter().any(|found| found.starts_with(name)), "{planted}: {found:?}");
    }
    let in_tests = "fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::providers::GITHUB;\n}\n";
    for innocent in
        ["/// As [`GITHUB`](crate::GITHUB)", "    // As Stripe does.", "striped", in_tests]
    {
        assert_eq!(names_in(innocent), [""; 0], "{innocent}");
    }
    // Names that are ordinary words: as a constant, and between quotes.
    for (planted, name) in [
        ("providers::BOX.signature", "box"),
        ("use crate::providers::{CLOSE, LINE};", "line"),
        ("scheme.name == \"close\"", "close"),
        ("matches!(name, \"github\" | \"cursor\")", "cursor"),
        ("if scheme.name == providers::METHOD.name", "method"),
    ] {
        assert!(names_in(planted).contains(&name), "{planted}: {:?}", names_in(planted));
    }
    for innocent in ["Box::new(line)", "fn close(cursor: Cursor) {}", "(\"method\", Self::Method)"]
    {
        assert_eq!(names_in(innocent), [""; 0], "{innocent}");
    }
}

/// One exception that is no longer needed has to go.
#[test]
fn each_exception_is_met_in_names_and_in_the_engine() {
    let mut engine = Vec::new();
    for_each_file(&mut |_, text| engine.extend(code(text).flat_map(tokens).flat_map(words)));
    let names: Vec<&str> = providers::ALL.iter().flat_map(|row| row.name.split('-')).collect();
    for (word, why) in ORDINARY {
        let met = engine.iter().any(|other| other == word);
        assert!(met && names.contains(&word) && !why.is_empty(), "{word}");
    }
    for (word, why) in QUOTED {
        assert!(ORDINARY.iter().any(|(other, _)| *other == word) && !why.is_empty(), "{word}");
    }
}

/// What is no engine: the table, which is names; the readers of captured requests, which read the
/// formats of tools; the list of the frameworks that receive; and that of the shapes of other keys.
const TABLES: [&str; 4] =
    ["src/providers", "src/capture", "src/explain/framework.rs", "src/explain/secrets/looks.rs"];

/// The engine's files: tables, and those that hold tests, are none.
pub(crate) fn for_each_file(each: &mut impl FnMut(&Path, &str)) {
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let tests = path.file_stem().is_some_and(|it| it.to_string_lossy().ends_with("tests"));
            if tests || TABLES.iter().any(|table| path.ends_with(table)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                each(&path, &fs::read_to_string(&path).unwrap());
            }
        }
    }
}

/// The lines that are no comment. A file's own tests stand last in it.
fn code(source: &str) -> impl Iterator<Item = &str> {
    let engine = source.split("#[cfg(test)]\nmod ").next().unwrap();
    engine.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The rows whose name, or a word of it that is its own, is in the code.
fn names_in(source: &str) -> Vec<&'static str> {
    let met: HashSet<String> = code(source).flat_map(tokens).flat_map(joined).collect();
    let has = |sought: &str| met.contains(sought);
    let is_ordinary = |word: &str| ORDINARY.iter().any(|(other, _)| *other == word);
    let constants: HashSet<&str> = code(source)
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect();
    let quoted: HashSet<&str> =
        code(source).flat_map(|line| line.split('"').skip(1).step_by(2)).collect();
    let own = |row: &str| {
        let mut parts = row.split('-').filter(|part| !is_ordinary(part));
        let known = QUOTED.iter().any(|(other, _)| *other == row);
        parts.any(has)
            || (!is_ordinary(row) && has(&row.replace('-', "")))
            || constants.contains(row.to_uppercase().replace('-', "_").as_str())
            || (!known && quoted.contains(row))
    };
    providers::ALL.iter().map(|row| row.name).filter(|name| own(name)).collect()
}

/// What stands together in a line: an identifier, or a name with hyphens.
fn tokens(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && !['_', '-'].contains(&c))
}

/// Each run of words in a token, as one.
fn joined(token: &str) -> Vec<String> {
    let words = words(token);
    let runs = (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to)));
    runs.map(|(from, to)| words[from..to].concat()).collect()
}

/// The words of a token in lower case: `verify_gitHub` has three, which are joined again where a
/// name is sought.
fn words(token: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in token.chars() {
        if !letter.is_alphanumeric() || (before.is_lowercase() && letter.is_uppercase()) {
            words.push(String::new());
        }
        if letter.is_alphanumeric() {
            words.last_mut().unwrap().extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}
