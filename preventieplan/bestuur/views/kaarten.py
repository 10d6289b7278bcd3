"""The routekaarten that a school fixed: the list, fixing one, and getting one back."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht, get_school_or_404, right_needed
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from preventieplan.bestuur.access import get_kaart_of_school_or_404, get_kaart_or_404
from preventieplan.bestuur.domain.vaststellen import (
    JAREN,
    MOST_ASKED,
    NietsNieuws,
    check_is_new,
    fix,
    made_with,
)
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from preventieplan.bestuur.pages import FixPage, fix_page, reread, unprintable
from preventieplan.bestuur.queries.kaarten import fixed_in, fixed_of
from stsdialoog.documents import desk
from stsdialoog.documents.desk import NotMade, NotYet
from stsdialoog.documents.document import KeptDocument
from stsdialoog.documents.response import kept_response
from stsdialoog.fields import key_from_form
from stsdialoog.seen import IntussenGewijzigd

VASTGESTELD = (
    "De routekaart is vastgesteld. Het schoolteam en het CLB kregen een mail. Geef hieronder het "
    "bestuur een link."
)
NOG_EVEN = (
    "Het document wordt nog gemaakt: er is nog niets vastgesteld. Kies over enkele seconden nog "
    "eens ‘Stel deze routekaart vast’."
)
NIET_GEMAAKT = "Het document kon niet gemaakt worden: er is niets vastgesteld. Meld het aan je CLB."
NIETS_NIEUWS = (
    "Sinds de routekaart van {} veranderde er niets. Er is dus geen nieuwe vastgesteld, en "
    "niemand kreeg een mail. Hier staat ze."
)
INTUSSEN = (
    "Iemand paste intussen iets aan of stelde net een routekaart vast: er is nog niets gebeurd. "
    "Lees het nog eens na."
)


@require_http_methods(["GET", "HEAD", "POST"])
def vastgesteld(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was fixed in a dossier; who may write fixes the routekaart of today."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    today = timezone.localdate()
    page = None
    if may_write(dossier):
        page = fix_page(dossier, today=today, data=request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and page is not None:
        answer = _fix(request, page)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
        if status == HTTPStatus.CONFLICT:
            page = fix_page(dossier, today=today)
    context = {
        "dossier": dossier,
        "page": page,
        "kaarten": fixed_in(dossier),
        "meest": MOST_ASKED,
        "jaren": JAREN,
    }
    return render(request, "bestuur/vastgesteld.html", context, status=status)


@require_safe
def document(request: UserRequest, pk: UUID, kaart_pk: UUID) -> HttpResponse:
    """The document as it was fixed, byte for byte."""
    kaart = get_kaart_or_404(user=request.user, pk=pk, kaart_pk=kaart_pk, recht=Recht.LEZEN)
    return _logged(request, kaart, document_response(request, kaart))


@require_safe
def data(request: UserRequest, pk: UUID, kaart_pk: UUID) -> HttpResponse:
    """The data of a fixed routekaart, byte for byte."""
    kaart = get_kaart_or_404(user=request.user, pk=pk, kaart_pk=kaart_pk, recht=Recht.LEZEN)
    response = HttpResponse(
        bytes(kaart.data),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{filename(kaart, "json")}"',
            "Cache-Control": "private, no-cache",
        },
    )
    return _logged(request, kaart, response)


@require_safe
def of_school(request: UserRequest, pk: UUID) -> HttpResponse:
    """All that a school fixed, also in dossiers that are gone."""
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    context = {"school": school, "kaarten": fixed_of(school), "jaren": JAREN}
    return render(request, "bestuur/van_school.html", context)


@require_safe
def document_of_school(request: UserRequest, pk: UUID, kaart_pk: UUID) -> HttpResponse:
    kaart = get_kaart_of_school_or_404(user=request.user, pk=pk, kaart_pk=kaart_pk)
    return _logged(request, kaart, document_response(request, kaart))


def document_response(request: HttpRequest, kaart: VastgesteldeRoutekaart) -> HttpResponse:
    return kept_response(
        request,
        lambda: bytes(kaart.document),
        etag=kaart.document_sha256,
        filename=filename(kaart, "pdf"),
    )


def filename(kaart: VastgesteldeRoutekaart, kind: str) -> str:
    school = slugify(kaart.school.naam) or kaart.school.instellingsnummer
    return f"routekaart-{school}-vastgesteld-{timezone.localdate(kaart.op)}.{kind}"


def _fix(request: UserRequest, page: FixPage) -> HttpResponse | HTTPStatus:
    """Fix it and go on to it; else the status of the page that says why not."""
    if not (page.form.is_valid() and page.kan):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    content, paper = page.content(op=timezone.localdate())
    try:
        kaart = _fixed(page, content, paper, door=request.user)
    except NotYet:
        messages.info(request, NOG_EVEN)
        return HTTPStatus.ACCEPTED
    except NotMade:
        messages.error(request, NIET_GEMAAKT)
        return HTTPStatus.INTERNAL_SERVER_ERROR
    except IntussenGewijzigd:
        messages.error(request, INTUSSEN)
        return HTTPStatus.CONFLICT
    except NietsNieuws as same:
        messages.info(request, NIETS_NIEUWS.format(date_format(timezone.localdate(same.vorige.op))))
        return redirect("vastgesteld-een", page.dossier.pk, same.vorige.pk)
    messages.success(request, VASTGESTELD)
    if words := unprintable(paper):
        messages.warning(request, f"Dit kan niet op papier, en staat er anders: {', '.join(words)}")
    return redirect("vastgesteld-een", page.dossier.pk, kaart.pk)


def _fixed(
    page: FixPage, content: bytes, paper: KeptDocument, *, door: User
) -> VastgesteldeRoutekaart:
    dossier, sent = page.dossier, page.form.cleaned_data
    pk = key_from_form(sent["sleutel"], dossier.pk)
    if made := made_with(pk=pk, dossier=dossier):
        return made
    check_is_new(last=page.vorige, data=content)
    return fix(
        pk=pk,
        dossier=dossier,
        data=content,
        document=desk.find_or_make(paper, user=str(door.pk)),
        seen=sent["seen"],
        reread=lambda: reread(dossier, today=timezone.localdate()),
        door=door,
    )


def _logged(
    request: UserRequest, kaart: VastgesteldeRoutekaart, response: HttpResponse
) -> HttpResponse:
    handeling = Logregel.Handeling.VASTGESTELD_OPGEHAALD
    return logged(response, door=request.user, handeling=handeling, record=kaart)
