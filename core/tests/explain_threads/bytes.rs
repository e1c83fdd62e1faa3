//! The body was decoded and encoded, in text or on a gateway.

use hookseal::explain::{CauseCode, Framework};
use hookseal::providers;

use crate::sent::sent;
use crate::sent::sent_with_keys;
use crate::support::text::{base64, unhex};

const GITHUB_SECRET: &str = "octo-4b1f5b9f0c7e2d83";
const SVIX_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// octokit/webhooks.js #1155: a body with an emoji is made a string on its way, one character of
/// each byte, and bytes again.
#[test]
fn octokit_webhooks_1155() {
    let mut it = sent(&providers::GITHUB, GITHUB_SECRET, "{\"comment\":\"well done 😊\"}");
    let text: String = it.body.iter().map(|byte| char::from(*byte)).collect();
    it.body = text.into();
    it.is_proved(CauseCode::BodyCharset);
}

/// github/docs #3567, #3315: `Encoding.ASCII.GetBytes`. What became question marks cannot be had
/// back; that fewer bytes came, and none of them above 127, are the signs.
#[test]
fn github_docs_3567() {
    let body = "{\"action\":\"created\",\"title\":\"A long title is cut…\",\"tier\":\"gold ✨\"}";
    let mut it = sent(&providers::GITHUB, GITHUB_SECRET, body);
    it.body = it.text().replace(|letter: char| !letter.is_ascii(), "?").into();
    it.is_likely(CauseCode::BodyCharset);
}

/// Secreto31126/whatsapp-api-js #290: Meta signs the text with `\u` escapes in lower-case hex; a
/// parser has undone them.
#[test]
fn whatsapp_api_js_290() {
    let body = r#"{"entry":[{"text":"J'ai mang\u00e9 des p\u00e2tes \ud83c\udf5d"}]}"#;
    let mut it = sent(&providers::META, "9f8c2f0f7b1d4c3e", body);
    let plain = it.text().replace("\\u00e9", "é").replace("\\u00e2", "â");
    it.body = plain.replace("\\ud83c\\udf5d", "🍝").into();
    it.is_proved(CauseCode::BodyReserialised);
}

/// sendgrid/sendgrid-python #950, #990: a text that was decoded as UTF-8 is encoded as Latin-1.
#[test]
fn sendgrid_python_990() {
    let mut it = sent_with_keys(&providers::SENDGRID, "[{\"subject\":\"Grüße, José\"}]\r\n");
    it.body = it.text().chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    it.is_proved(CauseCode::BodyCharset);
}

/// razorpay/razorpay-java #351, #352: `getBytes()` in the platform's charset, which is Windows-1252
/// there.
#[test]
fn razorpay_java_352() {
    let mut it = sent(&providers::RAZORPAY, "rzp-3a9d0c4e5f6b7182", "{\"name\":\"Zoë’s Café\"}");
    let byte = |letter| match letter {
        '’' => 0x92,
        letter => u8::try_from(letter).unwrap(),
    };
    it.body = it.text().chars().map(byte).collect();
    it.is_proved(CauseCode::BodyCharset);
}

/// langchain-ai/open-swe #2319: `decode(errors="replace")`; what is replaced is lost.
#[test]
fn open_swe_2319() {
    let body = b"{\"type\":\"event_callback\",\"text\":\"caf\xe9\"}";
    let mut it = sent(&providers::SLACK, "8f742231b10e8888abcd99yyyzzz85a5", body);
    it.body = String::from_utf8_lossy(&it.body).into_owned().into();
    it.is_likely(CauseCode::BodyCharset);
}

const PRETTY: &str =
    "{\n  \"id\": \"evt_1\",\n  \"livemode\": false,\n  \"pending_webhooks\": 1\n}";
const STRIPE_SECRET: &str = "whsec_5c1e0a7b2f9d4e6388aa10";

/// stripe/stripe-dotnet #1506, #917: LF was signed, CRLF came.
#[test]
fn stripe_dotnet_1506() {
    let mut it = sent(&providers::STRIPE, STRIPE_SECRET, PRETTY);
    it.body = it.text().replace('\n', "\r\n").into();
    it.is_proved(CauseCode::BodyLineEndings);
}

/// stripe/stripe-java #1151: `getReader().lines()` joined without anything between.
#[test]
fn stripe_java_1151() {
    let mut it = sent(&providers::STRIPE, STRIPE_SECRET, PRETTY);
    it.body = it.text().replace('\n', "").into();
    it.is_proved(CauseCode::BodyLineEndings);
}

/// sendgrid/sendgrid-nodejs #1193, sendgrid-csharp #1018: the last CRLF, which is signed, is lost.
#[test]
fn sendgrid_nodejs_1193() {
    let body = "[{\"email\":\"ann@example.org\",\"event\":\"processed\",\"send_at\":0}]\r\n";
    let mut it = sent_with_keys(&providers::SENDGRID, body);
    it.body.truncate(body.len() - 2);
    it.is_proved(CauseCode::BodyTrailingBytes);
}

/// redwoodjs/graphql #2339, #9595: deployed, the body comes as base64, and locally it does not.
#[test]
fn redwood_2339() {
    let mut it = sent(&providers::CLERK, SVIX_SECRET, "{\"type\":\"user.created\",\"data\":{}}");
    it.body = base64(&it.body).into();
    it.is_proved(CauseCode::BodyBase64);
}

/// serverless/serverless #537: a mapping template with `$util.base64Encode($input.body)`. The advice
/// names the flag.
#[test]
fn serverless_537() {
    let mut it = sent(&providers::STRIPE, STRIPE_SECRET, PRETTY);
    it.body = base64(&it.body).into();
    let explanation = it.explained_by(|by| by.framework(Framework::AwsLambda));
    let cause = &explanation.causes()[0];
    assert_eq!(cause.code(), CauseCode::BodyBase64);
    assert!(cause.fix().contains("`Buffer.from(event.body, event.isBase64Encoded"));
}

/// mcdallas/rust-discord-bot #2: a gateway has escaped the body's quotes.
#[test]
fn rust_discord_bot_2() {
    let body = "{\"application_id\":\"10\",\"type\":1,\"user\":{\"avatar\":null}}";
    let mut it = sent_with_keys(&providers::DISCORD, body);
    it.body = it.text().replace('"', "\\\"").into();
    it.is_proved(CauseCode::BodyJsonString);
}

/// The form in which GitHub sends unless it is told otherwise.
const FORM: &str = "payload=%7B%22action%22%3A%22opened%22%2C%22title%22%3A%22a+%26+b%22%7D";
const FORM_DECODED: &str = "{\"action\":\"opened\",\"title\":\"a & b\"}";

/// octokit/webhooks.js #158, mdluo/github-webhook-handler-php #1: a form came, and the JSON in it is
/// what was hashed.
#[test]
fn octokit_webhooks_158() {
    let mut it = sent(&providers::GITHUB, GITHUB_SECRET, FORM);
    it.body = FORM_DECODED.into();
    it.is_proved(CauseCode::BodyFormEncoded);
}

/// GetStream/stream-chat-php #168, stream-node #294: the body is compressed, and what is signed is
/// the JSON before that.
#[test]
fn stream_chat_php_168() {
    let body = "{\"type\":\"message.new\",\"cid\":\"messaging:general\",\
                \"message\":{\"id\":\"m-1\",\"text\":\"hello\"}}";
    let mut it = sent(&providers::GETSTREAM, "stream-77c0a1d2e3f4b5a6", body);
    it.body = unhex(GZIP).unwrap();
    it.put("Content-Encoding", "gzip");
    it.put("Content-Length", &it.body.len().to_string());
    it.is_proved(CauseCode::BodyCompressed);
}

/// That body, by another program's gzip.
const GZIP: &str = "1f8b0800000000000203ab562aa92c4855b252ca4d2d2e4e4c4fd5cb4b2d57d2514ace4c818b65e6a55b\
                    a5a7e6a51625e60065a0ea94acaa95206a740d81a225a91525404e466a4e4ebe526d2d00160061505600\
                    0000";
