//! The signature is good, and the time is not.

use hookseal::explain::CauseCode;
use hookseal::{Scheme, UnixTime, header, providers, seconds};

use crate::sent::{NOW, Sent, sent};

const STRIPE_SECRET: &str = "whsec_5c1e0a7b2f9d4e6388aa10";
const BODY: &str = "{\"id\":\"evt_1\",\"type\":\"invoice.paid\"}";

fn stripe(late: i64) -> Sent {
    let mut it = sent(&providers::STRIPE, STRIPE_SECRET, BODY);
    it.now = after(late);
    it
}

fn after(seconds: i64) -> UnixTime {
    UnixTime::from_secs(NOW.as_secs() + seconds)
}

/// stripe/stripe-node #407: the server's clock is some minutes ahead.
#[test]
fn stripe_node_407() {
    stripe(7 * 60 + 13).is_likely(CauseCode::ClockSkew);
}

/// stripe/stripe-dotnet #1183, #1184: the server's clock lags behind; nothing comes from the future.
#[test]
fn stripe_dotnet_1183() {
    stripe(-11 * 60).is_proved(CauseCode::ClockSkew);
}

/// stripe/stripe-node #1778: deliveries wait in a queue of the receiver before they are verified.
#[test]
fn stripe_node_1778() {
    stripe(43 * 60).is_likely(CauseCode::OldRetry);
}

/// svix/svix-webhooks #93: payloads of days ago are verified once more.
#[test]
fn svix_webhooks_93() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let mut it = sent(&providers::SVIX, secret, BODY);
    it.now = after(3 * 86_400 + 5_000);
    it.is_likely(CauseCode::OldRetry);
}

/// vercel/eve #1570: Linear sends the same bytes again an hour later, and so the first time.
#[test]
fn eve_1570() {
    let body = format!("{{\"type\":\"Issue\",\"webhookTimestamp\":{}}}", NOW.as_secs() * 1000);
    let mut it = sent(&providers::LINEAR, "lin_wh_0a1b2c3d4e5f6a7b", body);
    it.now = after(3600);
    it.is_likely(CauseCode::OldRetry);
}

/// adcontextprotocol/adcp #440: WorkOS counts milliseconds, which were compared with seconds: the
/// deliveries seemed to be off by thousands of years.
#[test]
fn adcp_440() {
    let mut it = sent(&providers::WORKOS, "workos-secret-4410c2", BODY);
    let time = header("workos-signature").item(", ", "t=");
    it.scheme = Scheme { timestamp: Some(seconds(time)), ..providers::WORKOS };
    it.is_proved(CauseCode::TimestampUnit);
}

/// livekit/node-sdks #442: a token that is good for minutes, and a clock that is ahead of them.
#[test]
fn livekit_node_sdks_442() {
    let mut it = sent(&providers::LIVEKIT, "APIkey1:livekit-secret-8d2b6f", BODY);
    it.now = after(9 * 60);
    it.is_likely(CauseCode::ClockSkew);
}
