//! The verdict on one delivery, as `verify` and `listen` tell it.

use core::time::Duration;

use hookseal::{Algorithm, Bound, Coverage, Delivery, Error, Scheme, UnixTime};
use serde::Serialize;

use crate::bound::{BoundReport, body_warning, named};
use crate::output::{Exit, coloured};
use crate::text::{date_time, distance, hex, printable};

/// What is told of one delivery.
#[derive(Serialize)]
pub(crate) struct Report {
    pub(crate) verdict: &'static str,
    pub(crate) code: &'static str,
    message: &'static str,
    scheme: &'static str,
    /// What can be given, where something was missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hint: Option<&'static str>,
    #[serde(flatten)]
    verified: Option<Verified>,
    pub(crate) micros: f64,
    /// The HTTP status of a refusal.
    #[serde(skip)]
    pub(crate) status: u16,
    #[serde(skip)]
    bound: Bound,
    #[serde(skip)]
    is_token: bool,
    /// What has to be known where not all of the body is bound.
    #[serde(skip)]
    body_warning: Option<&'static str>,
}

/// What a verified delivery says.
#[derive(Serialize)]
struct Verified {
    bound: BoundReport,
    event_id: Option<String>,
    event_type: Option<String>,
    sent_at_ms: Option<i64>,
    secret_index: usize,
    replay_key: String,
}

impl Report {
    pub(crate) fn new(
        scheme: &Scheme<'static>,
        outcome: &Result<Delivery<'_>, Error>,
        took: Duration,
    ) -> Self {
        let is_token = scheme.algorithm == Algorithm::Token;
        let (verdict, code, message) = match outcome {
            Ok(_) if is_token => ("verified", "verified", "the token is right"),
            Ok(_) => ("verified", "verified", "the delivery is genuine"),
            Err(error) => ("refused", error.code(), error.message()),
        };
        Report {
            verdict,
            code,
            message,
            scheme: scheme.name,
            hint: None,
            verified: outcome.as_ref().ok().map(Verified::new),
            micros: took.as_secs_f64() * 1e6,
            status: outcome.as_ref().err().map_or(200, |error| error.status()),
            bound: scheme.bound(),
            is_token,
            body_warning: body_warning(scheme),
        }
    }

    pub(crate) fn is_verified(&self) -> bool {
        self.verified.is_some()
    }

    pub(crate) fn exit(&self) -> Exit {
        if self.is_verified() { Exit::Good } else { Exit::Refused }
    }

    /// One block for a person.
    pub(crate) fn block(&self, now: UnixTime, secrets: usize) -> String {
        let mut text = format!(
            "{}  {}: {}\n",
            coloured(self.verdict, self.is_verified()),
            self.scheme,
            self.message
        );
        let mut line = |name: &str, value: &str| text.push_str(&format!("  {name:<11}{value}\n"));
        let Some(verified) = &self.verified else {
            line("code", self.code);
            if let Some(hint) = self.hint {
                line("hint", hint);
            }
            return text;
        };
        line("bound", &self.what_is_bound());
        if let Some(warning) = self.body_warning.filter(|_| !self.is_token) {
            line("WARNING", &coloured(warning, false));
        }
        if let Some(id) = &verified.event_id {
            let worth = if self.bound.event_id { "" } else { "  (not signed)" };
            line("event id", &format!("{}{worth}", printable(id, 100)));
        }
        if let Some(kind) = &verified.event_type {
            line("event type", &printable(kind, 100));
        }
        if let Some(millis) = verified.sent_at_ms {
            let sent = UnixTime::from_millis(millis);
            line("sent at", &format!("{}  ({})", date_time(sent), distance(sent, now)));
        }
        let matched = verified.secret_index.saturating_add(1);
        line("secret", &format!("{matched} of {secrets} matched"));
        line("replay key", &verified.replay_key);
        text
    }

    /// Event id and type, for the one line of `listen`.
    pub(crate) fn event(&self) -> String {
        let Some(verified) = &self.verified else { return "-".to_owned() };
        let loud = match self.bound.body {
            Coverage::Whole => None,
            Coverage::Nothing => Some("(BODY NOT BOUND)"),
            Coverage::Fields | Coverage::Checksum => Some("(BODY NOT ALL BOUND)"),
        };
        let texts = [verified.event_id.as_deref(), verified.event_type.as_deref(), loud];
        let shown: Vec<String> = texts.iter().flatten().map(|it| printable(it, 60)).collect();
        if shown.is_empty() { "-".to_owned() } else { shown.join(" ") }
    }

    fn what_is_bound(&self) -> String {
        if self.is_token {
            let why = self.body_warning.unwrap_or_default();
            return coloured(&format!("NOTHING: {why}"), false);
        }
        match named(self.bound) {
            (kept, free) if free.is_empty() => kept,
            (kept, free) if kept.is_empty() => format!("NOTHING  (not bound: {free})"),
            (kept, free) => format!("{kept}  (not bound: {free})"),
        }
    }
}

impl Verified {
    fn new(delivery: &Delivery<'_>) -> Self {
        Verified {
            bound: delivery.bound().into(),
            event_id: delivery.event_id().map(|id| id.to_text()),
            event_type: delivery.event_type().map(|kind| kind.to_text()),
            sent_at_ms: delivery.sent_at().map(UnixTime::as_millis),
            secret_index: delivery.secret_index(),
            replay_key: hex(&delivery.replay_key(b"")),
        }
    }
}
