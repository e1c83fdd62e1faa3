"""Secrets that are no plain text, and the signatures of asymmetric schemes."""

import base64
import functools
import hashlib
import random

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

import bodies

RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
DER = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def whsec(rng: random.Random) -> str:
    return "whsec_" + base64.b64encode(rng.randbytes(rng.randrange(24, 65))).decode()


def hex_key(rng: random.Random) -> str:
    key = rng.randbytes(32).hex()
    return key.upper() if rng.random() < 0.5 else key


def named(name: str):
    """`name:secret`, where the scheme's key has a name."""
    return lambda rng: f"{name}:{bodies.secret(rng).replace(':', '')}"


def behind_name(secret: str) -> str:
    return secret.split(":")[1]


def seed(rng: random.Random) -> str:
    """The private half: a number that names a key. Few keys, as making them is slow."""
    return str(rng.randrange(16))


@functools.cache
def ed25519_key(private: str) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(hashlib.sha256(private.encode()).digest())


@functools.cache
def p256_key(private: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(1 + int.from_bytes(hashlib.sha256(private.encode()).digest()[:31]), ec.SECP256R1())


def ed25519_hex(private: str) -> str:
    return ed25519_key(private).public_key().public_bytes(*RAW).hex()


def ed25519_base64(private: str) -> str:
    return base64.b64encode(ed25519_key(private).public_key().public_bytes(*RAW)).decode()


def p256_der(private: str) -> str:
    return base64.b64encode(p256_key(private).public_key().public_bytes(*DER)).decode()


def pem(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


def ed25519_pem(private: str) -> str:
    return pem(ed25519_key(private))


def p256_pem(private: str) -> str:
    return pem(p256_key(private))


def ed25519_sign(private: str, content: bytes) -> bytes:
    return ed25519_key(private).sign(content)


def p256_sign(private: str, content: bytes) -> bytes:
    return p256_key(private).sign(content, ec.ECDSA(hashes.SHA256()))
