"""The routekaart as a page and as a PDF."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404
from dossiers.acties.views import Pressed, answer_page, post_data
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from dossiers.velden.views import save_one
from preventieplan.pdf import filename
from preventieplan.routekaart import pdf
from preventieplan.routekaart.domain.taking import take_draft
from preventieplan.routekaart.pages import RoutekaartPage, routekaart_page
from stsdialoog.documents.response import pdf_response

OVERGENOMEN = "De klad staat nu in jullie zin. Pas ze aan tot ze klinkt zoals jullie het zeggen."
INTUSSEN_GESCHREVEN = "Iemand schreef intussen al iets in die zin. Kijk het even na."


@require_http_methods(["GET", "HEAD", "POST"])
def routekaart(request: UserRequest, pk: UUID) -> HttpResponse:
    """The routekaart; who may write words its sentences here, everybody else reads them."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    page = routekaart_page(dossier=dossier, today=timezone.localdate(), data=post_data(request))

    def pressed() -> Pressed:
        naam = request.POST.get("neem_over", "")
        return _take(page, naam, request.user) if naam else Pressed()

    return answer_page(
        request,
        dossier,
        page,
        template="routekaart/routekaart.html",
        here=reverse("routekaart", args=[pk]),
        press=pressed,
    )


@require_safe
def routekaart_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    """The routekaart on A4, or with `?formaat=a3` to hang up."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    is_a3 = request.GET.get("formaat") == "a3"
    document = pdf.routekaart_pdf(dossier, today=timezone.localdate(), is_a3=is_a3)
    name = filename("routekaart-a3" if is_a3 else "routekaart", dossier)
    response = pdf_response(request, document, filename=name)
    handeling = Logregel.Handeling.ROUTEKAART_PDF
    return logged(response, door=request.user, handeling=handeling, record=dossier)


def _take(page: RoutekaartPage, naam: str, door: User) -> Pressed:
    """Take a draft over as the team's own words."""
    zin = page.sentence(naam)
    if zin is None or not zin.klad:
        raise Http404
    taken = take_draft(zinnen=page.kaart.zinnen, naam=naam, klad=zin.klad, door=door)
    return Pressed(f"#{zin.veld.html_name}", OVERGENOMEN if taken else INTUSSEN_GESCHREVEN)
