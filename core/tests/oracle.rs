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

use std::collections::BTreeMap;
use std::thread;

use hookseal::{
    Algorithm, Delivery, Encoding, KeyFormat, Request, Scheme, Signer, UnixTime, Verifier, event,
    header, json, providers, template,
};

use oracle::genuine::{Id, Kind, Unit};
use oracle::mutation::Mutation;
use oracle::order::{Order, Twist};
use oracle::recipes::{Recipe, all};
use oracle::trial::{Trial, Verdict};
use support::dice::Dice;

/// Deliveries per row.
const CASES: u64 = 2_600;
const SEED: u64 = 0x5eed_0000_2026_1120;

#[test]
fn every_row_has_a_recipe_and_every_recipe_a_row() {
    let mut recipes: Vec<&str> = all().iter().map(|recipe| recipe.name).collect();
    let mut rows: Vec<&str> = providers::ALL.iter().map(|row| row.name).collect();
    recipes.sort_unstable();
    rows.sort_unstable();
    assert_eq!(recipes, rows, "recipes (left) and rows (right)");
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
        Scheme { algorithm: Algorithm::HmacSha1, ..providers::GITHUB },
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
    let mut request = Request::new(&[] as &[(&str, &str)], &genuine.body);
    request = genuine.url.iter().fold(request, |request, url| request.url(url));
    request = genuine.method.iter().fold(request, |request, method| request.method(method));
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

/// What was met, and what went wrong.
#[derive(Default)]
struct Tally {
    cases: u64,
    mutations: BTreeMap<Mutation, u64>,
    verdicts: BTreeMap<&'static str, u64>,
    /// The first of each kind.
    failures: BTreeMap<(&'static str, Mutation, String), String>,
}

impl Tally {
    fn report(&self) -> String {
        let reports: Vec<&str> = self.failures.values().take(12).map(String::as_str).collect();
        format!("{} kinds of failure\n\n{}", self.failures.len(), reports.join("\n\n"))
    }

    fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.mutations.extend(other.mutations);
        self.failures.extend(other.failures);
        for (verdict, count) in other.verdicts {
            *self.verdicts.entry(verdict).or_default() += count;
        }
    }
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
                    let report = || report(recipe, case, &trial, &why);
                    let kind = (recipe.name, trial.mutation, why.clone());
                    tally.failures.entry(kind).or_insert_with(report);
                }
            }
        }
    }
    tally
}

fn seed() -> u64 {
    let given = std::env::var("HOOKSEAL_SEED").ok();
    given.map_or(SEED, |seed| seed.parse().expect("HOOKSEAL_SEED is a number"))
}

fn report(recipe: &Recipe, case: u64, trial: &Trial, why: &str) -> String {
    let mut text = format!(
        "{}: {why}\n  mutation {:?}, twist {:?}, HOOKSEAL_SEED={}, case {case}, now {}",
        recipe.name,
        trial.mutation,
        trial.twist,
        seed(),
        trial.now
    );
    for (name, value) in &trial.genuine.headers {
        let value = String::from_utf8_lossy(value);
        text.push_str(&format!("\n  {name}: {}", value.chars().take(200).collect::<String>()));
    }
    let body = String::from_utf8_lossy(&trial.genuine.body);
    text.push_str(&format!("\n  body: {:?}", body.chars().take(200).collect::<String>()));
    text
}

/// The engine's answer, if the oracle allows it.
fn judge(row: &Scheme<'_>, trial: &Trial) -> Result<&'static str, String> {
    let genuine = &trial.genuine;
    let pairs: Vec<(&str, &[u8])> =
        genuine.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let mut request = Request::new(pairs.as_slice(), &genuine.body);
    request = genuine.url.iter().fold(request, |request, url| request.url(url));
    request = genuine.method.iter().fold(request, |request, method| request.method(method));

    let mut secrets = trial.secrets.iter();
    let first = secrets.next().unwrap();
    let mut verifier = Verifier::new(row, first).map_err(|error| format!("secret: {error}"))?;
    for secret in secrets {
        verifier = verifier.and_secret(secret).map_err(|error| format!("secret: {error}"))?;
    }
    let answer = verifier.verify(&request, UnixTime::from_millis(trial.now));
    let code = answer.as_ref().map_or_else(|error| error.code(), |_| "verified");
    if !trial.verdict.allows(code) {
        return Err(format!("{:?} was expected, {code} came", trial.verdict));
    }
    if let Ok(delivery) = answer {
        let wrong = differences(trial, &delivery);
        if !wrong.is_empty() {
            return Err(format!("verified, but wrong: {}", wrong.join(", ")));
        }
        debug_assert_eq!(trial.verdict, Verdict::Verified);
    }
    Ok(code)
}

/// What a verified delivery says otherwise than the oracle.
fn differences(trial: &Trial, delivery: &Delivery<'_>) -> Vec<&'static str> {
    let genuine = &trial.genuine;
    let text = |value: Option<hookseal::Value<'_>>| {
        // A JSON string with escapes has no bytes of its own in the request.
        value.map(|value| value.as_str().map(str::to_owned))
    };
    let same = |ours: Option<&str>, theirs: Option<Option<String>>| match (ours, theirs) {
        (None, None) | (Some(_), Some(None)) => true,
        (Some(ours), Some(Some(theirs))) => ours == theirs,
        _ => false,
    };
    let mut wrong = Vec::new();
    let mut check = |holds: bool, what| {
        if !holds {
            wrong.push(what);
        }
    };
    let bound = delivery.bound();
    let signed_id = matches!(genuine.id, Id::Signed { .. } | Id::InBody(_));
    let id = genuine.id.text().filter(|id| !id.is_empty());
    let [by_id, by_content] = trial.replay_keys(delivery.scheme(), b"scope");
    let key = Some(delivery.replay_key(b"scope"));

    check(delivery.secret_index() == trial.secret_index, "secret index");
    check(delivery.body().danger_unsigned() == genuine.body, "body");
    check(delivery.body().signed().is_some() == genuine.signs_body(), "signed body");
    check(bound.body == genuine.signs_body(), "bound body");
    check(bound.timestamp == genuine.time.is_some(), "bound time");
    check(bound.url == genuine.url.is_some() || !bound.url, "bound URL");
    check(key == by_id || key == by_content, "replay key");
    let sent = genuine.time.as_ref().map(|time| UnixTime::from_millis(time.millis));
    check(delivery.sent_at() == sent, "time");
    if !matches!(genuine.id, Id::Open) {
        check(same(id, text(delivery.event_id())), "event id");
        check(bound.event_id == signed_id, "bound event id");
    }
    if let Kind::Is(kind) = &genuine.kind {
        check(same(kind.as_deref(), text(delivery.event_type())), "event type");
    }
    wrong
}
