//! What can be typed.

use clap::{Parser, Subcommand};

use crate::explain::ExplainArgs;
use crate::lint::LintArgs;
use crate::listen::ListenArgs;
use crate::providers::ProvidersArgs;
use crate::send::SendArgs;
use crate::sign::SignArgs;
use crate::vectors::VectorsArgs;
use crate::verify::VerifyArgs;

/// Verify, explain, sign, receive and send webhook deliveries.
///
/// Exit status: 0 verified, 1 refused, 2 wrong usage, secret or input. A secret is never printed.
#[derive(Parser)]
#[command(name = "hookseal", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// Print JSON: one object, or one on each line where there are several results
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Verify one delivery
    Verify(VerifyArgs),
    /// Tell why a delivery is refused: tries the causes and names the one
    Explain(ExplainArgs),
    /// Print the headers that sign a delivery
    Sign(SignArgs),
    /// List the providers, or show what is known of one
    Providers(ProvidersArgs),
    /// Run files of test vectors
    Vectors(VectorsArgs),
    /// Receive deliveries on this machine, verify each and show the verdict
    Listen(ListenArgs),
    /// Sign a delivery, or take a captured one, and send it to a URL
    Send(SendArgs),
    /// Check a scheme of your own: what it binds, and what is weak about it
    Lint(LintArgs),
}
