//! The confusion table: every provider with every fault; what was expected, and what was named.

use core::fmt::Write as _;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use hookseal::explain::{CauseCode, Certainty};

use crate::breaking;
use crate::fault::Fault;
use crate::provider::PROVIDERS;

/// Where the table is kept, from the top of the tree.
const KEPT: &str = "docs/explain/confusion.md";

/// Set, this writes the table that is kept, and prints it.
const WRITE: &str = "HOOKSEAL_WRITE_CONFUSION";

/// Set, every fault is tried with every provider: the table that is kept is not compared then.
const EVERY: &str = "HOOKSEAL_EVERY_PAIR";

/// With how many providers one fault is tried, each time with others.
const MOST: usize = 10;

/// What became of one pair.
enum Outcome {
    Inapplicable(&'static str),
    Named(Named),
}

struct Named {
    first: CauseCode,
    proved: bool,
    right: bool,
    /// A cause that is called proved and is none.
    wrong_proof: Option<CauseCode>,
}

struct Pair {
    fault: usize,
    provider: &'static str,
    outcome: Outcome,
}

struct Table {
    faults: Vec<Fault>,
    pairs: Vec<Pair>,
}

/// Made once, for all tests here.
static TABLE: LazyLock<Table> = LazyLock::new(run);

/// Every fault with the providers at which it can be made, on two threads.
fn run() -> Table {
    let faults = breaking::all();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut pairs = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(fault) = faults.get(at) else { return pairs };
            let mut broken = Vec::new();
            for provider in PROVIDERS {
                match fault.make(provider) {
                    Err(why) => pairs.push(Pair {
                        fault: at,
                        provider: provider.name,
                        outcome: Outcome::Inapplicable(why),
                    }),
                    Ok(it) => broken.push((provider.name, it)),
                }
            }
            for (provider, it) in in_turn(at, &broken) {
                let outcome = Outcome::Named(named(fault, &it.received.explain()));
                pairs.push(Pair { fault: at, provider, outcome });
            }
        }
    };
    let mut pairs: Vec<Pair> = std::thread::scope(|scope| {
        let threads = [scope.spawn(work), scope.spawn(work)];
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    pairs.sort_by_key(|pair| pair.fault);
    Table { faults, pairs }
}

/// Of all that can be broken, so many; others for the next fault.
fn in_turn<T>(turn: usize, all: &[T]) -> impl Iterator<Item = &T> {
    let count = if std::env::var_os(EVERY).is_some() { all.len() } else { MOST.min(all.len()) };
    (0..count).map(move |at| &all[(turn + at * all.len() / count) % all.len()])
}

fn named(fault: &Fault, explanation: &hookseal::explain::Explanation) -> Named {
    let causes = explanation.causes();
    let first = causes.first().expect("a refused delivery has a cause");
    let mut proofs = causes.iter().filter(|it| it.confidence() == Certainty::Proved);
    Named {
        first: first.code(),
        proved: first.confidence() == Certainty::Proved,
        right: fault.allows(first.code())
            && (fault.code != CauseCode::ClockSkew
                || causes.iter().any(|it| it.code() == fault.code)),
        wrong_proof: proofs.find(|it| !fault.allows(it.code())).map(|it| it.code()),
    }
}

impl Table {
    fn named(&self) -> impl Iterator<Item = (&Fault, &'static str, &Named)> {
        self.pairs.iter().filter_map(|pair| match &pair.outcome {
            Outcome::Named(named) => Some((&self.faults[pair.fault], pair.provider, named)),
            Outcome::Inapplicable(_) => None,
        })
    }

    /// The table as it is kept.
    fn text(&self) -> String {
        let mut text = String::from(HEAD);
        let all = self.named().count();
        let right = self.named().filter(|(.., it)| it.right).count();
        let proved = self.named().filter(|(.., it)| it.right && it.proved).count();
        let wrong = self.named().filter(|(.., it)| it.wrong_proof.is_some()).count();
        let _ = writeln!(
            text,
            "{} faults with {} providers: {all} pairs, of which {right} were named right, {proved} \
             of these with a proof; {wrong} wrong causes were called proved.\n",
            self.faults.len(),
            PROVIDERS.len(),
        );
        text.push_str(
            "| expected | variants | providers | pairs | named right | of these proved | named \
             otherwise |\n| --- | --- | --- | --- | --- | --- | --- |\n",
        );
        for code in CauseCode::ALL {
            self.line(*code, &mut text);
        }
        self.misses(&mut text);
        self.equals(&mut text);
        self.inapplicable(&mut text);
        text
    }

    fn line(&self, code: CauseCode, text: &mut String) {
        let of: Vec<_> = self.named().filter(|(fault, ..)| fault.code == code).collect();
        let variants: BTreeSet<_> = of.iter().map(|(fault, ..)| &fault.name).collect();
        let providers: BTreeSet<_> = of.iter().map(|(_, provider, _)| provider).collect();
        let right = of.iter().filter(|(.., it)| it.right);
        let proved = right.clone().filter(|(.., it)| it.proved).count();
        let mut others: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for (.., it) in of.iter().filter(|(.., it)| it.first != code) {
            *others.entry((it.first.code(), if it.right { "=" } else { "" })).or_default() += 1;
        }
        let others: Vec<String> = others
            .iter()
            .map(|((name, equal), count)| format!("`{name}`{equal} {count}"))
            .collect();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {proved} | {} |",
            code.code(),
            variants.len(),
            providers.len(),
            of.len(),
            right.count(),
            others.join(", "),
        );
    }

    fn misses(&self, text: &mut String) {
        let mut missed: BTreeMap<(&str, &str, &str), Vec<&str>> = BTreeMap::new();
        for (fault, provider, it) in self.named().filter(|(.., it)| !it.right) {
            let key = (fault.code.code(), fault.name.as_str(), it.first.code());
            missed.entry(key).or_default().push(provider);
        }
        text.push_str("\n## Named otherwise\n\n");
        if missed.is_empty() {
            text.push_str("None.\n");
            return;
        }
        text.push_str("| expected | how | named | providers |\n| --- | --- | --- | --- |\n");
        for ((code, name, found), providers) in missed {
            let name = cell(name);
            let _ = writeln!(text, "| `{code}` | {name} | `{found}` | {} |", few(&providers));
        }
    }

    fn equals(&self, text: &mut String) {
        text.push_str(EQUALS);
        let lines: BTreeSet<String> = self
            .faults
            .iter()
            .flat_map(|fault| fault.also.iter().map(move |(also, why)| (fault.code, also, why)))
            .map(|(code, also, why)| format!("| `{}` | `{}` | {why} |", code.code(), also.code()))
            .collect();
        lines.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    }

    fn inapplicable(&self, text: &mut String) {
        text.push_str(INAPPLICABLE);
        let mut listed = BTreeMap::<(&str, &str), [BTreeSet<&str>; 2]>::new();
        for pair in &self.pairs {
            let Outcome::Inapplicable(why) = pair.outcome else { continue };
            let fault = &self.faults[pair.fault];
            let entry = listed.entry((fault.code.code(), why)).or_default();
            entry[0].insert(&fault.name);
            entry[1].insert(pair.provider);
        }
        for ((code, why), [names, providers]) in listed {
            let providers: Vec<&str> = providers.into_iter().collect();
            let names: Vec<&str> = names.into_iter().collect();
            let how = match names.len() {
                0..=3 => cell(&names.join("; ")),
                count => format!("{count} of its variants"),
            };
            let _ = writeln!(text, "| `{code}` | {why} | {how} | {} |", few(&providers));
        }
    }
}

/// Names, all of them while they are few.
fn few(names: &[&str]) -> String {
    match names.len() {
        count if count == PROVIDERS.len() => "all".into(),
        0..=16 => names.join(", "),
        count => format!("{count} providers"),
    }
}

/// A bar ends a cell, and a sign of HTML is one.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "\\<").replace('[', "\\[").replace('`', "\\`")
}

const HEAD: &str = "\
# What is broken, and what is named
Made by `make confusion`; do not edit. A test compares it with what is found.

Each delivery is signed right, one thing is broken, and the first cause that is named is compared
with the one that was made. Proved: with that changed, the delivery verifies. A name with `=` is
another true name of the same bytes, as listed below, and counts as right. A variant that can be
broken at more than ten providers is tried with ten of them, the next variant with others. The faults
were known while the search was mended: the table keeps what was reached, and estimates nothing.

";

const EQUALS: &str = "
## Two names of one fault

| expected | as good | why |
| --- | --- | --- |
";

const INAPPLICABLE: &str = "
## What cannot be broken

| cause | why not | variants | providers |
| --- | --- | --- | --- |
";

#[test]
fn every_cause_is_broken_at_many_providers() {
    let table = &*TABLE;
    for code in CauseCode::ALL {
        let of = table.named().filter(|(fault, ..)| fault.code == *code);
        let providers: BTreeSet<&str> = of.map(|(_, provider, _)| provider).collect();
        assert!(providers.len() >= 5, "{} at {providers:?}", code.code());
    }
    let providers: BTreeSet<&str> = table.named().map(|(_, provider, _)| provider).collect();
    assert!(providers.len() >= 14);
    assert!(table.named().count() >= 400);
    let mut names: Vec<_> = table.faults.iter().map(|it| (it.code.code(), &it.name)).collect();
    names.sort();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two faults of one name");
}

#[test]
fn at_least_nineteen_of_twenty_are_named_right() {
    let table = &*TABLE;
    let all = table.named().count();
    let missed: Vec<String> = table
        .named()
        .filter(|(.., it)| !it.right)
        .map(|(fault, provider, it)| {
            format!("{} ({}, {provider}) is {}", fault.code.code(), fault.name, it.first.code())
        })
        .collect();
    assert!((all - missed.len()) * 100 >= all * 95, "{} of {all}: {missed:#?}", missed.len());
}

#[test]
fn no_wrong_cause_is_called_proved() {
    let wrong: Vec<String> = TABLE
        .named()
        .filter_map(|(fault, provider, it)| {
            let proof = it.wrong_proof?.code();
            Some(format!("{} ({}, {provider}) is {proof}", fault.code.code(), fault.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_in_the_docs_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(KEPT);
    let made = TABLE.text();
    if std::env::var_os(WRITE).is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &made).unwrap();
        println!("{made}");
    }
    if std::env::var_os(EVERY).is_some() {
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "{KEPT} is not what `make confusion` makes");
}
