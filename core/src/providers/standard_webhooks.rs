//! Standard Webhooks, and who signs by it: id, time and body under a base64 key.

use crate::{
    Confidence, Encoding, KeyFormat, Retry, Scheme, event, header, json, seconds, template,
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

rows! {
    /// Clerk: users and organisations. Sent through Svix.
    CLERK = Scheme {
        name: "clerk",
        source: "@clerk/backend 2 (npm) dist/webhooks.js; November 2026",
        ..SVIX_HEADERS
    };

    /// GitLab 19.0 and later, with a signing token. A secret token that is configured as well is sent
    /// beside it, and is no substitute for it. GitLab does not retry by itself; a request that is sent
    /// again keeps its id.
    GITLAB = Scheme {
        name: "gitlab",
        event_type: Some(header("x-gitlab-event")),
        retry: Retry::Unknown,
        confidence: Confidence::Docs,
        source: "GitLab's text on webhooks, and merge request 230944 (signing token); November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// OpenAI. A secret without `whsec_` is read as base64 here, as text by OpenAI's own libraries:
    /// hand it over with its prefix.
    OPENAI = Scheme {
        name: "openai",
        source: "openai 3.52.0 (PyPI) lib/_webhooks.py and its npm counterpart; November 2026",
        ..STANDARD_WEBHOOKS
    };

    /// Resend: e-mail. Sent through Svix.
    RESEND = Scheme {
        name: "resend",
        source: "resend 6.38 (npm), run, and Resend's text on verifying requests; November 2026",
        ..SVIX_HEADERS
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
}
