"""What several tests use."""

import base64
import json
from pathlib import Path

import hookseal

VECTORS = Path(__file__).parents[2] / "core" / "vectors"

SECRETS = {
    "github": "It's a Secret to Everybody",
    "stripe": "whsec_test_9f0c1b7a5d3e4f60",
    "standard-webhooks": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
}
NOW = 1_700_000_000


def signed(row, body=b"{}", **options):
    """Headers of a genuine delivery at NOW."""
    options = {"event_id": "msg_1", "now": NOW} | options
    return dict(hookseal.sign(row, SECRETS[row], body, **options))


def verifier(row, **options):
    return hookseal.Verifier(row, SECRETS[row], **options)


def verify(row, headers, body=b"{}", **options):
    return verifier(row).verify(body, headers, **({"now": NOW} | options))


def code_of(call, *arguments, **options):
    """`verified`, or the code of the refusal."""
    try:
        call(*arguments, **options)
    except hookseal.VerificationError as error:
        return error.code
    return "verified"


def vector_files():
    """Every file of vectors, parsed: the imported ones, then the generated ones."""
    paths = sorted(VECTORS.glob("*.json")) + sorted(VECTORS.glob("generated/*.json"))
    return [(path, json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def vector_body(test):
    if "body_base64" in test:
        return base64.b64decode(test["body_base64"])
    return test["body"].encode()
