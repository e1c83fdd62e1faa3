//! Fields of the JSON body in place of the body, or its JSON written anew. The rest of a body, and
//! any field that is added, is the word of whoever sent it: ask the provider for the object.

use crate::{
    Confidence::{Docs, Sdk, ThirdParty},
    Encoding, KeyFormat, Scheme,
    Weakness::{BodyUnsigned, LooseJoins},
    event, header, json, millis, rfc3339, seconds, template, unconfirmed,
};

/// A row whose body is not all signed.
const FIELDS: Scheme<'static> =
    Scheme { admits: &[BodyUnsigned], confidence: Docs, ..Scheme::BASE };

/// The same, and the signature is in base64.
const FIELDS_BASE64: Scheme<'static> = Scheme { encoding: Encoding::Base64, ..FIELDS };

/// Eight fields of an item. One that is absent is empty, and its colon stays.
const ADYEN_FIELDS: &str = "[{json:notificationItems[].NotificationRequestItem.pspReference}]:\
     [{json:notificationItems[].NotificationRequestItem.originalReference}]:\
     [{json:notificationItems[].NotificationRequestItem.merchantAccountCode}]:\
     [{json:notificationItems[].NotificationRequestItem.merchantReference}]:\
     [{json:notificationItems[].NotificationRequestItem.amount.value}]:\
     [{json:notificationItems[].NotificationRequestItem.amount.currency}]:\
     [{json:notificationItems[].NotificationRequestItem.eventCode}]:\
     [{json:notificationItems[].NotificationRequestItem.success}]";

rows! {
    /// Adyen's standard webhooks. An item's other fields are unsigned; items that differ are
    /// refused. No event id: a payment's `pspReference` is that of its chargeback too.
    ADYEN = Scheme {
        name: "adyen",
        signature: json("notificationItems[].NotificationRequestItem.additionalData.hmacSignature"),
        signed: template!(ADYEN_FIELDS),
        key: KeyFormat::Hex,
        event_type: Some(json("notificationItems[].NotificationRequestItem.eventCode")),
        admits: &[BodyUnsigned, LooseJoins],
        handshakes: &[super::handshakes::ADYEN],
        confidence: Sdk,
        source: "@adyen/api-library 32.1.0 (npm), Adyen 16.0.0 (PyPI), and tests; November 2026",
        ..FIELDS_BASE64
    };

    /// Apideck, by its guide. A later text of its own does not sort, and says base64.
    #[cfg(feature = "canonical")]
    APIDECK = Scheme {
        name: "apideck",
        signature: header("x-apideck-signature"),
        encoding: Encoding::HexOrBase64,
        signed: template!("{body|sorted}"),
        event_id: Some(unconfirmed(header("x-apideck-idempotency-key"))),
        event_type: Some(header("x-apideck-event-type")),
        confidence: Docs,
        admits: &[BodyUnsigned],
        source: "Apideck's text on signature verification, and its vault.yml; November 2026",
        ..Scheme::BASE
    };

    /// Dropbox Sign. The body is the form's field `json`. Only time and type are signed, and two
    /// events of a second may share them. The time is the event's; retries go on for three days.
    DROPBOX_SIGN = Scheme {
        name: "dropbox-sign",
        signature: json("event.event_hash"),
        timestamp: Some(seconds(json("event.event_time")).window(259_200, 300)),
        signed: template!("{timestamp}{json:event.event_type}"),
        event_type: Some(json("event.event_type")),
        handshakes: &[super::handshakes::DROPBOX_SIGN],
        confidence: Sdk,
        source: "dropbox-sign (PyPI) event_callback_helper.py and its text; November 2026",
        ..FIELDS
    };

    /// Ecwid. Only time and id are signed. The time is the event's; retries go on for a day or two.
    ECWID = Scheme {
        name: "ecwid",
        signature: header("x-ecwid-webhook-signature"),
        timestamp: Some(seconds(json("eventCreated")).window(172_800, 300)),
        signed: template!("{timestamp}.{event_id}"),
        event_id: Some(event(json("eventId"))),
        event_type: Some(json("eventType")),
        source: "Ecwid/ecwid-api-docs includes/_webhooks.md; November 2026",
        ..FIELDS_BASE64
    };

    /// Lever. Only time and token are signed. The time is the event's, and for how long a retry may
    /// come with it is not told: a day here.
    LEVER = Scheme {
        name: "lever",
        signature: json("signature"),
        timestamp: Some(millis(json("triggeredAt")).window(86_400, 300)),
        signed: template!("{event_id}{timestamp}"),
        event_id: Some(unconfirmed(json("token"))),
        event_type: Some(json("event")),
        confidence: ThirdParty,
        source: "a third party's text, which another contradicts; November 2026",
        ..FIELDS
    };

    /// Mailgun, webhooks in JSON. Only time and token are signed: note the replay key, so that no
    /// token comes twice. Whether a retry is signed anew is not told; they go on for 8 hours.
    MAILGUN = Scheme {
        name: "mailgun",
        signature: json("signature.signature|signature.parent-signature"),
        timestamp: Some(seconds(json("signature.timestamp")).window(30_000, 300)),
        signed: template!("{timestamp}{event_id}"),
        event_id: Some(unconfirmed(json("signature.token"))),
        event_type: Some(json("event-data.event")),
        source: "Mailgun's text on securing webhooks; November 2026",
        ..FIELDS
    };

    /// Treezor. The payload is signed as PHP writes it; the rest of the body is not. To a mismatch
    /// it wants a status from 500 on.
    TREEZOR = Scheme {
        name: "treezor",
        signature: json("object_payload_signature"),
        signed: template!("{json|php:object_payload}"),
        event_id: Some(unconfirmed(json("webhook_id"))),
        event_type: Some(json("webhook")),
        source: "Treezor's text on the integrity of webhooks; November 2026",
        ..FIELDS_BASE64
    };

    /// Zettle. The payload is a text that holds JSON; the rest of the body, with name and id, is
    /// unsigned. The time is the event's; retries go on for three days.
    ZETTLE = Scheme {
        name: "zettle",
        signature: header("x-izettle-signature"),
        timestamp: Some(rfc3339(json("timestamp")).window(259_200, 300)),
        signed: template!("{timestamp}.{json:payload}"),
        event_id: Some(unconfirmed(json("messageId"))),
        event_type: Some(json("eventName")),
        source: "iZettle/api-documentation pusher-api create-subscriptions.md; November 2026",
        ..FIELDS
    };
}
