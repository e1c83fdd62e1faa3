//! `hookseal sign`: what makes a delivery verify, its headers for most providers.

use clap::Args;
use hookseal::capture::Captured;
use hookseal::{Algorithm, Error, KeyFormat, Place, Scheme, Signer, UnixTime};

use crate::delivery::{DeliveryArgs, pairs, request};
use crate::output::{Exit, Failure, Output, print};
use crate::place::{Elsewhere, Headers, Signature};
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
    let work = Work { scheme, signer: &signer, secret: &secret };
    let signature = work.sign(&delivery, args.event_id.as_deref(), args.now.time())?;
    if args.whole {
        signature.put_into(&mut delivery)?;
        print(&delivery.to_json())?;
    } else {
        out.show(&signature, || signature.lines())?;
    }
    Ok(Exit::Good)
}

/// What it takes to sign.
pub(crate) struct Work<'s> {
    pub(crate) scheme: &'s Scheme<'s>,
    pub(crate) signer: &'s Signer<'s>,
    /// As it was given: its first half can stand beside a signature.
    pub(crate) secret: &'s [u8],
}

impl Work<'_> {
    /// Signs a delivery: the headers that the scheme signs by, the signature where it is elsewhere,
    /// and the event id where it is sent in a header that is not signed.
    pub(crate) fn sign(
        &self,
        delivery: &Captured,
        event_id: Option<&str>,
        now: UnixTime,
    ) -> Result<Signature, Failure> {
        let Some((list, time)) = self.listed_time() else {
            return self.sign_once(delivery, event_id, now);
        };
        // The time's header is among those that are signed, so it has to be there before them.
        let mut timed = delivery.clone();
        let is_list = |(name, _): &(String, Vec<u8>)| name.eq_ignore_ascii_case(list);
        if !timed.headers.iter().any(is_list) {
            timed.headers.push((list.to_owned(), format!("{list},{time}").into_bytes()));
        }
        let list = timed.headers.iter().filter(|it| is_list(it)).cloned().collect::<Vec<_>>();
        set(&mut timed, time, "0");
        let first = self.sign_once(&timed, event_id, now)?;
        let written = first.headers.iter().find(|(name, _)| name == time);
        set(&mut timed, time, written.map_or("", |(_, value)| value));
        let mut signature = self.sign_once(&timed, event_id, now)?;
        let text = |(name, value): (String, Vec<u8>)| Some((name, String::from_utf8(value).ok()?));
        signature.headers.splice(..0, list.into_iter().filter_map(text));
        Ok(signature)
    }

    /// The headers of the list of those that are signed, and of the time, where the delivery names
    /// them.
    fn listed_time(&self) -> Option<(&str, &str)> {
        let list = self.scheme.signed_headers?;
        let time = self.scheme.timestamp?.source;
        let apart = list.name != self.scheme.signature.name && time.place == Place::Header;
        Some((list.names().next()?, time.names().next()?)).filter(|_| apart)
    }

    fn sign_once(
        &self,
        delivery: &Captured,
        event_id: Option<&str>,
        now: UnixTime,
    ) -> Result<Signature, Failure> {
        let Work { scheme, signer, .. } = self;
        let unsigned = |error| self.unsigned(error);
        if delivery.body.len() > hookseal::DEFAULT_BODY_LIMIT {
            return Err(unsigned(Error::BodyTooLarge));
        }
        let plain =
            |id: &str| !id.is_empty() && id.chars().all(|it| it == ' ' || it.is_ascii_graphic());
        if event_id.is_some_and(|id| !plain(id)) {
            return Err(Failure::usage(
                "an event id in a header is plain ASCII text, and not empty",
            ));
        }
        self.check_hash(delivery)?;
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
        let elsewhere =
            (scheme.signature.place != Place::Header).then(|| self.elsewhere(signed.signature()));
        Ok(Signature { headers, elsewhere })
    }

    /// A signature that is no header, with what stands before it.
    fn elsewhere(&self, signature: &str) -> Elsewhere {
        let source = self.scheme.signature;
        let prefix = source.prefix.split(['|']).next().unwrap_or_default();
        let id = match (source.key_mark, self.scheme.key_id) {
            (Some(mark), Some(parts)) => {
                let end = self.secret.iter().rposition(|byte| *byte == parts).unwrap_or_default();
                let id = self.secret.get(..end).unwrap_or_default();
                format!("{}{}", String::from_utf8_lossy(id), char::from(mark))
            }
            _ => String::new(),
        };
        Elsewhere {
            place: source.place,
            name: source.names().next().unwrap_or_default().to_owned(),
            value: format!("{prefix}{id}{signature}"),
        }
    }

    /// A delivery that cannot be signed: what is missing has to be given, so it is wrong usage.
    fn unsigned(&self, error: Error) -> Failure {
        let is_given = |place| matches!(place, Place::Header | Place::Claim);
        let id = self.scheme.event_id.map(|id| id.source);
        let time = self.scheme.timestamp.map(|time| time.source);
        let hint = match (error, id, time) {
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
                format!("; `hookseal providers {}` shows what is signed", self.scheme.name)
            }
            _ => String::new(),
        };
        Failure::new(error.code(), format!("the delivery cannot be signed: {error}{hint}"))
    }

    /// Of a body that is no form the hash is signed, as a part of the URL: it must be there.
    fn check_hash(&self, delivery: &Captured) -> Result<(), Failure> {
        let is_json = delivery.body.trim_ascii_start().starts_with(b"{");
        let url = delivery.url.as_deref().unwrap_or_default();
        let mut hashes = self.scheme.checks.iter().map(|it| it.source);
        let missing =
            hashes.find(|it| it.place == Place::Query && !url.contains(it.name) && is_json);
        missing.map_or(Ok(()), |it| {
            Err(Failure::usage(format!(
                "a body that is no form needs its hash in the URL, as the query parameter {}: \
                 `hookseal providers {}` shows which",
                it.name, self.scheme.name
            )))
        })
    }
}

/// Sets one header.
fn set(delivery: &mut Captured, name: &str, value: &str) {
    delivery.headers.retain(|(it, _)| !it.eq_ignore_ascii_case(name));
    delivery.headers.push((name.to_owned(), value.as_bytes().to_vec()));
}

/// Whether a provider's deliveries are signed with a private key.
pub(crate) fn takes_private_key(scheme: &Scheme<'_>) -> bool {
    matches!(scheme.key, KeyFormat::PublicKey { .. })
}

/// The header in which a provider sends the event id.
pub(crate) fn event_header<'s>(scheme: &Scheme<'s>) -> Option<&'s str> {
    let source = scheme.event_id?.source;
    source.names().next().filter(|_| source.place == Place::Header)
}
