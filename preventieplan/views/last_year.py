"""Last year beside this year: confirming what still holds, and comparing a goal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.views import Pressed
from dossiers.mensen.access import Recht
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from preventieplan.domain.last_year import confirm, priorities_left
from preventieplan.goal_page import FOCUS, GoalPage
from preventieplan.queries.last_year import goal_beside, unconfirmed_of

# The value of the button that confirms all of a goal.
ALLES = "alles"
NIETS_MEER = "Hier was niets meer te bevestigen: kijk na wat er nu staat."
ALLES_KLOPT = "Alles is bevestigd. Het telt nu mee in jullie plan."
KLOPT_NOG = "Bevestigd. Het staat nu bij dit schooljaar."


def press_on_last_year(
    post: QueryDict, dossier: Dossier, page: GoalPage, door: User
) -> Pressed | None:
    """Run the button that confirms what was filled in last year; None when it was not pressed.

    Raises Http404 for a question that is not on the page.
    """
    asked = post.get("klopt_nog")
    if not asked:
        return None
    vragen = [deel.vraag.code for deel in page.vragen if asked in (deel.vraag.code, ALLES)]
    doelen = [page.doelstelling.code] if asked in (FOCUS, ALLES) else []
    if not (vragen or doelen):
        raise Http404
    done = confirm(dossier=dossier, door=door, vragen=vragen, doelen=doelen)
    anchor = {ALLES: "", FOCUS: "#focus"}.get(asked, f"#vraag-{asked}")
    return Pressed(anchor, KLOPT_NOG if done else NIETS_MEER)


@require_http_methods(["GET", "HEAD", "POST"])
def bevestigen(request: UserRequest, pk: UUID) -> HttpResponse:
    """All that is left to confirm, goal by goal; POST confirms it at once."""
    posted = request.method == "POST"
    dossier = get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=not posted
    )
    if posted:
        if confirm(dossier=dossier, door=request.user):
            messages.success(request, ALLES_KLOPT)
        else:
            messages.info(request, NIETS_MEER)
        return redirect("preventieplan", pk)
    left = unconfirmed_of(dossier)
    if left is None:
        raise Http404
    context = {"dossier": dossier, "left": left, "schrijven": may_write(dossier)}
    context["eerst"] = priorities_left(dossier, dossier.vorig)
    return render(request, "preventieplan/bevestigen.html", context)


@require_safe
def naast_vorig(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    """One goal in the last schooljaar and in this one, side by side."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    beside = goal_beside(dossier, code)
    if beside is None:
        raise Http404
    context = {"dossier": dossier, "beside": beside}
    return render(request, "preventieplan/naast_vorig.html", context)
