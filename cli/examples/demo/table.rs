//! The table.

use crate::cases::Case;

/// What the HTTP answer and the listener's line said.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) status: u16,
    pub(crate) verdict: String,
    pub(crate) code: String,
    pub(crate) replay_key: Option<String>,
    pub(crate) secret_index: Option<u64>,
    pub(crate) micros: f64,
}

/// A case and what came of it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) case: Case,
    pub(crate) verdict: Verdict,
    /// Whether its replay key is that of the delivery before.
    pub(crate) repeats: bool,
}

impl Outcome {
    /// Whether the answer, the line and the expectation agree.
    pub(crate) fn is_right(&self) -> bool {
        let Outcome { case, verdict, repeats } = self;
        let (status, word) = match verdict.code.as_str() {
            "verified" => (200, "verified"),
            "body_too_large" => (413, "refused"),
            _ => (401, "refused"),
        };
        verdict.code == case.expected
            && verdict.status == status
            && verdict.verdict == word
            && case.secret_index.is_none_or(|index| verdict.secret_index == Some(index))
            && case.is_repeat.is_none_or(|it| it == *repeats)
    }

    fn note(&self) -> &'static str {
        match (self.is_right(), self.case.is_repeat, self.verdict.secret_index) {
            (false, ..) => "WRONG",
            (_, Some(true), _) => "same replay key",
            (_, _, Some(1)) => "second secret",
            _ => "",
        }
    }
}

/// One line a delivery, and the sum.
pub(crate) fn table(outcomes: &[Outcome]) -> String {
    let mut text = line(["DELIVERY", "EXPECTED", "HTTP", "VERDICT", "CODE", "µs", ""]);
    for outcome in outcomes {
        let Outcome { case, verdict, .. } = outcome;
        let (status, micros) = (verdict.status.to_string(), format!("{:.1}", verdict.micros));
        text.push_str(&line([
            &case.name,
            &case.expected,
            &status,
            &verdict.verdict,
            &verdict.code,
            &micros,
            outcome.note(),
        ]));
    }
    let wrong = outcomes.iter().filter(|it| !it.is_right()).count();
    text + &format!("{} deliveries, {wrong} wrong\n", outcomes.len())
}

fn line([name, expected, status, verdict, code, micros, note]: [&str; 7]) -> String {
    let line =
        format!("{name:<44}{expected:<20}{status:<6}{verdict:<10}{code:<20}{micros:>9}  {note}");
    format!("{}\n", line.trim_end())
}
