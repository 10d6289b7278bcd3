"""The talks of a dossier: the list, starting one, its cover, and its PDF."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.gesprekken import pdf
from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.forms import NewGesprekForm
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.pages.cover import CoverPage, cover_page
from dialoogfiches.gesprekken.queries.gesprekken import (
    find_gesprek,
    materials_for_gesprek,
    recent_gesprekken,
    struck_gesprekken,
)
from dialoogfiches.gesprekken.queries.promises import LastTalk, last_promises
from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.views import Pressed, answer_page, post_data
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.materialen.models import Materiaalversie, Vorm
from dossiers.materialen.queries import find_published
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.models import User
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.overnemen.views import offered_version
from dossiers.velden.domain.striking import restore, strike
from dossiers.velden.views import save_one
from stsdialoog.documents.response import pdf_response

GESCHRAPT = "Het gesprek is geschrapt. Onderaan deze lijst kan je het terugzetten."


@require_http_methods(["GET", "HEAD", "POST"])
def gesprekken(request: UserRequest, pk: UUID) -> HttpResponse:
    """The talks of a dossier; POST restores a struck one."""
    dossier = _dossier(request, pk)
    if request.method == "POST":
        gesprek = _by_key_or_404(dossier, request.POST.get("zet_terug", ""))
        restore(record=gesprek, door=request.user)
        messages.success(request, "Het gesprek staat weer in de lijst.")
        return redirect("gesprek", pk, gesprek.pk)
    context = {
        "dossier": dossier,
        "gesprekken": recent_gesprekken(dossier),
        "geschrapt": struck_gesprekken(dossier),
        "materialen": materials_for_gesprek(dossier),
        "schrijven": may_write(dossier),
    }
    return render(request, "gesprekken/lijst.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_gesprek(request: UserRequest, pk: UUID, slug: str) -> HttpResponse:
    """Start a talk about the newest published version of a material."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    versie = find_published(slug=slug, vormen=[Vorm.GESPREK])
    if versie is None:
        raise Http404
    today = timezone.localdate()
    # Includes the month, so that two talks about the same material can be told apart in the list.
    titel = f"{versie.materiaal.titel}, {date_format(today, 'F Y')}"
    form = NewGesprekForm(post_data(request), titel=titel, datum=today)
    if form.is_valid():
        gesprek = start_gesprek(
            dossier=dossier, versie=versie, door=request.user, **form.cleaned_data
        )
        return redirect("gesprek", pk, gesprek.pk)
    context = {"dossier": dossier, "versie": versie, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "gesprekken/nieuw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show_gesprek(request: UserRequest, pk: UUID, gesprek_pk: UUID) -> HttpResponse:
    """The cover: title, date and participants; what to read beforehand; the steps."""
    dossier = _dossier(request, pk)
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    gesprek = _gesprek_or_404(dossier, gesprek_pk)
    page = cover_page(gesprek=gesprek, data=post_data(request))
    # As on a step.
    open_to_write = gesprek.geschrapt_op is None or request.method == "POST"
    return answer_page(
        request,
        dossier,
        page,
        template="gesprekken/gesprek.html",
        here=request.path,
        press=lambda: _press_on_cover(request.POST, gesprek, request.user),
        context={
            "schrijven": may_write(dossier) and open_to_write,
            "vorige_keer": _last_promises(page),
            "nieuwere": _offered(page) if request.method != "POST" else None,
            "mag_terugzetten": may_write(dossier),
        },
    )


@require_safe
def gesprek_pdf(request: UserRequest, pk: UUID, gesprek_pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    gesprek = _gesprek_or_404(dossier, gesprek_pk)
    school = slugify(dossier.school.naam) or dossier.school.instellingsnummer
    name = f"gesprek-{slugify(gesprek.titel)[:60].strip('-') or 'zonder-titel'}-{school}.pdf"
    response = pdf_response(request, pdf.gesprek_pdf(dossier, gesprek), filename=name)
    handeling = Logregel.Handeling.GESPREK_PDF
    return logged(response, door=request.user, handeling=handeling, record=gesprek)


def _offered(page: CoverPage) -> Materiaalversie | None:
    """A newer version of the material, offered on the cover of a talk that is not struck."""
    gesprek = page.gesprek
    if gesprek.geschrapt_op is not None:
        return None
    return offered_version(gesprek.dossier, gesprek.versie)


def _last_promises(page: CoverPage) -> LastTalk | None:
    """What an earlier talk left open, until this one is done."""
    gesprek = page.gesprek
    if page.volgende is None or gesprek.geschrapt_op or not gesprek.dossier.is_open:
        return None
    may = may_write(gesprek.dossier)
    return last_promises(gesprek, today=timezone.localdate(), may_write=may)


def _press_on_cover(post: QueryDict, gesprek: Gesprek, door: User) -> Pressed:
    if "schrap_gesprek" in post:
        strike(record=gesprek, door=door)
        return Pressed(melding=GESCHRAPT, url=reverse("gesprekken", args=[gesprek.dossier_id]))
    return Pressed()


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    return get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))


def _gesprek_or_404(dossier: Dossier, pk: UUID) -> Gesprek:
    gesprek = find_gesprek(dossier, pk)
    if gesprek is None:
        raise Http404
    return gesprek


def _by_key_or_404(dossier: Dossier, key: str) -> Gesprek:
    try:
        return _gesprek_or_404(dossier, UUID(key))
    except ValueError as error:
        raise Http404 from error
