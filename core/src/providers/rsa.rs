//! RSA, PKCS #1 v1.5. What a receiver holds is a public key, or the certificate of one: whether
//! that certificate is the provider's is for the receiver to know.

use crate::{
    Algorithm, Clock,
    Confidence::{Docs, Sdk},
    Encoding, KeyFormat, Scheme, Timestamp, Weakness, check, event, header, json, rfc3339, seconds,
    template, unconfirmed,
};

/// A public key, and its signature over the body with SHA-256, in base64.
const RSA: Scheme<'static> = Scheme {
    encoding: Encoding::Base64,
    key: KeyFormat::PUBLIC_KEY,
    algorithm: Algorithm::RsaSha256,
    confidence: Docs,
    ..Scheme::BASE
};

rows! {
    /// Amazon SNS, signature version 2. The key is the certificate at `SigningCertURL`, a host of
    /// AWS's own. A retry keeps the time: SNS tries for an hour. `MessageAttributes` and
    /// `UnsubscribeURL` are not signed.
    AWS_SNS = Scheme {
        name: "aws-sns",
        signature: json("Signature"),
        signed: template!(concat!(
            "Message\n{json|text:Message}\nMessageId\n{event_id}\n[Subject\n{json:Subject}\n]",
            "[SubscribeURL\n{json:SubscribeURL}\n]Timestamp\n{timestamp}\n[Token\n{json:Token}\n]",
            "TopicArn\n{json:TopicArn}\nType\n{json:Type}\n",
        )),
        timestamp: Some(Timestamp::new(Clock::Rfc3339, json("Timestamp")).window(3600, 300)),
        event_id: Some(event(json("MessageId"))),
        event_type: Some(json("Type")),
        admits: &[Weakness::BodyUnsigned],
        confidence: Sdk,
        source: "AWS's text on SNS messages, and sns-validator 0.3.5 (npm) index.js; November 2026",
        ..RSA
    };

    /// Amazon SNS, signature version 1, with SHA-1: set the topic's `SignatureVersion` to 2.
    #[cfg(feature = "sha1")]
    AWS_SNS_V1 = Scheme {
        name: "aws-sns-v1",
        algorithm: Algorithm::RsaSha1,
        ..AWS_SNS
    };

    /// CHIP. The key is the webhook's; for success callbacks the company's. No time is signed.
    CHIP = Scheme {
        name: "chip",
        signature: header("x-signature"),
        source: "CHIP's text on authentication; November 2026",
        ..RSA
    };

    /// Fireblocks' first header, with SHA-512. The key is published, one for each environment. No
    /// time is signed.
    FIREBLOCKS = Scheme {
        name: "fireblocks",
        signature: header("fireblocks-signature"),
        algorithm: Algorithm::RsaSha512,
        event_type: Some(json("eventType|type")),
        source: "Fireblocks' text on validating webhooks; November 2026",
        ..RSA
    };

    /// PayPal. The secret is the webhook's id, a colon, and PayPal's certificate or its key. Of the
    /// body only a checksum is signed: fetch the resource again, by its id.
    PAYPAL = Scheme {
        name: "paypal",
        signature: header("paypal-transmission-sig"),
        signed: template!("{header:paypal-transmission-id}|{timestamp}|{key_id}|{body|crc32}"),
        checks: &[check(header("paypal-auth-algo"), template!("SHA256withRSA"))],
        key_id: Some(b':'),
        timestamp: Some(rfc3339(header("paypal-transmission-time"))),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("event_type")),
        admits: &[Weakness::BodyUnsigned],
        confidence: Sdk,
        source: "PayPal-Python-SDK notifications.py and its test, and PayPal's text; November 2026",
        ..RSA
    };

    /// WeChat Pay, API v3: a line feed ends each of the three. `wechatpay-serial` names the key, or
    /// the platform's certificate.
    WECHATPAY = Scheme {
        name: "wechatpay",
        signature: header("wechatpay-signature"),
        signed: template!("{timestamp}\n{header:wechatpay-nonce}\n{body}\n"),
        timestamp: Some(seconds(header("wechatpay-timestamp")).window(299, 299)),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("event_type")),
        confidence: Sdk,
        source: "wechatpay-go core/auth/validators/wechat_pay_validator.go; November 2026",
        ..RSA
    };

    /// Wise. Production and sandbox have a published key each. No time is signed; the id is a
    /// header, unsigned.
    WISE = Scheme {
        name: "wise",
        signature: header("x-signature-sha256"),
        event_id: Some(unconfirmed(header("x-delivery-id"))),
        event_type: Some(json("event_type")),
        source: "Wise's text on event handling; November 2026",
        ..RSA
    };
}
