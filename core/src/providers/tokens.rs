//! Shared tokens: the secret itself is sent, and it covers neither body nor time. Whoever sees one
//! delivery can write any other.

use crate::{
    Algorithm,
    Confidence::{Docs, Sdk, ThirdParty},
    Encoding, Scheme, event, header, json, template, unconfirmed,
};

/// A header whose whole value is the token, unless a prefix is named.
const TOKEN: Scheme<'static> = Scheme {
    encoding: Encoding::Text,
    signed: template!("{secret}"),
    algorithm: Algorithm::Token,
    confidence: Docs,
    ..Scheme::BASE
};

/// HTTP Basic. The secret is `user:password`, as it is set at the provider.
const BASIC: Scheme<'static> = Scheme {
    signature: header("authorization").prefix("Basic "),
    encoding: Encoding::Base64,
    ..TOKEN
};

rows! {
    /// Aircall. The token is in the body, and no header is sent. No event id.
    AIRCALL = Scheme {
        name: "aircall",
        signature: json("token"),
        event_type: Some(json("event")),
        confidence: ThirdParty,
        source: "hookdeck/webhook-skills aircall-webhooks, after Aircall's text; November 2026",
        ..TOKEN
    };

    /// AssemblyAI. Name and value of the header are given with each request; this is the name of
    /// its examples.
    ASSEMBLYAI = Scheme {
        name: "assemblyai",
        signature: header("x-my-webhook-secret"),
        event_id: Some(unconfirmed(json("transcript_id"))),
        event_type: Some(json("status")),
        source: "AssemblyAI's text on webhooks for pre-recorded audio; November 2026",
        ..TOKEN
    };

    /// Auth0's log streams and event streams. The token is the whole value of the header, `Bearer `
    /// of an event stream included. A log stream may send an array, or lines of JSON.
    AUTH0 = Scheme {
        name: "auth0",
        signature: header("authorization"),
        event_id: Some(unconfirmed(json("id|log_id"))),
        event_type: Some(json("type|data.type")),
        source: "auth0/docs-v2 custom-log-streams.mdx, create-an-event-stream.mdx; November 2026",
        ..TOKEN
    };

    /// Bandwidth's callbacks. Name and password are optional there: set them.
    BANDWIDTH = Scheme {
        name: "bandwidth",
        source: "Bandwidth/api-docs site/docs/account/applications.mdx; November 2026",
        ..BASIC
    };

    /// Buildkite's token, its default. Prefer the signature, where it can be set.
    BUILDKITE_SHARED_TOKEN = Scheme {
        name: "buildkite-shared-token",
        signature: header("x-buildkite-token"),
        event_type: Some(header("x-buildkite-event")),
        source: "buildkite/docs pages/apis/webhooks; November 2026",
        ..TOKEN
    };

    /// Chargebee. It advises to ask for the event by its id before it is trusted.
    CHARGEBEE = Scheme {
        name: "chargebee",
        event_id: Some(event(json("id"))),
        event_type: Some(json("event_type")),
        confidence: Sdk,
        source: "chargebee 3.33.0 (npm) README, webhook handlers; November 2026",
        ..BASIC
    };

    /// CloudEvents over HTTP, as Azure Event Grid sends them. Id and type are those of the binary
    /// mode; an id is unique with its `ce-source` only. A token in the URL is not read.
    CLOUDEVENTS_WEBHOOK = Scheme {
        name: "cloudevents-webhook",
        signature: header("authorization").prefix("Bearer "),
        event_id: Some(unconfirmed(header("ce-id"))),
        event_type: Some(header("ce-type")),
        handshakes: &[super::handshakes::CLOUDEVENTS],
        source: "cloudevents/spec cloudevents/http-webhook.md; November 2026",
        ..TOKEN
    };

    /// Cloudflare's notifications. Its streams are signed.
    CLOUDFLARE_SHARED_TOKEN = Scheme {
        name: "cloudflare-shared-token",
        signature: header("cf-webhook-auth"),
        event_type: Some(json("alert_type")),
        source: "Cloudflare's text on notifications; November 2026",
        ..TOKEN
    };

    /// Deepgram's callbacks. The token is the identifier of the API key, which is no secret by
    /// itself.
    DEEPGRAM = Scheme {
        name: "deepgram",
        signature: header("dg-token"),
        source: "deepgram/deepgram-docs fern/docs/callback.mdx; November 2026",
        ..TOKEN
    };

    /// Documenso. Without a secret it sends the header empty.
    DOCUMENSO = Scheme {
        name: "documenso",
        signature: header("x-documenso-secret"),
        event_type: Some(json("event")),
        source: "Documenso's text on webhook verification; November 2026",
        ..TOKEN
    };

    /// Figma. The passcode is in the body. No event id: `webhook_id` is that of the webhook.
    FIGMA = Scheme {
        name: "figma",
        signature: json("passcode"),
        event_type: Some(json("event_type")),
        source: "Figma's text on webhooks security; November 2026",
        ..TOKEN
    };

    /// Flutterwave, version 3: its secret hash, as it is. Ask Flutterwave for the transaction
    /// before you trust it. `data.id` names the transaction.
    FLUTTERWAVE_V3 = Scheme {
        name: "flutterwave-v3",
        signature: header("verif-hash"),
        event_id: Some(unconfirmed(json("data.id"))),
        event_type: Some(json("event")),
        source: "Flutterwave's text on webhooks, version 3; November 2026",
        ..TOKEN
    };

    /// GitLab's secret token. Prefer [`GITLAB`](super::GITLAB), the signing token, where there is
    /// one.
    GITLAB_SHARED_TOKEN = Scheme {
        name: "gitlab-shared-token",
        signature: header("x-gitlab-token"),
        event_id: Some(event(header("idempotency-key"))),
        event_type: Some(header("x-gitlab-event")),
        confidence: Sdk,
        source: "the sender, gitlabhq app/services/web_hook_service.rb; November 2026",
        ..TOKEN
    };

    /// Hugging Face. Secrets are ASCII. What happened in the scope is in `event.action`.
    HUGGING_FACE = Scheme {
        name: "hugging-face",
        signature: header("x-webhook-secret"),
        event_type: Some(json("event.scope")),
        source: "huggingface/hub-docs docs/hub/webhooks.md; November 2026",
        ..TOKEN
    };

    /// Microsoft Graph's change notifications. Every one of a delivery must have the client state;
    /// an empty list has none. With resource data come other tokens, which are not looked at.
    MICROSOFT_GRAPH = Scheme {
        name: "microsoft-graph",
        signature: json("value[].clientState"),
        event_type: Some(json("value[].changeType|value[].lifecycleEvent")),
        handshakes: &[super::handshakes::MICROSOFT_GRAPH],
        source: "microsoftgraph/microsoft-graph-docs-contrib webhooks text; November 2026",
        ..TOKEN
    };

    /// Microsoft SharePoint's list webhooks: the same client state, in every notification.
    MICROSOFT_SHAREPOINT = Scheme {
        name: "microsoft-sharepoint",
        signature: json("value[].clientState"),
        handshakes: &[super::handshakes::MICROSOFT_SHAREPOINT],
        source: "SharePoint/sp-dev-docs overview-sharepoint-webhooks.md; November 2026",
        ..TOKEN
    };

    /// Okta's event hooks and inline hooks. The token is the whole value; the header can be
    /// renamed. One delivery holds many events, each with its own id.
    OKTA = Scheme {
        name: "okta",
        signature: header("authorization"),
        handshakes: &[super::handshakes::OKTA],
        source: "okta/okta-developer-docs docs/concepts/event-hooks; November 2026",
        ..TOKEN
    };

    /// Pipedrive, version 2. Name and password are optional there: set them. What was acted on is
    /// in `meta.entity`.
    PIPEDRIVE = Scheme {
        name: "pipedrive",
        event_id: Some(unconfirmed(json("meta.id"))),
        event_type: Some(json("meta.action")),
        source: "pipedrive/client-nodejs docs/AddWebhookRequest.md; November 2026",
        ..BASIC
    };

    /// Postmark. Name and password are those of the webhook's URL. No event id: `MessageID` is that
    /// of the message, which has many events.
    POSTMARK = Scheme {
        name: "postmark",
        event_type: Some(json("RecordType")),
        source: "Postmark's text on webhooks, protecting your webhook; November 2026",
        ..BASIC
    };

    /// Strapi. The token is the whole value of a header that its user sets, `Bearer ` included.
    STRAPI = Scheme {
        name: "strapi",
        signature: header("authorization"),
        event_type: Some(header("x-strapi-event")),
        source: "strapi/documentation backend-customization/webhooks.md; November 2026",
        ..TOKEN
    };

    /// Supabase's database webhooks. The token is the whole value of a header that its user sets.
    SUPABASE_SHARED_TOKEN = Scheme {
        name: "supabase-shared-token",
        signature: header("authorization"),
        event_type: Some(json("type")),
        confidence: ThirdParty,
        source: "trigger.dev's and others' text on database webhooks, which agree; November 2026",
        ..TOKEN
    };

    /// Telegram's bots. A retry sends the same update again. Its type is the name of the key that
    /// stands beside `update_id`.
    TELEGRAM = Scheme {
        name: "telegram",
        signature: header("x-telegram-bot-api-secret-token"),
        event_id: Some(event(json("update_id"))),
        confidence: Sdk,
        source: "the sender, tdlib/telegram-bot-api WebhookActor.cpp; November 2026",
        ..TOKEN
    };

    /// Zulip's outgoing webhooks, in its own format: the other one is a form.
    ZULIP = Scheme {
        name: "zulip",
        signature: json("token"),
        event_type: Some(json("trigger")),
        source: "zulip/zulip api_docs/outgoing-webhooks.md; November 2026",
        ..TOKEN
    };
}
