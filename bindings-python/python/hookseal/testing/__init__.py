"""Deliveries for your tests, signed as their provider signs them.

>>> from hookseal.testing import secret_for, sign_delivery
>>> delivery = sign_delivery("github", {"action": "opened"}, url="/github")
>>> sorted(delivery.headers)
['content-type', 'x-github-delivery', 'x-hub-signature-256']
>>> import hookseal
>>> hookseal.verify("github", secret_for("github"), delivery.body, delivery.headers).json()
{'action': 'opened'}

`delivery.post(client)` sends it to the test client of your framework. With pytest, the fixture
`signed_delivery` is `sign_delivery`: it is there as soon as hookseal is installed.
"""

from ._delivery import Sign, SignedDelivery, sign_delivery
from ._secrets import secret_for

__all__ = ["Sign", "SignedDelivery", "secret_for", "sign_delivery"]
