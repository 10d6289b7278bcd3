"""The request as a view meets it: every view but the public ones has a logged-in person."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from dossiers.mensen.models import User


class UserRequest(HttpRequest):
    """For type checkers: what LoginRequiredMiddleware and HtmxMiddleware see to."""

    user: User
    htmx: HtmxDetails
