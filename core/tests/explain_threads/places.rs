//! The URL differs behind a proxy, or a header is not where it is looked for.

use hookseal::explain::{CauseCode, Certainty, Framework, Verdict};
use hookseal::{Scheme, header, providers};

use crate::sent::sent_with_keys;
use crate::sent::{First, Sent, sent, sent_to};

const TOKEN: &str = "12345678901234567890123456789012";
const VOICE: &str = "https://0caf.tunnel.example/voice";
const CALL: &str = "CallSid=CA1&From=%2B15550100&To=%2B15550199";

/// A delivery of Twilio, where the application makes another URL of the request.
fn call(seen: &str, forwarded: &[(&str, &str)]) -> Sent {
    let mut it = sent_to(VOICE, &providers::TWILIO, TOKEN, CALL);
    it.url = Some(seen.into());
    for (name, value) in forwarded {
        it.put(name, value);
    }
    it
}

/// twilio/twilio-node #321: the tunnel ends TLS, and the library takes `http` of the request.
#[test]
fn twilio_node_321() {
    let it = call("http://0caf.tunnel.example/voice", &[("X-Forwarded-Proto", "https")]);
    it.is_proved(CauseCode::UrlScheme);
}

/// twilio/twilio-python #751: behind a load balancer `request.url` has the inner host and port too.
#[test]
fn twilio_python_751() {
    let it = call(
        "http://127.0.0.1:5000/voice",
        &[("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "0caf.tunnel.example")],
    );
    let explanation = it.explained();
    explanation.is_proved(CauseCode::UrlScheme);
    let codes: Vec<CauseCode> = explanation.causes().iter().map(|it| it.code()).collect();
    assert!(codes.contains(&CauseCode::UrlHost), "{codes:?}");
    assert!(explanation.causes().iter().all(|it| it.confidence() == Certainty::Proved));
}

/// Yoctol/bottender #815: the port that the server listens on comes into the URL. Here that is no
/// fault, as the row has both readings.
#[test]
fn bottender_815() {
    let it = call("https://0caf.tunnel.example:3000/voice", &[("Host", "0caf.tunnel.example")]);
    assert_eq!(it.explained().verdict(), Verdict::Verified);
}

const SQUARE: &str = "https://tickets.example.org/payment/webhook";

fn square(seen: &str) -> Sent {
    let body = "{\"merchant_id\":\"M1\",\"type\":\"payment.updated\",\"event_id\":\"e-1\"}";
    let mut it = sent_to(SQUARE, &providers::SQUARE, "square-key-0f1e2d3c4b5a", body);
    it.url = Some(seen.into());
    it
}

/// chobbledotcom/tickets #381, #382: a CDN ends TLS; nothing in the request says so.
#[test]
fn tickets_381() {
    square("http://tickets.example.org/payment/webhook").is_proved(CauseCode::UrlScheme);
}

/// hookdeck/webhook-skills #176: a slash at the end of the URL.
#[test]
fn webhook_skills_176() {
    square("https://tickets.example.org/payment/webhook/").is_proved(CauseCode::UrlTrailingSlash);
}

/// EasyPost/easypost-node #399, spinnaker/echo #877, github/docs #20134: headers come in lower case,
/// or in capitals. Here that is no fault.
#[test]
fn easypost_node_399() {
    let mut it = sent(&providers::EASYPOST, "easypost-5d0c7a1b9e3f", "{\"id\":\"evt_1\"}");
    for change in [str::to_ascii_lowercase, str::to_ascii_uppercase] {
        for (name, _) in &mut it.headers {
            *name = change(name);
        }
        let explanation = it.explained();
        assert_eq!(explanation.verdict(), Verdict::Verified);
        assert!(explanation.causes().is_empty());
    }
}

/// sendgrid/sendgrid-nodejs #1307: the library's own constant has capitals, and the headers are
/// looked up by it in an object of lower-case names: both are undefined.
#[test]
fn sendgrid_nodejs_1307() {
    let mut it = sent_with_keys(&providers::SENDGRID, "[{\"event\":\"open\"}]\r\n");
    it.take("X-Twilio-Email-Event-Webhook-Signature");
    it.take("X-Twilio-Email-Event-Webhook-Timestamp");
    let explanation = it.explained_by(|by| by.framework(Framework::Express));
    explanation.is_likely(CauseCode::HeaderMissing);
    assert!(explanation.causes()[0].fix().ends_with(Framework::Express.headers()));
}

/// github/docs #20134: behind Apache a name comes as the environment has it, in capitals and with
/// underscores.
#[test]
fn github_docs_20134() {
    let mut it = sent(&providers::GITHUB, "octo-4b1f5b9f0c7e2d83", "{\"zen\":\"Keep it\"}");
    let value = it.take("X-Hub-Signature-256");
    it.put("HTTP_X_HUB_SIGNATURE_256", &value);
    it.is_proved(CauseCode::HeaderMissing);
}

/// superplanehq/superplane #4389: a receiver of its own looks for `X-Signature-256`, and GitHub
/// sends `X-Hub-Signature-256`.
#[test]
fn superplane_4389() {
    let generic = Scheme {
        name: "generic",
        signature: header("x-signature-256").prefix("sha256="),
        ..Scheme::BASE
    };
    let mut it = sent(&providers::GITHUB, "octo-4b1f5b9f0c7e2d83", "{\"zen\":\"Keep it\"}");
    it.scheme = generic;
    it.is_proved(CauseCode::WrongProvider);
}

/// mreinstein/alexa-verifier #46, #47: a blank stands in the base64 where `+` was. Alexa signs with
/// RSA, which is not signed with here: the same of an HMAC in base64.
#[test]
fn alexa_verifier_47() {
    let name = "x-shopify-hmac-sha256";
    let delivery = |number: u32| {
        let body = format!("{{\"order\":{number}}}");
        let mut it = sent(&providers::SHOPIFY, "hush-31d06e2c9f1b4a7d", body);
        let value = it.take(name);
        it.put(name, &value.replace('+', " "));
        (it, value)
    };
    let mut with_plus = (0..100).map(delivery).filter(|(_, value)| value.contains('+'));
    with_plus.next().unwrap().0.is_proved(CauseCode::HeaderTruncated);
}

/// supabase/supabase #29270: what runs locally does not sign.
#[test]
fn supabase_29270() {
    let secret = "v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let mut it = sent(&providers::SUPABASE, secret, "{\"user\":{\"id\":\"u1\"}}");
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        it.take(name);
    }
    it.is_likely(CauseCode::HeaderMissing);
}
