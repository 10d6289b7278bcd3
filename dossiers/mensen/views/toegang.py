"""What changed in the admin about who can get at the dossiers of a CLB."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.mensen.access import require_ankerfiguur
from dossiers.mensen.queries import access_changes
from dossiers.mensen.requests import UserRequest


@require_safe
def toegang(request: UserRequest) -> HttpResponse:
    clbs = require_ankerfiguur(request.user)
    context = {
        "clbs": clbs,
        "wijzigingen": access_changes(clbs),
        "contact": settings.SECURITY_CONTACT,
    }
    return render(request, "mensen/toegang.html", context)
