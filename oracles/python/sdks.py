"""Vendors' SDKs from PyPI: for each row what verifies a delivery, and what signs one.

`verify` gives a truth value or raises; both functions take a `Call`. Whatever is raised is a
refusal. The clock is frozen by the harness.
"""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Callable
from urllib.parse import parse_qs, parse_qsl

import Adyen.util as adyen
import braintree
import discord_interactions
import easypost
import gocardless_pro.webhooks
import livekit.api
import messagebird.request_validator
import onfido.webhook_event_verifier
import openai
import plivo.utils
import polar.webhooks
import pusher.authentication_client
import qstash
import razorpay
import replicate.webhook
import sendgrid.helpers.eventwebhook as eventwebhook
import slack_sdk.signature
import smartcar
import square.utils.webhooks_helper
import standardwebhooks
import stripe
import svix
import telnyx.lib.webhook_verification
import twilio.request_validator
from workos.webhooks import _verification as workos
from cloudinary import config as cloudinary_config
from cloudinary import utils as cloudinary
from datetime import datetime, timezone
from dropbox_sign import EventCallbackHelper
from elevenlabs.webhooks_custom import WebhooksClient
from finch import Finch
from increase import Increase
from linebot.v3.webhook import SignatureValidator
from paddle_billing.Notifications import Secret, Verifier
from retell.lib import webhook_auth
from sinch.domains.authentication.sinch_events.v1 import authentication_validation as sinch
from viberbot import Api, BotConfiguration
from vonage_jwt.verify_jwt import verify_signature as vonage_verify

class Text(dict):
    """Headers by name, whatever its case."""

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).lower())

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


@dataclass
class Call:
    body: bytes
    headers: Text
    secret: str
    url: str
    method: str
    event_id: str
    seconds: int
    private: str = ""

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Sdk:
    package: str
    verify: Callable[[Call], Any]
    sign: Callable[[Call], dict[str, str]] | None = None


def passes(value: Any) -> bool:
    """For functions that raise, and give nothing back."""
    return True


def stripe_sign(call: Call) -> dict[str, str]:
    made = stripe.WebhookSignature.generate_signature_header(call.text, call.secret, call.seconds)
    return {"stripe-signature": made}


def slack_verify(call: Call) -> bool:
    return slack_sdk.signature.SignatureVerifier(call.secret).is_valid_request(call.body, call.headers)


def slack_sign(call: Call) -> dict[str, str]:
    verifier, time = slack_sdk.signature.SignatureVerifier(call.secret), str(call.seconds)
    made = verifier.generate_signature(timestamp=time, body=call.body)
    return {"x-slack-signature": made, "x-slack-request-timestamp": time}


def standard_sign(library: Any, family: str) -> Callable[[Call], dict[str, str]]:
    def sign(call: Call) -> dict[str, str]:
        moment = datetime.fromtimestamp(call.seconds, timezone.utc)
        made = library.Webhook(call.secret).sign(call.event_id, moment, call.text)
        return {f"{family}-id": call.event_id, f"{family}-timestamp": str(call.seconds), f"{family}-signature": made}

    return sign


def standard_verify(library: Any) -> Callable[[Call], bool]:
    return lambda call: passes(library.Webhook(call.secret).verify(call.text, call.headers))


def square_verify(call: Call) -> bool:
    return square.utils.webhooks_helper.verify_signature(
        request_body=call.text, signature_header=call.headers["x-square-hmacsha256-signature"],
        signature_key=call.secret, notification_url=call.url,
    )


def paddle_verify(call: Call) -> bool:
    return Verifier().verify(SimpleNamespace(body=call.body, content=call.body, headers=call.headers), Secret(call.secret))


def workos_verify(call: Call) -> bool:
    workos.verify_header(event_body=call.body, event_signature=call.headers["workos-signature"], secret=call.secret)
    return True


RAZORPAY = razorpay.Client(auth=("id", "secret"))


def razorpay_verify(call: Call) -> bool:
    return RAZORPAY.utility.verify_webhook_signature(call.text, call.headers["x-razorpay-signature"], call.secret)


def twilio_verify(call: Call) -> bool:
    params = dict(parse_qsl(call.text, keep_blank_values=True))
    return twilio.request_validator.RequestValidator(call.secret).validate(call.url, params, call.headers["x-twilio-signature"])


def twilio_sign(call: Call) -> dict[str, str]:
    params = dict(parse_qsl(call.text, keep_blank_values=True))
    return {"x-twilio-signature": twilio.request_validator.RequestValidator(call.secret).compute_signature(call.url, params)}


def sendgrid_verify(call: Call) -> bool:
    names, verifier = eventwebhook.EventWebhookHeader, eventwebhook.EventWebhook(call.secret)
    return verifier.verify_signature(call.text, call.headers[names.SIGNATURE], call.headers[names.TIMESTAMP])


def discord_verify(call: Call) -> bool:
    with contextlib.redirect_stdout(io.StringIO()):
        return discord_interactions.verify_key(
            call.body, call.headers["x-signature-ed25519"], call.headers["x-signature-timestamp"], call.secret,
        )


def telnyx_verify(call: Call) -> bool:
    return passes(telnyx.lib.webhook_verification.verify_webhook_signature(call.body, call.headers, call.secret))


def adyen_sign(call: Call) -> dict[str, str]:
    return {"hmacsignature": adyen.generate_payload_sig(call.body, call.secret).decode()}


def gocardless_verify(call: Call) -> bool:
    return passes(gocardless_pro.webhooks.parse(call.text, call.secret, call.headers["webhook-signature"]))


def onfido_verify(call: Call) -> bool:
    """It parses the event into a model behind the check, which our bodies do not fit."""
    try:
        onfido.webhook_event_verifier.WebhookEventVerifier(call.secret).read_payload(call.text, call.headers["x-sha2-signature"])
    except onfido.webhook_event_verifier.OnfidoInvalidSignatureError:
        return False
    except ValueError:
        return True
    return True


def easypost_verify(call: Call) -> bool:
    headers = {"X-Hmac-Signature": call.headers["x-hmac-signature"]}
    return passes(easypost.util.validate_webhook(call.body, headers, call.secret))


def cloudinary_verify(algorithm: str) -> Callable[[Call], bool]:
    def verify(call: Call) -> bool:
        cloudinary_config(api_secret=call.secret)
        time = int(call.headers["x-cld-timestamp"])
        return cloudinary.verify_notification_signature(call.text, time, call.headers["x-cld-signature"], algorithm=algorithm)

    return verify


def livekit_receiver(call: Call) -> livekit.api.WebhookReceiver:
    key, secret = call.secret.split(":")
    return livekit.api.WebhookReceiver(livekit.api.TokenVerifier(key, secret))


def livekit_verify(call: Call) -> bool:
    return passes(livekit_receiver(call).receive(call.text, call.headers["authorization"]))


def qstash_verify(call: Call) -> bool:
    receiver = qstash.Receiver(call.secret, call.secret)
    return passes(receiver.verify(signature=call.headers["upstash-signature"], body=call.text, url=call.url))


def messagebird_verify(call: Call) -> bool:
    validator = messagebird.request_validator.RequestValidator(call.secret)
    return passes(validator.validate_signature(call.headers["messagebird-signature-jwt"], call.url, call.body))


def braintree_verify(call: Call) -> bool:
    public, private = call.secret.split(":")
    fields = parse_qs(call.text)
    gateway = braintree.BraintreeGateway(braintree.Configuration(braintree.Environment.Sandbox, "merchant", public, private))
    return passes(gateway.webhook_notification.parse(fields["bt_signature"][0], fields["bt_payload"][0]))


def dropbox_sign_verify(call: Call) -> bool:
    event = SimpleNamespace(**json.loads(call.body)["event"])
    return EventCallbackHelper.is_valid(call.secret, SimpleNamespace(event=event))


def replicate_verify(call: Call) -> bool:
    secret = replicate.webhook.WebhookSigningSecret(key=call.secret)
    return passes(replicate.webhook.Webhooks.validate(headers=dict(call.headers), body=call.text, secret=secret, tolerance=300))


def polar_verify(call: Call) -> bool:
    polar.webhooks._verify_signature(call.text, dict(call.headers), call.secret)
    return True


def elevenlabs_verify(call: Call) -> bool:
    client = WebhooksClient(client_wrapper=SimpleNamespace())
    return passes(client.construct_event(call.text, call.headers["elevenlabs-signature"], call.secret))


def pusher_verify(call: Call) -> bool:
    client = pusher.authentication_client.AuthenticationClient("1", call.headers["x-pusher-key"], call.secret)
    return client.validate_webhook(call.headers["x-pusher-key"], call.headers["x-pusher-signature"], call.text)


def retell_sign(call: Call) -> dict[str, str]:
    return {"x-retell-signature": webhook_auth.symmetric["sign"](call.text, call.secret, call.seconds * 1000)}


def viber_verify(call: Call) -> bool:
    api = Api(BotConfiguration(name="n", avatar="", auth_token=call.secret))
    return api.verify_signature(call.body, call.headers["x-viber-content-signature"])


def plivo_v2_verify(call: Call) -> bool:
    return plivo.utils.validate_signature(
        call.url, call.headers["x-plivo-signature-v2-nonce"], call.headers["x-plivo-signature-v2"], call.secret,
    )


def smartcar_sign(call: Call) -> dict[str, str]:
    return {"sc-signature": smartcar.hash_challenge(call.secret, call.text)}


FINCH = Finch(access_token="token", client_id="id", client_secret="secret")
INCREASE = Increase(api_key="key")
OPENAI = openai.OpenAI(api_key="key", webhook_secret="none")


SDKS: dict[str, Sdk] = {
    "stripe": Sdk("stripe", lambda call: stripe.WebhookSignature.verify_header(call.text, call.headers["stripe-signature"], call.secret, 300), stripe_sign),
    "slack": Sdk("slack_sdk", slack_verify, slack_sign),
    "svix": Sdk("svix", standard_verify(svix), standard_sign(svix, "svix")),
    "standard-webhooks": Sdk("standardwebhooks", standard_verify(standardwebhooks), standard_sign(standardwebhooks, "webhook")),
    "openai": Sdk("openai", lambda call: passes(OPENAI.webhooks.verify_signature(call.text, call.headers, secret=call.secret))),
    "square": Sdk("squareup", square_verify),
    "paddle": Sdk("paddle-python-sdk", paddle_verify),
    "workos": Sdk("workos", workos_verify),
    "razorpay": Sdk("razorpay", razorpay_verify),
    "twilio": Sdk("twilio", twilio_verify, twilio_sign),
    "sendgrid": Sdk("sendgrid", sendgrid_verify),
    "discord": Sdk("discord-interactions", discord_verify),
    "telnyx": Sdk("telnyx", telnyx_verify),
    "adyen": Sdk("Adyen", lambda call: adyen.is_valid_hmac_notification(json.loads(call.body), call.secret)),
    "adyen-platform": Sdk("Adyen", lambda call: adyen.is_valid_hmac_payload(call.headers["hmacsignature"], call.secret, call.body), adyen_sign),
    "gocardless": Sdk("gocardless_pro", gocardless_verify),
    "onfido": Sdk("onfido-python", onfido_verify),
    "easypost": Sdk("easypost", easypost_verify),
    "cloudinary": Sdk("cloudinary", cloudinary_verify("sha1")),
    "cloudinary-sha256": Sdk("cloudinary", cloudinary_verify("sha256")),
    "livekit": Sdk("livekit-api", livekit_verify),
    "upstash-qstash": Sdk("qstash", qstash_verify),
    "messagebird": Sdk("messagebird", messagebird_verify),
    "vonage": Sdk("vonage-jwt", lambda call: vonage_verify(call.headers["authorization"].removeprefix("Bearer "), call.secret)),
    "braintree": Sdk("braintree", braintree_verify),
    "dropbox-sign": Sdk("dropbox-sign", dropbox_sign_verify),
    "replicate": Sdk("replicate", replicate_verify),
    "polar": Sdk("polar-sdk", polar_verify),
    "elevenlabs": Sdk("elevenlabs", elevenlabs_verify),
    "pusher": Sdk("pusher", pusher_verify),
    "line": Sdk("line-bot-sdk", lambda call: SignatureValidator(call.secret).validate(call.text, call.headers["x-line-signature"])),
    "viber": Sdk("viberbot", viber_verify),
    "plivo-v2": Sdk("plivo", plivo_v2_verify),
    "sinch": Sdk("sinch", lambda call: sinch.validate_sinch_event_signature_with_nonce(call.secret, call.headers, call.text)),
    "sinch-numbers": Sdk("sinch", lambda call: sinch.validate_signature_header(call.secret, call.headers, call.text)),
    "smartcar": Sdk("smartcar", lambda call: smartcar.verify_payload(call.secret, call.headers["sc-signature"], call.text), smartcar_sign),
    "retell": Sdk("retell-sdk", lambda call: webhook_auth.verify(call.text, call.secret, call.headers["x-retell-signature"]), retell_sign),
    "finch": Sdk("finch-api", lambda call: passes(FINCH.webhooks.verify_signature(call.text, dict(call.headers), secret=call.secret))),
    "increase": Sdk("increase", lambda call: passes(INCREASE.events.unwrap(call.text, headers=dict(call.headers), key=call.secret))),
}
