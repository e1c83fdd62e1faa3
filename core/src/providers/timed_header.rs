//! A signed time beside the body, in a header or a field of its own: an old delivery cannot be sent
//! again.

use crate::{
    Clock,
    Confidence::{Docs, Sdk, ThirdParty},
    Encoding, KeyFormat, Retry, Scheme, Timestamp, check, event, header, json, millis, rfc3339, seconds,
    template, unconfirmed,
};

/// The time, a dot and the body.
const DOTTED: Scheme<'static> =
    Scheme { signed: template!("{timestamp}.{body}"), confidence: Sdk, ..Scheme::BASE };

/// The time and the body, with nothing between.
const JOINED: Scheme<'static> =
    Scheme { signed: template!("{timestamp}{body}"), confidence: Sdk, ..Scheme::BASE };

/// `v0`, the time and the body.
const VERSION_0: Scheme<'static> =
    Scheme { signed: template!("v0:{timestamp}:{body}"), confidence: Sdk, ..Scheme::BASE };

/// `v1`, the time and the body.
const VERSION_1: Scheme<'static> =
    Scheme { signed: template!("v1:{timestamp}:{body}"), confidence: Sdk, ..Scheme::BASE };

/// One header that holds the signature in standard base64.
const BASE64: Scheme<'static> =
    Scheme { encoding: Encoding::Base64, confidence: Sdk, ..Scheme::BASE };

rows! {
    /// Airwallex. The time stands before the body, with nothing between. A retry keeps the id.
    AIRWALLEX = Scheme {
        name: "airwallex",
        signature: header("x-signature"),
        timestamp: Some(millis(header("x-timestamp"))),
        event_id: Some(event(json("id"))),
        event_type: Some(json("name")),
        confidence: Docs,
        source: "Airwallex's text on webhooks and its Java sample; November 2026",
        ..JOINED
    };

    /// Akeneo's Events API, which is deprecated. One delivery holds many events, whose ids are in
    /// an array.
    AKENEO = Scheme {
        name: "akeneo",
        signature: header("x-akeneo-request-signature"),
        timestamp: Some(seconds(header("x-akeneo-request-timestamp"))),
        confidence: Docs,
        source: "Akeneo's text on the security of the Events API; November 2026",
        ..DOTTED
    };

    /// Appwrite, the webhook provider of its Messaging. Appwrite's own webhooks are another scheme
    /// under the same header. No event id, no type.
    APPWRITE_MESSAGING = Scheme {
        name: "appwrite-messaging",
        signature: header("x-appwrite-webhook-signature").prefix("sha256="),
        timestamp: Some(seconds(header("x-appwrite-webhook-timestamp"))),
        source: "the sender, appwrite/appwrite, and its tests; November 2026",
        ..DOTTED
    };

    /// Box. Two keys, and a signature under each: either is enough, so that one can be replaced.
    /// The time follows the body. `box-delivery-id` is new on every attempt, the body's id stays.
    BOX = Scheme {
        name: "box",
        signature: header("box-signature-primary|box-signature-secondary"),
        timestamp: Some(rfc3339(header("box-delivery-timestamp")).window(600, 300)),
        signed: template!("{body}{timestamp}"),
        checks: &[
            check(header("box-signature-version"), template!("1")),
            check(header("box-signature-algorithm"), template!("HmacSHA256")),
        ],
        event_id: Some(event(json("id"))),
        event_type: Some(json("trigger")),
        source: "box-node-sdk 10.12 webhooks.ts, run, and Box's text on webhooks; November 2026",
        ..BASE64
    };

    /// Cashfree Payments. The time in milliseconds stands before the body, with nothing between.
    /// The key is the client secret.
    CASHFREE = Scheme {
        name: "cashfree",
        signature: header("x-webhook-signature"),
        encoding: Encoding::Base64,
        timestamp: Some(millis(header("x-webhook-timestamp"))),
        source: "cashfree-pg 6.0.6 (npm), run, and Cashfree's text; November 2026",
        ..JOINED
    };

    /// Close: a CRM. The key is hex. The type is in two fields, this and `event.object_type`.
    CLOSE = Scheme {
        name: "close",
        signature: header("close-sig-hash"),
        key: KeyFormat::Hex,
        timestamp: Some(seconds(header("close-sig-timestamp"))),
        event_id: Some(unconfirmed(json("event.id"))),
        event_type: Some(json("event.action")),
        confidence: Docs,
        source: "Close's text on webhook signatures and its sample; November 2026",
        ..JOINED
    };

    /// Customer.io, reporting webhooks. `v0` is in the signed text and not in the header. The type
    /// is in two fields, `object_type` and `metric`.
    CUSTOMER_IO = Scheme {
        name: "customer-io",
        signature: header("x-cio-signature"),
        timestamp: Some(seconds(header("x-cio-timestamp"))),
        event_id: Some(unconfirmed(json("event_id"))),
        event_type: Some(json("metric")),
        confidence: ThirdParty,
        source: "Customer.io's text on headers; the join from five receivers; November 2026",
        ..VERSION_0
    };

    /// Emailit. One delivery is an array of up to 100 events: no id, and no one type. The secret is
    /// text, its `whsec_` included.
    EMAILIT = Scheme {
        name: "emailit",
        signature: header("x-emailit-signature"),
        timestamp: Some(seconds(header("x-emailit-timestamp"))),
        retry: Retry::Resigned,
        confidence: Docs,
        source: "Emailit's text on webhook requests and on their signature; November 2026",
        ..DOTTED
    };

    /// Front, webhooks of an application. Its samples sign re-formatted JSON: take the raw body.
    FRONT = Scheme {
        name: "front",
        signature: header("x-front-signature"),
        timestamp: Some(millis(header("x-front-request-timestamp"))),
        signed: template!("{timestamp}:{body}"),
        event_id: Some(unconfirmed(json("payload.id"))),
        event_type: Some(json("type")),
        handshakes: &[super::handshakes::FRONT],
        confidence: Docs,
        source: "Front's text on application webhooks and on connector security; November 2026",
        ..BASE64
    };

    /// Grafana alerting, where a header for the time is set: there is none by default. Both names
    /// are the user's; for others than these, make a row of your own. No event id.
    GRAFANA = Scheme {
        name: "grafana",
        signature: header("x-grafana-alerting-signature"),
        timestamp: Some(seconds(header("x-grafana-alerting-timestamp"))),
        signed: template!("{timestamp}:{body}"),
        event_type: Some(json("status")),
        source: "the sender, grafana/alerting http/hmac.go; November 2026",
        ..DOTTED
    };

    /// HubSpot, signature version 3. One delivery holds many events, whose ids are in an array. The
    /// URL is the one configured at HubSpot.
    HUBSPOT = Scheme {
        name: "hubspot",
        signature: header("x-hubspot-signature-v3"),
        encoding: Encoding::Base64,
        timestamp: Some(millis(header("x-hubspot-request-timestamp"))),
        signed: template!("{method}{url|unescaped}{body}{timestamp}"),
        confidence: Sdk,
        source: "@hubspot/api-client 13.5 lib/src/utils/signature.js, run; November 2026",
        ..Scheme::BASE
    };

    /// Linear. The time is inside the signed body; the delivery id is a header, unsigned.
    LINEAR = Scheme {
        name: "linear",
        signature: header("linear-signature"),
        timestamp: Some(millis(json("webhookTimestamp")).window(60, 60)),
        event_id: Some(unconfirmed(header("linear-delivery"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "@linear/sdk 98.0.0 LinearWebhookClient, run; November 2026",
        ..Scheme::BASE
    };

    /// Lusha. Its text says Unix time and no unit: seconds is the plain reading.
    LUSHA = Scheme {
        name: "lusha",
        signature: header("x-lusha-signature"),
        timestamp: Some(seconds(header("x-lusha-timestamp"))),
        confidence: Docs,
        source: "Lusha's text on verifying webhook signatures; November 2026",
        ..DOTTED
    };

    /// Method: financial accounts. Unsigned, and so refused, while no HMAC secret is set.
    METHOD = Scheme {
        name: "method",
        signature: header("method-webhook-signature"),
        timestamp: Some(seconds(header("method-webhook-timestamp"))),
        signed: template!("{timestamp}:{body}"),
        confidence: Docs,
        source: "Method's changelog of June 2025; hex from independent code; November 2026",
        ..DOTTED
    };

    /// Orb: billing. The time may come without a zone, and is then in UTC.
    ORB = Scheme {
        name: "orb",
        signature: header("x-orb-signature").item(" ", "v1="),
        timestamp: Some(Timestamp::new(Clock::Iso8601, header("x-orb-timestamp"))),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        source: "orb-billing (PyPI, npm): code and its tests; November 2026",
        ..VERSION_1
    };

    /// Revolut: Merchant, Business and Crypto Ramp. The time is in milliseconds. The secret is
    /// text, its `wsk_` included, and a rotated one signs beside the new. No event id.
    REVOLUT = Scheme {
        name: "revolut",
        signature: header("revolut-signature").item(",", "v1="),
        timestamp: Some(millis(header("revolut-request-timestamp"))),
        signed: template!("v1.{timestamp}.{body}"),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "Revolut's text on webhook signatures and its example; November 2026",
        ..Scheme::BASE
    };

    /// Samsara. The key is base64. Its Python library has another scheme, of another header.
    SAMSARA = Scheme {
        name: "samsara",
        signature: header("x-samsara-signature").prefix("v1="),
        key: KeyFormat::Base64 { prefix: "" },
        timestamp: Some(seconds(header("x-samsara-timestamp"))),
        event_id: Some(unconfirmed(json("eventId"))),
        event_type: Some(json("eventType")),
        confidence: ThirdParty,
        source: "Samsara's text on headers; join and key from six receivers; November 2026",
        ..VERSION_1
    };

    /// Sinch, Conversation API and SMS. Nonce and time follow the body. Numbers and Voice have
    /// schemes of their own.
    SINCH = Scheme {
        name: "sinch",
        signature: header("x-sinch-webhook-signature"),
        timestamp: Some(seconds(header("x-sinch-webhook-signature-timestamp"))),
        signed: template!("{body}.{event_id}.{timestamp}"),
        event_id: Some(unconfirmed(header("x-sinch-webhook-signature-nonce"))),
        source: "sinch (PyPI) domains/authentication/sinch_events, run; November 2026",
        ..BASE64
    };

    /// Slack. The signing secret is text, though it looks like hex. Only the Events API has an
    /// event id and JSON: commands and interactivity are forms.
    SLACK = Scheme {
        name: "slack",
        signature: header("x-slack-signature").prefix("v0="),
        timestamp: Some(seconds(header("x-slack-request-timestamp"))),
        event_id: Some(event(json("event_id"))),
        event_type: Some(json("event.type|type")),
        handshakes: &[super::handshakes::SLACK],
        source: "@slack/bolt 5.1.0 and slack_sdk 3.47.0, run, and Slack's text; November 2026",
        ..VERSION_0
    };

    /// Toast. Its first retry comes after five minutes; whether the time is then new is not said.
    TOAST = Scheme {
        name: "toast",
        signature: header("toast-signature"),
        timestamp: Some(Timestamp::new(Clock::Iso8601, json("timestamp"))),
        signed: template!("{body}{timestamp}"),
        event_id: Some(unconfirmed(json("guid"))),
        event_type: Some(header("toast-event-type")),
        confidence: Docs,
        source: "Toast's text on message signing and its example payload; November 2026",
        ..BASE64
    };

    /// Twenty: a CRM. The nonce beside the signature is unsigned. No event id.
    TWENTY = Scheme {
        name: "twenty",
        signature: header("x-twenty-webhook-signature"),
        timestamp: Some(millis(header("x-twenty-webhook-timestamp"))),
        signed: template!("{timestamp}:{body}"),
        event_type: Some(json("eventName")),
        source: "the sender, twentyhq/twenty call-webhook.job.ts; November 2026",
        ..DOTTED
    };

    /// Twitch EventSub. Its text asks for ten minutes.
    TWITCH = Scheme {
        name: "twitch",
        signature: header("twitch-eventsub-message-signature").prefix("sha256="),
        timestamp: Some(rfc3339(header("twitch-eventsub-message-timestamp")).window(600, 300)),
        signed: template!("{event_id}{timestamp}{body}"),
        event_id: Some(event(header("twitch-eventsub-message-id"))),
        event_type: Some(json("subscription.type")),
        handshakes: &[super::handshakes::TWITCH],
        confidence: Sdk,
        source: "twitch-cli internal/events/trigger, and Twitch's text on EventSub; November 2026",
        ..Scheme::BASE
    };

    /// UPayments. The word POST and the whole URL, as it is configured at UPayments, are signed
    /// before the body. No event id, no type.
    UPAYMENTS = Scheme {
        name: "upayments",
        signature: header("x-signature"),
        timestamp: Some(seconds(header("x-timestamp"))),
        signed: template!("{timestamp}POST{url}{body}"),
        confidence: Docs,
        source: "UPayments' text on validating incoming webhook signatures; November 2026",
        ..BASE64
    };

    /// Webflow. The time is in milliseconds. The key is the app's client secret, or that of a
    /// webhook made through the API. No event id.
    WEBFLOW = Scheme {
        name: "webflow",
        signature: header("x-webflow-signature"),
        timestamp: Some(millis(header("x-webflow-timestamp"))),
        signed: template!("{timestamp}:{body}"),
        event_type: Some(json("triggerType")),
        source: "webflow-api 3.3 WebhooksClient.js, run, and Webflow's text; November 2026",
        ..DOTTED
    };

    /// Zendesk. The secret is text, though it looks like base64. The Test button signs with a
    /// published secret until the webhook exists: never take that one.
    ZENDESK = Scheme {
        name: "zendesk",
        signature: header("x-zendesk-webhook-signature"),
        encoding: Encoding::Base64,
        timestamp: Some(rfc3339(header("x-zendesk-webhook-signature-timestamp"))),
        event_id: Some(unconfirmed(header("x-zendesk-webhook-invocation-id"))),
        confidence: Docs,
        source: "Zendesk's text on verifying webhook authenticity; November 2026",
        ..JOINED
    };

    /// Zoom. No event id. Zoom's own library signs re-formatted JSON; the raw body is what was
    /// signed.
    ZOOM = Scheme {
        name: "zoom",
        signature: header("x-zm-signature").prefix("v0="),
        timestamp: Some(seconds(header("x-zm-request-timestamp"))),
        event_type: Some(json("event")),
        handshakes: &[super::handshakes::ZOOM],
        source: "@zoom/rivet meetings.mjs and Zoom's text on verifying events; November 2026",
        ..VERSION_0
    };
}
