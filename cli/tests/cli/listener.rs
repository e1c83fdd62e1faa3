//! A running `hookseal listen`, and a bare HTTP client for it.

use core::time::Duration;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;

use crate::run::{command, leaks};

/// It ends with its value.
pub(crate) struct Listener {
    child: Child,
    lines: BufReader<ChildStdout>,
    pub(crate) address: String,
}

impl Listener {
    /// Listens with JSON output, under `SECRET`, on a port that is free.
    pub(crate) fn start(provider: &str, more: &[&str]) -> Self {
        let (first, listener) = Self::spawn(provider, &[&["--json"], more].concat());
        let first: Value = serde_json::from_str(&first).expect("the listener did not start");
        let address = first["listening"].as_str().unwrap().replace("http://", "");
        listener.at(address)
    }

    /// The same with output for people.
    pub(crate) fn start_plain(provider: &str) -> Self {
        let (first, listener) = Self::spawn(provider, &[]);
        let address = first.strip_prefix("listening on http://").unwrap();
        let address = address.strip_suffix(&format!(" for {provider}\n")).unwrap().to_owned();
        listener.at(address)
    }

    fn spawn(provider: &str, more: &[&str]) -> (String, Self) {
        let mut child = command()
            .args(["listen", "--addr", "127.0.0.1:0", "--provider", provider])
            .args(["--secret-env", "TEST_SECRET"])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        (first, Listener { child, lines, address: String::new() })
    }

    fn at(mut self, address: String) -> Self {
        self.address = address;
        self
    }

    /// The next line that it prints.
    pub(crate) fn line(&mut self) -> Value {
        let line = self.text_line();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("not JSON: {line}"))
    }

    pub(crate) fn text_line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        assert!(!leaks(line.as_bytes()), "a secret was printed");
        line
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends a POST with these header lines, and returns the answer.
    pub(crate) fn post(&self, headers: &[&[u8]], body: &[u8]) -> String {
        let mut request = b"POST /hook?token=1 HTTP/1.1\r\nHost: test\r\n".to_vec();
        for header in headers {
            request.extend_from_slice(header);
            request.extend_from_slice(b"\r\n");
        }
        let length = body.len();
        request.extend(format!("Connection: close\r\nContent-Length: {length}\r\n\r\n").bytes());
        let mut stream = self.connect();
        stream.write_all(&request).unwrap();
        stream.write_all(body).unwrap();
        answer(&mut stream)
    }

    /// Interrupts it, as Ctrl-C does.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let id = self.child.id().to_string();
        let done = std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(done.success());
    }

    /// Waits for its end: the status, and what it said on standard error.
    pub(crate) fn ended(&mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(!leaks(said.as_bytes()) && !said.contains("panicked"), "{said}");
        (status.code(), said)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that is answered until the other side closes.
pub(crate) fn answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}
