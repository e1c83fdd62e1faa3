"""Random bodies: UTF-8, emoji, escapes, line ends of every kind, forms, nothing at all.

Every body that is not empty holds a mark of ASCII letters. Mutations change a letter inside it, so
that a mutated JSON is still JSON: it must be refused for its signature, not for its grammar.
"""

import json
import random
import string
from urllib.parse import quote, quote_plus, urlencode

PIECES = [
    "invoice.paid", "Grüße, Jürgen", "東京タワー", "привет", "שלום", "👩‍👩‍👧‍👦", "🪝🔏", "e\u0301 é", "ﬃ",
    "a\\nb", "\\u00e9", "\\/", '"quoted"', "\r\n", "\n", "\r", "\t", "%2B+%20", "a=b&c=d", "{}", "\u2028",
    "<b>&amp;</b>", "0", "\x7f", "\ufffd", "\U0010ffff", " ", "'", "\\", "/",
]


def text(rng: random.Random, most: int = 12) -> str:
    return "".join(rng.choices(PIECES, k=rng.randrange(most)))


def mark(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_letters, k=16))


def plain(rng: random.Random, the_mark: str) -> bytes:
    if rng.random() < 0.03:
        return b""
    return (text(rng) + the_mark + text(rng)).encode()


def members(rng: random.Random, the_mark: str, fields: dict) -> dict:
    data = dict(fields)
    data["note"] = the_mark
    for at in range(rng.randrange(5)):
        data[f"field_{at}"] = rng.choice([
            text(rng), rng.randrange(10**9), -1, True, None, [], {}, [text(rng, 4), {"a": text(rng, 3)}], "",
        ])
    keys = list(data)
    rng.shuffle(keys)
    return {key: data[key] for key in keys}


def compact(rng: random.Random, the_mark: str, fields: dict) -> bytes:
    """As JavaScript writes it: for SDKs that parse the body and write it again."""
    return written(members(rng, the_mark, fields))


def written(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def formatted(rng: random.Random, the_mark: str, fields: dict) -> bytes:
    indent = rng.choice([None, None, 1, 2, 4, "\t"])
    separators = rng.choice([(",", ":"), (", ", ": "), (" ,", " : ")])
    written = json.dumps(
        members(rng, the_mark, fields), ensure_ascii=rng.random() < 0.4, indent=indent, separators=separators,
    )
    if rng.random() < 0.2:
        written = written.replace("/", "\\/")
    if rng.random() < 0.3:
        written = written.replace("\n", "\r\n")
    return (written + rng.choice(["", "", "", "\n", "\r\n", " "])).encode()


def form(rng: random.Random, the_mark: str) -> bytes:
    names = rng.sample(["From", "To", "Body", "body", "MessageSid", "NumMedia", "Ünicode", "a b", "A", "Z"], k=rng.randrange(1, 8))
    pairs = [(name, text(rng, 5)) for name in names] + [("Note", the_mark)]
    rng.shuffle(pairs)
    return urlencode(pairs, quote_via=rng.choice([quote, quote_plus])).encode()


def secret(rng: random.Random) -> str:
    letters = string.ascii_letters + string.digits
    kind = rng.random()
    if kind < 0.1:  # as short as vendors' examples are
        return "".join(rng.choices(letters, k=rng.randrange(6, 16)))
    if kind < 0.2:
        return "".join(rng.choices(letters + "!#$%&()*+,-./:;<=>?@[]^_{|}~", k=rng.randrange(16, 90)))
    return rng.choice(["", "whsec_", "sk_", "secret_"]) + "".join(rng.choices(letters, k=rng.randrange(16, 70)))
