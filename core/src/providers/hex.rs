//! HMAC-SHA-256 of the body alone, in hex. No time is checked: an old delivery verifies for ever.

use crate::{
    Confidence::{Docs, Sdk, ThirdParty},
    KeyFormat, Retry, Scheme, attempt, event, header, json, template, unconfirmed,
};

rows! {
    /// Agentset. No delivery id.
    AGENTSET = Scheme {
        name: "agentset",
        signature: header("agentset-signature"),
        confidence: Docs,
        source: "Agentset's text on verifying requests; November 2026",
        ..Scheme::BASE
    };

    /// Agora, notifications. `Agora-Signature`, sent beside it, is SHA-1. The signed `notifyMs` is
    /// the time of the attempt.
    AGORA = Scheme {
        name: "agora",
        signature: header("agora-signature-v2"),
        event_id: Some(unconfirmed(json("noticeId"))),
        event_type: Some(json("eventType")),
        retry: Retry::Resigned,
        confidence: Docs,
        source: "Agora's text and its worked example; November 2026",
        ..Scheme::BASE
    };

    /// Airtable. The secret is `macSecretBase64` as Airtable gives it. A delivery says that
    /// something changed, and not what: no id, no type.
    AIRTABLE = Scheme {
        name: "airtable",
        signature: header("x-airtable-content-mac").prefix("hmac-sha256="),
        key: KeyFormat::Base64 { prefix: "" },
        confidence: ThirdParty,
        source: "pyairtable 3.5.0 (PyPI), run, and users' working code; November 2026",
        ..Scheme::BASE
    };

    /// Asana. The secret is the text of the handshake's `X-Hook-Secret`. A delivery holds many
    /// events, or none: an empty one is a heartbeat.
    ASANA = Scheme {
        name: "asana",
        signature: header("x-hook-signature"),
        handshakes: &[super::handshakes::ASANA],
        confidence: Sdk,
        source: "Asana's own devrel-examples, webhooks-nodejs and webhooks_v5; November 2026",
        ..Scheme::BASE
    };

    /// Ashby. Unsigned, and so refused, while no secret is set. No delivery id.
    ASHBY = Scheme {
        name: "ashby",
        signature: header("ashby-signature").prefix("sha256="),
        event_type: Some(json("action")),
        confidence: Docs,
        source: "Ashby's text on authenticating webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Attio. It sends the signature under both names. The idempotency key is a header, unsigned;
    /// one delivery can hold many events.
    ATTIO = Scheme {
        name: "attio",
        signature: header("attio-signature|x-attio-signature"),
        event_id: Some(event(header("idempotency-key"))),
        confidence: Docs,
        source: "Attio's text on webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Bitbucket Cloud and Data Center: SHA-256 under the header that GitHub uses for SHA-1. The
    /// request id is a header, unsigned.
    BITBUCKET = Scheme {
        name: "bitbucket",
        signature: header("x-hub-signature").prefix("sha256="),
        event_id: Some(unconfirmed(header("x-request-uuid|x-request-id"))),
        event_type: Some(header("x-event-key")),
        confidence: ThirdParty,
        source: "Atlassian's published vector and text as others quote them; November 2026",
        ..Scheme::BASE
    };

    /// Bland AI: calls. No delivery id.
    BLAND = Scheme {
        name: "bland",
        signature: header("x-webhook-signature"),
        confidence: Docs,
        source: "Bland's text on webhook signing; November 2026",
        ..Scheme::BASE
    };

    /// BTCPay Server. A redelivery has a new `deliveryId`, so other bytes, and says which was the
    /// first.
    BTCPAY = Scheme {
        name: "btcpay",
        signature: header("btcpay-sig").prefix("sha256="),
        event_id: Some(event(json("originalDeliveryId|deliveryId"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "the sender, btcpayserver Plugins/Webhooks/WebhookSender.cs; November 2026",
        ..Scheme::BASE
    };

    /// Cal.com. Without a secret the header says `no-secret-provided`, which is malformed here. A
    /// payload template of the user may make the body anything.
    CAL_COM = Scheme {
        name: "cal-com",
        signature: header("x-cal-signature-256"),
        event_type: Some(json("triggerEvent")),
        confidence: Sdk,
        source: "the sender, calcom/cal.com webhooks/lib/sendPayload.ts; November 2026",
        ..Scheme::BASE
    };

    /// Checkly: monitoring. No delivery id.
    CHECKLY = Scheme {
        name: "checkly",
        signature: header("x-checkly-signature"),
        confidence: Docs,
        source: "Checkly's text on webhooks, in docs.checklyhq.com; November 2026",
        ..Scheme::BASE
    };

    /// Checkout.com. The key is the signature key of the workflow's webhook action; of older
    /// accounts, the secret key.
    CHECKOUT_COM = Scheme {
        name: "checkout-com",
        signature: header("cko-signature"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Docs,
        source: "Checkout.com's text on the webhook receiver; November 2026",
        ..Scheme::BASE
    };

    /// CircleCI. Unsigned, and so refused, while no secret is set. A request may come twice.
    CIRCLECI = Scheme {
        name: "circleci",
        signature: header("circleci-signature").item(",", "v1="),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        confidence: Docs,
        source: "CircleCI's text on webhooks and its published vectors; November 2026",
        ..Scheme::BASE
    };

    /// ClickUp. No delivery id: the ids in the body are of the items changed.
    CLICKUP = Scheme {
        name: "clickup",
        signature: header("x-signature"),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "ClickUp's text on the webhook signature; November 2026",
        ..Scheme::BASE
    };

    /// Coinbase Commerce. The outer `id` is the delivery's; `event.id` is the event's. The body
    /// counts the attempts, so a retry has other bytes under the same event id.
    COINBASE_COMMERCE = Scheme {
        name: "coinbase-commerce",
        signature: header("x-cc-webhook-signature"),
        event_id: Some(event(json("event.id"))),
        event_type: Some(json("event.type")),
        confidence: Sdk,
        source: "coinbase-commerce-node 1.0.4, run, and Coinbase's text on webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Convoy, projects with simple signatures, SHA-256 and hex: three settings of the project, as
    /// is the name of the header.
    CONVOY_SIMPLE_SHA256_HEX = Scheme {
        name: "convoy-simple-sha256-hex",
        signature: header("x-convoy-signature"),
        confidence: Sdk,
        source: "frain-dev/convoy pkg/signature and its vectors; November 2026",
        ..Scheme::BASE
    };

    /// Creem, its own header. It also signs as Standard Webhooks do: that is a row of its own.
    CREEM = Scheme {
        name: "creem",
        signature: header("creem-signature|x-creem-signature"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("eventType|type")),
        confidence: Sdk,
        source: "creem 1.13.0 (npm), run; November 2026",
        ..Scheme::BASE
    };

    /// Cursor, cloud agents. The id is a header, unsigned, and unique per delivery by Cursor's
    /// text.
    CURSOR = Scheme {
        name: "cursor",
        signature: header("x-webhook-signature").prefix("sha256="),
        event_id: Some(unconfirmed(header("x-webhook-id"))),
        event_type: Some(header("x-webhook-event")),
        confidence: Docs,
        source: "Cursor's text on webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Datasaur. No delivery id.
    DATASAUR = Scheme {
        name: "datasaur",
        signature: header("x-datasaur-signature"),
        confidence: Docs,
        source: "Datasaur's text on the webhook signature and its example; November 2026",
        ..Scheme::BASE
    };

    /// Deel. The word `POST`, then the body. No delivery id.
    DEEL = Scheme {
        name: "deel",
        signature: header("x-deel-signature"),
        signed: template!("POST{body}"),
        event_type: Some(json("data.meta.event_type")),
        confidence: Docs,
        source: "Deel's text on security, version 2; November 2026",
        ..Scheme::BASE
    };

    /// Discourse. Unsigned, and so refused, while no secret is set. A retry is a new event to
    /// Discourse, with an id of its own; the headers are unsigned.
    DISCOURSE = Scheme {
        name: "discourse",
        signature: header("x-discourse-event-signature").prefix("sha256="),
        event_id: Some(attempt(header("x-discourse-event-id"))),
        event_type: Some(header("x-discourse-event|x-discourse-event-type")),
        confidence: Sdk,
        source: "the sender, discourse emit_web_hook_event.rb; November 2026",
        ..Scheme::BASE
    };

    /// Doppler. Unsigned, and so refused, while no secret is set. A payload of the user's own has
    /// no type.
    DOPPLER = Scheme {
        name: "doppler",
        signature: header("x-doppler-signature").prefix("sha256="),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "Doppler's text and its sample mandalorian-gifs-python; November 2026",
        ..Scheme::BASE
    };

    /// Dropbox. It says which accounts changed, and nothing else: no id, no type.
    DROPBOX = Scheme {
        name: "dropbox",
        signature: header("x-dropbox-signature"),
        handshakes: &[super::handshakes::DROPBOX],
        confidence: Sdk,
        source: "Dropbox's own sample, mdwebhook app.py; November 2026",
        ..Scheme::BASE
    };

    /// Dub. A queue sends the event and repeats it as it is.
    DUB = Scheme {
        name: "dub",
        signature: header("dub-signature"),
        event_id: Some(event(json("id"))),
        event_type: Some(json("event")),
        retry: Retry::Repeated,
        confidence: Sdk,
        source: "the sender, dubinc/dub lib/webhook/signature.ts, qstash.ts; November 2026",
        ..Scheme::BASE
    };

    /// Dynamic: wallets. Its text gives the format as GitHub's; the prefix follows from that.
    DYNAMIC = Scheme {
        name: "dynamic",
        signature: header("x-dynamic-signature-256").prefix("sha256="),
        confidence: Docs,
        source: "Dynamic's text on webhook setup; November 2026",
        ..Scheme::BASE
    };

    /// EasyPost. A secret beyond ASCII must be given in Unicode form NFKD: the sender brings it
    /// there.
    EASYPOST = Scheme {
        name: "easypost",
        signature: header("x-hmac-signature").prefix("hmac-sha256-hex="),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("description")),
        confidence: Sdk,
        source: "@easypost/api 8.9 (npm) and easypost 10.7 (PyPI), run; November 2026",
        ..Scheme::BASE
    };

    /// Firecrawl. The key is the account's webhook secret.
    FIRECRAWL = Scheme {
        name: "firecrawl",
        signature: header("x-firecrawl-signature").prefix("sha256="),
        confidence: Docs,
        source: "Firecrawl's text on webhook security; November 2026",
        ..Scheme::BASE
    };

    /// Flagsmith. Unsigned, and so refused, while no secret is set.
    FLAGSMITH = Scheme {
        name: "flagsmith",
        signature: header("x-flagsmith-signature"),
        confidence: Sdk,
        source: "the sender, Flagsmith/flagsmith api/core/signing.py; November 2026",
        ..Scheme::BASE
    };

    /// Forgejo, hooks that send JSON. Delivery id and type are headers, unsigned; a redelivery has
    /// another id.
    FORGEJO = Scheme {
        name: "forgejo",
        signature: header("x-forgejo-signature"),
        event_id: Some(attempt(header("x-forgejo-delivery"))),
        event_type: Some(header("x-forgejo-event")),
        confidence: Sdk,
        source: "the sender, forgejo services/webhook/shared/payloader.go; November 2026",
        ..Scheme::BASE
    };

    /// Stream: chat and feeds. The key is the app's API secret. A compressed body is signed as it
    /// was before: inflate it first.
    GETSTREAM = Scheme {
        name: "getstream",
        signature: header("x-signature"),
        confidence: Sdk,
        source: "stream-chat 9.53.0 (npm) src/signing.ts, run; November 2026",
        ..Scheme::BASE
    };

    /// Gitea, hooks that send JSON. Delivery id and type are headers, unsigned; a redelivery has
    /// another id.
    GITEA = Scheme {
        name: "gitea",
        signature: header("x-gitea-signature"),
        event_id: Some(attempt(header("x-gitea-delivery"))),
        event_type: Some(header("x-gitea-event")),
        confidence: Sdk,
        source: "the sender, go-gitea/gitea deliver.go and hooktask.go; November 2026",
        ..Scheme::BASE
    };

    /// GitHub. The delivery id is a header, unsigned; a redelivery keeps it.
    GITHUB = Scheme {
        name: "github",
        signature: header("x-hub-signature-256").prefix("sha256="),
        event_id: Some(event(header("x-github-delivery"))),
        event_type: Some(header("x-github-event")),
        confidence: Sdk,
        source: "octokit/webhooks-methods.js 6.0.0, run, and GitHub's text; November 2026",
        ..Scheme::BASE
    };

    /// GoCardless. One delivery holds many events; the id is the delivery's.
    GOCARDLESS = Scheme {
        name: "gocardless",
        signature: header("webhook-signature"),
        event_id: Some(event(json("meta.webhook_id"))),
        confidence: Sdk,
        source: "gocardless_pro 3.22.0 (PyPI), gocardless-nodejs 10.1.2 (npm), run; November 2026",
        ..Scheme::BASE
    };

    /// Gogs, hooks that send JSON. Delivery id and type are headers, unsigned; a redelivery keeps
    /// its id.
    GOGS = Scheme {
        name: "gogs",
        signature: header("x-gogs-signature"),
        event_id: Some(event(header("x-gogs-delivery"))),
        event_type: Some(header("x-gogs-event")),
        confidence: Sdk,
        source: "the sender, gogs/gogs internal/database/webhook.go; November 2026",
        ..Scheme::BASE
    };

    /// Grafana alerting, contact points without a timestamp header: a setting, as is the name of
    /// this header. No delivery id.
    GRAFANA_NO_TIMESTAMP = Scheme {
        name: "grafana-no-timestamp",
        signature: header("x-grafana-alerting-signature"),
        event_type: Some(json("status")),
        confidence: Sdk,
        source: "the sender, grafana/alerting http/hmac.go; November 2026",
        ..Scheme::BASE
    };

    /// Greenhouse. After the prefix comes a space, not `=`. The id is a header, unsigned, and
    /// unique per delivery by Greenhouse's text.
    GREENHOUSE = Scheme {
        name: "greenhouse",
        signature: header("signature").prefix("sha256 "),
        event_id: Some(unconfirmed(header("greenhouse-event-id"))),
        event_type: Some(json("action")),
        confidence: Docs,
        source: "Greenhouse's text on webhooks; November 2026",
        ..Scheme::BASE
    };

    /// GrowthBook, event webhooks. Its SDK webhooks sign as Standard Webhooks do.
    GROWTHBOOK = Scheme {
        name: "growthbook",
        signature: header("x-growthbook-signature"),
        event_type: Some(json("event")),
        confidence: Sdk,
        source: "the sender, growthbook event-webhooks-utils.ts; November 2026",
        ..Scheme::BASE
    };

    /// Gusto. The key is the subscription's verification token. Gusto's text writes the header as
    /// `x_gusto_signature`.
    GUSTO = Scheme {
        name: "gusto",
        signature: header("x-gusto-signature"),
        event_id: Some(unconfirmed(json("uuid"))),
        event_type: Some(json("event_type")),
        handshakes: &[super::handshakes::GUSTO],
        confidence: ThirdParty,
        source: "Gusto's text; hex by receivers that agree; November 2026",
        ..Scheme::BASE
    };

    /// Infisical. `t=` in the header is unsigned; the same number, in milliseconds, is the signed
    /// `timestamp` of the body.
    INFISICAL = Scheme {
        name: "infisical",
        signature: header("x-infisical-signature").item(";", ""),
        event_type: Some(json("event")),
        confidence: Sdk,
        source: "the sender, Infisical services/webhook/webhook-fns.ts; November 2026",
        ..Scheme::BASE
    };

    /// Jira Cloud, webhooks that an administrator made with a secret. The id is a header, unsigned;
    /// a retry keeps it.
    JIRA = Scheme {
        name: "jira",
        signature: header("x-hub-signature").prefix("sha256="),
        event_id: Some(event(header("x-atlassian-webhook-identifier"))),
        event_type: Some(json("webhookEvent")),
        confidence: ThirdParty,
        source: "Atlassian's published vector and text as others quote them; November 2026",
        ..Scheme::BASE
    };

    /// Klarna Network. The header `Klarna-Signing-Key-Id`, unsigned, says which signing key.
    KLARNA = Scheme {
        name: "klarna",
        signature: header("klarna-signature"),
        event_id: Some(unconfirmed(json("metadata.event_id"))),
        event_type: Some(json("metadata.event_type")),
        confidence: Docs,
        source: "Klarna's text and its WordPress package, validate_request; November 2026",
        ..Scheme::BASE
    };

    /// Kustomer. The key is the outbound webhook's token. The type is a header, unsigned.
    KUSTOMER = Scheme {
        name: "kustomer",
        signature: header("x-kustomer-webhook-signature"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(header("x-kustomer-webhook-event")),
        confidence: Docs,
        source: "Kustomer's text on delivery and security; November 2026",
        ..Scheme::BASE
    };

    /// LaunchDarkly. Unsigned, and so refused, while no secret is set. Not in order: the body has a
    /// `date`.
    LAUNCHDARKLY = Scheme {
        name: "launchdarkly",
        signature: header("x-ld-signature"),
        event_id: Some(unconfirmed(json("_id"))),
        event_type: Some(json("kind")),
        confidence: Docs,
        source: "LaunchDarkly's text on webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Lemon Squeezy. No delivery id; `meta.webhook_id` names the webhook.
    LEMON_SQUEEZY = Scheme {
        name: "lemon-squeezy",
        signature: header("x-signature"),
        event_type: Some(json("meta.event_name")),
        confidence: Sdk,
        source: "Lemon Squeezy's own nextjs-billing template and its text; November 2026",
        ..Scheme::BASE
    };

    /// Logto: identity. No delivery id.
    LOGTO = Scheme {
        name: "logto",
        signature: header("logto-signature-sha-256"),
        event_type: Some(json("event")),
        confidence: Docs,
        source: "Logto's text on securing webhooks, in logto-io/docs; November 2026",
        ..Scheme::BASE
    };

    /// Mastodon, webhooks of an administrator. SHA-256 under the header that GitHub uses for SHA-1.
    /// No delivery id.
    MASTODON = Scheme {
        name: "mastodon",
        signature: header("x-hub-signature").prefix("sha256="),
        event_type: Some(json("event")),
        retry: Retry::Repeated,
        confidence: Sdk,
        source: "the sender, mastodon webhooks/delivery_worker.rb; November 2026",
        ..Scheme::BASE
    };

    /// Maxio Advanced Billing, once Chargify. The key is the site's shared key; the body is a form.
    /// Maxio's text on the id is of the form's, not of the header.
    MAXIO = Scheme {
        name: "maxio",
        signature: header("x-chargify-webhook-signature-hmac-sha-256"),
        event_id: Some(unconfirmed(header("x-chargify-webhook-id"))),
        confidence: ThirdParty,
        source: "Maxio's SDK and text; header and key by receivers that agree; November 2026",
        ..Scheme::BASE
    };

    /// Medplum: FHIR subscriptions. Unsigned, and so refused, without the extension that holds a
    /// secret. No delivery id.
    MEDPLUM = Scheme {
        name: "medplum",
        signature: header("x-signature"),
        confidence: Docs,
        source: "Medplum's text on subscription extensions; November 2026",
        ..Scheme::BASE
    };

    /// Meta: WhatsApp, Messenger, Instagram. The key is the app secret. No delivery id; one
    /// delivery can hold many entries.
    META = Scheme {
        name: "meta",
        signature: header("x-hub-signature-256").prefix("sha256="),
        event_type: Some(json("object")),
        handshakes: &[super::handshakes::META],
        confidence: Sdk,
        source: "WhatsApp-Nodejs-SDK src/utils.ts and Meta's samples; November 2026",
        ..Scheme::BASE
    };

    /// Modern Treasury: payments.
    MODERN_TREASURY = Scheme {
        name: "modern-treasury",
        signature: header("x-signature"),
        confidence: Sdk,
        source: "modern-treasury 3.3.0 (npm) resources/webhooks.js, run; November 2026",
        ..Scheme::BASE
    };

    /// Mollie, webhooks that a secret was made for. The older ones, a form with an `id`, are
    /// unsigned and so refused.
    MOLLIE = Scheme {
        name: "mollie",
        signature: header("x-mollie-signature").prefix("sha256="),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "mollie/mollie-api-php src/Webhooks/SignatureValidator.php; November 2026",
        ..Scheme::BASE
    };

    /// Notion. The key is the subscription's whole verification token. The body counts the
    /// attempts.
    NOTION = Scheme {
        name: "notion",
        signature: header("x-notion-signature").prefix("sha256="),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        handshakes: &[super::handshakes::NOTION],
        confidence: Sdk,
        source: "@notionhq/client (npm) webhooks.js, run; November 2026",
        ..Scheme::BASE
    };

    /// Nylas, version 3. A compressed body is signed as it is sent: verify it before it is
    /// inflated.
    NYLAS = Scheme {
        name: "nylas",
        signature: header("x-nylas-signature"),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        retry: Retry::Repeated,
        handshakes: &[super::handshakes::NYLAS],
        confidence: Docs,
        source: "Nylas' text on verifying webhooks and on duplicates; November 2026",
        ..Scheme::BASE
    };

    /// Onfido. No delivery id.
    ONFIDO = Scheme {
        name: "onfido",
        signature: header("x-sha2-signature"),
        event_type: Some(json("payload.action")),
        confidence: Sdk,
        source: "@onfido/api 6.2 (npm) and onfido-python 6.2 (PyPI), run; November 2026",
        ..Scheme::BASE
    };

    /// Outscraper. The key is the account's API key.
    OUTSCRAPER = Scheme {
        name: "outscraper",
        signature: header("x-hub-signature-256").prefix("sha256="),
        confidence: Docs,
        source: "Outscraper's text on verifying webhooks; November 2026",
        ..Scheme::BASE
    };

    /// PagerDuty, webhooks version 3. The secret is text, though it looks like base64.
    PAGERDUTY = Scheme {
        name: "pagerduty",
        signature: header("x-pagerduty-signature").item(",", "v1="),
        event_id: Some(unconfirmed(json("event.id"))),
        event_type: Some(json("event.event_type")),
        confidence: Sdk,
        source: "go-pagerduty webhookv3 and its published vector; November 2026",
        ..Scheme::BASE
    };

    /// Plane. Delivery id and type are headers, unsigned.
    PLANE = Scheme {
        name: "plane",
        signature: header("x-plane-signature"),
        event_id: Some(attempt(header("x-plane-delivery"))),
        event_type: Some(header("x-plane-event")),
        confidence: Sdk,
        source: "the sender, makeplane/plane bgtasks/webhook_task.py; November 2026",
        ..Scheme::BASE
    };

    /// Pulumi Cloud. Unsigned, and so refused, while no secret is set. Id and kind are headers,
    /// unsigned.
    PULUMI = Scheme {
        name: "pulumi",
        signature: header("pulumi-webhook-signature"),
        event_id: Some(unconfirmed(header("pulumi-webhook-id"))),
        event_type: Some(header("pulumi-webhook-kind")),
        confidence: Docs,
        source: "Pulumi's text on webhooks, in pulumi/docs; November 2026",
        ..Scheme::BASE
    };

    /// Pusher Channels. The key is the secret of the app key that the header `X-Pusher-Key` names.
    /// One delivery can hold many events; `time_ms` is in the signed body.
    PUSHER = Scheme {
        name: "pusher",
        signature: header("x-pusher-signature"),
        confidence: Sdk,
        source: "pusher 5.3 (npm) and 3.3.4 (PyPI), run; November 2026",
        ..Scheme::BASE
    };

    /// Ramp, business accounts. Copies of its text differ in the name of the header: both are read.
    RAMP = Scheme {
        name: "ramp",
        signature: header("x-ramp-signature|x-ramp-webhook-signature"),
        event_id: Some(event(json("id"))),
        event_type: Some(json("type")),
        confidence: ThirdParty,
        source: "copies of Ramp's text on webhooks; receivers agree on hex; November 2026",
        ..Scheme::BASE
    };

    /// Razorpay: payments. The event id is a header, unsigned.
    RAZORPAY = Scheme {
        name: "razorpay",
        signature: header("x-razorpay-signature"),
        event_id: Some(event(header("x-razorpay-event-id"))),
        event_type: Some(json("event")),
        confidence: Sdk,
        source: "razorpay 2.9.8 (npm) and 2.0.1 (PyPI), run, and Razorpay's text; November 2026",
        ..Scheme::BASE
    };

    /// Saleor, webhooks with a secret key. Without one Saleor signs with RSA: that is another
    /// scheme.
    SALEOR = Scheme {
        name: "saleor",
        signature: header("saleor-signature|x-saleor-signature"),
        event_type: Some(header("saleor-event")),
        confidence: Sdk,
        source: "the sender, saleor webhook/transport and app/headers.py; November 2026",
        ..Scheme::BASE
    };

    /// Semaphore. No prefix, though the header ends in 256. The id is a header, unsigned.
    SEMAPHORE_CI = Scheme {
        name: "semaphore-ci",
        signature: header("x-semaphore-signature-256"),
        event_id: Some(event(header("x-semaphore-webhook-id"))),
        retry: Retry::Repeated,
        confidence: Sdk,
        source: "the sender, semaphoreio/semaphore workers/webhook; November 2026",
        ..Scheme::BASE
    };

    /// Sentry's integration platform. The request id is new on every attempt, and the time in
    /// `sentry-hook-timestamp` is not signed.
    SENTRY = Scheme {
        name: "sentry",
        signature: header("sentry-hook-signature"),
        event_id: Some(attempt(header("request-id"))),
        event_type: Some(header("sentry-hook-resource")),
        confidence: Sdk,
        source: "the sender, getsentry/sentry app_platform_event.py; November 2026",
        ..Scheme::BASE
    };

    /// Shopware 6, webhooks of apps. The key is the shop's secret of the registration. `timestamp`
    /// is in the signed body.
    SHOPWARE = Scheme {
        name: "shopware",
        signature: header("shopware-shop-signature"),
        event_id: Some(event(json("source.eventId"))),
        event_type: Some(json("data.event")),
        confidence: Sdk,
        source: "app-php-sdk RequestVerifier.php and Shopware's text; November 2026",
        ..Scheme::BASE
    };

    /// Smartcar. The key is the application management token.
    SMARTCAR = Scheme {
        name: "smartcar",
        signature: header("sc-signature"),
        handshakes: &[super::handshakes::SMARTCAR_V2, super::handshakes::SMARTCAR_V4],
        confidence: Sdk,
        source: "smartcar 10.4.0 (npm) and 6.19.1 (PyPI), run; November 2026",
        ..Scheme::BASE
    };

    /// Snyk. SHA-256 under the header that GitHub uses for SHA-1. Id, type and time are headers,
    /// unsigned.
    SNYK = Scheme {
        name: "snyk",
        signature: header("x-hub-signature").prefix("sha256="),
        event_id: Some(unconfirmed(header("x-snyk-transport-id"))),
        event_type: Some(header("x-snyk-event")),
        confidence: Docs,
        source: "Snyk's text on validating payloads, in snyk/user-docs; November 2026",
        ..Scheme::BASE
    };

    /// SonarQube Server and Cloud. Unsigned, and so refused, while no secret is set. The id is the
    /// background task's.
    SONARQUBE = Scheme {
        name: "sonarqube",
        signature: header("x-sonar-webhook-hmac-sha256"),
        event_id: Some(unconfirmed(json("taskId"))),
        confidence: Sdk,
        source: "the sender, SonarSource/sonarqube WebhookCallerImpl.java; November 2026",
        ..Scheme::BASE
    };

    /// Squarespace. The secret is hex, and the key its bytes.
    SQUARESPACE = Scheme {
        name: "squarespace",
        signature: header("squarespace-signature"),
        key: KeyFormat::Hex,
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("topic")),
        confidence: Docs,
        source: "Squarespace's text on verifying notifications; November 2026",
        ..Scheme::BASE
    };

    /// Trigger.dev, alert webhooks.
    TRIGGER_DEV = Scheme {
        name: "trigger-dev",
        signature: header("x-trigger-signature-hmacsha256"),
        event_id: Some(unconfirmed(json("id"))),
        event_type: Some(json("type")),
        confidence: Sdk,
        source: "@trigger.dev/sdk (npm) v3/webhooks.js, run; November 2026",
        ..Scheme::BASE
    };

    /// Viber, bots. The key is the bot's token. The query has the signature too: it is not read.
    VIBER = Scheme {
        name: "viber",
        signature: header("x-viber-content-signature"),
        event_id: Some(unconfirmed(json("message_token"))),
        event_type: Some(json("event")),
        confidence: Sdk,
        source: "viberbot (PyPI) and viber-bot (npm), run, and Viber's text; November 2026",
        ..Scheme::BASE
    };

    /// WebSub, hubs that sign with SHA-256. The hub chooses the algorithm: a row each. No id, no
    /// type.
    WEBSUB = Scheme {
        name: "websub",
        signature: header("x-hub-signature").prefix("sha256="),
        handshakes: &[super::handshakes::WEBSUB],
        confidence: Docs,
        source: "W3C Recommendation WebSub, section 8; November 2026",
        ..Scheme::BASE
    };

    /// Worldpay, Access events. The header lists `key id/SHA256/signature`. It is cut at `/` too,
    /// so that a signature counts under any key id.
    WORLDPAY = Scheme {
        name: "worldpay",
        signature: header("event-signature").item(",/ ", ""),
        confidence: Docs,
        source: "Worldpay's text on the event signature; hex is not in it; November 2026",
        ..Scheme::BASE
    };
}
