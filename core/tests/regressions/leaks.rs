//! What comes out of a refusal, or of a log: no secret, no expected signature, no byte of the
//! request, and to the sender one answer.

use std::collections::HashSet;

use hookseal::{Clock, Error, KeyFormat, Request, Signer, UnixTime, Verifier};

use crate::case::{Case, ID, KEY, NOW};
use crate::headers::missing;
use crate::moment::LIFE;
use crate::rows::{is_signed_here, made_rows, rows};
use crate::spell::{NOTE, hex};

/// The answer to a refused delivery held the signature that was expected: with it, the next try
/// verified.
#[test]
fn adnanh_webhook_answer_holds_the_expected_signature() {
    answers_hold_nothing(&|case| {
        let error = case.ask(|verdict| verdict.err())?;
        Some(format!("{error} {error:?} {error:#?} {} {}", error.code(), error.message()))
    })
    .unwrap();
    answers_hold_nothing(&wrong::says_what_it_expected).unwrap_err();
}

fn answers_hold_nothing(answer: &dyn Fn(&Case) -> Option<String>) -> Result<(), String> {
    for row in rows() {
        let genuine = Case::of(row);
        for (refused, _) in refusals(&genuine) {
            let answer = answer(&refused).expect("a refusal");
            nothing_of(&genuine, &answer).map_err(|found| format!("{}: {found}", row.name))?;
        }
    }
    Ok(())
}

/// The secret stood in a log, through a type that prints what it holds (RUSTSEC-2022-0087).
#[test]
fn slack_morphism_2022_0087_secret_in_a_log() {
    logs_hold_nothing(&every_type).unwrap();
    logs_hold_nothing(&wrong::prints_what_it_holds).unwrap_err();
    logs_hold_nothing(&wrong::prints_it_as_numbers).unwrap_err();
}

fn logs_hold_nothing(log: &dyn Fn(&Case) -> String) -> Result<(), String> {
    for row in made_rows() {
        let case = Case::of(row);
        nothing_of(&case, &log(&case)).map_err(|found| format!("{}: {found}", row.name))?;
    }
    Ok(())
}

/// Every public type that holds something of a secret or of a delivery, in both forms of Debug.
fn every_type(case: &Case) -> String {
    let (secret, verifier) = (case.secret(), case.verifier());
    let private = case.private_secret();
    let signer = Signer::new(case.scheme, &private).unwrap();
    let pairs: Vec<(&str, &[u8])> =
        case.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let request = Request::new(pairs.as_slice(), &case.body).url(&case.url).method("POST");
    let signed = signer.sign(&request, Some(ID), UnixTime::from_secs(NOW)).unwrap();
    let headers: Vec<_> = signed.headers().collect();
    let other = Verifier::new(case.scheme, format!("-----BEGIN {secret}"));
    let malformed = other.map_err(|error| format!("{error} {error:?}"));
    let delivery = verifier.verify(&request, case.now).unwrap();
    let (body, id, kind) = (delivery.body(), delivery.event_id(), delivery.event_type());
    format!(
        "{verifier:?} {verifier:#?} {signer:?} {signer:#?} {request:?} {request:#?} {signed:?} \
         {signed:#?} {headers:?} {headers:#?} {malformed:?} {delivery:?} \
         {delivery:#?} {body:?} {id:?} {kind:?} {:?}",
        case.scheme
    )
}

/// Each failing stage had a text of its own, and the sender was told it: an oracle.
#[test]
fn corsair_answer_differs_by_stage() {
    every_refusal_has_one_answer(&|error| (error.status(), Error::PUBLIC_MESSAGE.to_owned()))
        .unwrap();
    every_refusal_has_one_answer(&|error| (error.status(), error.to_string())).unwrap_err();
    every_refusal_has_one_answer(&wrong::status_by_stage).unwrap_err();
}

fn every_refusal_has_one_answer(answer: &dyn Fn(Error) -> (u16, String)) -> Result<(), String> {
    let mut met = Vec::new();
    for row in rows() {
        for (refused, what) in refusals(&Case::of(row)) {
            let error = refused.ask(|verdict| verdict.err()).expect(what);
            met.push(error);
            if answer(error) != (401, Error::PUBLIC_MESSAGE.to_owned()) {
                return Err(format!("{}: {what}", row.name));
            }
        }
    }
    met.sort_by_key(|error| error.code());
    met.dedup();
    assert!(met.len() >= 8, "only {met:?} were met");
    // A body that is too large is the one refusal that a sender may know: its size is its own.
    for error in Error::ALL {
        let status = if *error == Error::BodyTooLarge { 413 } else { 401 };
        if answer(*error) != (status, Error::PUBLIC_MESSAGE.to_owned()) {
            return Err(error.code().to_owned());
        }
    }
    Ok(())
}

/// A delivery that is refused at each stage.
fn refusals(genuine: &Case) -> Vec<(Case, &'static str)> {
    let row = genuine.scheme;
    let mut refusals = vec![
        (genuine.without_signature(), "no signature"),
        (genuine.with_signature(""), "an empty signature"),
        (genuine.with_signature(genuine.forged()), "another key"),
        (genuine.with_signature("é"), "no ASCII"),
        (genuine.with_signature("0".repeat(9000)), "too long"),
    ];
    if let Some(last) = genuine.headers.last().filter(|(name, _)| missing(row, name).is_some()) {
        let twice = genuine.headers.iter().chain([last]).cloned().collect();
        refusals.push((genuine.with_headers(twice), "a header twice"));
    }
    if let Some(time) = row.timestamp.filter(|_| is_signed_here(row)) {
        let is_expiry = time.clock == Clock::Expiry;
        let life = if is_expiry { LIFE } else { 0 };
        let edges = [(i64::from(time.past) + life + 1, "too old"), (-90_000, "too new")];
        for (later, what) in edges.into_iter().take(if is_expiry { 1 } else { 2 }) {
            refusals.push((genuine.received_at(UnixTime::from_secs(NOW + later)), what));
        }
        refusals.push((Case::signed(row, "soon", ID, &[]), "no time"));
    }
    refusals
}

/// Whether a text holds four bytes in a row of the key, the secret, the tag, the id or the body's own
/// text, or eight of the signature: as they are, in hex, or as a list of numbers.
fn nothing_of(case: &Case, text: &str) -> Result<(), String> {
    let (secret, private) = (case.secret(), case.private_secret());
    // What every secret of a provider begins with is a fact of its row, and in its Debug.
    let own = |text: String| match case.scheme.key {
        KeyFormat::Base64 { prefix } => text.trim_start_matches(prefix).to_owned(),
        KeyFormat::PublicKey { prefix, private_prefix } => {
            text.trim_start_matches(prefix).trim_start_matches(private_prefix).to_owned()
        }
        _ => text,
    };
    let note = NOTE.as_bytes();
    let tag = if is_signed_here(case.scheme) { case.tag() } else { Vec::new() };
    let [secret, private] = [secret, private].map(own).map(String::into_bytes);
    let kept = [KEY, &*secret, &*private, &tag, ID.as_bytes(), note].map(|kept| kept.windows(4));
    // Four digits of a signature may be four of the time.
    let signature = case.signature.as_bytes().windows(8);
    let there: HashSet<&[u8]> = [4, 8].iter().flat_map(|it| text.as_bytes().windows(*it)).collect();
    for window in kept.into_iter().flatten().chain(signature) {
        let numbers = format!("{window:?}");
        if there.contains(window)
            || text.contains(&hex(window))
            || text.contains(numbers.trim_matches(['[', ']']))
        {
            return Err(format!("{window:?} is in {text}"));
        }
    }
    Ok(())
}

mod wrong {
    use super::{Case, Error, KEY};

    pub(super) fn says_what_it_expected(case: &Case) -> Option<String> {
        let received = String::from_utf8_lossy(&case.body).len();
        Some(format!("expected {}, got {received} bytes", case.signature))
    }

    pub(super) fn prints_what_it_holds(case: &Case) -> String {
        #[derive(Debug)]
        struct Verifier {
            #[allow(dead_code, reason = "printed")]
            secret: String,
        }
        format!("{:?}", Verifier { secret: case.secret() })
    }

    pub(super) fn prints_it_as_numbers(_: &Case) -> String {
        format!("Key({KEY:?})")
    }

    pub(super) fn status_by_stage(error: Error) -> (u16, String) {
        let status = if error == Error::TimestampTooOld { 408 } else { error.status() };
        (status, Error::PUBLIC_MESSAGE.to_owned())
    }
}
