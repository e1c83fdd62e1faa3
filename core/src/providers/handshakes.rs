//! What the providers ask of an endpoint beside their deliveries. A row names its own
//! ([`Scheme::handshakes`](crate::Scheme::handshakes)); a row of yours can name any.
//!
//! Not here, as nothing is to be answered: signed pings and test deliveries, which verify like any
//! other (Agora, Ashby, Cronofy, Figma, Greenhouse, LINE, Viber, Xero, Zettle and more). Not here
//! either, as the answer is a call of yours: Amazon SNS, whose verified `SubscribeURL` you fetch
//! when you have looked at its topic. Not known well enough: Ramp's challenge, Shopware's
//! registration.

use crate::handshake::{Cue, Grammar, Guard, Handshake, Proof, Purpose, Reply};
use crate::{
    Confidence::{Docs, Sdk},
    form, header, json, query, template,
};

/// The handshakes, as constants and as a list: each stands in one place. Sorted by name.
macro_rules! handshakes {
    ($($(#[$doc:meta])* $name:ident = $handshake:expr;)+) => {
        $($(#[$doc])* pub const $name: Handshake<'static> = $handshake;)+

        /// All of them, by the names of their constants.
        pub const ALL: &[(&str, Handshake<'static>)] = &[$((stringify!($name), $name)),+];
    };
}

/// A text that is to come back as it is.
const ECHO: Handshake<'static> =
    Handshake { reply: Reply::Text(template!("{challenge}")), ..Handshake::BASE };

/// A signed POST.
const SIGNED: Handshake<'static> =
    Handshake { method: "POST", guard: Guard::Signature, ..Handshake::BASE };

/// A request that is there to see whether anyone answers.
const HEAD: Handshake<'static> = Handshake { method: "HEAD", ..Handshake::BASE };

/// A request that brings something.
const BRINGS_KEY: Handshake<'static> =
    Handshake { purpose: Purpose::BringsKey, method: "POST", ..Handshake::BASE };

/// What a delivery is answered by.
const ACKNOWLEDGED: Handshake<'static> =
    Handshake { purpose: Purpose::Acknowledgement, ..Handshake::BASE };

/// The challenge in JSON, under the name under which most want it.
const JSON_CHALLENGE: Reply<'static> = Reply::Json(&[("challenge", template!("{challenge}"))]);

/// The row's MAC over Smartcar's challenge.
const SMARTCAR: Handshake<'static> = Handshake {
    method: "POST",
    grammar: Grammar::Token,
    proof: Proof::Mac,
    reply: Reply::Json(&[("challenge", template!("{mac}"))]),
    confidence: Sdk,
    source: "smartcar 10.4.0 (npm), hashChallenge, and Smartcar's text; November 2026",
    ..Handshake::BASE
};

handshakes! {
    /// Adyen, notifications of the older kind: a body of `[accepted]`. Any 2xx will do now.
    ADYEN = Handshake {
        reply: Reply::Text(template!("[[accepted]]")),
        confidence: Docs,
        source: "Adyen's text on accepting notifications; November 2026",
        ..ACKNOWLEDGED
    };

    /// Asana: the secret, to be sent back in the header in which it came. The request comes while
    /// the call that makes the webhook is still open.
    ASANA = Handshake {
        challenge: Some(header("x-hook-secret")),
        reply: Reply::Headers(&[("x-hook-secret", template!("{challenge}"))]),
        confidence: Sdk,
        source: "Asana's own devrel-examples, webhooks-nodejs and webhooks_v5; November 2026",
        ..BRINGS_KEY
    };

    /// Azure Event Grid, its own event schema. Its deliveries are not signed, so it has no row.
    AZURE_EVENT_GRID = Handshake {
        method: "POST",
        cues: &[Cue::Is(header("aeg-event-type"), "SubscriptionValidation")],
        challenge: Some(json("[].data.validationCode")),
        reply: Reply::Json(&[("validationResponse", template!("{challenge}"))]),
        confidence: Docs,
        source: "MicrosoftDocs/azure-docs, Event Grid, webhook-event-delivery.md; November 2026",
        ..Handshake::BASE
    };

    /// Braintree: the public key, and the MAC over the challenge.
    BRAINTREE = Handshake {
        challenge: Some(query("bt_challenge")),
        grammar: Grammar::Hex { least: 20, most: 32 },
        proof: Proof::Mac,
        reply: Reply::Text(template!("{key_id}|{mac}")),
        confidence: Sdk,
        source: "braintree 3.40.0 (npm) and 4.48.0 (PyPI), verify; November 2026",
        ..Handshake::BASE
    };

    /// Circle: a HEAD before deliveries.
    CIRCLE = Handshake {
        confidence: Docs,
        source: "Circle's text on webhook notifications; November 2026",
        ..HEAD
    };

    /// CloudEvents' abuse protection. The agreed value is the origin from which deliveries may
    /// come; no limit is set to their rate.
    CLOUDEVENTS = Handshake {
        method: "OPTIONS",
        guard: Guard::Expected(header("webhook-request-origin")),
        challenge: Some(header("webhook-request-origin")),
        reply: Reply::Headers(&[
            ("webhook-allowed-origin", template!("{challenge}")),
            ("webhook-allowed-rate", template!("*")),
            ("allow", template!("POST, OPTIONS")),
        ]),
        confidence: Docs,
        source: "cloudevents/spec, http-webhook.md; November 2026",
        ..Handshake::BASE
    };

    /// Discord, webhook events: a ping of type 0.
    DISCORD_EVENTS = Handshake {
        cues: &[Cue::Is(json("type"), "0")],
        status: 204,
        reply: Reply::Headers(&[("content-type", template!("application/json"))]),
        confidence: Docs,
        source: "Discord's text on webhook events; November 2026",
        ..SIGNED
    };

    /// Discord, interactions: a ping of type 1. An event is of type 1 too, but has no token.
    DISCORD_INTERACTIONS = Handshake {
        cues: &[Cue::Is(json("type"), "1"), Cue::There(json("token"))],
        reply: Reply::FixedJson("{\"type\":1}"),
        confidence: Docs,
        source: "Discord's text on interactions; November 2026",
        ..SIGNED
    };

    /// Dropbox. Its MAC is not asked for.
    DROPBOX = Handshake {
        challenge: Some(query("challenge")),
        confidence: Sdk,
        source: "dropbox/mdwebhook, app.py; November 2026",
        ..ECHO
    };

    /// Dropbox Sign: every delivery, the test one too, wants this text in the answer.
    DROPBOX_SIGN = Handshake {
        reply: Reply::Text(template!("Hello API Event Received")),
        confidence: Docs,
        source: "Dropbox Sign's text on events and callbacks; November 2026",
        ..ACKNOWLEDGED
    };

    /// eBay: a hash of challenge, verification token and endpoint. The agreed value is the
    /// verification token; the request's URL must begin as the endpoint was registered.
    EBAY = Handshake {
        challenge: Some(query("challenge_code")),
        grammar: Grammar::Token,
        proof: Proof::Sha256(template!("{challenge}{secret}{url|base}")),
        reply: Reply::Json(&[("challengeResponse", template!("{mac}"))]),
        confidence: Sdk,
        source: "eBay/event-notification-nodejs-sdk, lib/validator.js; November 2026",
        ..Handshake::BASE
    };

    /// FreshBooks: the verifier, which is the key and is to be handed back by a PUT.
    FRESHBOOKS = Handshake {
        cues: &[Cue::Is(form("name"), "callback.verify")],
        challenge: Some(form("verifier")),
        confidence: Docs,
        source: "freshbooks-python-sdk, text on webhooks; November 2026",
        ..BRINGS_KEY
    };

    /// Front, application webhooks.
    FRONT = Handshake {
        cues: &[Cue::Is(json("type"), "sync")],
        challenge: Some(header("x-front-challenge")),
        reply: Reply::Text(template!("{challenge}")),
        confidence: Docs,
        source: "Front's text on application webhooks; November 2026",
        ..SIGNED
    };

    /// Gusto: the verification token, which is the key and is to be handed back by a PUT.
    GUSTO = Handshake {
        challenge: Some(json("verification_token")),
        confidence: Docs,
        source: "Gusto's text on webhooks; November 2026",
        ..BRINGS_KEY
    };

    /// Intercom: a HEAD when the URL is saved.
    INTERCOM = Handshake {
        confidence: Docs,
        source: "Intercom's text on setting up webhooks; November 2026",
        ..HEAD
    };

    /// Lark and Feishu. The agreed value is the verification token. An encrypted request has to be
    /// decrypted first.
    LARK = Handshake {
        method: "POST",
        cues: &[Cue::Is(json("type"), "url_verification")],
        guard: Guard::Expected(json("token")),
        challenge: Some(json("challenge")),
        reply: JSON_CHALLENGE,
        confidence: Sdk,
        source: "@larksuiteoapi/node-sdk 1.74.0 (npm); November 2026",
        ..Handshake::BASE
    };

    /// Mailchimp's audiences, when the URL is saved. Their deliveries are not signed, so they have
    /// no row.
    MAILCHIMP_GET = Handshake {
        confidence: Docs,
        source: "Mailchimp's text on syncing audience data; November 2026",
        ..Handshake::BASE
    };

    /// The same, as a HEAD.
    MAILCHIMP_HEAD = Handshake { method: "HEAD", ..MAILCHIMP_GET };

    /// Mandrill: a HEAD when the webhook is made.
    MANDRILL_HEAD = Handshake {
        confidence: Docs,
        source: "Mailchimp Transactional's text on authenticating webhooks; November 2026",
        ..HEAD
    };

    /// Mandrill: after the HEAD, a list without an event, signed with the word `test-webhook`, as
    /// there is no key yet. There is nothing in it to be believed.
    MANDRILL_TEST = Handshake {
        method: "POST",
        cues: &[Cue::Is(form("mandrill_events"), "[]")],
        ..MANDRILL_HEAD
    };

    /// Meta. The agreed value is the verify token.
    META = Handshake {
        cues: &[Cue::Is(query("hub.mode"), "subscribe")],
        guard: Guard::Expected(query("hub.verify_token")),
        challenge: Some(query("hub.challenge")),
        confidence: Sdk,
        source: "WhatsApp/WhatsApp-Nodejs-SDK, src/webhooks.ts; November 2026",
        ..ECHO
    };

    /// Microsoft Graph.
    MICROSOFT_GRAPH = Handshake {
        method: "POST",
        challenge: Some(query("validationToken")),
        confidence: Docs,
        source: "microsoft-graph-docs-contrib, concepts, webhook delivery; November 2026",
        ..ECHO
    };

    /// Microsoft SharePoint.
    MICROSOFT_SHAREPOINT = Handshake {
        method: "POST",
        challenge: Some(query("validationtoken")),
        confidence: Docs,
        source: "SharePoint/sp-dev-docs, overview-sharepoint-webhooks.md; November 2026",
        ..ECHO
    };

    /// monday.com.
    MONDAY = Handshake {
        method: "POST",
        challenge: Some(json("challenge")),
        reply: JSON_CHALLENGE,
        confidence: Docs,
        source: "monday.com's text on webhooks; November 2026",
        ..Handshake::BASE
    };

    /// Notion: the verification token, which is the key and is to be pasted into the settings of
    /// the integration. The request is signed with what it brings, which shows nothing.
    NOTION = Handshake {
        challenge: Some(json("verification_token")),
        confidence: Docs,
        source: "Notion's text on webhooks; November 2026",
        ..BRINGS_KEY
    };

    /// Nylas. It wants no chunked encoding: send `content-length`.
    NYLAS = Handshake {
        challenge: Some(query("challenge")),
        confidence: Sdk,
        source: "nylas 6.18.0 (PyPI), extract_challenge_parameter; November 2026",
        ..ECHO
    };

    /// Okta's event hooks: the one GET that Okta sends, with the secret in its header.
    OKTA = Handshake {
        guard: Guard::Signature,
        challenge: Some(header("x-okta-verification-challenge")),
        reply: Reply::Json(&[("verification", template!("{challenge}"))]),
        confidence: Docs,
        source: "okta/okta-developer-docs, concepts/event-hooks; November 2026",
        ..Handshake::BASE
    };

    /// Salesforce's event notifications: a verification key, which is no key of signatures and is
    /// to be handed back, with the `callbackId` of the same body, by a call of `ens-verify`.
    SALESFORCE = Handshake {
        purpose: Purpose::BringsToken,
        cues: &[Cue::There(json("callbackId"))],
        challenge: Some(json("verificationKey")),
        confidence: Docs,
        source: "Salesforce's text on Event Notification Service callbacks; November 2026",
        ..BRINGS_KEY
    };

    /// Slack.
    SLACK = Handshake {
        cues: &[Cue::Is(json("type"), "url_verification")],
        challenge: Some(json("challenge")),
        reply: Reply::Text(template!("{challenge}")),
        confidence: Docs,
        source: "Slack's text on url_verification; November 2026",
        ..SIGNED
    };

    /// Smartcar, payloads of version 2: the MAC over the challenge.
    SMARTCAR_V2 = Handshake {
        cues: &[Cue::Is(json("eventName"), "verify")],
        challenge: Some(json("payload.challenge")),
        ..SMARTCAR
    };

    /// Smartcar, payloads of version 4: the MAC over the challenge.
    SMARTCAR_V4 = Handshake {
        cues: &[Cue::Is(json("eventType"), "VERIFY")],
        challenge: Some(json("data.challenge")),
        ..SMARTCAR
    };

    /// Trello: a HEAD when the webhook is made.
    TRELLO = Handshake {
        confidence: Docs,
        source: "Trello's text on webhooks; November 2026",
        ..HEAD
    };

    /// Twitch.
    TWITCH = Handshake {
        cues: &[Cue::Is(
            header("twitch-eventsub-message-type"),
            "webhook_callback_verification",
        )],
        challenge: Some(json("challenge")),
        reply: Reply::Text(template!("{challenge}")),
        confidence: Sdk,
        source: "twitchdev/twitch-cli, internal/events/verify; November 2026",
        ..SIGNED
    };

    /// WebSub, a subscription. The agreed value is the topic. A request to end one is not known
    /// here and so not agreed to: answer it yourself when you want it.
    WEBSUB = Handshake {
        cues: &[Cue::Is(query("hub.mode"), "subscribe")],
        guard: Guard::Expected(query("hub.topic")),
        challenge: Some(query("hub.challenge")),
        confidence: Docs,
        source: "W3C Recommendation WebSub, 5.3; November 2026",
        ..ECHO
    };

    /// WooCommerce: a ping when the webhook is saved, unsigned, that holds no event. What bears a
    /// signature is a delivery, whatever stands in its body.
    WOOCOMMERCE = Handshake {
        method: "POST",
        cues: &[Cue::Absent(header("x-wc-webhook-signature")), Cue::There(form("webhook_id"))],
        confidence: Sdk,
        source: "woocommerce/woocommerce, class-wc-webhook.php; November 2026",
        ..Handshake::BASE
    };

    /// Worldline.
    WORLDLINE = Handshake {
        challenge: Some(header("x-gcs-webhooks-endpoint-verification")),
        confidence: Docs,
        source: "Worldline's text on webhooks, and its shop plugins; November 2026",
        ..ECHO
    };

    /// X: the MAC over the token, spelled as signatures are.
    X_TWITTER = Handshake {
        challenge: Some(query("crc_token")),
        grammar: Grammar::Token,
        proof: Proof::Mac,
        reply: Reply::Json(&[("response_token", template!("sha256={mac}"))]),
        confidence: Docs,
        source: "xdevplatform/docs, x-api/webhooks/quickstart.mdx; November 2026",
        ..Handshake::BASE
    };

    /// Zoom: the token, and the MAC over it, every 72 hours.
    ZOOM = Handshake {
        cues: &[Cue::Is(json("event"), "endpoint.url_validation")],
        challenge: Some(json("payload.plainToken")),
        grammar: Grammar::Token,
        proof: Proof::Mac,
        reply: Reply::Json(&[
            ("plainToken", template!("{challenge}")),
            ("encryptedToken", template!("{mac}")),
        ]),
        confidence: Docs,
        source: "Zoom's text on validating a webhook endpoint; November 2026",
        ..SIGNED
    };
}
