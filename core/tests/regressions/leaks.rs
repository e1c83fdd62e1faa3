//! What comes out of a refusal, or of a log: no secret, no expected signature, no byte of the
//! request, and to the sender one answer.

use hookseal::{Error, Request, Signer, UnixTime, Verifier};

use crate::case::{Case, ID, KEY, NOW};
use crate::rows::rows;
use crate::spell::{hex, spell};

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
    for row in rows() {
        let case = Case::of(row);
        nothing_of(&case, &log(&case)).map_err(|found| format!("{}: {found}", row.name))?;
    }
    Ok(())
}

/// Every public type that holds something of a secret or of a delivery, in both forms of Debug.
fn every_type(case: &Case) -> String {
    let (secret, verifier) = (case.secret(), case.verifier());
    let signer = Signer::new(case.scheme, &secret).unwrap();
    let pairs: Vec<(&str, &[u8])> =
        case.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let request = Request::new(pairs.as_slice(), &case.body).url(&case.url).method("POST");
    let signed = signer.sign(&request, Some(ID), UnixTime::from_secs(NOW)).unwrap();
    let headers: Vec<_> = signed.headers().collect();
    let malformed = Verifier::new(case.scheme, format!("-----BEGIN {secret}")).unwrap_err();
    let delivery = verifier.verify(&request, case.now).unwrap();
    let (body, id, kind) = (delivery.body(), delivery.event_id(), delivery.event_type());
    format!(
        "{verifier:?} {verifier:#?} {signer:?} {signer:#?} {request:?} {request:#?} {signed:?} \
         {signed:#?} {headers:?} {headers:#?} {malformed:?} {malformed} {delivery:?} \
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
        (genuine.with_headers(Vec::new()), "no header"),
        (genuine.with_signature(""), "an empty signature"),
        (
            genuine.with_signature(spell(row.encoding, &genuine.tag_under(&[b'x'; 32]))),
            "another key",
        ),
        (genuine.with_signature("é"), "no ASCII"),
        (genuine.with_signature("0".repeat(9000)), "too long"),
    ];
    let mut twice = genuine.headers.clone();
    twice.push(twice.last().unwrap().clone());
    refusals.push((genuine.with_headers(twice), "a header twice"));
    if let Some(time) = row.timestamp {
        for (later, what) in [(i64::from(time.past) + 1, "too old"), (-90_000, "too new")] {
            refusals.push((genuine.received_at(UnixTime::from_secs(NOW + later)), what));
        }
        refusals.push((Case::signed(row, "soon", ID, &[]), "no time"));
    }
    refusals
}

/// Whether a text holds four bytes in a row of the key, the secret, the signature, the tag, the id
/// or the body's own text: as they are, in hex, or as a list of numbers.
fn nothing_of(case: &Case, text: &str) -> Result<(), String> {
    let (secret, tag) = (case.secret(), case.tag());
    // What every secret of a provider begins with is a fact of its row, and in its Debug.
    let secret = secret.trim_start_matches("whsec_");
    let note = "héllo wörld".as_bytes();
    let kept = [KEY, secret.as_bytes(), case.signature.as_bytes(), &tag, ID.as_bytes(), note];
    for window in kept.iter().flat_map(|kept| kept.windows(4)) {
        let numbers = format!("{window:?}");
        let plain = text.as_bytes().windows(4).any(|found| found == window);
        if plain || text.contains(&hex(window)) || text.contains(numbers.trim_matches(['[', ']'])) {
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
