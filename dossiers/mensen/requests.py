"""The type of the request in a view: every view except the public ones has a logged-in user."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from dossiers.mensen.models import User


class UserRequest(HttpRequest):
    """For type checkers only: what LoginRequiredMiddleware and HtmxMiddleware guarantee."""

    user: User
    htmx: HtmxDetails
