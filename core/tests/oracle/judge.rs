//! Puts a trial to the engine, and compares all that it says with what the oracle knows.

use hookseal::{Delivery, Request, Scheme, UnixTime, Value, Verifier};

use super::genuine::{Genuine, Id, Kind};
use super::trial::Trial;

/// The engine's answer, if the oracle allows it.
pub(crate) fn judge(row: &Scheme<'_>, trial: &Trial) -> Result<&'static str, String> {
    let genuine = &trial.genuine;
    let pairs: Vec<(&str, &[u8])> =
        genuine.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let request = request(genuine, &pairs);

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
    }
    Ok(code)
}

/// The delivery as a request with these headers.
pub(crate) fn request<'r>(genuine: &'r Genuine, headers: &'r [(&str, &[u8])]) -> Request<'r> {
    let request = Request::new(headers, &genuine.body);
    let request = genuine.url.iter().fold(request, |request, url| request.url(url));
    genuine.method.iter().fold(request, |request, method| request.method(method))
}

/// What a verified delivery says otherwise than the oracle.
fn differences(trial: &Trial, delivery: &Delivery<'_>) -> Vec<&'static str> {
    let genuine = &trial.genuine;
    let text = |value: Option<Value<'_>>| {
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
    check(bound.body.is_whole() == genuine.signs_body(), "bound body");
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
