//! `hookseal listen`

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;

use crate::listener::{Listener, answer};
use crate::run::{SECRET, file, fresh_path, hookseal, signature};

const BODY: &[u8] = br#"{"id":"evt_1","type":"thing.made"}"#;

fn github() -> String {
    signature("github", &file(BODY))
}

#[test]
fn each_delivery_gets_its_answer_and_its_line() {
    let mut listener = Listener::start("github", &["--count", "2"]);
    let good = listener.post(&[github().as_bytes()], BODY);
    assert!(good.starts_with("HTTP/1.1 200 "), "{good}");
    let line = listener.line();
    assert_eq!((&line["verdict"], &line["answered"]), (&"verified".into(), &200.into()));
    assert_eq!((&line["method"], &line["path"]), (&"POST".into(), &"/hook".into()));
    assert!(line["micros"].as_f64().unwrap() > 0.0);

    let bad = listener.post(&[github().as_bytes()], b"{}");
    assert!(bad.starts_with("HTTP/1.1 401 "), "{bad}");
    assert!(bad.ends_with("\r\n\r\nthe delivery could not be verified"), "{bad}");
    assert!(!bad.contains("mismatch"), "the code is not for the sender: {bad}");
    let line = listener.line();
    assert_eq!(line["code"], "signature_mismatch");
    assert_eq!(line["causes"][0]["code"], "body_empty", "what a parser gives for none");
    assert!(line["causes"][0]["fix"].as_str().unwrap().ends_with('.'));
    assert_eq!(listener.ended(), (Some(1), String::new()), "one of those wanted was refused");
}

#[test]
fn a_person_reads_one_line_a_delivery() {
    let mut listener = Listener::start_plain("stripe");
    let body = file(BODY);
    let old = signature("stripe", &body);
    listener.post(&[old.as_bytes()], BODY);
    let line = listener.text_line();
    assert!(line.contains("Z  POST /hook  timestamp_too_old  -  "), "{line}");
    assert!(line.ends_with(" µs  answered 401\n"), "{line}");
    let cause = listener.text_line();
    assert!(
        cause.starts_with("  cause  old_retry (likely): The delivery was signed at "),
        "{cause}"
    );
    assert!(listener.text_line().starts_with("  fix    "));

    let mut listener = Listener::start_plain("gitlab-shared-token");
    let token = format!("X-Gitlab-Token: {SECRET}");
    listener.post(&[token.as_bytes(), b"X-Gitlab-Event: Push Hook"], BODY);
    let line = listener.text_line();
    assert!(line.contains("  verified  Push Hook (BODY NOT BOUND)  "), "{line}");
}

#[test]
fn the_count_ends_it_well_when_all_are_verified() {
    let mut listener = Listener::start("github", &["--count", "1"]);
    assert!(listener.post(&[github().as_bytes()], BODY).starts_with("HTTP/1.1 200 "));
    assert_eq!(listener.ended().0, Some(0));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly() {
    let mut listener = Listener::start("github", &[]);
    let idle = listener.connect();
    listener.post(&[], b"");
    listener.interrupt();
    assert_eq!(listener.ended(), (Some(0), String::new()));
    drop(idle);
}

#[test]
fn broken_and_slow_clients_do_not_stop_it() {
    let mut listener = Listener::start("github", &[]);
    let mut slow = listener.connect();
    slow.write_all(b"POST / HTTP/1.1\r\nHost: test\r\nX-Slow: ").unwrap();
    let mut half = listener.connect();
    half.write_all(b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nhalf").unwrap();
    let mut gone = listener.connect();
    gone.write_all(b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nhalf").unwrap();
    drop(gone);
    let mut junk = listener.connect();
    junk.write_all(b"\x16\x03\x01\x02\x00\x01\xff\xff\r\n\r\n").unwrap();
    assert!(answer(&mut junk).starts_with("HTTP/1.1 400 "));
    let mut twice = listener.connect();
    twice
        .write_all(
            b"POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        )
        .unwrap();
    assert!(answer(&mut twice).starts_with("HTTP/1.1 400 "));
    assert!(listener.post(&[github().as_bytes()], BODY).starts_with("HTTP/1.1 200 "));
    assert_eq!(listener.line()["verdict"], "verified", "only what is a delivery has a line");
}

#[test]
fn chunks_are_put_together() {
    let mut listener = Listener::start("github", &[]);
    let mut stream = listener.connect();
    let head = format!("{}\r\nTransfer-Encoding: chunked\r\nConnection: close", github());
    write!(stream, "POST / HTTP/1.1\r\nHost: test\r\n{head}\r\n\r\n").unwrap();
    for part in BODY.chunks(10) {
        write!(stream, "{:x}\r\n", part.len()).unwrap();
        stream.write_all(&[part, b"\r\n"].concat()).unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
    assert!(answer(&mut stream).starts_with("HTTP/1.1 200 "));
    assert_eq!(listener.line()["verdict"], "verified");
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let mut listener = Listener::start("github", &[]);
    let head = "POST / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n";
    let announced = format!("{head}Expect: 100-continue\r\nContent-Length: 9999999999\r\n\r\n");
    let mut stream = listener.connect();
    stream.write_all(announced.as_bytes()).unwrap();
    assert!(answer(&mut stream).starts_with("HTTP/1.1 413 "), "before anything is sent");
    assert_eq!(listener.line()["code"], "body_too_large");

    let sent = listener.post(&[], &vec![b'a'; (32 << 20) + 1]);
    assert!(sent.starts_with("HTTP/1.1 413 "), "{sent}");
    assert_eq!(listener.line()["code"], "body_too_large");

    let mut stream = listener.connect();
    write!(stream, "{head}Transfer-Encoding: chunked\r\n\r\n").unwrap();
    for _ in 0..33 {
        stream.write_all(b"100000\r\n").unwrap();
        stream.write_all(&vec![b'a'; 1 << 20]).unwrap();
        stream.write_all(b"\r\n").unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
    assert!(answer(&mut stream).starts_with("HTTP/1.1 413 "));
    assert_eq!(listener.line()["code"], "body_too_large");

    let largest = listener.post(&[], &vec![b'a'; 32 << 20]);
    assert!(largest.starts_with("HTTP/1.1 401 "), "the limit itself is still read");
    assert_eq!(listener.line()["code"], "missing_signature");
}

#[test]
fn a_kept_delivery_is_whole_private_and_never_overwritten() {
    let directory = fresh_path();
    let mut listener = Listener::start("github", &["--capture", directory.to_str().unwrap()]);
    let signature = github();
    let headers: [&[u8]; 4] = [signature.as_bytes(), b"X-Odd: \xff\xfe", b"X-Two: a", b"X-Two: b"];
    let kept: Vec<String> = (0..3)
        .map(|_| {
            listener.post(&headers, BODY);
            listener.line()["kept"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(kept[0] != kept[1] && kept[1] != kept[2] && kept[0] != kept[2], "{kept:?}");
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 3);
    let request = hookseal::capture::read(&std::fs::read(&kept[0]).unwrap()).unwrap();
    assert_eq!((request.body.as_slice(), request.method.as_deref()), (BODY, Some("POST")));
    let values = |name: &str| -> Vec<Vec<u8>> {
        let named = request.headers.iter().filter(|(it, _)| it == name);
        named.map(|(_, value)| value.clone()).collect()
    };
    assert_eq!(values("x-odd"), [b"\xff\xfe"]);
    assert_eq!(values("x-two"), [b"a", b"b"]);
    #[cfg(unix)]
    {
        let mode = std::fs::metadata(&kept[0]).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode.permissions()) & 0o777, 0o600);
    }
    let verify = ["verify", "--provider", "github", "--secret-env", "TEST_SECRET", "--request"];
    assert_eq!(hookseal(&[&verify[..], &[&kept[0]]].concat()).code, 0);
}

#[test]
fn a_delivery_is_handed_on_as_it_came_and_both_answers_are_shown() {
    let behind = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/app?x=1", behind.local_addr().unwrap());
    let application = thread::spawn(move || {
        let (mut stream, _) = behind.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut head: Vec<Vec<u8>> = Vec::new();
        loop {
            let mut line = Vec::new();
            reader.read_until(b'\n', &mut line).unwrap();
            if line == b"\r\n" {
                break;
            }
            head.push(line);
        }
        let mut body = vec![0; BODY.len()];
        reader.read_exact(&mut body).unwrap();
        stream.write_all(b"HTTP/1.1 503 Busy\r\nContent-Length: 13\r\n\r\nbusy\nnot this").unwrap();
        (head, body)
    });
    let mut listener = Listener::start("github", &["--forward", &url, "--count", "1"]);
    let signature = github();
    let headers: [&[u8]; 4] = [signature.as_bytes(), b"X-Odd: \xff\xfe", b"X-Two: a", b"X-Two: b"];
    assert!(listener.post(&headers, BODY).starts_with("HTTP/1.1 200 "));
    let line = listener.line();
    assert_eq!(line["answered"], 200);
    assert_eq!(line["forwarded"]["status"], 503);
    assert_eq!(line["forwarded"]["first_line"], "busy");
    let (head, body) = application.join().unwrap();
    assert_eq!((head[0].as_slice(), body.as_slice()), (&b"POST /app?x=1 HTTP/1.1\r\n"[..], BODY));
    for wanted in [&b"x-odd: \xff\xfe\r\n"[..], b"x-two: a\r\n", b"x-two: b\r\n"] {
        assert!(head.iter().any(|line| line == wanted), "{head:?}");
    }
    let signed = head.iter().filter(|line| line.starts_with(b"x-hub-signature-256: ")).count();
    assert_eq!(signed, 1);
    assert_eq!(listener.ended().0, Some(0));
}

#[test]
fn an_application_that_is_not_there_is_said() {
    let behind = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", behind.local_addr().unwrap());
    drop(behind);
    let mut listener = Listener::start("github", &["--forward", &url]);
    assert!(listener.post(&[github().as_bytes()], BODY).starts_with("HTTP/1.1 200 "));
    let line = listener.line();
    assert!(line["forwarded"]["error"].as_str().unwrap().contains("no answer"), "{line}");
}

#[test]
fn it_starts_only_where_it_can_work() {
    let args = ["listen", "--provider", "github", "--secret-env", "TEST_SECRET"];
    let listen = |more: &[&str]| hookseal(&[&args[..], more].concat());
    listen(&["--addr", "0.0.0.0:0"]).fails(2, &["this machine only"]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    listen(&["--addr", &address]).fails(2, &["cannot listen", &address]);
    listen(&["--addr", SECRET]).fails(2, &["--addr <ADDRESS:PORT>"]);
    listen(&["--forward", "ftp://example.com"]).fails(2, &["http:// or https://"]);
    listen(&["--capture", &file(b"")]).fails(2, &["cannot be made"]);
    listen(&["--count", "0"]).fails(2, &["--count <N>"]);
}
