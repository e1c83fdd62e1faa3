"""Any WSGI application: python wsgi_app.py"""

from collections.abc import Iterable
from wsgiref.simple_server import make_server
from wsgiref.types import StartResponse

from hookseal.receive import Receiver
from hookseal.receive.wsgi import DeliveryMiddleware, Environ, delivery_of


def paid(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    delivery = delivery_of(environ)
    start_response("200 OK", [("content-type", "text/plain")])
    return [f"took {delivery.event_id}, {delivery.json()['type']}".encode()]


stripe = Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET")
app = DeliveryMiddleware(paid, {"/stripe": stripe})

if __name__ == "__main__":
    with make_server("127.0.0.1", 0, app) as server:
        print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
