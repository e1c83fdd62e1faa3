"""Django, in one file: python django_app.py runserver"""

import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpRequest, HttpResponse
from django.urls import path

from hookseal import Delivery
from hookseal.receive import Receiver
from hookseal.receive.django import webhook

# settings.py: it is loaded before the server listens, views.py is not.
settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    STRIPE=Receiver("stripe", secret_env="STRIPE_WEBHOOK_SECRET"),
)


# views.py
@webhook(settings.STRIPE)
def paid(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    event = delivery.json()
    return HttpResponse(f"took {delivery.event_id}, {event['type']}")


# urls.py
urlpatterns = [path("stripe", paid)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
