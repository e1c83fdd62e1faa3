//! `hookseal send`

use std::net::TcpListener;

use crate::listener::Listener;
use crate::run::{NOW, SECRET, file, fresh_path, hookseal, hookseal_with, signature};

const BODY: &[u8] = br#"{"id":"evt_1","type":"thing.made"}"#;

#[test]
fn a_signed_delivery_arrives_verified() {
    for provider in ["stripe", "github", "slack", "shopify", "twitch", "gitlab-shared-token"] {
        let mut listener = Listener::start(provider, &[]);
        let to = format!("http://{}/hook", listener.address);
        let send = ["send", &to, "--provider", provider, "--secret-env", "TEST_SECRET"];
        let more = ["--body", "-", "--event-id", "msg_1"];
        let run = hookseal_with(&[&send[..], &more].concat(), BODY);
        assert_eq!((run.code, run.out.as_str()), (0, "200\n"), "{provider}: {}", run.err);
        assert_eq!(listener.line()["verdict"], "verified", "{provider}");
    }
}

#[test]
fn the_url_that_is_signed_is_where_it_goes_or_the_one_given() {
    let public = "https://example.com/hook";
    let mut listener = Listener::start("square", &["--url", public]);
    let to = format!("http://{}/hook", listener.address);
    let send = ["send", &to, "--provider", "square", "--secret-env", "TEST_SECRET", "--body", "-"];
    assert_eq!(hookseal_with(&[&send[..], &["--url", public]].concat(), BODY).code, 0);
    assert_eq!(listener.line()["verdict"], "verified");
    let run = hookseal_with(&send, BODY);
    assert_eq!((run.code, run.out.as_str()), (1, "401  the delivery could not be verified\n"));
    assert_eq!(listener.line()["code"], "signature_mismatch");
}

#[test]
fn a_captured_delivery_goes_as_it_is_or_signed_again() {
    let (name, value) = {
        let header = signature("stripe", &file(BODY));
        let (name, value) = header.split_once(": ").unwrap();
        (name.to_owned(), value.to_owned())
    };
    let body = str::from_utf8(BODY).unwrap();
    let captured = format!(
        "POST /hook HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n{name}: {value}\r\n\r\n{body}",
        body.len()
    );
    let captured = file(captured.as_bytes());
    let mut listener = Listener::start("stripe", &[]);
    let to = format!("http://{}/hook", listener.address);
    let send = ["send", &to, "--request", &captured];
    let run = hookseal(&[&send[..], &["--json"]].concat());
    assert_eq!((run.code, run.json()["status"].as_u64()), (1, Some(401)));
    assert_eq!(listener.line()["code"], "timestamp_too_old");

    let key = ["--provider", "stripe", "--secret-env", "TEST_SECRET"];
    hookseal(&[&send[..], &key].concat()).fails(2, &["add --sign"]);
    let run = hookseal(&[&send[..], &key, &["--sign"]].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(listener.line()["verdict"], "verified");
    let old = hookseal(&[&send[..], &key, &["--sign", "--now", NOW]].concat());
    assert_eq!(old.code, 1);
    assert_eq!(listener.line()["code"], "timestamp_too_old");
}

#[test]
fn what_cannot_be_sent_is_said() {
    let body = file(BODY);
    let key = ["--provider", "github", "--secret-env", "TEST_SECRET", "--body", &body];
    let send = |to: &str, more: &[&str]| hookseal(&[&["send", to], more].concat());
    send("ftp://example.com", &key).fails(2, &["http:// or https://"]);
    send(SECRET, &key).fails(2, &["http:// or https://"]);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let to = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    send(&to, &key).fails(1, &["no answer"]);
    send(&to, &["--body", &body]).fails(2, &["--provider NAME"]);
    send(&to, &["--body", &body, "--provider", "github"]).fails(2, &["--secret-env NAME"]);
    send(&to, &["--request", "/no/such/file"]).fails(2, &["/no/such/file"]);
    let odd =
        ["--request", &file(b"POST / HTTP/1.1\r\nHost: a\r\nX: a\r\n\r\n"), "--method", "A B"];
    send(&to, &odd).fails(2, &["a method or a header"]);
}

#[test]
fn a_form_says_that_it_is_one_and_holds_its_signature() {
    let directory = fresh_path();
    let keep = ["--capture", directory.to_str().unwrap(), "--url", "https://example.com/hook"];
    let mut listener =
        Listener::start("vonage-sms-hmac-sha256", &[&keep[..], &["--now", NOW]].concat());
    let to = format!("http://{}/hook", listener.address);
    let key = ["--provider", "vonage-sms-hmac-sha256", "--secret-env", "TEST_SECRET"];
    let send = [&["send", &to, "--body", "-", "--now", NOW], &key[..]].concat();
    let run = hookseal_with(&send, b"text=a%20b&timestamp=1700000000");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let line = listener.line();
    assert_eq!((&line["verdict"], &line["bound"]["body"]), (&"verified".into(), &true.into()));
    let kept = std::fs::read(line["kept"].as_str().unwrap()).unwrap();
    let kept = hookseal::capture::read(&kept).unwrap();
    let form = ("content-type".to_owned(), b"application/x-www-form-urlencoded".to_vec());
    assert!(kept.headers.contains(&form), "{kept:?}");
    assert!(kept.body.starts_with(b"text=a%20b&timestamp=1700000000&sig="), "{kept:?}");
}

#[test]
fn a_signature_in_the_url_arrives_and_is_handed_on() {
    let mut behind = Listener::start("pandadoc", &[]);
    let forward = format!("http://{}/app", behind.address);
    let mut listener = Listener::start("pandadoc", &["--forward", &forward]);
    let to = format!("http://{}/hook?x=1", listener.address);
    let send = ["send", &to, "--provider", "pandadoc", "--secret-env", "TEST_SECRET"];
    let run = hookseal_with(&[&send[..], &["--body", "-"]].concat(), BODY);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let line = listener.line();
    assert_eq!((&line["verdict"], &line["path"]), (&"verified".into(), &"/hook".into()));
    assert_eq!(line["forwarded"]["status"], 200);
    assert_eq!(behind.line()["verdict"], "verified");
}

#[test]
fn a_captured_url_keeps_its_query_on_its_way() {
    let body = file(BODY);
    let url = "https://example.com/hook";
    let key = ["--provider", "pandadoc", "--secret-env", "TEST_SECRET", "--url", url];
    let whole = hookseal(&[&["sign", "--whole", "--body", &body], &key[..]].concat()).out;
    let captured = file(whole.as_bytes());
    let mut listener = Listener::start("pandadoc", &["--url", url]);
    let to = format!("http://{}/hook", listener.address);
    assert_eq!(hookseal(&["send", &to, "--request", &captured]).code, 0);
    assert_eq!(listener.line()["verdict"], "verified");
    let lost = hookseal(&["send", &format!("{to}?x=1"), "--request", &captured]);
    assert_eq!(lost.code, 1, "a query that is given is the one that is sent");
    assert_eq!(listener.line()["code"], "missing_signature");
}

#[test]
fn the_url_of_a_signed_query_is_that_of_the_request_at_the_configured_host() {
    let mut listener = Listener::start("twilio", &["--url", "https://example.com/hook"]);
    let to = format!("http://{}/hook?a=1", listener.address);
    let key = ["--provider", "twilio", "--secret-env", "TEST_SECRET", "--body", "-"];
    let url = ["--url", "https://example.com/hook?a=1"];
    let run = hookseal_with(&[&["send", &to], &key[..], &url].concat(), b"Digits=1");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(listener.line()["verdict"], "verified");
    let run = hookseal_with(&[&["send", &to], &key[..]].concat(), b"Digits=1");
    assert_eq!(run.code, 1, "signed for another host");
    assert_eq!(listener.line()["code"], "signature_mismatch");
    let mut listener = Listener::start("twilio", &[]);
    let to = format!("http://{}/hook", listener.address);
    hookseal_with(&[&["send", &to], &key[..]].concat(), b"Digits=1");
    let line = listener.line();
    assert_eq!(line["code"], "missing_url");
    assert!(line["hint"].as_str().is_some_and(|it| it.contains("--url")), "{line}");
}
