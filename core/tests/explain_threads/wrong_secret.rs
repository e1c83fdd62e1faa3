//! The secret is another one, or spelled otherwise.

use hookseal::explain::{CauseCode, Certainty, Verdict};
use hookseal::providers;

use crate::sent::sent_with_keys;
use crate::sent::{First, Sent, sent};

const BODY: &str = "{\"id\":\"evt_1\",\"type\":\"invoice.paid\"}";
const OF_CLI: &str = "whsec_cli-0d2f4b6a8c1e3f50";
const OF_DASHBOARD: &str = "whsec_5c1e0a7b2f9d4e6388aa10";

fn stripe() -> Sent {
    sent(&providers::STRIPE, OF_DASHBOARD, BODY)
}

/// integrallis/stripe_event #128: the secret of the command line, and the dashboard's delivery.
#[test]
fn stripe_event_128() {
    let mut it = stripe();
    it.secret = OF_CLI.into();
    let explanation = it.explained_by(|by| by.other_secret(OF_DASHBOARD));
    explanation.is_proved(CauseCode::SecretOfAnotherEndpoint);
}

/// stripe/stripe-node #396: the account's secret for deliveries of Connect; of three that are held,
/// one fits.
#[test]
fn stripe_node_396() {
    let mut it = stripe();
    it.secret = "whsec_account-91a7c35be2d04f68".into();
    let explanation = it.explained_by(|by| by.other_secret(OF_CLI).other_secret(OF_DASHBOARD));
    explanation.is_proved(CauseCode::SecretOfAnotherEndpoint);
}

/// stripe/stripe-node #1886: the API's secret key in the place of the endpoint's.
#[test]
fn stripe_node_1886() {
    let mut it = stripe();
    it.secret = format!("sk_test_{}", "0a1B2c3D".repeat(3));
    it.is_likely(CauseCode::SecretIsApiKey);
}

/// discord/discord-interactions-js #26: the bot's token in the place of the public key.
#[test]
fn discord_interactions_js_26() {
    let mut it = sent_with_keys(&providers::DISCORD, "{\"type\":1}");
    it.secret = "MTAxMDEwMTAxMDEwMTAxMDEw.GaBcDe.notARealTokenOfAnyBot_0123456789abcdef".into();
    it.is_likely(CauseCode::SecretIsPublicKey);
}

/// matrix-org/matrix-hookshot #842: simply another secret, of which nothing is known.
#[test]
fn matrix_hookshot_842() {
    let mut it = sent(&providers::GITHUB, "octo-4b1f5b9f0c7e2d83", BODY);
    it.secret = "a-secret-out-of-the-example-file".into();
    let explanation = it.explained();
    explanation.is_first(CauseCode::NoCauseFound, Certainty::Unknown);
    assert!(!explanation.excluded().is_empty());
}

/// honojs/examples #159: a blank came along when the secret was pasted.
#[test]
fn honojs_examples_159() {
    let mut it = stripe();
    it.secret.push(' ');
    it.is_proved(CauseCode::SecretWhitespace);
}

/// stripe/stripe-cli #817, #840: `--print-secret` through a terminal of Docker ends in CR.
#[test]
fn stripe_cli_817() {
    let mut it = stripe();
    it.secret.push('\r');
    it.is_proved(CauseCode::SecretWhitespace);
}

/// vercel/nextjs-subscription-payments #240: a newline was pasted with the secret.
#[test]
fn nextjs_subscription_payments_240() {
    let mut it = stripe();
    it.secret.push('\n');
    it.is_proved(CauseCode::SecretWhitespace);
}

/// standard-webhooks/standard-webhooks #235: `v1,` before a secret that begins with `whsec_`.
#[test]
fn standard_webhooks_235() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let mut it = sent(&providers::STANDARD_WEBHOOKS, secret, BODY);
    it.secret = format!("v1,{secret}");
    it.is_proved(CauseCode::SecretPrefix);
}

/// A secret that is good in both of Polar's readings.
const POLAR: &str = "whsec_C2FVsBQIhrscChlQIMV5Qb08h1kWHRSJ";

/// superplanehq/superplane #7439: since its secrets are decoded Polar signs as Standard Webhooks
/// says, and the verifier takes the secret's text for the key.
#[test]
fn superplane_7439() {
    let mut it = sent(&providers::STANDARD_WEBHOOKS, POLAR, BODY);
    it.scheme = providers::POLAR;
    it.is_proved(CauseCode::WrongScheme);
}

/// polarsource/polar #13522: the other way round, with a library of Standard Webhooks and a secret
/// of before.
#[test]
fn polar_13522() {
    let mut it = sent(&providers::POLAR, POLAR, BODY);
    it.scheme = providers::STANDARD_WEBHOOKS;
    it.is_proved(CauseCode::WrongScheme);
}

/// octokit/webhooks.js #770, #777: while secrets are rotated one of two verifies; where the new one
/// is not there yet, that is the cause.
#[test]
fn octokit_webhooks_770() {
    let (old, new) = ("octo-old-4b1f5b9f0c7e", "octo-new-1e9d07c3a5b2");
    let mut it = sent(&providers::GITHUB, new, BODY);
    it.secret = old.into();
    it.explained_by(|by| by.other_secret(new)).is_proved(CauseCode::SecretOfAnotherEndpoint);
    let both = it.explained_by(|by| by.and_secret(new));
    assert_eq!(both.verdict(), Verdict::Verified);
    assert!(both.causes().is_empty());
}
