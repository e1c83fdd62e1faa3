//! `hookseal explain`: why a delivery is refused.

use std::path::PathBuf;

use clap::Args;
use hookseal::Scheme;
use hookseal::explain::{Cause, Explainer, Explanation, Framework, Verdict};
use serde::Serialize;

use crate::delivery::{DeliveryArgs, pairs, request};
use crate::output::{Exit, Failure, Output, is_coloured, print, warn};
use crate::secret;
use crate::setup::{KeyArgs, NowArgs, WindowArgs};

#[derive(Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    key: KeyArgs,
    /// A file that holds another secret of yours, of another endpoint or of the test mode: if the
    /// delivery is signed with it, that is the cause; repeat the flag for each
    #[arg(long, value_name = "FILE")]
    other_secret_file: Vec<PathBuf>,
    /// What receives the delivery, so that the fix names its raw body
    #[arg(long, value_name = "NAME", value_parser = frameworks())]
    framework: Option<String>,
    #[command(flatten)]
    delivery: DeliveryArgs,
    #[command(flatten)]
    window: WindowArgs,
    #[command(flatten)]
    now: NowArgs,
    /// Show the signature that would verify: whoever sees it can forge this delivery
    #[arg(long)]
    danger_show_expected: bool,
}

fn frameworks() -> impl Into<clap::builder::ValueParser> {
    clap::builder::PossibleValuesParser::new(Framework::ALL.iter().map(|it| it.name()))
}

pub(crate) fn run(args: &ExplainArgs, out: Output) -> Result<Exit, Failure> {
    let scheme = args.key.scheme()?;
    let secrets = args.key.secrets.read()?;
    let others = args
        .other_secret_file
        .iter()
        .map(|path| secret::file(path))
        .collect::<Result<Vec<_>, _>>()?;
    let mut explainer = explainer(scheme, &secrets, args.key.secrets.allow_weak, &args.window)?;
    for other in &others {
        explainer = explainer.other_secret(other);
    }
    if let Some(framework) = args.framework.as_deref().and_then(Framework::by_name) {
        explainer = explainer.framework(framework);
    }
    let delivery = args.delivery.read()?;
    let headers = pairs(&delivery);
    let request = request(&delivery, &headers);
    let explanation = explainer.explain(&request, args.now.time());
    let text = match out.json {
        true => explanation.to_json() + "\n",
        false => explanation.report().with_content().coloured(is_coloured()).to_string(),
    };
    print(&text)?;
    if args.danger_show_expected {
        show_expected(&explainer, &request);
    }
    Ok(exit(&explanation))
}

/// On standard error, so that it stays out of what is piped on.
fn show_expected(explainer: &Explainer<'_>, request: &hookseal::Request<'_>) {
    match explainer.danger_expected_signature(request) {
        Some(expected) => warn(&format!("DANGER, forges this delivery: {expected}")),
        None => warn("the signature that is expected cannot be made of this key and this delivery"),
    }
}

/// An explainer that judges as the verifier of the same flags.
pub(crate) fn explainer<'s>(
    scheme: &'s Scheme<'s>,
    secrets: &'s [Vec<u8>],
    weak: bool,
    window: &WindowArgs,
) -> Result<Explainer<'s>, Failure> {
    let none = || Failure::usage("give the secret");
    let (first, more) = secrets.split_first().ok_or_else(none)?;
    let mut explainer = window.explain(Explainer::new(scheme, first));
    for secret in more {
        explainer = explainer.and_secret(secret);
    }
    Ok(if weak { explainer.danger_weak_secrets() } else { explainer })
}

fn exit(explanation: &Explanation) -> Exit {
    match explanation.verdict() {
        Verdict::Verified => Exit::Good,
        Verdict::Refused(_) => Exit::Refused,
        Verdict::Unusable(_) => Exit::Usage,
    }
}

/// A cause, as `listen` tells it.
#[derive(Serialize)]
pub(crate) struct Told {
    code: &'static str,
    confidence: &'static str,
    what: String,
    fix: String,
}

impl From<&Cause> for Told {
    fn from(cause: &Cause) -> Self {
        Told {
            code: cause.code().code(),
            confidence: cause.confidence().name(),
            what: cause.what().to_owned(),
            fix: cause.fix().to_owned(),
        }
    }
}

impl Told {
    /// Two lines under that of the delivery.
    pub(crate) fn lines(&self) -> String {
        let Told { code, confidence, what, fix } = self;
        format!("  cause  {code} ({confidence}): {what}\n  fix    {fix}\n")
    }
}
