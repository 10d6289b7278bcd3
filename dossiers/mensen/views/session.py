"""Who is logged in now, and until when: for a page that was open before, and wants to go on."""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_POST, require_safe

from dossiers.mensen.requests import UserRequest
from dossiers.mensen.session_store import SessionStore, note_sign_of_life
from stsdialoog.middleware import never_stored


@never_stored
@login_not_required
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """The account that is logged in, None for nobody, with a fresh CSRF token for its pages.

    `seconden`: how long the session lasts without a sign of life. To ask this is none.
    """
    return _answer(request)


@never_stored
@require_POST
def stay(request: UserRequest) -> JsonResponse:
    """Somebody clicked or typed in an open page: the session goes on, and the answer is as above.

    `gesprek` in what is sent: a room looks at that page. Without it another one may still be open
    that a room looks at.
    """
    note_sign_of_life(request, in_gesprek=True if "gesprek" in request.POST else None)
    return _answer(request)


def _answer(request: HttpRequest) -> JsonResponse:
    user = request.user
    return JsonResponse(
        {
            "gebruiker": str(user.pk) if user.is_authenticated else None,
            "token": get_token(request),
            "seconden": cast(SessionStore, request.session).seconds_left,
        }
    )
