//! `hookseal listen` as child processes, and what they say of each delivery.

use core::net::SocketAddr;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::Failure;
use crate::cases::{Case, Endpoint, Sender};
use crate::http;
use crate::table::{Outcome, Verdict};

/// Delivers every case to the listener of its endpoint, one after another.
pub(crate) fn deliver(binary: &Path, cases: &[Case]) -> Result<Vec<Outcome>, Failure> {
    let mut listeners: BTreeMap<&Endpoint, Listener> = BTreeMap::new();
    let mut outcomes = Vec::new();
    let mut last_key = None;
    for case in cases {
        if !listeners.contains_key(&case.endpoint) {
            listeners.insert(&case.endpoint, Listener::start(binary, &case.endpoint)?);
        }
        let listener = listeners.get_mut(&case.endpoint).ok_or("a listener is missing")?;
        let verdict = listener.deliver(binary, case)?;
        let repeats = verdict.replay_key.is_some() && verdict.replay_key == last_key;
        last_key.clone_from(&verdict.replay_key);
        outcomes.push(Outcome { case: case.clone(), verdict, repeats });
    }
    Ok(outcomes)
}

/// A listener; it ends with its value.
struct Listener {
    child: Child,
    lines: BufReader<ChildStdout>,
    address: SocketAddr,
}

impl Listener {
    fn start(binary: &Path, endpoint: &Endpoint) -> Result<Self, Failure> {
        let mut command = Command::new(binary);
        command.args([
            "listen",
            "--json",
            "--addr",
            "127.0.0.1:0",
            "--provider",
            &endpoint.provider,
        ]);
        for (at, secret) in endpoint.secrets.iter().enumerate() {
            let name = format!("DEMO_SECRET_{at}");
            command.env(&name, secret).args(["--secret-env", &name]);
        }
        if endpoint.allow_weak {
            command.arg("--allow-weak-secret");
        }
        if let Some(now) = endpoint.now {
            command.args(["--now", &now.to_string()]);
        }
        if let Some(url) = &endpoint.url {
            command.args(["--url", url]);
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("a listener has no output")?);
        let address = next(&mut lines).and_then(|line| {
            let url = line.get("listening").and_then(Value::as_str).unwrap_or_default();
            Ok(url.trim_start_matches("http://").parse()?)
        });
        match address {
            Ok(address) => Ok(Listener { child, lines, address }),
            Err(error) => {
                child.kill()?;
                child.wait()?;
                Err(format!("the listener for {} did not start: {error}", endpoint.provider).into())
            }
        }
    }

    /// Delivers, and reads the verdict: the status from the HTTP answer, the rest from the line
    /// that the listener prints.
    fn deliver(&mut self, binary: &Path, case: &Case) -> Result<Verdict, Failure> {
        let status = match &case.sender {
            Sender::Demo(headers) => {
                http::send(self.address, &case.method, &case.target, headers, &case.body)?
            }
            Sender::Hookseal { secret } => self.sent_by_hookseal(binary, case, secret)?,
        };
        let line = next(&mut self.lines)?;
        let text = |key: &str| line.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
        Ok(Verdict {
            status,
            verdict: text("verdict").ok_or("the listener gave no verdict")?,
            code: text("code").ok_or("the listener gave no code")?,
            replay_key: text("replay_key"),
            secret_index: line.get("secret_index").and_then(Value::as_u64),
            micros: line
                .get("micros")
                .and_then(Value::as_f64)
                .ok_or("the listener gave no time")?,
        })
    }

    fn sent_by_hookseal(&self, binary: &Path, case: &Case, secret: &str) -> Result<u16, Failure> {
        let mut send = Command::new(binary)
            .args(["send", &format!("http://{}/hook", self.address), "--json", "--body", "-"])
            .args(["--provider", &case.endpoint.provider, "--secret-env", "DEMO_SECRET"])
            .args(["--event-id", "msg_sent"])
            .args(case.endpoint.url.iter().flat_map(|url| ["--url", url]))
            .env("DEMO_SECRET", secret)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        send.stdin.take().ok_or("hookseal send has no input")?.write_all(&case.body)?;
        let output = send.wait_with_output()?;
        let answer: Value = serde_json::from_slice(&output.stdout)?;
        let status = answer.get("status").and_then(Value::as_u64);
        Ok(u16::try_from(status.ok_or("hookseal send got no answer")?)?)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next(lines: &mut impl BufRead) -> Result<Value, Failure> {
    let mut line = String::new();
    if lines.read_line(&mut line)? == 0 {
        return Err("the listener ended".into());
    }
    Ok(serde_json::from_str(&line)?)
}
