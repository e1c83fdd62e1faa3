//! `hookseal verify`: one delivery, one verdict.

use std::time::Instant;

use clap::Args;

use crate::delivery::{DeliveryArgs, pairs, request};
use crate::output::{Exit, Failure, Output};
use crate::report::Report;
use crate::setup::{KeyArgs, NowArgs, WindowArgs};
use crate::url::hint;

#[derive(Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    delivery: DeliveryArgs,
    #[command(flatten)]
    window: WindowArgs,
    #[command(flatten)]
    now: NowArgs,
}

pub(crate) fn run(args: &VerifyArgs, out: Output) -> Result<Exit, Failure> {
    let scheme = args.key.scheme()?;
    let verifier = args.key.verifier(scheme, &args.key.secrets.read()?, &args.window)?;
    let delivery = args.delivery.read()?;
    let now = args.now.time();
    let headers = pairs(&delivery);
    let request = request(&delivery, &headers);
    let started = Instant::now();
    let outcome = verifier.verify(&request, now);
    let mut report = Report::new(scheme, &outcome, started.elapsed());
    report.hint = outcome.err().and_then(|error| hint(scheme, error, &delivery));
    out.show(&report, || {
        let mut text = report.block(now, args.key.secrets.count());
        if args.window.danger_any_time && scheme.timestamp.is_some() {
            text.push_str("  window     NOT CHECKED: --danger-any-time\n");
        }
        if scheme.bound().url && args.delivery.url.is_none() && delivery.url.is_some() {
            text.push_str(
                "  url        as captured; give the one of the provider's settings by --url\n",
            );
        }
        text
    })?;
    Ok(report.exit())
}
