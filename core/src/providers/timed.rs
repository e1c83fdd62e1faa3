//! A signed time beside the body: an old delivery cannot be sent again.

use crate::{
    Confidence::{Docs, Sdk},
    Encoding, Retry, Scheme, event, header, json, millis, rfc3339, seconds, template, unconfirmed,
};

/// `t=…,v1=…` in one header, over the time, a dot and the body.
const DOTTED: Scheme<'static> = Scheme {
    signed: template!("{timestamp}.{body}"),
    event_type: Some(json("type")),
    confidence: Sdk,
    ..Scheme::BASE
};

/// `v0=…` in one header, the time in another.
const VERSION_0: Scheme<'static> =
    Scheme { signed: template!("v0:{timestamp}:{body}"), confidence: Sdk, ..Scheme::BASE };

rows! {
    /// Calendly. No event id. Its sample allows three minutes.
    CALENDLY = Scheme {
        name: "calendly",
        signature: header("calendly-webhook-signature").item(",", "v1="),
        timestamp: Some(seconds(header("calendly-webhook-signature").item(",", "t=")).window(180, 300)),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "Calendly's text on webhook signatures and its sample application; November 2026",
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

    /// Mux: video. The body counts the attempts, so a retry has other bytes under the same id.
    MUX = Scheme {
        name: "mux",
        signature: header("mux-signature").item(",", "v1="),
        timestamp: Some(seconds(header("mux-signature").item(",", "t="))),
        event_id: Some(event(json("id"))),
        source: "@mux/mux-node 15.3 resources/webhooks, run; November 2026",
        ..DOTTED
    };

    /// Paddle Billing. Its libraries allow five seconds: the receiver's clock must be right. One event
    /// can come as several notifications, one per destination.
    PADDLE = Scheme {
        name: "paddle",
        signature: header("paddle-signature").item(";", "h1="),
        timestamp: Some(seconds(header("paddle-signature").item(";", "ts=")).window(5, 5)),
        signed: template!("{timestamp}:{body}"),
        event_id: Some(event(json("event_id"))),
        event_type: Some(json("event_type")),
        retry: Retry::Resigned,
        source: "Paddle's Node 3.10.0 and Python 1.16.1 libraries, run, and its text; November 2026",
        ..DOTTED
    };

    /// Slack. The signing secret is text, though it looks like hex. Only the Events API has an event
    /// id and JSON: commands and interactivity are forms.
    SLACK = Scheme {
        name: "slack",
        signature: header("x-slack-signature").prefix("v0="),
        timestamp: Some(seconds(header("x-slack-request-timestamp"))),
        event_id: Some(event(json("event_id"))),
        event_type: Some(json("event.type|type")),
        source: "@slack/bolt 5.1.0 and slack_sdk 3.47.0, run, and Slack's text; November 2026",
        ..VERSION_0
    };

    /// Stripe. The secret is text, its `whsec_` included, and each endpoint has its own.
    STRIPE = Scheme {
        name: "stripe",
        signature: header("stripe-signature").item(",", "v1="),
        timestamp: Some(seconds(header("stripe-signature").item(",", "t="))),
        event_id: Some(event(json("id"))),
        retry: Retry::Resigned,
        source: "stripe-node 23.1.0 and stripe-python 16.1.0, run, and Stripe's text; November 2026",
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
        confidence: Sdk,
        source: "twitch-cli internal/events/trigger, and Twitch's text on EventSub; November 2026",
        ..Scheme::BASE
    };

    /// WorkOS. The time is in milliseconds, and a blank follows the comma.
    WORKOS = Scheme {
        name: "workos",
        signature: header("workos-signature").item(", ", "v1="),
        timestamp: Some(millis(header("workos-signature").item(", ", "t=")).window(180, 180)),
        event_id: Some(event(json("id"))),
        event_type: Some(json("event")),
        source: "@workos-inc/node and workos 10.7.0 (PyPI), run, and WorkOS's text; November 2026",
        ..DOTTED
    };

    /// Zendesk. The secret is text, though it looks like base64. The Test button signs with a
    /// published secret until the webhook exists: never take that one.
    ZENDESK = Scheme {
        name: "zendesk",
        signature: header("x-zendesk-webhook-signature"),
        encoding: Encoding::Base64,
        timestamp: Some(rfc3339(header("x-zendesk-webhook-signature-timestamp"))),
        signed: template!("{timestamp}{body}"),
        event_id: Some(unconfirmed(header("x-zendesk-webhook-invocation-id"))),
        confidence: Docs,
        source: "Zendesk's text on verifying webhook authenticity; November 2026",
        ..Scheme::BASE
    };

    /// Zoom. No event id. Zoom's own library signs re-formatted JSON; the raw body is what was signed.
    ZOOM = Scheme {
        name: "zoom",
        signature: header("x-zm-signature").prefix("v0="),
        timestamp: Some(seconds(header("x-zm-request-timestamp"))),
        event_type: Some(json("event")),
        source: "@zoom/rivet meetings.mjs and Zoom's text on verifying events; November 2026",
        ..VERSION_0
    };
}
