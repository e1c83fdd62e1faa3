//! Values of headers and of the URL, beside the body or in its place.

#[cfg(feature = "sha512")]
use crate::Algorithm;
use crate::{
    Clock,
    Confidence::{Docs, Sdk, ThirdParty},
    Encoding, Scheme, Timestamp,
    Weakness::BodyUnsigned,
    header, json, millis, seconds, template, unconfirmed,
};
#[cfg(feature = "md5")]
use crate::{KeyFormat, rfc3339};

/// A row whose body is not signed.
const NO_BODY: Scheme<'static> =
    Scheme { admits: &[BodyUnsigned], confidence: Docs, ..Scheme::BASE };

/// A JSON text in which the body is a string.
const HYGRAPH_CONTENT: &str =
    r#"{{"Body":{body|quoted},"EnvironmentName":"{item:env=}","TimeStamp":{timestamp}}}"#;

/// Mercado Pago's: seconds by its library, milliseconds in deliveries.
const EITHER_TIME: Timestamp<'static> =
    Timestamp::new(Clock::SecondsOrMillis, header("x-signature").item(", ", "ts="));

/// The method, the MD5 of the body, a header, the time and the path, a line each.
#[cfg(feature = "md5")]
const SINCH_CONTENT: &str = "{method}\n{body|md5|base64}\n{header:content-type}\n\
     x-timestamp:{timestamp}\n{path}";

rows! {
    /// Hygraph. What is signed is a JSON text made anew, with the body as a string in it. Its own
    /// library looks at no time. No event id.
    HYGRAPH = Scheme {
        name: "hygraph",
        signature: header("gcms-signature").item(", ", "sign="),
        encoding: Encoding::Base64,
        timestamp: Some(millis(header("gcms-signature").item(", ", "t="))),
        signed: template!(HYGRAPH_CONTENT),
        confidence: Sdk,
        source: "@hygraph/utils 1.2.1 (npm), and Hygraph's text (header); November 2026",
        ..Scheme::BASE
    };

    /// Klaviyo's system webhooks; the webhooks of its flows are unsigned. One delivery holds many
    /// events, each with its own id. Of the webhook's id only that in the body is signed.
    KLAVIYO = Scheme {
        name: "klaviyo",
        signature: header("klaviyo-signature"),
        timestamp: Some(Timestamp::new(Clock::HttpDate, header("klaviyo-timestamp"))),
        signed: template!("{body}{timestamp}"),
        event_type: Some(json("data[].topic")),
        confidence: ThirdParty,
        source: "Klaviyo's text (headers); receivers of others, which agree (order); November 2026",
        ..Scheme::BASE
    };

    /// Mercado Pago. The body is unsigned: ask for the object by the `data.id` of the URL, which is
    /// signed as it came.
    MERCADO_PAGO = Scheme {
        name: "mercado-pago",
        signature: header("x-signature").item(", ", "v1="),
        timestamp: Some(EITHER_TIME),
        signed: template!("[id:{query:data.id};][request-id:{event_id};]ts:{timestamp};"),
        event_id: Some(unconfirmed(header("x-request-id"))),
        confidence: Sdk,
        source: "mercadopago 3.6.1 (npm) dist/utils/webhook and its tests; November 2026",
        ..NO_BODY
    };

    /// Bird, formerly MessageBird: its current notifications. The URL is the one configured there.
    MESSAGEBIRD_BIRD = Scheme {
        name: "messagebird-bird",
        signature: header("messagebird-signature"),
        encoding: Encoding::Base64,
        timestamp: Some(seconds(header("messagebird-request-timestamp"))),
        signed: template!("{timestamp}\n{url}\n{body|sha256}"),
        confidence: Docs,
        source: "Bird's text on verifying a webhook subscription; November 2026",
        ..Scheme::BASE
    };

    /// Moov. The body is unsigned: ask for the object. How the time is written is not told.
    #[cfg(feature = "sha512")]
    MOOV = Scheme {
        name: "moov",
        signature: header("x-signature"),
        timestamp: Some(seconds(header("x-timestamp"))),
        signed: template!("{timestamp}|{header:x-nonce}|{header:x-webhook-id}"),
        algorithm: Algorithm::HmacSha512,
        event_id: Some(unconfirmed(json("eventID"))),
        event_type: Some(json("type")),
        source: "Moov's text on checking webhook signatures; November 2026",
        ..NO_BODY
    };

    /// Sinch's calls and verifications. The secret is `key:secret` of the service or application.
    #[cfg(feature = "md5")]
    SINCH_SERVICE = Scheme {
        name: "sinch-service",
        signature: header("authorization").item(" :", ""),
        encoding: Encoding::Base64,
        timestamp: Some(rfc3339(header("x-timestamp"))),
        signed: template!(SINCH_CONTENT),
        key: KeyFormat::Base64 { prefix: "" },
        key_id: Some(b':'),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "Sinch's text on callback request signing; November 2026",
        ..Scheme::BASE
    };
}
