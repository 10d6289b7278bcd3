"""Who is logged in now: for a page that was open before, and wants to go on."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from stsdialoog.middleware import never_stored


@never_stored
@login_not_required
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """The account that is logged in, None for nobody, with a fresh CSRF token for its pages."""
    user = request.user
    return JsonResponse(
        {
            "gebruiker": str(user.pk) if user.is_authenticated else None,
            "token": get_token(request),
        }
    )
