//! An independent oracle agrees with the engine on 100,000 and more generated deliveries.
//!
//! The oracle reads no row: its recipes are written by hand, one per provider, and its MACs are
//! another implementation's. A failure prints the seed with which `HOOKSEAL_SEED` repeats it.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "oracle/mod.rs"]
mod oracle;
mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

use hookseal::{
    Algorithm, Encoding, KeyFormat, Scheme, Signer, UnixTime, event, header, json, providers,
    template,
};

use oracle::genuine::Unit;
use oracle::judge::{judge, request};
use oracle::mutation::Mutation;
use oracle::order::{Order, Twist};
use oracle::recipes::{Recipe, all};
use oracle::rich;
use oracle::tally::{Tally, report};
use oracle::trial::Trial;
use oracle::vocabulary::{ELSEWHERE, used};
use support::dice::Dice;

/// Deliveries per row.
const CASES: u64 = 2_800;
const SEED: u64 = 0x5eed_0000_2026_1120;

#[test]
fn every_recipe_has_a_row_of_its_own() {
    let plain = all().into_iter().map(|recipe| recipe.name);
    let mut names: Vec<&str> = plain.chain(rich::all().iter().map(|recipe| recipe.name)).collect();
    names.sort_unstable();
    assert!(names.iter().all(|name| providers::by_name(name).is_ok()), "{names:?}");
    assert!(names.is_sorted_by(|one, other| one < other), "a row with two recipes: {names:?}");
    assert!(names.len() >= 68, "{} recipes", names.len());
}

/// What the rows use is in a recipe, or tested where it says.
#[test]
fn the_vocabulary_of_every_row_is_covered() {
    let recipes = all().into_iter().map(|recipe| recipe.name);
    let recipes = recipes.chain(rich::all().into_iter().map(|recipe| recipe.name));
    let covered: BTreeSet<String> =
        recipes.flat_map(|name| used(providers::by_name(name).unwrap())).collect();
    let all: BTreeSet<String> = providers::ALL.iter().flat_map(|row| used(row)).collect();
    let rest: BTreeSet<&str> = all.difference(&covered).map(String::as_str).collect();
    let listed: BTreeSet<&str> = ELSEWHERE.iter().map(|(what, _)| *what).collect();
    assert_eq!(rest, listed, "without a recipe (left), and said to be tested elsewhere (right)");
    assert!(covered.len() >= 60, "only {} are covered", covered.len());
    for (what, program) in ELSEWHERE {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(program);
        assert!(path.exists(), "{what}: {program} is not there");
    }
}

#[test]
fn the_oracle_and_the_engine_agree() {
    let recipes = all();
    let (one, other) = recipes.split_at(recipes.len() / 2);
    let tally = thread::scope(|scope| {
        let one = scope.spawn(|| run(one));
        let other = scope.spawn(|| run(other));
        let mut tally = one.join().unwrap();
        tally.add(other.join().unwrap());
        tally
    });
    let met: Vec<_> =
        Mutation::ALL.iter().filter(|it| !tally.mutations.contains_key(*it)).collect();
    assert!(tally.failures.is_empty(), "{}", tally.report());
    assert!(tally.cases >= 100_000, "only {} deliveries", tally.cases);
    assert!(met.is_empty(), "mutations never tried: {met:?}");
    let verified = tally.verdicts.get("verified").copied().unwrap_or_default();
    assert!(verified >= 20_000 && tally.cases - verified >= 20_000, "{:?}", tally.verdicts);
    for code in CODES {
        let count = tally.verdicts.get(*code).copied().unwrap_or_default();
        assert!(count >= 100, "{code} was the answer {count} times only: {:?}", tally.verdicts);
    }
}

/// Every code that a mutation is meant to bring out.
const CODES: &[&str] = &[
    "missing_signature",
    "malformed_signature",
    "too_many_signatures",
    "repeated_header",
    "header_too_large",
    "missing_timestamp",
    "malformed_timestamp",
    "missing_event_id",
    "malformed_event_id",
    "missing_url",
    "missing_method",
    "signature_mismatch",
    "timestamp_too_old",
    "timestamp_too_new",
];

#[test]
fn the_signer_writes_what_the_oracle_wrote() {
    let mut compared = 0;
    for recipe in all() {
        let mut headers = 0;
        for case in 0..60 {
            let mut dice = Dice::for_case(seed() ^ 1, recipe.name, case);
            headers += sign_and_compare(&recipe, &mut dice);
        }
        assert!(headers >= 10, "{}: only {headers} headers compared", recipe.name);
        compared += headers;
    }
    assert!(compared >= 60 * all().len(), "only {compared} headers compared");
}

/// Rows that are wrong in one fact each: the oracle has to find out all of them.
#[test]
fn a_wrong_row_is_found_out() {
    let time = |row: &Scheme<'static>| row.timestamp.unwrap();
    let (stripe, slack, xero) = (&providers::STRIPE, &providers::SLACK, &providers::XERO);
    let wrong = [
        Scheme { signed: template!("{timestamp}:{body}"), ..*stripe },
        Scheme { signed: template!("{timestamp}.{body}\n"), ..*stripe },
        Scheme { timestamp: Some(time(stripe).window(301, 300)), ..*stripe },
        Scheme { timestamp: Some(time(stripe).window(300, 299)), ..*stripe },
        Scheme { event_id: Some(event(json("inner.id"))), ..*stripe },
        Scheme { signature: header("stripe-signature").item(", ", "v1="), ..*stripe },
        Scheme { signature: header("x-slack-signature"), ..*slack },
        Scheme { timestamp: None, signed: template!("{body}"), ..*slack },
        Scheme { encoding: Encoding::Base64Url, ..*xero },
        Scheme { encoding: Encoding::Base64UrlPadded, ..*xero },
        Scheme { key: KeyFormat::Base64 { prefix: "" }, ..*xero },
        Scheme { algorithm: Algorithm::HmacSha512, ..providers::GITHUB },
        Scheme { signature: header("x-hub-signature").prefix("sha256="), ..providers::META },
        Scheme { signed: template!("{method}{url}{body}{timestamp}"), ..providers::HUBSPOT },
    ];
    for row in wrong {
        let recipe = all().into_iter().find(|recipe| recipe.name == row.name).unwrap();
        let found = (0..CASES).any(|case| {
            let trial = Trial::new(&recipe, &mut Dice::for_case(seed(), recipe.name, case));
            judge(&row, &trial).is_err()
        });
        assert!(found, "not found out: {row:?}");
    }
}

/// How many of the signer's headers could be compared with those of the recipe.
fn sign_and_compare(recipe: &Recipe, dice: &mut Dice) -> usize {
    let row = providers::by_name(recipe.name).unwrap();
    let secret = (recipe.secret)(dice);
    let genuine = (recipe.make)(&mut Order { dice, twist: Twist::None }, &secret);
    let time = genuine.time.as_ref();
    // The signer writes UTC with three digits of a fraction; a provider may write another moment
    // so that it differs.
    let as_signed = |text: &str| text.len() == 24 && text.ends_with('Z');
    if time.is_some_and(|time| time.unit == Unit::Rfc3339 && !as_signed(&time.text)) {
        return 0;
    }
    let request = request(&genuine, &[]);
    let now = UnixTime::from_millis(time.map_or(0, |time| time.millis));
    let signer = Signer::new(row, &secret).unwrap();
    let signed = signer.sign(&request, genuine.id.text(), now).unwrap();
    let mut compared = 0;
    for (name, value) in signed.headers() {
        let ours = genuine.headers.iter().find(|(ours, _)| ours.eq_ignore_ascii_case(name));
        if let Some((_, ours)) =
            ours.filter(|(_, ours)| *ours != b"msg_decoy" && *ours != b"1600000000")
        {
            assert_eq!(value.to_string().as_bytes(), ours, "{} {name}", recipe.name);
            compared += 1;
        }
    }
    compared
}

fn run(recipes: &[Recipe]) -> Tally {
    let mut tally = Tally::default();
    for recipe in recipes {
        let row = providers::by_name(recipe.name).expect("a row of this name");
        for case in 0..CASES {
            let trial = Trial::new(recipe, &mut Dice::for_case(seed(), recipe.name, case));
            tally.cases += 1;
            *tally.mutations.entry(trial.mutation).or_default() += 1;
            match judge(row, &trial) {
                Ok(verdict) => *tally.verdicts.entry(verdict).or_default() += 1,
                Err(why) => {
                    let report = || report(recipe, case, seed(), &trial, &why);
                    let kind = (recipe.name, trial.mutation, why.clone());
                    tally.failures.entry(kind).or_insert_with(report);
                }
            }
        }
    }
    tally
}

pub(crate) fn seed() -> u64 {
    let given = std::env::var("HOOKSEAL_SEED").ok();
    given.map_or(SEED, |seed| seed.parse().expect("HOOKSEAL_SEED is a number"))
}
