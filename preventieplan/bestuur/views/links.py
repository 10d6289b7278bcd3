"""One fixed routekaart: what the board answered, and the links that its members get."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.access import may_write
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.requests import UserRequest
from preventieplan.bestuur.access import get_kaart_or_404, get_link_or_404
from preventieplan.bestuur.domain.links import (
    HeeftAlEenLink,
    LinkVoorbij,
    TeVeelLinks,
    make_link,
    renew_key,
    revoke_link,
    send_link,
)
from preventieplan.bestuur.forms import LinkForm
from preventieplan.bestuur.models import Bestuurslink, VastgesteldeRoutekaart
from preventieplan.bestuur.queries.kaarten import fixed_page
from stsdialoog.mail import MailNietVerstuurd

NIET_VERTROKKEN = (
    "De mail naar {} is niet vertrokken. De link staat klaar: kies straks hieronder ‘Mail opnieuw’."
)
HEEFT_AL = "{} heeft al een link naar deze routekaart. Kwam de mail niet aan? Kies ‘Mail opnieuw’."
NIET_MEER_OPEN = "Die link is intussen ingetrokken of voorbij, dus ging er geen mail meer."


@require_http_methods(["GET", "HEAD", "POST"])
def fixed_one(request: UserRequest, pk: UUID, kaart_pk: UUID) -> HttpResponse:
    """One fixed routekaart; who may write gives a member of the board a link."""
    recht = right_needed(request)
    kaart = get_kaart_or_404(user=request.user, pk=pk, kaart_pk=kaart_pk, recht=recht)
    dossier = kaart.dossier
    assert dossier is not None  # noqa: S101 (it came through the door of its dossier)
    writes, form = may_write(dossier), None
    if writes:
        form = LinkForm(request.POST or None, today=timezone.localdate())
        if form.is_valid() and (answer := _make(request, kaart, form)):
            return answer
    context = {
        "dossier": dossier,
        "kaart": kaart,
        "page": fixed_page(kaart),
        "form": form,
        "schrijft": writes,
        "ziet_links": dossier.recht >= Recht.SCHRIJVEN,
    }
    wrong = form is not None and form.is_bound
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "bestuur/vastgesteld_een.html", context, status=status)


@require_POST
def send_again(request: UserRequest, pk: UUID, kaart_pk: UUID, link_pk: UUID) -> HttpResponse:
    """Mail a link with another key; the one of before opens nothing any more."""
    get_kaart_or_404(user=request.user, pk=pk, kaart_pk=kaart_pk, recht=Recht.SCHRIJVEN)
    link = get_link_or_404(user=request.user, pk=pk, kaart_pk=kaart_pk, link_pk=link_pk)
    try:
        _send(request, link, renew_key(link=link, door=request.user))
    except LinkVoorbij:
        messages.info(request, NIET_MEER_OPEN)
    except TeVeelLinks as error:
        messages.error(request, str(error))
    return redirect("vastgesteld-een", pk, kaart_pk)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: UserRequest, pk: UUID, kaart_pk: UUID, link_pk: UUID) -> HttpResponse:
    link = get_link_or_404(user=request.user, pk=pk, kaart_pk=kaart_pk, link_pk=link_pk)
    if request.method == "POST":
        if revoke_link(link=link, door=request.user):
            messages.success(request, f"De link voor {link.functie} opent niets meer.")
        else:
            messages.info(request, "Die link was al ingetrokken of voorbij.")
        return redirect("vastgesteld-een", pk, kaart_pk)
    context = {"dossier": link.kaart.dossier, "kaart": link.kaart, "link": link}
    return render(request, "bestuur/link_intrekken.html", context)


def _make(
    request: UserRequest, kaart: VastgesteldeRoutekaart, form: LinkForm
) -> HttpResponse | None:
    """Make a link and mail it; None when it may not be made, which the form then says."""
    try:
        link, sleutel = make_link(kaart=kaart, door=request.user, **form.cleaned_data)
    except HeeftAlEenLink:
        messages.info(request, HEEFT_AL.format(form.cleaned_data["email"]))
    except TeVeelLinks as error:
        form.add_error("email", str(error))
        return None
    else:
        _send(request, link, sleutel)
    return redirect("vastgesteld-een", kaart.dossier_id, kaart.pk)


def _send(request: UserRequest, link: Bestuurslink, sleutel: str) -> None:
    try:
        send_link(link=link, sleutel=sleutel)
    except MailNietVerstuurd:
        messages.error(request, NIET_VERTROKKEN.format(link.email))
    else:
        messages.success(request, f"De link voor {link.functie} is gemaild.")
