//! How a receiver starts, what it counts, and what it says.

use std::io::Write;
use std::sync::{Arc, Mutex};

use hookseal::{EndpointError, KeyError, SchemeError, SetupError, providers};
use hookseal_service::{Answer, Head, MemoryClaims, Receiver, ReceiverBuilder, StartError};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

use crate::deliveries::{SECRET, body, signed};

fn stripe() -> ReceiverBuilder {
    Receiver::builder("stripe").secret(SECRET)
}

fn refused(builder: ReceiverBuilder) -> StartError {
    builder.build().unwrap_err()
}

#[test]
fn what_cannot_be_meant_does_not_start() {
    let unset = refused(Receiver::builder("stripe").secret_env("HOOKSEAL_IS_NOT_SET"));
    assert_eq!(unset, StartError::Unset("HOOKSEAL_IS_NOT_SET".to_owned()));
    let sentence = "the environment variable HOOKSEAL_IS_NOT_SET is not set, or empty";
    assert_eq!(
        (unset.to_string(), format!("{unset:?}")),
        (sentence.to_owned(), sentence.to_owned())
    );
    assert_eq!(refused(Receiver::builder("stripe")), StartError::NoSecret);
    // A variable that every process has, and that is no secret of this row.
    let of_path = refused(Receiver::builder("standard-webhooks").secret_env("PATH"));
    let error = StartError::Setup(KeyError::MalformedSecret.into(), Some("PATH".to_owned()));
    assert_eq!(of_path, error);
    let weak = StartError::Setup(KeyError::WeakSecret.into(), None);
    assert_eq!(refused(Receiver::builder("github").secret("short")), weak);
    assert!(Receiver::builder("github").secret("short").danger_weak_secret().build().is_ok());
    let unknown = StartError::Setup(SchemeError::UnknownProvider.into(), None);
    assert_eq!(refused(Receiver::builder("strype").secret(SECRET)), unknown);
    let zero = StartError::Setup(SetupError::Scheme(SchemeError::InvalidTolerance), None);
    assert_eq!(refused(stripe().tolerance(0)), zero);
    let twilio = Receiver::builder(&providers::TWILIO).secret(SECRET);
    assert_eq!(refused(twilio), StartError::Endpoint(EndpointError::NoPublicUrl));
    let none: [&str; 0] = [];
    assert_eq!(refused(stripe().allow_from(none)), StartError::Endpoint(EndpointError::NoNetworks));
    let five = (0..5).fold(Receiver::builder("github"), |it, _| it.secret(SECRET));
    assert_eq!(refused(five), StartError::Setup(KeyError::TooManySecrets.into(), None));
    let unset = refused(stripe().expected_env("HOOKSEAL_IS_NOT_SET"));
    assert_eq!(unset, StartError::Unset("HOOKSEAL_IS_NOT_SET".to_owned()));
}

/// Never forgotten while it is fresh.
#[test]
fn what_is_kept_covers_the_window() {
    let claims = |keep| MemoryClaims::new(9).keep(keep).unwrap();
    assert_eq!(refused(stripe().claims(&claims(599))), StartError::KeptTooShort(600));
    assert!(stripe().claims(&claims(600)).build().is_ok());
    let wider = stripe().tolerance(3600).future_tolerance(10);
    assert_eq!(refused(wider.claims(&claims(3609))), StartError::KeptTooShort(3610));
    assert!(Receiver::builder("github").secret(SECRET).claims(&claims(61)).build().is_ok());
    let two = stripe().claims(&claims(600)).claims(&claims(600));
    assert_eq!(refused(two), StartError::ClaimsAndInbox);
}

#[test]
fn nothing_shows_a_secret() {
    let builder = stripe().expected("agreed on");
    let shown = format!("{builder:?}");
    let receiver = builder.build().unwrap();
    let shown = format!("{shown} {receiver:?} {:?}", receiver.clone());
    assert!(!shown.contains(SECRET) && !shown.contains("agreed"), "{shown}");
}

fn receive(receiver: &Receiver, headers: &[(String, String)], body: &[u8]) -> Result<(), Answer> {
    let pairs: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let headers = pairs.as_slice().into();
    let head = Head { method: "POST", target: "/hook", headers, peer: None };
    receiver.receive(&head, body).map(|_| ())
}

/// The documented names.
#[test]
fn outcomes_are_counted() {
    let recorder = DebuggingRecorder::new();
    let counters = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    metrics::with_local_recorder(&recorder, || {
        let receiver = stripe().claims(&MemoryClaims::new(9)).build().unwrap();
        runtime.block_on(async {
            for _ in 0..3 {
                let delivery = crate::deliveries::event("evt_1");
                let answer = receiver.handle(&delivery, async { Ok::<(), ()>(()) }).await;
                assert_eq!(answer.status(), 200);
            }
            let delivery = crate::deliveries::event("evt_2");
            let answer = receiver.handle(&delivery, async { Err::<(), ()>(()) }).await;
            assert_eq!((answer.status(), answer.body()), (500, ""));
        });
        receive(&receiver, &[], b"{}").unwrap_err();
    });
    let mut counted: Vec<String> = counters
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, _, _, value)| {
            let DebugValue::Counter(count) = value else { panic!("{value:?}") };
            let key = key.key();
            let labels: Vec<_> =
                key.labels().map(|it| format!("{}={}", it.key(), it.value())).collect();
            format!("{} {} {count}", key.name(), labels.join(" "))
        })
        .collect();
    counted.sort();
    let name = "hookseal_deliveries_total scheme=stripe outcome";
    let expected = ["already_handled 2", "handled 1", "handler_failed 1", "missing_signature 1"];
    assert_eq!(counted, expected.map(|it| format!("{name}={it}")));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A log names the scheme and the code, and holds no byte of a request, nor of a secret.
#[test]
fn logs_hold_nothing_of_a_request() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    tracing::subscriber::with_default(subscriber, || {
        let receiver = stripe().claims(&MemoryClaims::new(1)).build().unwrap();
        let text = body("evt_marked", "marked");
        let headers = signed(&providers::STRIPE, text.as_bytes());
        receive(&receiver, &headers, text.as_bytes()).unwrap();
        receive(&receiver, &headers, b"marked").unwrap_err();
        runtime.block_on(async {
            for id in ["evt_marked", "evt_marked", "evt_marked_2"] {
                let delivery = crate::deliveries::event(id);
                receiver.handle(&delivery, async { Ok::<(), ()>(()) }).await;
            }
        });
    });
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for code in ["signature_mismatch", "already_handled", "store_full"] {
        assert!(log.contains(&format!("scheme=\"stripe\" outcome=\"{code}\"")), "{log}");
    }
    assert!(!log.contains("marked") && !log.contains(SECRET) && !log.contains("v1="), "{log}");
}
