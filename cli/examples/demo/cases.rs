//! The freshly signed deliveries: genuine ones, and each kind of wrong one.

use std::time::UNIX_EPOCH;

use crate::Failure;
use crate::http::Headers;
use crate::keys::{held, secret};
use crate::recipes::{Event, PROVIDERS, sign};
use crate::shapes::{SHAPES, Sending, Sent, Shape};

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
    /// Path and query.
    pub(crate) target: String,
    pub(crate) sender: Sender,
    pub(crate) body: Vec<u8>,
    /// `verified`, or a code.
    pub(crate) expected: String,
    /// Which secret must have matched.
    pub(crate) secret_index: Option<u64>,
    /// Whether the delivery repeats the one before, so that their replay keys must be the same, or
    /// must not; nothing: what is signed may be the same by chance.
    pub(crate) is_repeat: Option<bool>,
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

/// Above the windows of [`SHAPES`].
const DAY: i64 = 24 * 3600 * 1000;

/// The batches, from 1: one of each provider, one of each shape, and one of the rest.
pub(crate) const BATCHES: usize = FIRST_SHAPE + SHAPES.len();

const FIRST_SHAPE: usize = PROVIDERS.len() + 1;

/// One batch, signed now.
pub(crate) fn fresh(batch: usize) -> Result<Vec<Case>, Failure> {
    if let Some(provider) = batch.checked_sub(1).and_then(|at| PROVIDERS.get(at)) {
        return of_provider(provider);
    }
    if let Some(shape) = batch.checked_sub(FIRST_SHAPE).and_then(|at| SHAPES.get(at)) {
        return of_shape(shape);
    }
    let by_hookseal =
        ["twitch", "mux", "intercom", "gitlab-shared-token", "pandadoc", "contentful"];
    let mut cases: Vec<Case> = by_hookseal.into_iter().map(sent).collect::<Result<_, _>>()?;
    cases.extend(doubled_and_missing()?);
    cases.extend(elsewhere()?);
    Ok(cases)
}

fn of_provider(provider: &str) -> Result<Vec<Case>, Failure> {
    let token = provider == "gitlab-shared-token";
    let genuine = signed(provider, "current", 0)?.named("signed now");
    let repeat = Case { is_repeat: Some(true), ..genuine.clone() }.named("the same once more");
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

/// A provider whose signature is more than a header over the body.
fn of_shape(shape: &Shape) -> Result<Vec<Case>, Failure> {
    let case = |what: &str, which: &str, shift| {
        let (sent, name) = (shape_sent(shape, which, shift)?, format!("{}: {what}", shape.name));
        shaped(shape, name, sent)
    };
    let genuine = Case { is_repeat: Some(false), ..case("signed now", "current", 0)? };
    let repeat = Case { name: format!("{}: the same once more", shape.name), ..genuine.clone() };
    let mut cases = vec![genuine, Case { is_repeat: Some(true), ..repeat }];
    for (from, to, expected) in shape.changes {
        let sent = shape_sent(shape, "current", 0)?.changed(from, to)?;
        let name = format!("{}: {from} changed", shape.name);
        cases.push(shaped(shape, name, sent)?.expecting(expected));
    }
    let rotated = case("old secret", "older", 0)?;
    cases.push(Case { secret_index: Some(1), ..rotated });
    cases.push(case("signed by another", "forged", 0)?.expecting("signature_mismatch"));
    if shape.is_timed {
        cases.push(case("a day old", "current", -DAY)?.expecting("timestamp_too_old"));
        cases.push(case("a day ahead", "current", DAY)?.expecting("timestamp_too_new"));
    }
    Ok(cases)
}

fn shape_sent(shape: &Shape, which: &str, shift: i64) -> Result<Sent, Failure> {
    let (secret, millis) = (secret(shape.provider, which), moment(shift)?);
    shape.sent(&Sending { secret: &secret, millis, url: URL })
}

fn shaped(shape: &Shape, name: String, sent: Sent) -> Result<Case, Failure> {
    Ok(Case {
        name,
        endpoint: endpoint(shape.provider, &["current", "older"])?,
        method: sent.method.to_owned(),
        target: format!("/hook{}", sent.query),
        sender: Sender::Demo(sent.headers),
        body: sent.body.into_bytes(),
        expected: "verified".to_owned(),
        secret_index: None,
        is_repeat: None,
    })
}

/// Now, or so many milliseconds from it.
fn moment(shift: i64) -> Result<u64, Failure> {
    let now = i64::try_from(UNIX_EPOCH.elapsed()?.as_millis())?;
    Ok(u64::try_from(now.saturating_add(shift))?)
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
        case.endpoint = endpoint(at, &["other"])?;
        Ok(case.expecting(code))
    };
    pairs.into_iter().map(case).collect()
}

/// Signed by `hookseal send`.
fn sent(provider: &str) -> Result<Case, Failure> {
    let secret = secret(provider, "current");
    Ok(Case {
        name: format!("{provider}: by hookseal send"),
        endpoint: endpoint(provider, &["current"])?,
        method: "POST".to_owned(),
        target: "/hook".to_owned(),
        sender: Sender::Hookseal { secret },
        body: br#"{"id":"evt_sent","type":"demo.sent"}"#.to_vec(),
        expected: "verified".to_owned(),
        secret_index: Some(0),
        is_repeat: Some(false),
    })
}

fn signed(provider: &str, which: &str, shift: i64) -> Result<Case, Failure> {
    let millis = moment(shift)?;
    let body = format!(
        r#"{{"id":"evt_demo","type":"demo.signed","text":"naïve ☕","webhookTimestamp":{millis}}}"#
    );
    let secret = secret(provider, which);
    let event = Event { secret: &secret, id: "msg_demo", millis, url: URL, body: &body };
    Ok(Case {
        name: provider.to_owned(),
        endpoint: endpoint(provider, &["current", "older"])?,
        method: "POST".to_owned(),
        target: "/hook".to_owned(),
        sender: Sender::Demo(sign(provider, &event)?),
        body: body.into_bytes(),
        expected: "verified".to_owned(),
        secret_index: None,
        is_repeat: Some(false),
    })
}

fn endpoint(provider: &str, secrets: &[&str]) -> Result<Endpoint, Failure> {
    Ok(Endpoint {
        provider: provider.to_owned(),
        secrets: secrets.iter().map(|which| held(provider, which)).collect::<Result<_, _>>()?,
        allow_weak: false,
        now: None,
        url: Some(URL.to_owned()),
    })
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
