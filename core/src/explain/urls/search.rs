//! The order in which changes to the parts of a URL are tried: one part, what the headers say of
//! all, two parts, three, four.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::digest::mark;
use crate::explain::cause::{CauseCode, Change};
use crate::explain::secrets::budget::Budget;
use crate::explain::trial::Trial;
use crate::request::Request;

/// One part of the URL, and what it may be instead.
pub(super) struct Component {
    pub(super) given: String,
    pub(super) choices: Vec<Choice>,
}

/// What a part may be.
pub(super) struct Choice {
    /// The part's text; of the slash at the path's end none: it is the other way.
    pub(super) text: String,
    pub(super) code: CauseCode,
    pub(super) what: String,
    /// A header says so.
    pub(super) said: bool,
}

impl Component {
    /// Without choices, where the part is not signed.
    pub(super) fn only(mut self, signed: bool) -> Self {
        if !signed {
            self.choices.clear();
        }
        self
    }

    /// Adds a choice, unless it is what was given or is there already.
    pub(super) fn add(&mut self, code: CauseCode, text: &str, what: String) {
        self.push(code, text, what, false);
    }

    /// Adds what a header says.
    pub(super) fn add_said(&mut self, code: CauseCode, text: &str, what: String) {
        self.push(code, text, what, true);
    }

    fn push(&mut self, code: CauseCode, text: &str, what: String, said: bool) {
        let is_there = self.given == text || self.choices.iter().any(|it| it.text == text);
        if !is_there {
            self.choices.push(Choice { text: text.into(), code, what, said });
        }
    }
}

/// Most parts that are changed at once: as many as have room in a change. The headers may say more.
const MOST_PARTS: usize = 4;

/// The place of the slash among the parts.
const PATH: usize = 3;
const SLASH: usize = 4;

/// Of which parts which choice is taken: pairs of places.
type Picks = Vec<(usize, usize)>;

/// The search for the URL that was signed.
pub(super) struct Search<'t, 'r, 'e, 's> {
    pub(super) components: [Component; 6],
    pub(super) request: &'t Request<'r>,
    pub(super) trial: &'t mut Trial<'e, 's>,
    pub(super) budget: Budget,
    /// What stands for the URLs that were tried.
    pub(super) tried: BTreeSet<u64>,
}

impl Search<'_, '_, '_, '_> {
    pub(super) fn find(&mut self) -> Option<Change> {
        self.tried.insert(mark(self.request.url.unwrap_or_default().as_bytes()));
        let picks = self
            .of(1, 0, &mut Vec::new())
            .or_else(|| self.said())
            .or_else(|| (2..=MOST_PARTS).find_map(|count| self.of(count, 0, &mut Vec::new())))?;
        let mut faults: Vec<(CauseCode, String)> = Vec::new();
        for pick in &picks {
            let Some(choice) = self.choice(*pick) else { continue };
            let what = match pick.0 {
                SLASH => self.slash(&picks).into(),
                _ => choice.what.clone(),
            };
            match faults.get_mut(MOST_PARTS.saturating_sub(1)) {
                Some((_, last)) => *last = format!("{last}; and {what}"),
                None => faults.push((choice.code, what)),
            }
        }
        let mut faults = faults.into_iter();
        let faults = [faults.next(), faults.next(), faults.next(), faults.next()];
        Some(Change { faults })
    }

    /// Changes to so many parts from one part on, after those picked already.
    fn of(&mut self, count: usize, from: usize, picks: &mut Picks) -> Option<Picks> {
        let Some(others) = count.checked_sub(1) else {
            return self.accepts(picks).then(|| picks.clone());
        };
        for part in from..self.components.len() {
            let choices = self.components.get(part).map_or(0, |it| it.choices.len());
            for choice in 0..choices {
                if self.budget.is_over() || self.trial.is_spent() {
                    return None;
                }
                picks.push((part, choice));
                let found = self.of(others, part.saturating_add(1), picks);
                picks.pop();
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// All that the headers say, together.
    fn said(&mut self) -> Option<Picks> {
        let parts = self.components.iter().enumerate();
        let said = parts.filter_map(|(part, component)| {
            Some((part, component.choices.iter().position(|choice| choice.said)?))
        });
        let picks: Picks = said.collect();
        (picks.len() > 1 && self.accepts(&picks)).then_some(picks)
    }

    fn accepts(&mut self, picks: &Picks) -> bool {
        let url = self.url(picks);
        if !self.tried.insert(mark(url.as_bytes())) || !self.budget.take() {
            return false;
        }
        self.trial.accepts(&Request { url: Some(&url), ..*self.request })
    }

    fn url(&self, picks: &Picks) -> String {
        let parts = (0..self.components.len()).filter(|part| *part != SLASH);
        parts.map(|part| self.text(part, picks)).collect()
    }

    /// The text of a part, with its choice.
    fn text(&self, part: usize, picks: &Picks) -> String {
        let choice = picks.iter().find(|pick| pick.0 == part).and_then(|pick| self.choice(*pick));
        let given = self.components.get(part).map(|component| &component.given);
        let mut text = choice.map(|choice| &choice.text).or(given).cloned().unwrap_or_default();
        if part == PATH && picks.iter().any(|pick| pick.0 == SLASH) {
            match text.ends_with(['/']) {
                true => drop(text.pop()),
                false => text.push('/'),
            }
        }
        text
    }

    /// What the slash at the path's end has become.
    fn slash(&self, picks: &Picks) -> &'static str {
        match self.text(PATH, picks).ends_with(['/']) {
            true => "the path that was signed ends with a slash, that of the URL given does not",
            false => {
                "the path that was signed does not end with a slash, that of the URL given does"
            }
        }
    }

    fn choice(&self, (part, choice): (usize, usize)) -> Option<&Choice> {
        self.components.get(part)?.choices.get(choice)
    }

    pub(super) fn excluded(&self) -> String {
        let all = "the URL with another scheme, host, port, path, slash at its end and query";
        match self.budget.is_over() {
            false => all.into(),
            true => format!("{all}, as far as the work allows"),
        }
    }
}
