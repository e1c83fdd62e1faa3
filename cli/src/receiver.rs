//! What `listen` does with one delivery: reads it, verifies it, keeps it, answers, hands it on.

use core::convert::Infallible;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use core::time::Duration;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use hookseal::capture::Captured;
use hookseal::{DEFAULT_BODY_LIMIT, Error, Scheme, UnixTime, Verifier};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{EXPECT, HOST};
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::arrival::{Arrival, Forwarded};
use crate::client::Target;
use crate::delivery::{pairs, request};
use crate::keep::Keep;
use crate::output::{Exit, Failure, Output, warn};
use crate::report::Report;
use crate::url::{hint, of_request};

/// How long a client may take for the body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// How much of a body that is too large is read, so that its sender gets to see the answer.
const DRAINED: usize = DEFAULT_BODY_LIMIT * 4;

type Answer = Response<Full<Bytes>>;

/// A receiver of one provider's deliveries.
pub(crate) struct Receiver {
    pub(crate) scheme: &'static Scheme<'static>,
    pub(crate) verifier: Verifier<'static>,
    /// The time to judge by, where it stands still.
    pub(crate) clock: Option<UnixTime>,
    pub(crate) url: Option<String>,
    pub(crate) keep: Option<Keep>,
    pub(crate) forward: Option<Target>,
    pub(crate) out: Output,
    pub(crate) tally: Tally,
}

/// How many deliveries have come, and those that are being handed on.
pub(crate) struct Tally {
    wanted: Option<u64>,
    arrived: AtomicU64,
    refused: AtomicBool,
    all: Notify,
    forwarding: Mutex<JoinSet<()>>,
}

impl Tally {
    pub(crate) fn new(wanted: Option<u64>) -> Self {
        Tally {
            wanted,
            arrived: AtomicU64::new(0),
            refused: AtomicBool::new(false),
            all: Notify::new(),
            forwarding: Mutex::default(),
        }
    }

    /// Waits until as many have arrived as were wanted; for ever where none were.
    pub(crate) async fn all_arrived(&self) {
        self.all.notified().await;
    }

    /// Waits for what is still being handed on.
    pub(crate) async fn all_forwarded(&self) {
        let mut rest =
            core::mem::take(&mut *self.forwarding.lock().unwrap_or_else(PoisonError::into_inner));
        while rest.join_next().await.is_some() {}
    }

    /// A listener that was to take some number of deliveries tells whether all were verified.
    pub(crate) fn exit(&self) -> Exit {
        let refused = self.wanted.is_some() && self.refused.load(Ordering::Relaxed);
        if refused { Exit::Refused } else { Exit::Good }
    }

    fn add(&self, report: &Report) -> u64 {
        self.refused.fetch_or(!report.is_verified(), Ordering::Relaxed);
        let number = self.arrived.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if self.wanted.is_some_and(|wanted| number >= wanted) {
            self.all.notify_one();
        }
        number
    }

    fn forward(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.forwarding.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }
}

impl Receiver {
    /// One request, one answer.
    pub(crate) async fn receive(
        self: Arc<Self>,
        incoming: Request<Incoming>,
    ) -> Result<Answer, Infallible> {
        let (head, body) = incoming.into_parts();
        let waits = head.headers.contains_key(EXPECT);
        let read = tokio::time::timeout(BODY_TIMEOUT, read(body, waits)).await;
        Ok(match read.unwrap_or(Err(Unread::Late)) {
            Ok(body) => self.judge(&head, body),
            Err(Unread::TooLarge) => self.refuse_size(&head),
            Err(Unread::Late) => unread(StatusCode::REQUEST_TIMEOUT, "the body came too slowly"),
            Err(Unread::BrokenOff) => unread(StatusCode::BAD_REQUEST, "the body broke off"),
        })
    }

    fn judge(self: &Arc<Self>, head: &Parts, body: Vec<u8>) -> Answer {
        let mut delivery = Captured {
            method: Some(head.method.as_str().to_owned()),
            url: of_request(self.scheme, self.url.as_deref(), captured_url(head).as_deref()),
            headers: headers(head),
            body,
        };
        let report = self.verify(&delivery);
        let status = report.status;
        let number = self.tally.add(&report);
        let mut arrival = Arrival::new(head, report, status);
        delivery.url = delivery.url.or_else(|| captured_url(head));
        if let Some(keep) = &self.keep {
            match keep.write(&delivery, number) {
                Ok(path) => arrival.kept = Some(path),
                Err(error) => warn(&format!("a delivery could not be kept: {error}")),
            }
        }
        match &self.forward {
            Some(target) => self.hand_on(with_query(target, head), delivery, arrival),
            None => arrival.show(self.out),
        }
        answer(status)
    }

    fn verify(&self, delivery: &Captured) -> Report {
        let headers = pairs(delivery);
        let request = request(delivery, &headers);
        let now = self.clock.unwrap_or_else(UnixTime::now);
        let started = Instant::now();
        let outcome = self.verifier.verify(&request, now);
        let mut report = Report::new(self.scheme, &outcome, started.elapsed());
        report.hint = outcome.err().and_then(|error| hint(self.scheme, error, delivery));
        report
    }

    fn refuse_size(&self, head: &Parts) -> Answer {
        let error = Error::BodyTooLarge;
        let report = Report::new(self.scheme, &Err(error), Duration::ZERO);
        self.tally.add(&report);
        Arrival::new(head, report, error.status()).show(self.out);
        answer(error.status())
    }

    /// The provider has its answer by then: a slow application costs it no time.
    fn hand_on(&self, target: Target, delivery: Captured, mut arrival: Arrival) {
        let out = self.out;
        self.tally.forward(async move {
            let answer = tokio::task::spawn_blocking(move || target.deliver(&delivery)).await;
            let failed = |_| Err(Failure::usage("the delivery could not be handed on"));
            arrival.forwarded = Some(Forwarded::from(answer.unwrap_or_else(failed)));
            arrival.show(out);
        });
    }
}

/// Where a delivery is handed on to: with its own query, unless there is another.
fn with_query(target: &Target, head: &Parts) -> Target {
    let query = head.uri.query().filter(|_| !target.has_query());
    target.clone().with_query(query).unwrap_or_else(|_| target.clone())
}

/// The same line for every refusal: what went wrong is for the receiver only.
fn answer(status: u16) -> Answer {
    let text = if status == 200 { "" } else { Error::PUBLIC_MESSAGE };
    respond(StatusCode::from_u16(status).unwrap_or(StatusCode::UNAUTHORIZED), text)
}

fn unread(status: StatusCode, why: &'static str) -> Answer {
    warn(&format!("a request could not be read: {why}"));
    respond(status, why)
}

fn respond(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = status;
    answer
}

/// Why a body was not read.
enum Unread {
    TooLarge,
    Late,
    BrokenOff,
}

/// Reads a body up to the limit. A sender that waits for leave is refused at once; any other is
/// read on for a while, because it looks for an answer only when it has sent all.
async fn read(mut body: Incoming, waits: bool) -> Result<Vec<u8>, Unread> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut too_large = announced > DEFAULT_BODY_LIMIT;
    if too_large && (waits || announced > DRAINED) {
        return Err(Unread::TooLarge);
    }
    let (mut bytes, mut drained) = (Vec::new(), 0usize);
    while let Some(frame) = body.frame().await {
        let frame =
            frame.map_err(|_| if too_large { Unread::TooLarge } else { Unread::BrokenOff })?;
        let Ok(data) = frame.into_data() else { continue };
        drained = drained.saturating_add(data.len());
        too_large |= drained > DEFAULT_BODY_LIMIT;
        match (too_large, drained > DRAINED) {
            (true, true) => return Err(Unread::TooLarge),
            (true, false) => bytes = Vec::new(),
            (false, _) => bytes.extend_from_slice(&data),
        }
    }
    if too_large { Err(Unread::TooLarge) } else { Ok(bytes) }
}

/// The headers as they came, repeats kept.
fn headers(head: &Parts) -> Vec<(String, Vec<u8>)> {
    let each = head.headers.iter();
    each.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect()
}

/// Where the request went, as far as it says so itself: for the kept file, never for verifying.
fn captured_url(head: &Parts) -> Option<String> {
    let host = head.headers.get(HOST)?.to_str().ok()?;
    let path = head.uri.path_and_query()?;
    Some(format!("http://{host}{path}"))
}
