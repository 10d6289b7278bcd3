"""The type of the request in a view, and what is known of a request besides: by whom, for whom."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from dossiers.mensen.models import User


class UserRequest(HttpRequest):
    """For type checkers only: what LoginRequiredMiddleware and HtmxMiddleware guarantee."""

    user: User
    htmx: HtmxDetails


def for_a_room(response: HttpResponseBase) -> None:
    """Mark a page that a room talks about: nobody presses anything there for long."""
    response.for_a_room = True  # type: ignore[attr-defined]


def is_for_a_room(response: HttpResponseBase) -> bool:
    return getattr(response, "for_a_room", False)


def shows_somebody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a request, by its answer, is a sign that somebody is there who may be.

    Of htmx nothing is, a save neither: the page tells of the click or the key before it. Nor is a
    page that loads itself anew until something is ready, or what was refused: in a page of somebody
    else, for one.
    """
    asked_by_itself = request.headers.get("HX-Request") or "Refresh" in response.headers
    return not asked_by_itself and response.status_code != HTTPStatus.FORBIDDEN
