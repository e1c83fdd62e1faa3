//! `hookseal sign`: the headers of a delivery that verifies.

use clap::Args;
use hookseal::capture::Captured;
use hookseal::{Algorithm, Error, Place, Scheme, Signer, UnixTime};

use crate::delivery::{DeliveryArgs, pairs, request};
use crate::output::{Exit, Failure, Output};
use crate::setup::{self, KeyArgs, NowArgs};

#[derive(Args)]
pub(crate) struct SignArgs {
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    delivery: DeliveryArgs,
    /// The id of the event, for a provider that sends it in a header
    #[arg(long, value_name = "ID")]
    event_id: Option<String>,
    #[command(flatten)]
    now: NowArgs,
}

/// Headers as name and value.
pub(crate) type Headers = Vec<(String, String)>;

pub(crate) fn run(args: &SignArgs, out: Output) -> Result<Exit, Failure> {
    let scheme = setup::scheme(&args.key.provider)?;
    let secret = args.key.secrets.read_one()?;
    let signer = setup::signer(scheme, &secret, args.key.secrets.allow_weak)?;
    if scheme.algorithm == Algorithm::Token {
        return Err(Failure::usage(
            "this provider sends the secret itself in place of a signature, and a secret is never \
             printed: `hookseal send` sends it",
        ));
    }
    let delivery = args.delivery.read()?;
    let headers = sign(scheme, &signer, &delivery, args.event_id.as_deref(), args.now.time())?;
    out.show(&headers, || {
        headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect()
    })?;
    Ok(Exit::Good)
}

/// Signs a delivery: the headers that the scheme signs by, and the event id where it is sent in a
/// header that is not signed.
pub(crate) fn sign(
    scheme: &Scheme<'_>,
    signer: &Signer<'_>,
    delivery: &Captured,
    event_id: Option<&str>,
    now: UnixTime,
) -> Result<Headers, Failure> {
    if delivery.body.len() > hookseal::DEFAULT_BODY_LIMIT {
        return Err(unsigned(Error::BodyTooLarge));
    }
    let plain =
        |id: &str| !id.is_empty() && id.chars().all(|it| it == ' ' || it.is_ascii_graphic());
    if event_id.is_some_and(|id| !plain(id)) {
        return Err(Failure::usage("an event id in a header is plain ASCII text, and not empty"));
    }
    let given = pairs(delivery);
    let request = request(delivery, &given);
    let signed = signer.sign(&request, event_id, now).map_err(unsigned)?;
    let mut headers: Headers =
        signed.headers().map(|(name, value)| (name.to_owned(), value.to_string())).collect();
    if let (Some(name), Some(id)) = (event_header(scheme), event_id)
        && !headers.iter().any(|(it, _)| it == name)
    {
        headers.insert(0, (name.to_owned(), id.to_owned()));
    }
    Ok(headers)
}

/// The header in which a provider sends the event id.
pub(crate) fn event_header<'s>(scheme: &Scheme<'s>) -> Option<&'s str> {
    let source = scheme.event_id?.source;
    source.names().next().filter(|_| source.place == Place::Header)
}

/// A delivery that cannot be signed: what is missing has to be given, so it is wrong usage.
fn unsigned(error: Error) -> Failure {
    let hint = match error {
        Error::MissingEventId => "; give one with --event-id",
        Error::MissingUrl => " (--url)",
        Error::MissingMethod => " (--method)",
        Error::MissingTimestamp => "; it is a field of the body",
        _ => "",
    };
    Failure::new(error.code(), format!("the delivery cannot be signed: {error}{hint}"))
}
