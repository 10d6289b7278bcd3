"""Logging that somebody got a document."""

from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model
from django.http.response import HttpResponseBase

from dossiers.logboek.domain import log_once_a_day
from dossiers.logboek.models import Logregel

if TYPE_CHECKING:
    # Not at runtime: the `mensen` app imports this chamber.
    from dossiers.mensen.models import User

PAGE = "text/html"
Response = TypeVar("Response", bound=HttpResponseBase)


def logged(
    response: Response, *, door: "User", handeling: Logregel.Handeling, record: Model
) -> Response:
    """Log a document, once a day for a person and a record, and give the same response.

    response: not logged when it is a page instead, such as one to wait on.
    """
    known = response.status_code == HTTPStatus.NOT_MODIFIED
    if known or not response.headers.get("Content-Type", PAGE).startswith(PAGE):
        log_once_a_day(door=door, handeling=handeling, records=[record])
    return response
