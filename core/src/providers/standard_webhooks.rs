//! Standard Webhooks, and who signs by it: id, time and body under a base64 key.

use crate::{
    Confidence, Encoding, KeyFormat, Retry, Scheme, attempt, event, header, json, seconds,
    template, unconfirmed,
};

/// What the family shares. Every attempt has a new time and so a new signature; the id stays.
const FAMILY: Scheme<'static> = Scheme {
    encoding: Encoding::Base64,
    signed: template!("{event_id}.{timestamp}.{body}"),
    key: KeyFormat::Base64 { prefix: "whsec_" },
    event_type: Some(json("type")),
    retry: Retry::Resigned,
    confidence: Confidence::Sdk,
    ..Scheme::BASE
};

/// The family's rows whose provider sends through Svix, under its first header names only.
const SVIX_HEADERS: Scheme<'static> = Scheme {
    signature: header("svix-signature").item(" ", "v1,"),
    timestamp: Some(seconds(header("svix-timestamp"))),
    event_id: Some(event(header("svix-id"))),
    ..FAMILY
};

/// The family's rows of whose provider only the way to verify was read: what an id and a retry are
/// there is the specification's word, and Supabase, which says to follow it, does otherwise.
const VERIFYING_ONLY: Scheme<'static> = Scheme {
    event_id: Some(unconfirmed(header("webhook-id"))),
    retry: Retry::Unknown,
    ..STANDARD_WEBHOOKS
};

rows! {
    /// Anthropic: the Claude platform, beta. `type` is always `event`.
    ANTHROPIC = Scheme {
        name: "anthropic",
        event_type: Some(json("data.type")),
        source: "@anthropic-ai/sdk 1.11.0 (npm), run, and its types; November 2026",
        ..VERIFYING_ONLY
    };

    /// Autumn: billing. Sent through Svix.
    AUTUMN = Scheme {
        name: "autumn",
        confidence: Confidence::Docs,
        source: "useautumn/autumn apps/docs webhooks.mdx; November 2026",
        ..SVIX_HEADERS
    };

    /// BigCommerce. The key is the client secret of the app as text: nothing is decoded. Retries go
    /// on for 48 hours.
    BIGCOMMERCE = Scheme {
        name: "bigcommerce",
        key: KeyFormat::Text,
        event_type: Some(json("scope")),
        confidence: Confidence::Docs,
        source: "bigcommerce/docs integrations/webhooks/https-webhook-overview.mdx; November 2026",
        ..VERIFYING_ONLY
    };

    /// Brex. The secret is bare base64. During a rotation the header has two signatures.
    BREX = Scheme {
        name: "brex",
        key: KeyFormat::Base64 { prefix: "" },
        event_type: Some(json("event_type")),
        confidence: Confidence::ThirdParty,
        source: "Brex's text on webhooks and trigger.dev's receiver, which agree; November 2026",
        ..VERIFYING_ONLY
    };

    /// Clerk: users and organisations. Sent through Svix.
    CLERK = Scheme {
        name: "clerk",
        source: "@clerk/backend 2 (npm) dist/webhooks.js; November 2026",
        ..SVIX_HEADERS
    };

    /// Creem, Standard Webhooks headers. The same secret is text in its older scheme.
    CREEM_STANDARD = Scheme {
        name: "creem-standard",
        event_type: Some(json("type|eventType")),
        source: "creem 1.13.0 (npm) src/webhooks.ts, run; November 2026",
        ..VERIFYING_ONLY
    };

    /// Dodo Payments.
    DODO_PAYMENTS = Scheme {
        name: "dodo-payments",
        retry: Retry::Unknown,
        source: "dodopayments 2.52.0 (npm) resources/webhooks, run; November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// Finch: payroll. The family under other header names, and a secret of bare base64.
    FINCH = Scheme {
        name: "finch",
        signature: header("finch-signature").item(" ", "v1,"),
        timestamp: Some(seconds(header("finch-timestamp"))),
        key: KeyFormat::Base64 { prefix: "" },
        event_id: Some(unconfirmed(header("finch-event-id"))),
        event_type: Some(json("event_type")),
        source: "@tryfinch/finch-api 10.7.0 (npm) and finch-api 2.9.1 (PyPI), run; November 2026",
        ..VERIFYING_ONLY
    };

    /// GitLab 19.0 and later, with a signing token. A secret token that is configured as well is
    /// sent beside it, and is no substitute for it. GitLab does not retry by itself; a request that
    /// is sent again keeps its id.
    GITLAB = Scheme {
        name: "gitlab",
        event_type: Some(header("x-gitlab-event")),
        retry: Retry::Unknown,
        confidence: Confidence::Docs,
        source: "GitLab's text on webhooks, and merge request 230944 (signing token); November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// Increase: banking. `type` is always `event`. The older header `increase-webhook-signature`
    /// is another scheme.
    INCREASE = Scheme {
        name: "increase",
        event_type: Some(json("category")),
        source: "increase 0.552.0 (PyPI), run, and Increase's text on events; November 2026",
        ..VERIFYING_ONLY
    };

    /// Lithic: card issuing.
    LITHIC = Scheme {
        name: "lithic",
        event_type: Some(json("event_type")),
        source: "lithic 0.145.0 (npm) resources/webhooks.js, run; November 2026",
        ..VERIFYING_ONLY
    };

    /// Liveblocks.
    LIVEBLOCKS = Scheme {
        name: "liveblocks",
        source: "@liveblocks/node 3.24.2 (npm) WebhookHandler, run; November 2026",
        ..VERIFYING_ONLY
    };

    /// Loops: e-mail. For 24 hours after a new secret both sign.
    LOOPS = Scheme {
        name: "loops",
        event_type: Some(json("eventName")),
        confidence: Confidence::ThirdParty,
        source: "@trigger.dev/core 4.8.3 (npm) and receivers of others, which agree; November 2026",
        ..VERIFYING_ONLY
    };

    /// OpenAI. A secret without `whsec_` is read as base64 here, as text by OpenAI's own libraries:
    /// hand it over with its prefix.
    OPENAI = Scheme {
        name: "openai",
        source: "openai 3.52.0 (PyPI) lib/_webhooks.py and its npm counterpart; November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// Polar. The key is the whole secret as text: nothing is decoded.
    POLAR = Scheme {
        name: "polar",
        key: KeyFormat::Text,
        retry: Retry::Unknown,
        source: "@polar-sh/sdk 0.49.0 (npm) and polar-sdk 1.0.2 (PyPI), run; November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// Quo, formerly OpenPhone: webhooks of its API of March 2026. Older ones sign otherwise.
    QUO_STANDARD = Scheme {
        name: "quo-standard",
        confidence: Confidence::Docs,
        source: "Quo's text on validating webhook signatures; November 2026",
        ..VERIFYING_ONLY
    };

    /// Render.
    RENDER = Scheme {
        name: "render",
        source: "render-examples/webhook-receiver app.ts, Render's own; November 2026",
        ..VERIFYING_ONLY
    };

    /// Replicate. The body is a prediction, without a type.
    REPLICATE = Scheme {
        name: "replicate",
        event_id: Some(event(header("webhook-id"))),
        event_type: None,
        source: "replicate (npm) lib/util.js, replicate 1.0.7 (PyPI), and its text; November 2026",
        ..VERIFYING_ONLY
    };

    /// Resend: e-mail. Sent through Svix.
    RESEND = Scheme {
        name: "resend",
        source: "resend 6.38 (npm), run, and Resend's text on verifying requests; November 2026",
        ..SVIX_HEADERS
    };

    /// SignatureAPI.
    SIGNATUREAPI = Scheme {
        name: "signatureapi",
        confidence: Confidence::Docs,
        retry: Retry::Unknown,
        source: "SignatureAPI's text on verifying webhook signatures; November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// Standard Webhooks, version 1 (`v1`, HMAC). A `v1a` signature (ed25519) is skipped.
    STANDARD_WEBHOOKS = Scheme {
        name: "standard-webhooks",
        signature: header("webhook-signature").item(" ", "v1,"),
        timestamp: Some(seconds(header("webhook-timestamp"))),
        event_id: Some(event(header("webhook-id"))),
        source: "the specification, and its Rust, npm and PyPI libraries, run; November 2026",
        ..FAMILY
    };

    /// Supabase's auth hooks. It joins the signatures of several secrets by comma and blank, and an
    /// attempt has a new id. At most eight signatures, as each `v1` is an item too.
    SUPABASE = Scheme {
        name: "supabase",
        signature: header("webhook-signature").item(", ", ""),
        key: KeyFormat::Base64 { prefix: "v1,whsec_" },
        event_id: Some(attempt(header("webhook-id"))),
        source: "the sender, supabase/auth internal/hooks/hookshttp; November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// Svix, whose senders use either family of header names. The type of an event is the
    /// application's own matter; `type` is the usual field.
    SVIX = Scheme {
        name: "svix",
        signature: header("svix-signature|webhook-signature").item(" ", "v1,"),
        timestamp: Some(seconds(header("svix-timestamp|webhook-timestamp"))),
        event_id: Some(event(header("svix-id|webhook-id"))),
        source: "svix 1.99.1 (npm) and 2.9.1 (PyPI), run, and the sender, svix-server; November 2026",
        ..FAMILY
    };

    /// Whop. Its `ws_` secret is to be written in base64 first, as for its own library.
    WHOP = Scheme {
        name: "whop",
        source: "@whop/sdk 0.0.42 (npm) resources/webhooks.js, run; November 2026",
        ..VERIFYING_ONLY
    };
}
