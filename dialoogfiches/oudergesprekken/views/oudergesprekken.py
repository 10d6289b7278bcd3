"""Parents' talks: the list, starting one, its page, and the form that stores nothing."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.oudergesprekken.access import (
    GesprekkenDicht,
    get_clb_dossier_or_404,
    get_oudergesprek_or_404,
    oudergesprekken_for,
    stayed_talks_for,
)
from dialoogfiches.oudergesprekken.domain.oudergesprekken import (
    log_reading_of,
    start_oudergesprek,
)
from dialoogfiches.oudergesprekken.finders import finder_in, form_for
from dialoogfiches.oudergesprekken.forms import NewOudergesprekForm, UnkeptForm
from dialoogfiches.oudergesprekken.models import Oudergesprek, Ouderthema
from dialoogfiches.oudergesprekken.pages import parent_talk_page, raam_of
from dialoogfiches.oudergesprekken.pdf import blank_oudergesprek_pdf, oudergesprek_pdf
from dialoogfiches.oudergesprekken.queries import (
    shared_with,
    talks_left_behind,
    vrijgaven_from,
    vrijgaven_of,
    with_sharing,
)
from dialoogfiches.oudergesprekken.views.guard import parent_talk_view
from dossiers.acties.views import Pressed, answer_page, post_data
from dossiers.logboek.domain import log_once_a_day
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.materialen.models import Materiaalversie, Vorm
from dossiers.materialen.queries import published_of
from dossiers.mensen.access import Recht, right_needed, works_for_clb
from dossiers.mensen.requests import UserRequest
from dossiers.velden.registry import FoundField, GeenVeld
from dossiers.velden.views import history_page, save_one
from stsdialoog.documents import desk
from stsdialoog.documents.document import Document
from stsdialoog.documents.response import pdf_response, unkept_response

GEEN_DOCUMENT = (
    "Er is geen gepubliceerd document voor een gesprek met ouders. Vraag het aan het STS-team."
)
NIET_GEMAAKT = (
    "Het document maken lukte nu niet; misschien is het erg druk. Je tekst staat er nog. "
    "Probeer het over een minuut opnieuw."
)


@parent_talk_view
@require_safe
def oudergesprekken(request: UserRequest, pk: UUID) -> HttpResponse:
    """The user's own talks in a dossier, those shared with them, and what was released."""
    dossier = get_clb_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    own = oudergesprekken_for(user=request.user, dossier=dossier)
    vrijgaven = tuple(vrijgaven_of(dossier))
    log_reading_of(vrijgaven, dossier=dossier, door=request.user)
    context = {
        "dossier": dossier,
        "gesprekken": with_sharing(own, school=dossier.school),
        "achtergebleven": talks_left_behind(dossier) if dossier.recht >= Recht.BEHEREN else None,
        "vrijgaven": vrijgaven,
        "schrijven": dossier.is_open,
    }
    return render(request, "oudergesprekken/lijst.html", context)


@parent_talk_view
@require_safe
def stayed(request: UserRequest) -> HttpResponse:
    """The user's own and shared talks of schools that are with another CLB by now."""
    if not works_for_clb(request.user):
        raise Http404
    if request.user.gesprekken_dicht_sinds:
        raise GesprekkenDicht
    talks = stayed_talks_for(request.user).select_related("dossier__school")
    context = {"gesprekken": talks.only("datum", "wissen_op", "dossier__school__naam")}
    return render(request, "oudergesprekken/gebleven.html", context)


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def new_oudergesprek(request: UserRequest, pk: UUID) -> HttpResponse:
    """Start a talk that is stored, or choose one that is not."""
    dossier = get_clb_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    versie = _document(request)
    if versie is None:
        return _no_document(request, pk)
    form = NewOudergesprekForm(post_data(request), initial={"datum": timezone.localdate()})
    if form.is_valid():
        gesprek = start_oudergesprek(
            dossier=dossier, versie=versie, door=request.user, **form.cleaned_data
        )
        return redirect("oudergesprek", gesprek.pk)
    context = {
        "dossier": dossier,
        "form": form,
        "materiaal": versie.materiaal,
        "woorden": versie.teksten["woorden"],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oudergesprekken/nieuw.html", context, status=status)


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def without_storing(request: UserRequest, pk: UUID) -> HttpResponse:
    """The same form without storing anything: the input is returned as a page or as a PDF."""
    dossier = get_clb_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    versie = _document(request)
    if versie is None:
        return _no_document(request, pk)
    gesprek = Oudergesprek(
        dossier=dossier, versie=versie, auteur=request.user, datum=timezone.localdate()
    )
    page = parent_talk_page(gesprek=gesprek, form_class=UnkeptForm, data=post_data(request))
    # Validate all forms, not just up to the first invalid one: each shows its own errors.
    wrong = [form for form in page.forms if form.is_bound and not form.is_valid()]
    asked = request.POST.get("pdf")
    niet_op_papier = page.niet_op_papier if asked == "" and not wrong else ()
    printed = asked is not None and not wrong and not niet_op_papier
    if printed and (response := _pdf(oudergesprek_pdf(page), versie)):
        return response
    # Sent to the same document, also when another one comes on the shelf meanwhile.
    pad = f"{reverse('oudergesprek-zonder-bewaren', args=[pk])}?materiaal={versie.materiaal.slug}"
    context = {
        "dossier": dossier,
        "page": page,
        "fout": wrong,
        "niet_op_papier": niet_op_papier,
        "pad": pad,
        "niet_gemaakt": NIET_GEMAAKT if printed else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    if printed:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return render(request, "oudergesprekken/zonder_bewaren.html", context, status=status)


@parent_talk_view
@require_safe
def blanco(request: UserRequest, pk: UUID) -> HttpResponse:
    """The form to print, with room for the home language."""
    dossier = get_clb_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    versie = _document(request)
    if versie is None:
        return _no_document(request, pk)
    blank = blank_oudergesprek_pdf(versie, dossier=dossier)
    return pdf_response(request, blank, filename=_filename(versie))


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def oudergesprek(request: UserRequest, pk: UUID) -> HttpResponse:
    """One talk, with each field saved individually."""
    gesprek = get_oudergesprek_or_404(user=request.user, pk=pk, recht=right_needed(request))
    if request.htmx and request.method == "POST":
        return _save_one(request, gesprek)
    _log_reading(request, gesprek)
    form_class = form_for(gesprek)
    return answer_page(
        request,
        gesprek.dossier,
        parent_talk_page(gesprek=gesprek, form_class=form_class, data=post_data(request)),
        template="oudergesprekken/oudergesprek.html",
        here=reverse("oudergesprek", args=[pk]),
        press=lambda: _pressed(request, gesprek),
        context={
            "is_auteur": gesprek.beslist,
            "gedeeld_met": shared_with(gesprek, user=request.user),
            "vrijgaven": vrijgaven_from(gesprek),
        },
    )


@parent_talk_view
@require_http_methods(["GET", "HEAD", "POST"])
def historiek(request: UserRequest, pk: UUID, naam: str) -> HttpResponse:
    gesprek = get_oudergesprek_or_404(user=request.user, pk=pk, recht=right_needed(request))
    _log_reading(request, gesprek)
    return history_page(request, gesprek.dossier, naam, find=finder_in(gesprek))


@parent_talk_view
@require_safe
def pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    """The talk as a PDF: to take home, and for parents who want to see what is stored.

    First a page that says which words cannot be printed, if there are any.
    """
    gesprek = get_oudergesprek_or_404(user=request.user, pk=pk)
    page = parent_talk_page(gesprek=gesprek)
    niet_op_papier = () if "toch" in request.GET else page.niet_op_papier
    if niet_op_papier:
        context = {"gesprek": gesprek, "dossier": gesprek.dossier, "niet_op_papier": niet_op_papier}
        return render(request, "oudergesprekken/niet_op_papier.html", context)
    response = _pdf(oudergesprek_pdf(page), gesprek.versie)
    if response is None:
        messages.warning(request, NIET_GEMAAKT)
        return redirect("oudergesprek", pk)
    handeling = Logregel.Handeling.OUDERGESPREK_PDF
    return logged(response, door=request.user, handeling=handeling, record=gesprek)


def _save_one(request: UserRequest, gesprek: Oudergesprek) -> HttpResponse:
    """Save one field as elsewhere; add what could identify somebody, and the updated raam."""
    naam = request.POST.get("veld", "")
    try:
        found = finder_in(gesprek)(dossier=gesprek.dossier, naam=naam)
    except GeenVeld as error:
        raise Http404 from error

    def known(**_: object) -> FoundField:
        return found

    response = save_one(request, gesprek.dossier, find=known)
    # If it was not saved, the field keeps the submitted text.
    data = None if response.status_code == HTTPStatus.OK else request.POST
    form = found.form_class(record=found.record, data=data)
    window = raam_of(found.record) if isinstance(found.record, Ouderthema) else None
    context = {"checked": form.checked_field(found.veld), "raam": window, "gesprek": gesprek}  # type: ignore[attr-defined]
    response.write(render_to_string("oudergesprekken/delen/na_bewaren.html", context))
    return response


def _log_reading(request: UserRequest, gesprek: Oudergesprek) -> None:
    """Log who looks at a talk; a form that comes in was read before."""
    if request.method != "POST":
        log_once_a_day(
            door=request.user,
            handeling=Logregel.Handeling.OUDERGESPREK_GELEZEN,
            records=[gesprek],
        )


def _pressed(request: UserRequest, gesprek: Oudergesprek) -> Pressed:
    if "vrijgeven" in request.POST:
        return Pressed(url=reverse("oudergesprek-vrijgeven", args=[gesprek.pk]))
    return Pressed()


def _document(request: UserRequest) -> Materiaalversie | None:
    """The requested material, or otherwise the first one on the shelf; None if there is none."""
    versies = published_of(Vorm.OUDERS)
    wanted = request.GET.get("materiaal")
    asked = (versie for versie in versies if versie.materiaal.slug == wanted)
    return next(asked, versies[0] if versies else None)


def _no_document(request: UserRequest, pk: UUID) -> HttpResponse:
    messages.warning(request, GEEN_DOCUMENT)
    return redirect("oudergesprekken", pk)


def _pdf(document: Document, versie: Materiaalversie) -> HttpResponse | None:
    """The PDF of a talk, made for this response alone; None if that did not succeed in time."""
    try:
        return unkept_response(desk.make_unkept(document), filename=_filename(versie))
    except (desk.Busy, desk.NotMade):
        return None


def _filename(versie: Materiaalversie) -> str:
    # File names remain in the browser's list of downloads, so they contain nobody's name.
    return f"{versie.materiaal.slug}.pdf"
