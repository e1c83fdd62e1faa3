//! What a run has met, and how a failure is told.

use std::collections::BTreeMap;

use super::mutation::Mutation;
use super::recipes::Recipe;
use super::trial::Trial;

/// What was met, and what went wrong.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) cases: u64,
    pub(crate) mutations: BTreeMap<Mutation, u64>,
    pub(crate) verdicts: BTreeMap<&'static str, u64>,
    /// The first of each kind.
    pub(crate) failures: BTreeMap<(&'static str, Mutation, String), String>,
}

impl Tally {
    pub(crate) fn report(&self) -> String {
        let reports: Vec<&str> = self.failures.values().take(12).map(String::as_str).collect();
        format!("{} kinds of failure\n\n{}", self.failures.len(), reports.join("\n\n"))
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.cases += other.cases;
        self.mutations.extend(other.mutations);
        self.failures.extend(other.failures);
        for (verdict, count) in other.verdicts {
            *self.verdicts.entry(verdict).or_default() += count;
        }
    }
}

/// A failure as it is printed: the secrets are made up by the recipes, and are left out.
pub(crate) fn report(recipe: &Recipe, case: u64, seed: u64, trial: &Trial, why: &str) -> String {
    let mut text = format!(
        "{}: {why}\n  mutation {:?}, twist {:?}, HOOKSEAL_SEED={seed}, case {case}, now {}",
        recipe.name, trial.mutation, trial.twist, trial.now
    );
    for (name, value) in &trial.genuine.headers {
        let value = String::from_utf8_lossy(value);
        text.push_str(&format!("\n  {name}: {}", value.chars().take(200).collect::<String>()));
    }
    let body = String::from_utf8_lossy(&trial.genuine.body);
    text.push_str(&format!("\n  body: {:?}", body.chars().take(200).collect::<String>()));
    text
}
