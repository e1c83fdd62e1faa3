"""Headers, bodies and times of every kind."""

import array
import pickle
from collections import UserDict
from datetime import datetime, timedelta, timezone
from email.message import Message

import pytest

import hookseal
from support import NOW, SECRETS, code_of, signed, verifier, verify

ROW = "standard-webhooks"
HEADERS = signed(ROW)


def starlette():
    from starlette.datastructures import Headers

    return Headers(raw=[(name.encode(), value.encode()) for name, value in HEADERS.items()])


def django_headers():
    from django.http.request import HttpHeaders

    return HttpHeaders(django_meta())


def django_meta():
    meta = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in HEADERS.items()}
    return meta | {"REQUEST_METHOD": "POST", "wsgi.input": object(), "wsgi.version": (1, 0)}


def werkzeug():
    from werkzeug.datastructures import Headers

    return Headers(list(HEADERS.items()))


def werkzeug_environ():
    from werkzeug.datastructures import EnvironHeaders

    return EnvironHeaders(django_meta())


def multidict():
    from multidict import CIMultiDict, CIMultiDictProxy

    return CIMultiDictProxy(CIMultiDict(HEADERS))


def tornado():
    from tornado.httputil import HTTPHeaders

    return HTTPHeaders(HEADERS)


def message():
    headers = Message()
    for name, value in HEADERS.items():
        headers[name.title()] = value
    return headers


class OfDict(dict):
    pass


SHAPES = {
    "dict": lambda: HEADERS,
    "title case": lambda: {name.title(): value for name, value in HEADERS.items()},
    "bytes": lambda: {name.encode(): value.encode() for name, value in HEADERS.items()},
    "lists": lambda: {name: [value] for name, value in HEADERS.items()},
    "OfDict": lambda: OfDict(HEADERS),
    "UserDict": lambda: UserDict(HEADERS),
    "pairs": lambda: list(HEADERS.items()),
    "generator": lambda: (pair for pair in HEADERS.items()),
    "ASGI": lambda: [(name.encode(), value.encode()) for name, value in HEADERS.items()],
    "starlette": starlette,
    "django": django_headers,
    "META": django_meta,
    "werkzeug": werkzeug,
    "environ": werkzeug_environ,
    "aiohttp": multidict,
    "tornado": tornado,
    "http.server": message,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_headers_of_every_framework(shape):
    assert verify(ROW, SHAPES[shape]()).event_id == "msg_1"


def repeated():
    """The id twice, in every shape that can say so."""
    from multidict import CIMultiDict
    from starlette.datastructures import Headers
    from tornado.httputil import HTTPHeaders
    from werkzeug.datastructures import Headers as Werkzeug

    pairs = [*HEADERS.items(), ("Webhook-Id", "msg_2")]
    yield pairs
    yield [(name.encode(), value.encode()) for name, value in pairs]
    yield Headers(raw=[(name.lower().encode(), value.encode()) for name, value in pairs])
    yield Werkzeug(pairs)
    yield CIMultiDict(pairs)
    tornado = HTTPHeaders()
    for name, value in pairs:
        tornado.add(name, value)
    yield tornado
    title = {name.title(): value for name, value in HEADERS.items()}
    yield title | {"WEBHOOK-ID": "msg_2"}
    yield {"WEBHOOK-ID": "msg_2"} | title
    yield HEADERS | {"webhook-id": ["msg_1", "msg_2"]}
    yield title | {b"webhook-id": b"msg_2"}
    yield UserDict(HEADERS | {"Webhook-Id": "msg_2"})


def test_a_repeated_header_is_refused_in_every_shape():
    shapes = list(repeated())
    assert len(shapes) == 11
    for headers in shapes:
        assert code_of(verify, ROW, headers) == "repeated_header", type(headers)


def test_of_a_dict_the_keys_in_lower_case_count():
    """Where all are there so. No other key is then looked at, and none is taken for them."""
    assert verify(ROW, HEADERS | {"Webhook-Id": "msg_2"}).event_id == "msg_1"
    assert verify(ROW, {"Webhook-Id": "msg_2"} | HEADERS).event_id == "msg_1"
    others = HEADERS | {"webhook-id": "msg_2", "Webhook-Id": "msg_1"}
    assert code_of(verify, ROW, others) == "signature_mismatch"


class Counting(UserDict):
    """Knows what it was asked for."""

    def __init__(self, headers):
        super().__init__(headers)
        self.asked = []

    def getlist(self, name):
        self.asked.append(name)
        return [self[name]] if name in self else []


def test_only_the_names_of_the_row_are_looked_up():
    headers = Counting(HEADERS | {"cookie": "x"})
    verify(ROW, headers)
    assert sorted(headers.asked) == ["webhook-id", "webhook-signature", "webhook-timestamp"]
    # What the row does not read may be anything.
    verify(ROW, HEADERS | {"cookie": object()})


LATIN = hookseal.Scheme(name="acme", signature={"header": "x-sig"}, signed="{header:x-note}.{body}")


def latin(note, sent):
    """The verdict on a header that a framework decoded, and that was sent as these bytes."""
    secret = "a secret of at least 16 bytes"
    headers = dict(hookseal.sign(LATIN, secret, b"{}", headers=[(b"x-note", sent)]))
    return code_of(hookseal.verify, LATIN, secret, b"{}", headers | {"x-note": note})


def test_header_text_is_the_bytes_of_the_wire():
    assert latin("é".encode().decode("latin-1"), "é".encode()) == "verified"  # WSGI, ASGI
    assert latin(b"\xe9".decode("latin-1"), b"\xe9") == "verified"
    assert latin("日本", "日本".encode()) == "verified"  # decoded as UTF-8
    assert (
        latin(b"\xff\xe6".decode("utf-8", "surrogateescape"), b"\xff\xe6") == "verified"
    )  # aiohttp
    assert latin("\ud800", b"?") == "signature_mismatch"
    assert latin("é", "e".encode()) == "signature_mismatch"


@pytest.mark.parametrize(
    "headers", [None, 1, "abc", b"abc", [1], ["ab"], [("a",)], [("a", "b", "c")]]
)
def test_what_is_no_headers_is_a_type_error(headers):
    with pytest.raises(TypeError, match="headers are a mapping, or pairs"):
        verify(ROW, headers)


@pytest.mark.parametrize("value", [1, None, object(), {}, [1]])
def test_what_is_no_value_is_a_type_error(value):
    with pytest.raises(TypeError, match="a header's value is str or bytes"):
        verify(ROW, HEADERS | {"webhook-id": value})


class OfBytes(bytes):
    """Says that it is another."""

    def __bytes__(self):
        return b"forged"

    def __getitem__(self, at):
        return 0


def test_bodies_that_are_bytes():
    body = b'{"a":1}'
    headers = signed(ROW, body)
    delivery = verify(ROW, headers, body)
    assert delivery.body is body  # no copy
    for other in [OfBytes(body), bytearray(body), memoryview(body), array.array("B", body)]:
        delivery = verify(ROW, headers, other)
        assert type(delivery.body) is bytes and delivery.body == body
    strided = bytearray(len(body) * 2)
    strided[::2] = body
    assert verify(ROW, headers, memoryview(strided)[::2]).body == body


def test_a_body_that_changes_later_has_been_copied():
    body = bytearray(b'{"a":1}')
    delivery = verify(ROW, signed(ROW, bytes(body)), body)
    body[:] = b'{"a":2}'
    assert delivery.body == b'{"a":1}' and delivery.json() == {"a": 1}


class Changing(UserDict):
    """Headers that change the body while they are read."""

    def __init__(self, headers, body):
        super().__init__(headers)
        self.body = body

    def items(self):
        self.body[:] = b"[]"
        return super().items()


def test_headers_are_read_before_the_body():
    body = bytearray(b"{}")
    assert verify(ROW, Changing(signed(ROW, b"[]"), body), body).body == b"[]"
    body = bytearray(b"{}")
    assert code_of(verify, ROW, Changing(HEADERS, body), body) == "signature_mismatch"


async def unawaited():
    return b"{}"


class Request:
    def body(self):
        return b"{}"


@pytest.mark.parametrize(
    "body, headers, told",
    [
        ({"a": 1}, SHAPES["starlette"], "parsed.*await request.body"),
        ({"a": 1}, SHAPES["django"], "parsed.*: request.body$"),
        ({"a": 1}, SHAPES["META"], "parsed.*: request.body$"),
        ([1], SHAPES["werkzeug"], r"parsed.*request.get_data\(\)"),
        ("{}", SHAPES["aiohttp"], r"text.*await request.read\(\)"),
        ("{}", SHAPES["tornado"], "text.*self.request.body"),
        ("{}", SHAPES["dict"], "text.*FastAPI.*Django.*Flask.*aiohttp.*isBase64Encoded"),
        (None, SHAPES["dict"], "is None"),
        (1.5, SHAPES["dict"], "parsed"),
        (Request().body, SHAPES["starlette"], "not called.*await request.body"),
        (object(), SHAPES["dict"], "not bytes, but object"),
    ],
)
def test_a_body_that_is_not_raw_says_what_to_hand_over(body, headers, told):
    with pytest.raises(TypeError, match=told):
        verify(ROW, headers(), body)


def test_a_body_that_was_not_awaited():
    body = unawaited()
    with pytest.raises(TypeError, match="not awaited"):
        verify(ROW, HEADERS, body)
    body.close()


def test_a_released_buffer_is_a_type_error():
    body = memoryview(b"{}")
    body.release()
    with pytest.raises(TypeError):
        verify(ROW, HEADERS, body)


def test_the_body_limit():
    small = verifier(ROW, body_limit=2)
    assert small.verify(b"{}", HEADERS, now=NOW).body == b"{}"
    with pytest.raises(hookseal.VerificationError) as caught:
        small.verify(b"{} ", HEADERS, now=NOW)
    assert (caught.value.code, caught.value.status) == ("body_too_large", 413)


UTC = timezone.utc


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        float(NOW),
        NOW + 299.9,
        datetime.fromtimestamp(NOW, UTC),
        datetime.fromtimestamp(NOW, timezone(timedelta(hours=5, minutes=30))),
    ],
)
def test_times(now):
    assert verify(ROW, HEADERS, now=now).sent_at == datetime.fromtimestamp(NOW, UTC)


@pytest.mark.parametrize(
    "now, error, told",
    [
        (NOW * 1000, TypeError, "milliseconds"),
        (-1e12, TypeError, "milliseconds"),
        (10**400, TypeError, "milliseconds"),
        (datetime.fromtimestamp(NOW), TypeError, "naive"),
        (True, TypeError, "not bool"),
        ("1700000000", TypeError, "not str"),
        (float("nan"), ValueError, "no moment"),
        (float("inf"), ValueError, "no moment"),
        (float("-inf"), ValueError, "no moment"),
    ],
)
def test_what_is_no_time(now, error, told):
    with pytest.raises(error, match=told):
        verify(ROW, HEADERS, now=now)


def test_without_now_the_clock_is_read():
    assert code_of(verify, ROW, HEADERS, now=None) == "timestamp_too_old"
    fresh = hookseal.sign(ROW, SECRETS[ROW], b"{}", event_id="msg_1")
    assert verify(ROW, fresh, now=None).event_id == "msg_1"


def test_url_and_method():
    secret = "a secret of at least 16 bytes"
    scheme = hookseal.Scheme(
        name="acme", signature={"header": "x-sig"}, signed="{method} {url}\n{body}"
    )
    place = {"url": "https://example.com/hook", "method": "POST"}
    headers = hookseal.sign(scheme, secret, b"{}", **place)
    made = hookseal.Verifier(scheme, secret)
    assert made.verify(b"{}", headers, **place).bound.url is True
    for options, code in [
        ({}, "missing_method"),
        ({"method": "POST"}, "missing_url"),
        ({"method": "PUT", "url": place["url"]}, "signature_mismatch"),
        ({"method": "POST", "url": "https://example.com/\ud800"}, "signature_mismatch"),
    ]:
        assert code_of(made.verify, b"{}", headers, **options) == code
    with pytest.raises(TypeError):
        made.verify(b"{}", headers, url=b"https://example.com/hook", method="POST")


@pytest.mark.parametrize(
    "secret, error, told",
    [
        (None, TypeError, "is the environment variable set"),
        (1, TypeError, "not int"),
        ([], hookseal.SecretError, "empty_secret"),
        ("", hookseal.SecretError, "empty_secret"),
        (" " * 20, hookseal.SecretError, "empty_secret"),
        ("short", hookseal.SecretError, "weak_secret"),
        (["x" * 20] * 5, hookseal.SecretError, "too_many_secrets"),
        (["x" * 20, None], TypeError, "not NoneType"),
    ],
)
def test_secrets_that_cannot_be_used(secret, error, told):
    with pytest.raises(error, match=told):
        hookseal.Verifier("github", secret)


def test_secrets_of_every_kind_and_several():
    headers = signed("github")
    secret = SECRETS["github"]
    for given in [secret, secret.encode(), bytearray(secret.encode()), (secret,)]:
        assert hookseal.Verifier("github", given).verify(b"{}", headers).secret_index == 0
    rotated = hookseal.Verifier("github", ["x" * 20, secret])
    assert rotated.verify(b"{}", headers).secret_index == 1
    weak = hookseal.sign("github", "short", b"{}", danger_weak_secret=True)
    hookseal.Verifier("github", "short", danger_weak_secret=True).verify(b"{}", weak)


def test_a_secret_of_other_bytes_than_utf8_is_what_the_environment_held():
    raw = b"\xff" * 20
    headers = hookseal.sign("github", raw, b"{}")
    hookseal.verify("github", raw.decode("utf-8", "surrogateescape"), b"{}", headers)


def test_windows():
    assert verifier(ROW, tolerance=10).verify(b"{}", HEADERS, now=NOW + 10)
    assert (
        code_of(verifier(ROW, tolerance=10).verify, b"{}", HEADERS, now=NOW + 11)
        == "timestamp_too_old"
    )
    early = verifier(ROW, future_tolerance=10)
    assert code_of(early.verify, b"{}", HEADERS, now=NOW - 11) == "timestamp_too_new"
    assert verifier(ROW, danger_any_time=True).verify(b"{}", HEADERS, now=0)
    for option in ("tolerance", "future_tolerance"):
        with pytest.raises(hookseal.SchemeError, match="invalid_tolerance"):
            verifier(ROW, **{option: 0})
        for wrong in (-1, 1 << 32, 10**400):
            with pytest.raises(ValueError, match="whole number"):
                verifier(ROW, **{option: wrong})
        for wrong in (1.5, "1", True):
            with pytest.raises(TypeError, match="whole number"):
                verifier(ROW, **{option: wrong})


@pytest.mark.parametrize("provider", ["no-such", "", "Stripe", "stripe\ud800"])
def test_an_unknown_provider(provider):
    with pytest.raises(hookseal.SchemeError) as caught:
        hookseal.Verifier(provider, "x" * 20)
    assert caught.value.code == "unknown_provider"
    with pytest.raises(TypeError, match="a provider is its name"):
        hookseal.Verifier(1, "x" * 20)


def test_errors_are_values():
    with pytest.raises(hookseal.VerificationError) as caught:
        verify(ROW, {})
    error = caught.value
    assert (error.code, error.status) == ("missing_signature", 401)
    assert str(error) == f"missing_signature: {error.message}"
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.status, again.message) == (error.code, 401, error.message)
    assert issubclass(hookseal.SecretError, ValueError)
    assert issubclass(hookseal.SchemeError, ValueError)
    assert not issubclass(hookseal.VerificationError, ValueError)
    assert hookseal.PUBLIC_MESSAGE and "signature" not in hookseal.PUBLIC_MESSAGE
