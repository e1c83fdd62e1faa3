//! Form-encoded bodies: what is signed are fields, decoded, and mostly put together anew. The order
//! in which they came is not bound.

use crate::{
    Algorithm,
    Confidence::{Docs, Sdk},
    Encoding, Scheme, Weakness, attempt, check, form, header, query, seconds, template,
    unconfirmed,
};

/// The form's field `payload`, which is JSON. Other fields are not bound.
const PAYLOAD: Scheme<'static> = Scheme {
    signed: template!("{form:payload}"),
    admits: &[Weakness::BodyUnsigned],
    confidence: Sdk,
    ..Scheme::BASE
};

/// The URL and the form; of any other body its hash, in the URL.
const TWILIO_FORM: Scheme<'static> = Scheme {
    signature: header("x-twilio-signature"),
    encoding: Encoding::Base64,
    signed: template!("{url|port}{form}"),
    checks: &[check(query("bodySHA256"), template!("{body|sha256|hex}")).if_present()],
    event_id: Some(unconfirmed(header("i-twilio-idempotency-token"))),
    admits: &[Weakness::LooseFields],
    confidence: Sdk,
    ..Scheme::BASE
};

/// Vonage repeats an unanswered message for 24 hours, and calls its time that at which it began to
/// send it: so long is the window. Its servers write the hex in upper case, its libraries in both.
const VONAGE_SMS: Scheme<'static> = Scheme {
    signature: form("sig"),
    encoding: Encoding::HexAnyCase,
    signed: template!("{form|marked}"),
    timestamp: Some(seconds(form("timestamp")).window(86_400, 300)),
    event_id: Some(unconfirmed(form("messageId"))),
    confidence: Sdk,
    source: "vonage-http-client (PyPI) auth.py and its tests, run; Vonage/vonage-php-sdk-core \
             Signature.php and its thread 154, on the case; November 2026",
    ..Scheme::BASE
};

/// A public key of RSA, over some fields of a form.
#[cfg(feature = "rsa")]
const RSA_FORM: Scheme<'static> = Scheme {
    encoding: Encoding::Base64,
    key: crate::KeyFormat::PUBLIC_KEY,
    algorithm: Algorithm::RsaSha256,
    admits: &[Weakness::BodyUnsigned],
    confidence: Docs,
    ..Scheme::BASE
};

rows! {
    /// Alipay's open platform, with `sign_type=RSA2`. Some products sign the field `sign_type` too.
    /// Fields without a value are not bound; the time has no zone, so there is no window.
    #[cfg(feature = "rsa")]
    ALIPAY = Scheme {
        name: "alipay",
        signature: form("sign"),
        signed: template!("{form|pairs:sign_type}"),
        event_id: Some(crate::event(form("notify_id"))),
        event_type: Some(form("notify_type")),
        confidence: Sdk,
        source: "alipay-sdk (npm) 4.14 checkNotifySignV2, run; text on retries; November 2026",
        ..RSA_FORM
    };

    /// Braintree. The secret is `public_key:private_key`; a form has a signature for every key pair
    /// of the merchant. The time is inside the signed base64, in XML.
    #[cfg(feature = "sha1")]
    BRAINTREE = Scheme {
        name: "braintree",
        signature: form("bt_signature").item("&", "").under_key_id(b'|'),
        signed: template!("{form:bt_payload}"),
        key: crate::KeyFormat::Sha1,
        key_id: Some(b':'),
        algorithm: Algorithm::HmacSha1,
        handshakes: &[super::handshakes::BRAINTREE],
        source: "braintree 3.40 (npm), 4.48 (PyPI) webhook_notification_gateway; November 2026",
        ..PAYLOAD
    };

    /// Forgejo, with a form as the hook's content type. It sends Gitea's header too.
    FORGEJO_FORM = Scheme {
        name: "forgejo-form",
        signature: header("x-forgejo-signature"),
        event_id: Some(attempt(header("x-forgejo-delivery"))),
        event_type: Some(header("x-forgejo-event")),
        source: "the sender, forgejo services/webhook/shared/payloader.go; November 2026",
        ..PAYLOAD
    };

    /// FreshBooks. What is signed is the form written as JSON, as Python writes it; the key is the
    /// `verifier` of the first callback.
    FRESHBOOKS = Scheme {
        name: "freshbooks",
        signature: header("x-freshbooks-hmac-sha256"),
        encoding: Encoding::Base64,
        signed: template!("{form|json}"),
        event_type: Some(form("name")),
        handshakes: &[super::handshakes::FRESHBOOKS],
        confidence: Docs,
        source: "freshbooks/freshbooks-python-sdk docs/user_guide/webhooks; November 2026",
        ..Scheme::BASE
    };

    /// Gitea, with a form as the hook's content type.
    GITEA_FORM = Scheme {
        name: "gitea-form",
        signature: header("x-gitea-signature"),
        event_id: Some(attempt(header("x-gitea-delivery"))),
        event_type: Some(header("x-gitea-event")),
        source: "the sender, go-gitea/gitea deliver.go and hooktask.go; November 2026",
        ..PAYLOAD
    };

    /// Mailgun's routes and older webhooks, as a form. The event is not bound, and a retry, up to 8
    /// hours later, is said to repeat time and token: the window is that long. Use a token once.
    MAILGUN_FORM = Scheme {
        name: "mailgun-form",
        signature: form("signature"),
        signed: template!("{timestamp}{event_id}"),
        timestamp: Some(seconds(form("timestamp")).window(30_000, 300)),
        event_id: Some(unconfirmed(form("token"))),
        event_type: Some(form("event")),
        admits: &[Weakness::BodyUnsigned],
        confidence: Docs,
        source: "Mailgun's text on securing webhooks and on their retries; November 2026",
        ..Scheme::BASE
    };

    /// Mailchimp Transactional. Its first request, which tests the URL, is signed under the public
    /// text `test-webhook`: too short for a key, and none to configure.
    #[cfg(feature = "sha1")]
    MANDRILL = Scheme {
        name: "mandrill",
        signature: header("x-mandrill-signature"),
        encoding: Encoding::Base64,
        signed: template!("{url}{form}"),
        algorithm: Algorithm::HmacSha1,
        admits: &[Weakness::LooseFields],
        handshakes: &[super::handshakes::MANDRILL_HEAD, super::handshakes::MANDRILL_TEST],
        confidence: Docs,
        source: "Mailchimp Transactional's text on authenticating webhook requests; November 2026",
        ..Scheme::BASE
    };

    /// Paddle Classic. The time is signed, but is that of the event, and retries go on for days.
    #[cfg(all(feature = "rsa", feature = "sha1"))]
    PADDLE_CLASSIC = Scheme {
        name: "paddle-classic",
        signature: form("p_signature"),
        signed: template!("{form|php}"),
        algorithm: Algorithm::RsaSha1,
        event_id: Some(unconfirmed(form("alert_id"))),
        event_type: Some(form("alert_name")),
        admits: &[],
        source: "Paddle Classic's text on verifying webhooks, its sample in PHP; November 2026",
        ..RSA_FORM
    };

    /// Plivo: voice, signature version 3. The second header has the main account's signature; the
    /// URL is that of the request, with its query.
    PLIVO = Scheme {
        name: "plivo",
        signature: header("x-plivo-signature-v3|x-plivo-signature-ma-v3").item(",", ""),
        encoding: Encoding::Base64,
        signed: template!("{url|sorted}{form|repeated}.{event_id}"),
        event_id: Some(unconfirmed(header("x-plivo-signature-v3-nonce"))),
        event_type: Some(form("Event")),
        admits: &[Weakness::LooseFields],
        confidence: Sdk,
        source: "plivo 4.63 (PyPI) signature_v3.py, 4.79 (npm) v3Security.js, run; November 2026",
        ..Scheme::BASE
    };

    /// Travis CI. The key is in its API's `config`, and another on each of its sites.
    #[cfg(all(feature = "rsa", feature = "sha1"))]
    TRAVIS_CI = Scheme {
        name: "travis-ci",
        signature: header("signature"),
        signed: template!("{form:payload}"),
        algorithm: Algorithm::RsaSha1,
        source: "travis-ci/docs-travis-ci-com user/notifications.md; November 2026",
        ..RSA_FORM
    };

    /// Twilio, under the account's Auth Token. The URL's port may be left out or put in.
    #[cfg(feature = "sha1")]
    TWILIO = Scheme {
        name: "twilio",
        algorithm: Algorithm::HmacSha1,
        source: "twilio 9.13 (PyPI) request_validator, 6.2 (npm) webhooks, run; November 2026",
        ..TWILIO_FORM
    };

    /// Twilio, under a shared key with HMAC-SHA-256. With SHA-1 it is the other row.
    TWILIO_SHARED_KEY = Scheme {
        name: "twilio-shared-key",
        algorithm: Algorithm::HmacSha256,
        source: "twilio 9.13 (PyPI) request_validator, run; text on shared keys; November 2026",
        ..TWILIO_FORM
    };

    /// Vonage's SMS webhooks, method MD5 HMAC.
    #[cfg(feature = "md5")]
    VONAGE_SMS_HMAC_MD5 =
        Scheme { name: "vonage-sms-hmac-md5", algorithm: Algorithm::HmacMd5, ..VONAGE_SMS };

    /// Vonage's SMS webhooks, method SHA1 HMAC.
    #[cfg(feature = "sha1")]
    VONAGE_SMS_HMAC_SHA1 =
        Scheme { name: "vonage-sms-hmac-sha1", algorithm: Algorithm::HmacSha1, ..VONAGE_SMS };

    /// Vonage's SMS webhooks, method SHA-256 HMAC.
    VONAGE_SMS_HMAC_SHA256 = Scheme { name: "vonage-sms-hmac-sha256", ..VONAGE_SMS };

    /// Vonage's SMS webhooks, method SHA-512 HMAC.
    #[cfg(feature = "sha512")]
    VONAGE_SMS_HMAC_SHA512 =
        Scheme { name: "vonage-sms-hmac-sha512", algorithm: Algorithm::HmacSha512, ..VONAGE_SMS };

    /// Vonage's SMS webhooks, method MD5 hash, which is its default. Always lower case.
    #[cfg(feature = "md5")]
    VONAGE_SMS_MD5HASH = Scheme {
        name: "vonage-sms-md5hash",
        encoding: Encoding::Hex,
        signed: template!("{form|marked}{secret}"),
        algorithm: Algorithm::Md5,
        confidence: Docs,
        ..VONAGE_SMS
    };
}
