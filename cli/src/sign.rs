//! `hookseal sign`: what makes a delivery verify, its headers for most providers.

use clap::Args;
use hookseal::capture::Captured;
use hookseal::outgoing::{Added, OutgoingError};
use hookseal::{Algorithm, Error, KeyFormat, Place, Scheme, Signer, UnixTime};

use crate::delivery::{DeliveryArgs, pairs, request};
use crate::output::{Exit, Failure, Output, print};
use crate::setup::{self, KeyArgs, NowArgs};
use crate::words;

#[derive(Args)]
pub(crate) struct SignArgs {
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    delivery: DeliveryArgs,
    /// The id of the event, for a provider that sends it in a header or in a token
    #[arg(long, value_name = "ID")]
    event_id: Option<String>,
    /// Print the whole signed delivery in place of what is added to it, as --request reads it
    #[arg(long)]
    whole: bool,
    #[command(flatten)]
    now: NowArgs,
}

pub(crate) fn run(args: &SignArgs, out: Output) -> Result<Exit, Failure> {
    let scheme = args.key.scheme()?;
    let secret = args.key.secrets.read_one()?;
    let signer = setup::signer(scheme, &secret, args.key.secrets.allow_weak)?;
    if scheme.algorithm == Algorithm::Token {
        return Err(Failure::usage(
            "this provider sends the secret itself in place of a signature, and a secret is never \
             printed: `hookseal send` sends it",
        ));
    }
    let mut delivery = args.delivery.read()?;
    let added = sign(scheme, &signer, &delivery, args.event_id.as_deref(), args.now.time())?;
    if args.whole {
        put(scheme, added, &mut delivery)?;
        print(&delivery.to_json())?;
    } else {
        out.show(&told(&added), || lines(&added))?;
    }
    Ok(Exit::Good)
}

/// What makes a delivery verify.
pub(crate) fn sign(
    scheme: &Scheme<'_>,
    signer: &Signer<'_>,
    delivery: &Captured,
    event_id: Option<&str>,
    now: UnixTime,
) -> Result<Added, Failure> {
    let given = pairs(delivery);
    let added = signer.sign_outgoing(&request(delivery, &given), event_id, now);
    added.map_err(|error| unsigned(scheme, &error))
}

/// Puts it into the delivery.
pub(crate) fn put(
    scheme: &Scheme<'_>,
    added: Added,
    delivery: &mut Captured,
) -> Result<(), Failure> {
    added.put_into(delivery).map_err(|error| unsigned(scheme, &error))
}

/// Pairs of name and value; what is no header has its place for a third.
fn told(added: &Added) -> Vec<Vec<&str>> {
    let headers = added.headers.iter().map(|(name, value)| vec![name.as_str(), value]);
    let elsewhere = added.elsewhere.iter();
    headers.chain(elsewhere.map(|it| vec![it.name.as_str(), &it.value, it.place.name()])).collect()
}

/// One line each.
pub(crate) fn lines(added: &Added) -> String {
    let mut lines: String =
        added.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    if let Some(it) = &added.elsewhere {
        let at = match it.place {
            Place::Body => words::place_name(it.place).to_owned(),
            _ => format!("{} {}", words::place_name(it.place), it.name),
        };
        lines.push_str(&format!("{at}: {}\n", it.value));
    }
    lines
}

/// A delivery that cannot be signed: what is missing has to be given, so it is wrong usage.
fn unsigned(scheme: &Scheme<'_>, error: &OutgoingError) -> Failure {
    let hint = match error {
        OutgoingError::Unsigned(error) => hint(scheme, *error),
        _ => String::new(),
    };
    Failure::new(error.code(), format!("the delivery cannot be signed: {error}{hint}"))
}

fn hint(scheme: &Scheme<'_>, error: Error) -> String {
    let is_given = |place| matches!(place, Place::Header | Place::Claim);
    let id = scheme.event_id.map(|id| id.source);
    let time = scheme.timestamp.map(|time| time.source);
    match (error, id, time) {
        (Error::MissingEventId, Some(id), _) if !is_given(id.place) => {
            format!("; it is the {}", words::source(&id))
        }
        (Error::MissingEventId, ..) => "; give one with --event-id".to_owned(),
        (Error::MissingTimestamp | Error::MalformedTimestamp, _, Some(time)) => {
            format!("; it is a field of the body or of the URL: the {}", words::source(&time))
        }
        (Error::MissingUrl, ..) => " (--url)".to_owned(),
        (Error::MissingMethod, ..) => " (--method)".to_owned(),
        (Error::MissingField | Error::MalformedField | Error::MalformedBody, ..) => {
            format!("; `hookseal providers {}` shows what is signed", scheme.name)
        }
        _ => String::new(),
    }
}

/// Whether a provider's deliveries are signed with a private key.
pub(crate) fn takes_private_key(scheme: &Scheme<'_>) -> bool {
    matches!(scheme.key, KeyFormat::PublicKey { .. })
}
