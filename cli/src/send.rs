//! `hookseal send`: signs a delivery, or takes a captured one, and sends it.

use std::time::Instant;

use clap::Args;
use hookseal::capture::Captured;
use hookseal::{Place, Scheme};
use serde::Serialize;

use crate::client::{Answer, Target};
use crate::delivery::DeliveryArgs;
use crate::output::{Exit, Failure, Output};
use crate::secret::Secrets;
use crate::setup::{self, NowArgs, SchemeArgs};
use crate::sign::{put, sign};
use crate::url::{of_request, query};

#[derive(Args)]
pub(crate) struct SendArgs {
    /// Where to send it: an http:// or https:// URL
    #[arg(value_name = "TO")]
    to: String,
    #[command(flatten)]
    scheme: SchemeArgs,
    #[command(flatten)]
    secrets: Secrets,
    #[command(flatten)]
    delivery: DeliveryArgs,
    /// Sign a captured delivery again, with the time of now
    #[arg(long)]
    sign: bool,
    /// The id of the event [default: the captured one]
    #[arg(long, value_name = "ID")]
    event_id: Option<String>,
    #[command(flatten)]
    now: NowArgs,
}

#[derive(Serialize)]
struct Sent {
    #[serde(flatten)]
    answer: Answer,
    micros: f64,
}

pub(crate) fn run(args: &SendArgs, out: Output) -> Result<Exit, Failure> {
    let mut target = Target::new(&args.to)?;
    let mut delivery = args.delivery.read()?;
    if delivery.body.len() > hookseal::DEFAULT_BODY_LIMIT {
        let error = hookseal::Error::BodyTooLarge;
        return Err(Failure::new(error.code(), "the body is larger than 32 MiB: it is not sent"));
    }
    let mut in_query = false;
    if args.is_signed()? {
        in_query = args.sign(&mut delivery)?.signature.place == Place::Query;
    }
    if in_query || query(&args.to).is_none() {
        target = target.with_query(delivery.url.as_deref().and_then(query))?;
    }
    let started = Instant::now();
    let answer = target.deliver(&delivery)?;
    let sent = Sent { answer, micros: started.elapsed().as_secs_f64() * 1e6 };
    let Answer { status, first_line } = &sent.answer;
    out.show(&sent, || format!("{status}  {first_line}").trim_end().to_owned() + "\n")?;
    Ok(if (200..300).contains(status) { Exit::Good } else { Exit::Refused })
}

impl SendArgs {
    /// A captured delivery goes as it is, unless `--sign`; flags alone make a new one.
    fn is_signed(&self) -> Result<bool, Failure> {
        let keyed = self.scheme.is_given() || self.secrets.are_given();
        match (&self.delivery.request, self.sign) {
            (Some(_), false) if keyed => Err(Failure::usage(
                "a captured delivery goes as it is; to sign it again with this provider and \
                 secret, add --sign",
            )),
            (Some(_), sign) => Ok(sign),
            (None, _) => Ok(true),
        }
    }

    /// Signs a delivery by the row that it returns.
    fn sign(&self, delivery: &mut Captured) -> Result<&'static Scheme<'static>, Failure> {
        if !self.scheme.is_given() {
            return Err(Failure::usage("to sign a delivery, give its provider: --provider NAME"));
        }
        let scheme = self.scheme.read()?;
        let secret = self.secrets.read_one()?;
        let signer = setup::signer(scheme, &secret, self.secrets.allow_weak)?;
        // The URL that is signed is where it goes, unless the provider was told another.
        let to = self.delivery.url.as_ref().unwrap_or(&self.to);
        let captured = self.delivery.url.is_none().then_some(delivery.url.as_deref()).flatten();
        delivery.url = of_request(scheme, Some(to), captured);
        delivery.method.get_or_insert_with(|| "POST".to_owned());
        name_form(scheme, delivery);
        let captured = scheme.event_id_header().and_then(|it| text(delivery, it));
        let event_id = self.event_id.as_deref().or(captured.as_deref());
        let added = sign(scheme, &signer, delivery, event_id, self.now.time())?;
        put(scheme, added, delivery)?;
        Ok(scheme)
    }
}

/// A form says that it is one: receivers' frameworks read it only then.
fn name_form(scheme: &Scheme<'_>, delivery: &mut Captured) {
    const NAME: &str = "content-type";
    let is_form = !delivery.body.is_empty() && !delivery.body.trim_ascii_start().starts_with(b"{");
    if scheme.reads_form() && is_form && text(delivery, NAME).is_none() {
        let value = b"application/x-www-form-urlencoded".to_vec();
        delivery.headers.push((NAME.to_owned(), value));
    }
}

/// The text of one header of a delivery.
fn text(delivery: &Captured, name: &str) -> Option<String> {
    let (_, value) = delivery.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name))?;
    String::from_utf8(value.clone()).ok()
}
