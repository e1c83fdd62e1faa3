"""Mutated deliveries: one thing of a genuine delivery is changed, and everybody must refuse it."""

import base64
import random
import re
import string
from dataclasses import dataclass, replace

import bodies
from rows import Delivery, Headers, Row

ALPHABETS = {
    "hex": "0123456789abcdef",
    "base64": string.ascii_letters + string.digits + "+/",
    "base64url": string.ascii_letters + string.digits + "-_",
}


@dataclass
class Sent:
    """A signed delivery, as it is on its way."""

    headers: Headers
    body: bytes
    secret: str
    url: str
    method: str
    mark: str
    accepted: int = 0  # by how many, as it is


def sent(d: Delivery, headers: Headers) -> Sent:
    return Sent(d.headers | headers, d.body, d.secret, d.url, d.method, d.mark)


def part(row_part: tuple[str, str], sent: Sent) -> tuple[str, int, int] | None:
    """The text in which a part stands, and from where to where."""
    where, pattern = row_part
    text = sent.body.decode() if where == "body" else sent.headers.get(where)
    found = re.search(pattern, text) if text is not None else None
    return (text, *found.span(1)) if found else None


def put(row_part: tuple[str, str], sent: Sent, change) -> Sent | None:
    found = part(row_part, sent)
    if found is None:
        return None
    text, start, end = found
    old = text[start:end]
    new = change(old)
    if new is None or new == old:
        return None
    text = text[:start] + new + text[end:]
    if row_part[0] == "body":
        return replace(sent, body=text.encode())
    return replace(sent, headers=sent.headers | {row_part[0]: text})


def other(rng: random.Random, letter: str, alphabet: str) -> str:
    return rng.choice([it for it in alphabet if it != letter])


def one_letter(rng: random.Random, text: str, alphabet: str, last: int = 0) -> str:
    at = rng.randrange(len(text) - last)
    return text[:at] + other(rng, text[at], alphabet) + text[at + 1:]


def signature(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """Another letter. The last of base64 is left to `spare_bits`."""
    def change(old: str) -> str:
        bare = old.rstrip("=")
        return one_letter(rng, bare, ALPHABETS[row.spelling], 0 if row.spelling == "hex" else 1) + old[len(bare):]

    return put(row.signature, sent, change)


def signature_case(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """The same bytes in upper-case hex."""
    if row.spelling != "hex":
        return None
    return put(row.signature, sent, str.upper)


def spare_bits(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """Another last letter of base64 that decodes to the same bytes."""
    if row.spelling == "hex":
        return None

    def change(old: str) -> str | None:
        bare, alphabet = old.rstrip("="), ALPHABETS[row.spelling]
        if len(bare) % 4 == 0:
            return None
        return bare[:-1] + alphabet[alphabet.index(bare[-1]) + 1] + old[len(bare):]

    return put(row.signature, sent, change)


def unpadded(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    if row.spelling != "base64":
        return None
    return put(row.signature, sent, lambda old: old.replace("=", "").replace("%3D", ""))


def other_alphabet(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """The other base64: URL-safe for standard."""
    if row.spelling != "base64":
        return None
    return put(row.signature, sent, lambda old: old.replace("+", "-").replace("/", "_"))


def cut(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """The signature without its last byte."""
    if row.claims:
        return put(row.signature, sent, lambda old: old[:-2])

    def change(old: str) -> str:
        if row.spelling == "hex":
            return old[:-2]
        url_safe = row.spelling == "base64url"
        made = base64.urlsafe_b64decode(old + "==") if url_safe else base64.b64decode(old + "==")
        return base64.b64encode(made[:-1]).decode() if not url_safe else base64.urlsafe_b64encode(made[:-1]).decode().rstrip("=")

    return put(row.signature, sent, change)


def tail(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """Letters behind the signature."""
    return put(row.signature, sent, lambda old: old + "00")


def no_signature(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    if row.signature[0] == "body":
        return put(row.signature, sent, lambda old: "")
    return replace(sent, headers={name: value for name, value in sent.headers.items() if name != row.signature[0]})


def body(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """Another letter inside the mark."""
    at = sent.body.find(sent.mark.encode())
    if at < 0:
        return None
    marked = one_letter(rng, sent.mark, string.ascii_letters)
    return replace(sent, body=sent.body.replace(sent.mark.encode(), marked.encode()))


def body_tail(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """A line feed behind the body."""
    return replace(sent, body=sent.body + b"\n")


def secret(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    made = row.secret(rng)
    if ":" in made:  # the key's name stays
        made = sent.secret.split(":")[0] + ":" + made.split(":")[1]
    made = row.public(made) if row.public else made
    return replace(sent, secret=made) if made != sent.secret else None


def time(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """Another time, still inside the window."""
    def change(old: str) -> str:
        if old.isdigit():
            return str(int(old) - 1)
        digit = re.search(r"(\d)(Z?|[+-]\d\d:\d\d)$", old)
        at = digit.start(1)
        return old[:at] + str((int(old[at]) + 9) % 10 if old[at] != "0" else 1) + old[at + 1:]

    return put(row.time, sent, change) if row.time else None


def event_id(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    return put(row.event_id, sent, lambda old: one_letter(rng, old, string.ascii_letters)) if row.event_id else None


def url(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    return replace(sent, url=sent.url.replace("hooks.", "hook.")) if row.url else None


def method(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    return replace(sent, method="PUT") if row.method else None


def claims(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """A letter of the token's claims."""
    if not row.claims:
        return None

    def change(old: str) -> str:
        return one_letter(rng, old, ALPHABETS["base64url"], 1)

    return put((row.signature[0], r"\.([^.]+)\."), sent, change)


def no_algorithm(rng: random.Random, row: Row, sent: Sent) -> Sent | None:
    """A token that says it is not signed."""
    if not row.claims:
        return None
    text = sent.headers[row.signature[0]]
    prefix, token = text[:-len(text.split(" ")[-1])], text.split(" ")[-1]
    head = base64.urlsafe_b64encode(bodies.written({"alg": "none", "typ": "JWT"})).decode().rstrip("=")
    return replace(sent, headers=sent.headers | {row.signature[0]: f"{prefix}{head}.{token.split('.')[1]}."})


KINDS = [
    body, signature, time, secret, event_id, body_tail, signature_case, spare_bits, unpadded, other_alphabet, cut, tail,
    no_signature, url, method, claims, no_algorithm,
]
