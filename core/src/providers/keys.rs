//! Secrets of two halves, `id:key`, of which the first is public and often signed; keys that are
//! base64, or made of the delivery's time.

#[cfg(feature = "sha512")]
use crate::{Algorithm, Weakness};
use crate::{
    Clock,
    Confidence::{Docs, Sdk, ThirdParty},
    Encoding, KeyFormat, Scheme, Timestamp, header, json, seconds, template, unconfirmed,
};

/// A secret of the form `id:key`.
const HALVES: Scheme<'static> = Scheme { key_id: Some(b':'), confidence: Docs, ..Scheme::BASE };

rows! {
    /// Ably's integrations, batched requests: single ones are unsigned. The secret is the API key,
    /// `appId.keyId:keySecret`. A batch has no id of its own.
    ABLY = Scheme {
        name: "ably",
        signature: header("x-ably-signature"),
        encoding: Encoding::Base64,
        event_type: Some(json("items[].name")),
        source: "ably/docs platform/integrations/webhooks/index.mdx; November 2026",
        ..HALVES
    };

    /// Daily. Whether the time is in seconds or milliseconds is nowhere told. No event id.
    DAILY = Scheme {
        name: "daily",
        signature: header("x-webhook-signature"),
        encoding: Encoding::Base64,
        key: KeyFormat::Base64 { prefix: "" },
        timestamp: Some(Timestamp::new(Clock::SecondsOrMillis, header("x-webhook-timestamp"))),
        signed: template!("{timestamp}.{body}"),
        confidence: ThirdParty,
        source: "Daily's text (key); receivers of others, which agree (content); November 2026",
        ..Scheme::BASE
    };

    /// GitGuardian's custom webhooks. The time is the first half of the key. Its text allows a few
    /// seconds.
    GITGUARDIAN = Scheme {
        name: "gitguardian",
        signature: header("gitguardian-signature").prefix("sha256="),
        key: KeyFormat::AfterTimestamp,
        timestamp: Some(seconds(header("timestamp"))),
        confidence: Docs,
        source: "GitGuardian's text on custom webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Inngest, calling your functions. The secret is the signing key, `signkey-<env>-<key>`. Each
    /// step of a run is a call of its own: there is no id of an event.
    INNGEST = Scheme {
        name: "inngest",
        signature: header("x-inngest-signature").item("&", "s="),
        key_id: Some(b'-'),
        timestamp: Some(seconds(header("x-inngest-signature").item("&", "t="))),
        signed: template!("{body}{timestamp}"),
        confidence: Sdk,
        source: "inngest (npm) components/InngestCommHandler.js and helpers/net.js; November 2026",
        ..Scheme::BASE
    };

    /// Rapyd. The secret is `access_key:secret_key`, and both are signed too. The time is that of
    /// the sending.
    RAPYD = Scheme {
        name: "rapyd",
        signature: header("signature"),
        encoding: Encoding::Base64OfHex,
        timestamp: Some(seconds(header("timestamp"))),
        signed: template!("{url}{header:salt}{timestamp}{key_id}{secret}{body}"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        source: "Rapyd's text on webhook authentication; November 2026",
        ..HALVES
    };

    /// Solidgate. The secret is `wh_sk_…`; `wh_pk_…` comes in a header, and stands before and after
    /// the body with nothing between.
    #[cfg(feature = "sha512")]
    SOLIDGATE = Scheme {
        name: "solidgate",
        signature: header("signature"),
        encoding: Encoding::Base64OfHex,
        signed: template!("{header:merchant}{body}{header:merchant}"),
        algorithm: Algorithm::HmacSha512,
        admits: &[Weakness::LooseJoins],
        confidence: Sdk,
        source: "@solidgate/node-sdk 1.4.1 src/api.js and Solidgate's text; November 2026",
        ..Scheme::BASE
    };

    /// TikTok Shop. The secret is `app_key:app_secret`. The id is signed with the body.
    TIKTOK_SHOP = Scheme {
        name: "tiktok-shop",
        signature: header("authorization"),
        signed: template!("{key_id}{body}"),
        event_id: Some(unconfirmed(json("tts_notification_id"))),
        event_type: Some(json("type")),
        confidence: ThirdParty,
        source: "easycb-go tiktok/sign.go and others; TikTok Shop's text (fields); November 2026",
        ..HALVES
    };
}
