"""The rows that have an SDK."""

import base64
import hashlib
import json
from unicodedata import normalize
from urllib.parse import parse_qsl, urlencode

import bodies
import keys
from rows import ALL, Delivery, Headers, Row, beside, body_only, hashed, jwt_row, listed, spell, standard, tag


def timed(join: str = ""):
    return lambda d, time: time.encode() + join.encode() + d.body


def untimed(d: Delivery) -> bytes:
    return d.body


def square(d: Delivery) -> Headers:
    return {"x-square-hmacsha256-signature": tag(d.secret, d.url.encode() + d.body, spelling="base64")}


def hubspot(d: Delivery, time: str) -> bytes:
    return d.method.encode() + d.url.encode() + d.body + time.encode()


def hubspot_old(name: str, content) -> Row:
    return Row(
        name, "hubspot", ("x-hubspot-signature", ALL), url=name == "hubspot-v2", method=name == "hubspot-v2",
        recipe=lambda d: {"x-hubspot-signature": hashed(content(d))},
    )


def cloudinary(name: str, algorithm: str) -> Row:
    return beside(
        name, "x-cld-signature", "x-cld-timestamp", timed(), vendor="cloudinary", past=7200,
        recipe=lambda d: {
            "x-cld-timestamp": d.seconds,
            "x-cld-signature": hashed(d.body + d.seconds.encode() + d.secret.encode(), algorithm),
        },
    )


def twilio() -> Row:
    def content(d: Delivery) -> str:
        pairs = sorted(set(parse_qsl(d.body.decode(), keep_blank_values=True)))
        return d.url + "".join(key + value for key, value in pairs)

    return Row(
        "twilio", "twilio", ("x-twilio-signature", ALL), "base64", body="form", url=True,
        recipe=lambda d: {"x-twilio-signature": tag(d.secret, content(d), "sha1", "base64")},
        extra=lambda d: {"content-type": "application/x-www-form-urlencoded"},
    )


def ed25519(name: str, header: str, time_header: str, join: str, spelling: str, public) -> Row:
    def recipe(d: Delivery) -> Headers:
        made = keys.ed25519_sign(d.private, d.seconds.encode() + join.encode() + d.body)
        return {time_header: d.seconds, header: spell(made, spelling)}

    return beside(name, header, time_header, timed(), recipe=recipe, secret=keys.seed, public=public, signer=keys.ed25519_pem, spelling=spelling)


def sendgrid(d: Delivery) -> Headers:
    made = keys.p256_sign(d.private, d.seconds.encode() + d.body)
    return {SENDGRID + "timestamp": d.seconds, SENDGRID + "signature": spell(made, "base64")}


SENDGRID = "x-twilio-email-event-webhook-"


def adyen(d: Delivery) -> Headers:
    item = {
        "pspReference": d.event_id, "originalReference": "", "merchantAccountCode": "Shop " + d.mark[:4],
        "merchantReference": d.mark, "amount": {"value": d.sent_ms % 10000, "currency": "EUR"},
        "eventCode": "AUTHORISATION", "success": "true",
    }
    texts = [*list(item.values())[:4], str(item["amount"]["value"]), "EUR", "AUTHORISATION", "true"]
    made = tag(bytes.fromhex(d.secret), ":".join(texts), spelling="base64")
    item["additionalData"] = {"hmacSignature": made}
    d.body = bodies.written({"live": "false", "notificationItems": [{"NotificationRequestItem": item}]})
    return {}


def dropbox_sign(d: Delivery) -> Headers:
    kind = "signature_request_" + d.mark
    made = tag(d.secret, d.seconds + kind)
    d.body = bodies.written({"event": {"event_time": d.seconds, "event_type": kind, "event_hash": made}})
    return {}


def braintree(d: Delivery) -> Headers:
    public, private = d.secret.split(":")
    xml = f"<notification><kind>check</kind><timestamp>{d.rfc3339}</timestamp><subject><check type=\"boolean\">true</check></subject></notification>"
    payload = base64.encodebytes(xml.encode()).decode() + d.mark + "\n"
    made = tag(hashlib.sha1(private.encode()).digest(), payload, "sha1")
    d.body = urlencode({"bt_signature": f"{public}|{made}", "bt_payload": payload}).encode()
    return {}


def mercado_pago(d: Delivery) -> Headers:
    content = f"id:{d.mark.lower()};request-id:{d.event_id};ts:{d.seconds};"
    return {"x-signature": f"ts={d.seconds},v1={tag(d.secret, content)}", "x-request-id": d.event_id}


def mercado_pago_url(d: Delivery) -> Headers:
    d.url += f"?data.id={d.mark.lower()}&type=payment"
    return {}


def finch(d: Delivery) -> Headers:
    made = tag(base64.b64decode(d.secret), f"{d.event_id}.{d.seconds}.".encode() + d.body, spelling="base64")
    return {"finch-event-id": d.event_id, "finch-timestamp": d.seconds, "finch-signature": "v1," + made}


def orb(d: Delivery) -> Headers:
    time = d.rfc3339.removesuffix("Z")
    return {"x-orb-timestamp": time, "x-orb-signature": "v1=" + tag(d.secret, f"v1:{time}:".encode() + d.body)}


def hook0(d: Delivery) -> Headers:
    names = "x-event-id x-event-type"
    values = f"{d.event_id}.user.created"
    made = tag(d.secret, f"{d.seconds}.{names}.{values}.".encode() + d.body)
    return {"x-hook0-signature": f"t={d.seconds},h={names},v1={made}"}


def hygraph(d: Delivery) -> Headers:
    content = {"Body": d.body.decode(), "EnvironmentName": "master", "TimeStamp": d.sent_ms}
    made = tag(d.secret, bodies.written(content), spelling="base64")
    return {"gcms-signature": f"sign={made}, env=master, t={d.millis}"}


def solidgate(d: Delivery) -> Headers:
    merchant, key = d.secret.split(":")
    made = tag(key, merchant.encode() + d.body + merchant.encode(), "sha512")
    return {"merchant": merchant, "signature": base64.b64encode(made.encode()).decode()}


def plivo_v2(d: Delivery) -> Headers:
    return {"x-plivo-signature-v2-nonce": d.event_id, "x-plivo-signature-v2": tag(d.secret, d.url + d.event_id, spelling="base64")}


def sha256_base64(d: Delivery) -> str:
    return spell(hashlib.sha256(d.body).digest(), "base64")


def livekit(d: Delivery) -> dict:
    since = d.sent_ms // 1000
    return {"iss": d.secret.split(":")[0], "nbf": since, "exp": since + 300, "sha256": sha256_base64(d)}


def qstash(d: Delivery) -> dict:
    since = d.sent_ms // 1000
    digest = base64.urlsafe_b64encode(hashlib.sha256(d.body).digest()).decode()
    return {"iss": "Upstash", "sub": d.url, "iat": since, "nbf": since, "exp": since + 300, "jti": d.event_id, "body": digest}


def messagebird(d: Delivery) -> dict:
    since = d.sent_ms // 1000
    claims = {"iss": "MessageBird", "nbf": since, "exp": since + 300, "jti": d.event_id, "url_hash": hashed(d.url.encode())}
    return claims | ({"payload_hash": hashed(d.body)} if d.body else {})


def vonage(d: Delivery) -> dict:
    claims = {"iss": "Vonage", "iat": d.sent_ms // 1000, "jti": d.event_id, "application_id": d.mark}
    return claims | ({"payload_hash": hashed(d.body)} if d.body else {})


def formatted(sent) -> str:
    """For SDKs that parse the body, and write it again as JavaScript does."""
    return "" if sent.body == bodies.written(json.loads(sent.body)) else "formatted JSON"


def easypost_secret(rng) -> str:
    return bodies.secret(rng) + ("é" if rng.random() < 0.1 else "")


def easypost_special(sent) -> str:
    if not sent.secret.isascii():
        return "a composed letter in the secret"
    return "a whole weight" if b'"weight"' in sent.body else ""


def easypost_fields(d: Delivery) -> dict:
    return {"weight": 12} if d.mark[0] in "abc" and d.secret.isascii() else {}


def openai_secret(rng) -> str:
    made = keys.whsec(rng)
    return made if rng.random() < 0.9 else made.removeprefix("whsec_")


def openai_special(sent) -> str:
    return "" if sent.secret.startswith("whsec_") else "a bare secret"


def openai(d: Delivery) -> Headers:
    """A bare secret is text to OpenAI's SDKs."""
    key = base64.b64decode(d.secret.removeprefix("whsec_")) if d.secret.startswith("whsec_") else d.secret
    made = tag(key, f"{d.event_id}.{d.seconds}.".encode() + d.body, spelling="base64")
    return {"webhook-id": d.event_id, "webhook-timestamp": d.seconds, "webhook-signature": "v1," + made}


def id_and_type(d: Delivery) -> dict:
    return {"id": d.event_id, "type": "user.created"}


ROWS = [
    # The body alone.
    body_only("github", "x-hub-signature-256", "sha256="),
    body_only("razorpay", "x-razorpay-signature"),
    body_only("coinbase-commerce", "x-cc-webhook-signature", body="json"),
    body_only("shopify", "x-shopify-hmac-sha256", spelling="base64"),
    body_only("gocardless", "webhook-signature", body="json", fields=lambda d: {"events": []}),
    body_only("onfido", "x-sha2-signature", body="json"),
    body_only("notion", "x-notion-signature", "sha256="),
    body_only("line", "x-line-signature", spelling="base64"),
    body_only("cronofy", "cronofy-hmac-sha256", spelling="base64"),
    body_only("creem", "creem-signature", body="json"),
    body_only("pusher", "x-pusher-signature", body="json", fields=lambda d: {"time_ms": d.sent_ms, "events": []}, extra=lambda d: {"x-pusher-key": "key", "content-type": "application/json"}),
    body_only("easypost", "x-hmac-signature", "hmac-sha256-hex=", body="json", fields=easypost_fields, secret=easypost_secret, special=easypost_special, key_of=lambda secret: normalize("NFKD", secret).encode()),
    body_only("kontent-ai", "x-kontent-ai-signature", spelling="base64"),
    body_only("hookdeck", "x-hookdeck-signature", spelling="base64"),
    body_only("modern-treasury", "x-signature"),
    body_only("worldline", "x-gcs-signature", spelling="base64", extra=lambda d: {"x-gcs-keyid": "key"}),
    body_only("smartcar", "sc-signature", body="compact", special=formatted),
    body_only("getstream", "x-signature"),
    body_only("viber", "x-viber-content-signature"),
    body_only("trigger-dev", "x-trigger-signature-hmacsha256", body="json"),
    body_only("adyen-platform", "hmacsignature", spelling="base64", secret=keys.hex_key, key_of=bytes.fromhex),
    body_only("sinch-numbers", "x-sinch-signature", algorithm="sha1", vendor="sinch"),
    Row("square", "square", ("x-square-hmacsha256-signature", ALL), "base64", url=True, recipe=square),
    Row("solidgate", "solidgate", ("signature", ALL), "base64", secret=keys.named("merchant"), ours=keys.behind_name, recipe=solidgate, extra=lambda d: {"merchant": "merchant"}),
    hubspot_old("hubspot-v1", lambda d: d.secret.encode() + d.body),
    hubspot_old("hubspot-v2", lambda d: (d.secret + d.method + d.url).encode() + d.body),
    # Time and signature in one header.
    listed("stripe", "stripe-signature", "t=", "v1="),
    listed("mux", "mux-signature", "t=", "v1="),
    listed("elevenlabs", "elevenlabs-signature", "t=", "v0=", body="json", past=1800),
    listed("blockfrost", "blockfrost-signature", "t=", "v1=", body="compact", special=formatted, past=600),
    listed("paddle", "paddle-signature", "ts=", "h1=", join=";", past=5, content=lambda time, body: time + b":" + body),
    listed("workos", "workos-signature", "t=", "v1=", join=", ", clock="millis", past=180, body="compact", special=formatted),
    listed("retell", "x-retell-signature", "v=", "d=", clock="millis", content=lambda time, body: body + time),
    listed("sanity", "sanity-webhook-signature", "t=", "v1=", clock="millis", spelling="base64url"),
    Row("hook0", "hook0", ("x-hook0-signature", "v1=(.+)"), time=("x-hook0-signature", r"t=(\d+)"), recipe=hook0, given=lambda d: {"x-hook0-signature": "h=x-event-id x-event-type"}, extra=lambda d: {"x-event-id": d.event_id, "x-event-type": "user.created"}),
    Row("hygraph", "hygraph", ("gcms-signature", "sign=([^,]+)"), "base64", time=("gcms-signature", r"t=(\d+)"), whole_seconds=False, recipe=hygraph, given=lambda d: {"gcms-signature": "env=master"}),
    # Time and signature in two headers.
    beside("slack", "x-slack-signature", "x-slack-request-timestamp", lambda d, time: f"v0:{time}:".encode() + d.body, prefix="v0="),
    beside("webflow", "x-webflow-signature", "x-webflow-timestamp", timed(":"), clock="millis"),
    beside("hubspot", "x-hubspot-signature-v3", "x-hubspot-request-timestamp", hubspot, clock="millis", spelling="base64", url=True, method=True),
    beside("box", "box-signature-primary", "box-delivery-timestamp", lambda d, time: d.body + time.encode(), clock="rfc3339", spelling="base64", body="json", past=600, extra=lambda d: {"box-signature-version": "1", "box-signature-algorithm": "HmacSHA256", "box-delivery-id": d.event_id}),
    beside("orb", "x-orb-signature", "x-orb-timestamp", timed(), recipe=orb, body="json", prefix="v1="),
    cloudinary("cloudinary", "sha1"),
    cloudinary("cloudinary-sha256", "sha256"),
    Row("sinch", "sinch", ("x-sinch-webhook-signature", ALL), "base64", time=("x-sinch-webhook-signature-timestamp", ALL), event_id=("x-sinch-webhook-signature-nonce", ALL), recipe=lambda d: {
        "x-sinch-webhook-signature-nonce": d.event_id, "x-sinch-webhook-signature-timestamp": d.seconds,
        "x-sinch-webhook-signature": tag(d.secret, d.body + f".{d.event_id}.{d.seconds}".encode(), spelling="base64"),
    }, extra=lambda d: {"x-sinch-webhook-signature-algorithm": "HmacSHA256"}),
    Row("linear", "linear", ("linear-signature", ALL), body="json", time=("body", r'"webhookTimestamp"\s*:\s*(\d+)'), fields=lambda d: {"webhookTimestamp": d.sent_ms}, past=60, whole_seconds=False, recipe=lambda d: {"linear-signature": tag(d.secret, d.body)}),
    # Standard Webhooks.
    standard("standard-webhooks"),
    standard("svix", "svix"),
    standard("openai", secret=openai_secret, special=openai_special, recipe=openai),
    standard("resend", "svix"),
    standard("clerk", "svix", fields=id_and_type),
    standard("lithic"),
    standard("increase"),
    standard("replicate"),
    standard("anthropic"),
    standard("dodo-payments"),
    standard("whop"),
    standard("liveblocks", fields=lambda d: {"type": "storageUpdated"}),
    standard("creem-standard", vendor="creem"),
    standard("polar", secret=bodies.secret, recipe=lambda d: {
        "webhook-id": d.event_id, "webhook-timestamp": d.seconds,
        "webhook-signature": "v1," + tag(d.secret, f"{d.event_id}.{d.seconds}.".encode() + d.body, spelling="base64"),
    }),
    Row("finch", "finch", ("finch-signature", "v1,(.+)"), "base64", secret=lambda rng: keys.whsec(rng).removeprefix("whsec_"), time=("finch-timestamp", ALL), event_id=("finch-event-id", ALL), recipe=finch),
    # The URL, a form, fields of the body.
    twilio(),
    Row("plivo-v2", "plivo", ("x-plivo-signature-v2", ALL), "base64", event_id=("x-plivo-signature-v2-nonce", ALL), url=True, recipe=plivo_v2),
    Row("mercado-pago", "mercado-pago", ("x-signature", "v1=(.+)"), time=("x-signature", r"ts=(\d+)"), event_id=("x-request-id", ALL), recipe=mercado_pago, extra=mercado_pago_url),
    Row("adyen", "adyen", ("body", '"hmacSignature":"([^"]+)"'), "base64", secret=keys.hex_key, recipe=adyen),
    Row("dropbox-sign", "dropbox-sign", ("body", '"event_hash":"([^"]+)"'), time=("body", r'"event_time":"(\d+)"'), recipe=dropbox_sign, past=259_200),
    Row("braintree", "braintree", ("body", r"bt_signature=public%7C([^&]+)"), secret=keys.named("public"), recipe=braintree),
    Row("contentful", "contentful", ("x-contentful-signature", ALL), time=("x-contentful-timestamp", ALL), past=29, method=True, secret=lambda rng: rng.randbytes(32).hex(), extra=lambda d: {"x-contentful-topic": "ContentManagement.Entry.publish"}, given=lambda d: {
        "x-contentful-timestamp": d.millis, "x-contentful-signed-headers": "x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic",
    }),
    # Public keys.
    ed25519("discord", "x-signature-ed25519", "x-signature-timestamp", "", "hex", keys.ed25519_hex),
    ed25519("telnyx", "telnyx-signature-ed25519", "telnyx-timestamp", "|", "base64", keys.ed25519_base64),
    beside("sendgrid", SENDGRID + "signature", SENDGRID + "timestamp", timed(), recipe=sendgrid, spelling="base64", secret=keys.seed, public=keys.p256_der, signer=keys.p256_pem),
    # Tokens.
    jwt_row("livekit", "authorization", livekit, body="json", secret=keys.named("key"), key_of=lambda secret: secret.split(":")[1]),
    jwt_row("upstash-qstash", "upstash-signature", qstash, url=True),
    jwt_row("messagebird", "messagebird-signature-jwt", messagebird, url=True),
    jwt_row("vonage", "authorization", vonage, prefix="Bearer "),
]
