//! `hookseal` on the command line: verify, explain, sign, receive and send webhook deliveries.
#![forbid(unsafe_code)]

mod args;
mod arrival;
mod bound;
mod card;
mod client;
mod custom;
mod delivery;
mod explain;
mod input;
mod keep;
mod lint;
mod listen;
mod output;
mod providers;
mod receiver;
mod report;
#[cfg(test)]
mod round_trip;
mod row;
mod secret;
mod send;
mod setup;
mod sign;
mod text;
mod unread;
mod url;
mod usage;
mod vector;
mod vectors;
mod verify;
mod words;

use std::process::ExitCode;

use crate::args::Command;
use crate::output::{Exit, Failure, Output};

fn main() -> ExitCode {
    let cli = match usage::parse() {
        Ok(cli) => cli,
        Err(exit) => return exit.into(),
    };
    let out = Output::new(cli.json);
    let outcome = match &cli.command {
        Command::Verify(args) => verify::run(args, out),
        Command::Explain(args) => explain::run(args, out),
        Command::Sign(args) => sign::run(args, out),
        Command::Providers(args) => providers::run(args, out),
        Command::Vectors(args) => vectors::run(args, out),
        Command::Listen(args) => listen::run(args, out),
        Command::Send(args) => send::run(args, out),
        Command::Lint(args) => lint::run(args, out),
    };
    outcome.unwrap_or_else(|failure: Failure| -> Exit { out.fail(&failure) }).into()
}
