//! A framework parsed the body, or read it first; or it was written again.

use hookseal::explain::{CauseCode, Framework};
use hookseal::providers;

use crate::sent::sent_with_keys;
use crate::sent::{Sent, sent};

const STRIPE_SECRET: &str = "whsec_5c1e0a7b2f9d4e6388aa10";
const SLACK_SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
const SHOPIFY_SECRET: &str = "hush-31d06e2c9f1b4a7d";

/// As Stripe writes: indented by two blanks.
const PRETTY: &str = "{\n  \"id\": \"evt_1\",\n  \"object\": \"event\",\n  \"data\": {\n    \
                      \"object\": {\n      \"amount\": 2000,\n      \"charges\": [],\n      \
                      \"paid\": true\n    }\n  },\n  \"type\": \"charge.succeeded\"\n}";
/// As `JSON.stringify` writes the same.
const COMPACT: &str = "{\"id\":\"evt_1\",\"object\":\"event\",\"data\":{\"object\":{\"amount\":\
                       2000,\"charges\":[],\"paid\":true}},\"type\":\"charge.succeeded\"}";

fn stripe() -> Sent {
    sent(&providers::STRIPE, STRIPE_SECRET, PRETTY)
}

/// stripe/stripe-node #341: `bodyParser.json()` for all routes, and the handler writes the object
/// again.
#[test]
fn stripe_node_341() {
    let mut it = stripe();
    it.body = COMPACT.into();
    it.is_proved(CauseCode::BodyReserialised);
}

/// stripe/stripe-node #331: an old body parser; the text that is parsed begins with `[o`.
#[test]
fn stripe_node_331() {
    let mut it = stripe();
    it.body = b"[object Object]".to_vec();
    it.is_likely(CauseCode::BodyParsed);
}

/// stripe/stripe-node #356: API Gateway hands an object to the function, which writes it again. The
/// advice names the gateway's raw body.
#[test]
fn stripe_node_356() {
    let mut it = stripe();
    it.body = COMPACT.into();
    let explanation = it.explained_by(|by| by.framework(Framework::AwsLambda));
    let cause = &explanation.causes()[0];
    assert_eq!(cause.code(), CauseCode::BodyReserialised);
    assert!(cause.fix().ends_with(Framework::AwsLambda.raw_body()), "{}", cause.fix());
}

/// vercel/next.js #61365: `request.json()` first, and then there is no text left.
#[test]
fn next_js_61365() {
    let mut it = stripe();
    it.body.clear();
    it.is_likely(CauseCode::BodyEmpty);
}

/// slackapi/bolt-js #192, node-slack-events-api #85: Cloud Functions have read the stream already;
/// the bytes are in `req.rawBody`.
#[test]
fn bolt_js_192() {
    let mut it = sent(&providers::SLACK, SLACK_SECRET, "{\"type\":\"event_callback\"}");
    it.body.clear();
    let explanation = it.explained_by(|by| by.framework(Framework::CloudFunctions));
    let cause = &explanation.causes()[0];
    assert_eq!(cause.code(), CauseCode::BodyEmpty);
    assert!(cause.fix().contains("`req.rawBody`"), "{}", cause.fix());
}

/// mvanhorn/paperclip-plugin-slack #19: the raw body is kept for JSON alone, and a command is a
/// form: nothing is hashed.
#[test]
fn paperclip_plugin_slack_19() {
    let mut it = sent(&providers::SLACK, SLACK_SECRET, "command=%2Fstatus&text=all&team_id=T1");
    it.body.clear();
    it.is_likely(CauseCode::BodyEmpty);
}

/// sendgrid/sendgrid-python #1030: `str(request.data)` of Django REST framework.
#[test]
fn sendgrid_python_1030() {
    let body = "[{\"email\":\"ann@example.org\",\"tls\":true,\"reason\":null}]\r\n";
    let mut it = sent_with_keys(&providers::SENDGRID, body);
    it.body = b"[{'email': 'ann@example.org', 'tls': True, 'reason': None}]".to_vec();
    it.is_proved(CauseCode::BodyParsed);
}

/// workos/workos-node #1578: the library itself writes the text as JSON once more.
#[test]
fn workos_node_1578() {
    let body = "{\"id\":\"event_01\",\"event\":\"user.created\",\"data\":{\"name\":\"Ann\"}}";
    let mut it = sent(&providers::WORKOS, "workos-secret-4410c2", body);
    it.body = format!("\"{}\"", body.replace('"', "\\\"")).into();
    it.is_proved(CauseCode::BodyJsonString);
}

/// What a shop sent, with `/` and `&` escaped.
const SHOP: &str = r#"{"id":7,"domain":"a.example\/b\/c","note":"salt \u0026 pepper \u0026 oil"}"#;

/// Shopify/shopify-express #15: the object is written again without these escapes.
#[test]
fn shopify_express_15() {
    let mut it = sent(&providers::SHOPIFY, SHOPIFY_SECRET, SHOP);
    it.body = it.text().replace("\\/", "/").replace("\\u0026", "&").into();
    it.is_proved(CauseCode::BodyReserialised);
}

/// lpinca/shopify-token #7: written again, and each escape put back, but the first of its kind only.
#[test]
fn shopify_token_7() {
    let mut it = sent(&providers::SHOPIFY, SHOPIFY_SECRET, SHOP);
    let plain = it.text().replace("\\/", "/").replace("\\u0026", "&");
    it.body = plain.replacen('/', "\\/", 1).replacen('&', "\\u0026", 1).into();
    it.is_proved(CauseCode::BodyReserialised);
}

/// sendgrid/docs #6558: `json.dumps(request.data)`, with blanks, and without the last line end.
#[test]
fn sendgrid_docs_6558() {
    let body = "[{\"email\":\"ann@example.org\",\"event\":\"open\",\"timestamp\":1622100000}]\r\n";
    let mut it = sent_with_keys(&providers::SENDGRID, body);
    it.body = it.text().trim_end().replace("\":", "\": ").replace(",\"", ", \"").into();
    it.is_proved(CauseCode::BodyReserialised);
}

/// sendgrid/sendgrid-nodejs #1321: several events, each followed by CRLF, written again in one line.
#[test]
fn sendgrid_nodejs_1321() {
    let body = "[{\"email\":\"ann@example.org\",\"event\":\"open\"},\r\n\
                {\"email\":\"bob@example.org\",\"event\":\"click\"}]\r\n";
    let mut it = sent_with_keys(&providers::SENDGRID, body);
    it.body = it.text().replace("\r\n", "").into();
    it.is_proved(CauseCode::BodyReserialised);
}

/// gverni/validate-slack-request #1: `querystring.stringify` writes `%20` where Slack writes `+`, so
/// that one word verifies and two do not.
#[test]
fn validate_slack_request_1() {
    let body = "token=t1&command=%2Fweather&text=94070+tomorrow";
    let mut it = sent(&providers::SLACK, SLACK_SECRET, body);
    it.body = it.text().replace('+', "%20").into();
    it.is_proved(CauseCode::BodyFormEncoded);
}

/// slackapi/node-slack-events-api #92: `qs.stringify` in the format RFC1738 leaves parentheses as
/// they are.
#[test]
fn node_slack_events_api_92() {
    let body =
        "payload=%7B%22type%22%3A%22block_actions%22%2C%22text%22%3A%22yes+%28or+no%29%22%7D";
    let mut it = sent(&providers::SLACK, SLACK_SECRET, body);
    it.body = it.text().replace("%28", "(").replace("%29", ")").into();
    it.is_proved(CauseCode::BodyFormEncoded);
}

/// tawn33y/whatsapp-cloud-api #60: written again; it fails where a text has an `@`, which Meta
/// escapes, as it does `/`.
#[test]
fn whatsapp_cloud_api_60() {
    let body = "{\"object\":\"whatsapp_business_account\",\"text\":\"ann\\u0040example.org\"}";
    let mut it = sent(&providers::META, "9f8c2f0f7b1d4c3e", body);
    it.body = it.text().replace("\\u0040", "@").into();
    it.is_proved(CauseCode::BodyReserialised);
}
