//! The freshly signed deliveries: genuine ones, and each kind of wrong one.

use std::time::UNIX_EPOCH;

use crate::Failure;
use crate::http::Headers;
use crate::recipes::{Event, PROVIDERS, sign};

/// Where deliveries go: one listener for each of these.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Endpoint {
    pub(crate) provider: String,
    pub(crate) secrets: Vec<String>,
    pub(crate) allow_weak: bool,
    /// The listener's clock; nothing: the true time.
    pub(crate) now: Option<i64>,
    pub(crate) url: Option<String>,
}

/// One delivery, and what must come of it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) endpoint: Endpoint,
    pub(crate) method: String,
    pub(crate) sender: Sender,
    pub(crate) body: Vec<u8>,
    /// `verified`, or a code.
    pub(crate) expected: String,
    /// Which secret must have matched.
    pub(crate) secret_index: Option<u64>,
    /// The delivery repeats the one before: their replay keys must be the same.
    pub(crate) is_repeat: bool,
}

/// Who puts a delivery on the wire.
#[derive(Clone, Debug)]
pub(crate) enum Sender {
    /// The demo, with these headers.
    Demo(Headers),
    /// `hookseal send`, which signs the delivery with this secret.
    Hookseal { secret: String },
}

/// Above each window of the table of providers.
const HOURS: i64 = 2 * 3600 * 1000;

const URL: &str = "https://example.com/hook";

/// How many batches there are, from 1: one of each provider, and one of the rest.
pub(crate) const BATCHES: usize = PROVIDERS.len() + 1;

/// One batch, signed now.
pub(crate) fn fresh(batch: usize) -> Result<Vec<Case>, Failure> {
    if let Some(provider) = batch.checked_sub(1).and_then(|at| PROVIDERS.get(at)) {
        return of_provider(provider);
    }
    let mut cases = ["twitch", "mux", "intercom", "gitlab-shared-token"].map(sent).to_vec();
    cases.extend(doubled_and_missing()?);
    cases.extend(elsewhere()?);
    Ok(cases)
}

fn of_provider(provider: &str) -> Result<Vec<Case>, Failure> {
    let token = provider == "gitlab-shared-token";
    let genuine = signed(provider, "current", 0)?.named("signed now");
    let repeat = Case { is_repeat: true, ..genuine.clone() }.named("the same once more");
    let mut tampered = genuine.clone().named("body changed");
    tampered.body.extend_from_slice(b" ");
    let rotated = Case { secret_index: Some(1), ..signed(provider, "older", 0)? };
    let forged = signed(provider, "forged", 0)?.named("signed by another");
    // The body of a shared token is bound to nothing: changed, it passes all the same.
    let tampered = if token { tampered } else { tampered.expecting("signature_mismatch") };
    let mut cases = vec![
        genuine,
        repeat,
        tampered,
        rotated.named("old secret"),
        forged.expecting("signature_mismatch"),
    ];
    if is_timed(provider) {
        let old = signed(provider, "current", -HOURS)?.named("two hours old");
        let new = signed(provider, "current", HOURS)?.named("two hours ahead");
        cases.push(old.expecting("timestamp_too_old"));
        cases.push(new.expecting("timestamp_too_new"));
    }
    Ok(cases)
}

fn doubled_and_missing() -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for provider in ["github", "slack", "shopify"] {
        let mut doubled = signed(provider, "current", 0)?.named("header twice");
        let mut missing = doubled.clone().named("header missing");
        if let (Sender::Demo(twice), Sender::Demo(none)) =
            (&mut doubled.sender, &mut missing.sender)
        {
            twice.extend(none.pop());
        }
        cases.push(doubled.expecting("repeated_header"));
        cases.push(missing.expecting("missing_signature"));
    }
    let mut large = signed("github", "current", 0)?.named("body of 33 MiB");
    large.body = vec![b' '; 33 << 20];
    cases.push(large.expecting("body_too_large"));
    Ok(cases)
}

/// Deliveries of one provider at the listener of another.
fn elsewhere() -> Result<Vec<Case>, Failure> {
    let pairs = [
        ("stripe", "github", "missing_signature"),
        ("github", "stripe", "missing_signature"),
        ("github", "meta", "signature_mismatch"),
        ("svix", "resend", "signature_mismatch"),
        ("vercel", "linear", "missing_signature"),
    ];
    let case = |(of, at, code): (&str, &str, &str)| {
        let mut case = signed(of, "current", 0)?.named(&format!("sent to {at}"));
        case.endpoint = endpoint(at, &["other"]);
        Ok(case.expecting(code))
    };
    pairs.into_iter().map(case).collect()
}

/// Signed by `hookseal send`.
fn sent(provider: &str) -> Case {
    let secret = secret(provider, "current");
    Case {
        name: format!("{provider}: by hookseal send"),
        endpoint: endpoint(provider, &["current"]),
        method: "POST".to_owned(),
        sender: Sender::Hookseal { secret },
        body: br#"{"id":"evt_sent","type":"demo.sent"}"#.to_vec(),
        expected: "verified".to_owned(),
        secret_index: Some(0),
        is_repeat: false,
    }
}

fn signed(provider: &str, which: &str, shift: i64) -> Result<Case, Failure> {
    let now = i64::try_from(UNIX_EPOCH.elapsed()?.as_millis())?;
    let millis = u64::try_from(now.saturating_add(shift))?;
    let body = format!(
        r#"{{"id":"evt_demo","type":"demo.signed","text":"naïve ☕","webhookTimestamp":{millis}}}"#
    );
    let secret = secret(provider, which);
    let event = Event { secret: &secret, id: "msg_demo", millis, url: URL, body: &body };
    Ok(Case {
        name: provider.to_owned(),
        endpoint: endpoint(provider, &["current", "older"]),
        method: "POST".to_owned(),
        sender: Sender::Demo(sign(provider, &event)?),
        body: body.into_bytes(),
        expected: "verified".to_owned(),
        secret_index: None,
        is_repeat: false,
    })
}

fn endpoint(provider: &str, secrets: &[&str]) -> Endpoint {
    Endpoint {
        provider: provider.to_owned(),
        secrets: secrets.iter().map(|which| secret(provider, which)).collect(),
        allow_weak: false,
        now: None,
        url: Some(URL.to_owned()),
    }
}

/// A secret in the provider's own spelling.
fn secret(provider: &str, which: &str) -> String {
    let text = format!("the {which} secret of {provider}, for the demo");
    match provider {
        "standard-webhooks" | "svix" | "resend" => {
            format!(
                "whsec_{}",
                <base64ct::Base64 as base64ct::Encoding>::encode_string(text.as_bytes())
            )
        }
        _ => text,
    }
}

fn is_timed(provider: &str) -> bool {
    !["github", "shopify", "square", "typeform", "vercel", "razorpay", "gitlab-shared-token"]
        .contains(&provider)
}

impl Case {
    fn named(self, what: &str) -> Self {
        let provider = self.endpoint.provider.clone();
        Case { name: format!("{provider}: {what}"), ..self }
    }

    fn expecting(self, code: &str) -> Self {
        Case { expected: code.to_owned(), ..self }
    }
}
