"""Deliveries received by a web framework: verified, answered, handed over.

A `Receiver` is one endpoint's provider, secret and limits. The helper of a framework, a module
each, reads the raw request, and gives the handler a `Delivery`:

| module | for | gives |
| --- | --- | --- |
| `hookseal.receive.starlette` | FastAPI, Starlette | `webhook`: a dependency; `install` |
| `hookseal.receive.django` | Django | `webhook`: a decorator; `middleware` |
| `hookseal.receive.flask` | Flask | `webhook`: a decorator |
| `hookseal.receive.aiohttp` | aiohttp | `webhook`: a decorator |
| `hookseal.receive.aws_lambda` | AWS Lambda | `webhook`: a decorator |
| `hookseal.receive.asgi` | any ASGI application | `DeliveryMiddleware` |
| `hookseal.receive.wsgi` | any WSGI application | `DeliveryMiddleware` |

With `claims=` or `inbox=`, of `hookseal.claims`, a receiver has each delivery handled once.

None of them is imported, and no framework, before it is asked for.
"""

from ._handling import Handling
from ._receiver import BODY_LIMIT, Receiver, RefusalCode
from ._request import BodyConsumedError, Capture, Head, Headers

__all__ = [
    "BODY_LIMIT",
    "BodyConsumedError",
    "Capture",
    "Handling",
    "Head",
    "Headers",
    "Receiver",
    "RefusalCode",
]
