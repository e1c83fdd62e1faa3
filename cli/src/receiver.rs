//! What `listen` does with one delivery: reads it, verifies it, keeps it, answers, hands it on.

use core::convert::Infallible;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use core::time::Duration;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use hookseal::capture::Captured;
use hookseal::explain::Explanation;
use hookseal::{Error, Scheme, UnixTime, Verifier};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{EXPECT, HOST};
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::arrival::{Arrival, Forwarded};
use crate::client::Target;
use crate::delivery::{pairs, request};
use crate::explain::{Told, explainer};
use crate::keep::Keep;
use crate::output::{Exit, Failure, Output, warn};
use crate::report::Report;
use crate::setup::WindowArgs;
use crate::unread::{Unread, read};
use crate::url::{hint, of_request};

/// How long a client may take for the body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

type Answer = Response<Full<Bytes>>;

/// A receiver of one provider's deliveries.
pub(crate) struct Receiver {
    pub(crate) scheme: &'static Scheme<'static>,
    pub(crate) verifier: Verifier<'static>,
    /// What a refusal is explained with.
    pub(crate) secrets: Vec<Vec<u8>>,
    pub(crate) allow_weak: bool,
    pub(crate) window: WindowArgs,
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
        let now = self.clock.unwrap_or_else(UnixTime::now);
        let report = self.verify(&delivery, now);
        let status = report.status;
        let number = self.tally.add(&report);
        let is_verified = report.is_verified();
        let mut arrival = Arrival::new(head, report, status);
        let judged = (!is_verified).then(|| (delivery.clone(), now));
        delivery.url = delivery.url.or_else(|| captured_url(head));
        if let Some(keep) = &self.keep {
            match keep.write(&delivery, number) {
                Ok(path) => arrival.kept = Some(path),
                Err(error) => warn(&format!("a delivery could not be kept: {error}")),
            }
        }
        let target = self.forward.as_ref().map(|target| with_query(target, head));
        if judged.is_none() && target.is_none() {
            arrival.show(self.out);
        } else {
            self.follow_up(target, (delivery, judged), arrival);
        }
        answer(status)
    }

    /// The causes, at most two: the whole of it is told by `explain`.
    fn explain(&self, delivery: &Captured, now: UnixTime) -> Vec<Told> {
        let headers = pairs(delivery);
        let request = request(delivery, &headers);
        let explainer = explainer(self.scheme, &self.secrets, self.allow_weak, &self.window);
        let explained = explainer.map(|explainer| explainer.explain(&request, now));
        let causes = |explanation: Explanation| -> Vec<Told> {
            explanation.causes().iter().take(2).map(Told::from).collect()
        };
        explained.map(causes).unwrap_or_default()
    }

    fn verify(&self, delivery: &Captured, now: UnixTime) -> Report {
        let headers = pairs(delivery);
        let request = request(delivery, &headers);
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

    /// Explains a refusal, and hands the delivery on. The provider has its answer by then: neither
    /// costs it time.
    fn follow_up(
        self: &Arc<Self>,
        target: Option<Target>,
        (delivery, judged): (Captured, Option<(Captured, UnixTime)>),
        mut arrival: Arrival,
    ) {
        let receiver = Arc::clone(self);
        self.tally.forward(async move {
            let out = receiver.out;
            let explained = move || judged.map(|(judged, now)| receiver.explain(&judged, now));
            let causes = tokio::task::spawn_blocking(explained).await;
            arrival.causes = causes.ok().flatten().unwrap_or_default();
            if let Some(target) = target {
                let answer = tokio::task::spawn_blocking(move || target.deliver(&delivery)).await;
                let failed = |_| Err(Failure::usage("the delivery could not be handed on"));
                arrival.forwarded = Some(Forwarded::from(answer.unwrap_or_else(failed)));
            }
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
