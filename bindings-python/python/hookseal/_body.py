"""A body that is not plain `bytes`: copied, or refused with the call that gives it raw."""

from __future__ import annotations

from ._headers import kind

_RAW = {
    "aiohttp": "await request.read()",
    "bottle": "request.body.read()",
    "django": "request.body",
    "email": "self.rfile.read(int(self.headers['Content-Length']))",
    "falcon": "await req.stream.read() (or req.bounded_stream.read())",
    "fastapi": "await request.body()",
    "flask": "request.get_data()",
    "http": "self.rfile.read(int(self.headers['Content-Length']))",
    "litestar": "await request.body()",
    "multidict": "await request.read()",
    "quart": "await request.get_data()",
    "rest_framework": "request.body",
    "sanic": "request.body",
    "starlette": "await request.body()",
    "tornado": "self.request.body",
    "webob": "request.body",
    "werkzeug": "request.get_data()",
}
"""How each framework gives the raw body, by the package that its objects come from."""

_ANY = (
    "await request.body() in FastAPI and Starlette, request.body in Django, request.get_data() in "
    'Flask, await request.read() in aiohttp; in AWS Lambda event["body"] as bytes, decoded from '
    "base64 where isBase64Encoded says so"
)


def raw_body(body: object, headers: object) -> bytes:
    """The bytes of a buffer, copied once."""
    try:
        return memoryview(body).tobytes()  # type: ignore[arg-type]
    except (TypeError, ValueError, BufferError):
        pass
    raise TypeError(
        f"{_what(body)}: hand over the raw bytes, before any parsing: {_call(body, headers)}"
    )


def _what(body: object) -> str:
    if body is None:
        return "the body is None"
    if isinstance(body, str):
        return "the body is text, and a signature is over bytes"
    if hasattr(body, "__await__"):
        return "the body was not awaited"
    if callable(body):
        return "the body is a function that was not called"
    if isinstance(body, (dict, list, int, float)):
        return f"the body was parsed ({kind(body)}), and a signature is over the bytes as sent"
    return f"the body is not bytes, but {kind(body)}"


def _call(body: object, headers: object) -> str:
    for given in (body, getattr(body, "__self__", None), headers):
        for base in type(given).__mro__:
            call = _RAW.get(base.__module__.partition(".")[0])
            if call is not None:
                return call
    if isinstance(headers, dict) and "wsgi.input" in headers:
        return _RAW["django"]
    return _ANY
