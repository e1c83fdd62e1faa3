//! The engine knows no provider: what it does for one row it does for every row like it.

use std::fs;
use std::path::{Path, PathBuf};

use hookseal::providers;

/// Words of row names that mean something else in code: they are searched for with the rest of
/// their name only. Why each is let be stands beside it.
const GENERIC: [(&str, &str); 12] = [
    ("commerce", "a kind of business"),
    ("legacy", "an adjective"),
    ("linear", "an adjective: linear time"),
    ("merge", "a verb"),
    ("meta", "a fragment of a macro"),
    ("sha1", "a hash, and the feature of its name"),
    ("shared", "an adjective"),
    ("square", "an adjective, and a kind of bracket"),
    ("standard", "an adjective"),
    ("token", "a kind of secret"),
    ("webhooks", "what this is about"),
    ("x", "one letter"),
];

#[test]
fn the_engine_knows_no_providers_name() {
    let mut files = 0;
    for_each_file(&mut |path, text| {
        files += 1;
        let found = names_in(text);
        assert!(found.is_empty(), "{} names {found:?}", path.display());
    });
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
    // Each exception is a word of a row's name: one that is no longer needed has to go.
    let words: Vec<&str> = providers::ALL.iter().flat_map(|row| row.name.split('-')).collect();
    for (word, why) in GENERIC {
        assert!(words.contains(&word) && !why.is_empty(), "{word}");
    }
}

/// The engine's files: those of the table, which is names, and of the readers of captured
/// requests, which read the formats of tools, are none.
pub(crate) fn for_each_file(each: &mut impl FnMut(&Path, &str)) {
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("src/providers") || path.ends_with("src/capture") {
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

/// The rows whose name, or a word of it that is its own, is in the code.
fn names_in(source: &str) -> Vec<&'static str> {
    // A file's own tests stand last in it.
    let engine = source.split("#[cfg(test)]\nmod ").next().unwrap();
    let code = engine.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words: Vec<String> = code.flat_map(words).collect();
    let has = |sought: &str| {
        let longest = sought.matches(|_: char| true).count();
        (0..words.len()).any(|start| {
            let mut joined = String::new();
            words[start..].iter().take(longest).any(|word| {
                joined.push_str(word);
                joined == sought
            })
        })
    };
    let own = |row: &str| {
        let mut parts = row.split('-').filter(|part| GENERIC.iter().all(|(word, _)| word != part));
        let generic = GENERIC.iter().any(|(word, _)| *word == row);
        parts.any(has) || (!generic && has(&row.replace('-', "")))
    };
    providers::ALL.iter().map(|row| row.name).filter(|name| own(name)).collect()
}

/// The words of a line in lower case: `verify_gitHub` has three, which are joined again where a
/// name is sought.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in line.chars() {
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
