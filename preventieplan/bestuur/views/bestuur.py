"""What a member of the board sees who has a link and no account: one document, and her answer.

A GET changes nothing but that the link was opened, by her or by a scanner of mails. To answer she
types a code that is mailed to the address that was invited.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from preventieplan.bestuur.domain.antwoorden import (
    TeVaakGewijzigd,
    last_answers,
    save_answers,
    shown_of,
)
from preventieplan.bestuur.domain.codes import (
    MINUTEN,
    CodeVoorbij,
    TeVeelMails,
    TeVeelPogingen,
    code_waits,
    mail_code,
    use_code,
)
from preventieplan.bestuur.domain.links import LinkVoorbij, find_link, is_over, note_opened
from preventieplan.bestuur.forms import AntwoordForm, CodeForm, sent_answers
from preventieplan.bestuur.models import Bestuurslink
from preventieplan.bestuur.proof import give_proof, has_proof
from preventieplan.bestuur.queries.earlier import read as data_of
from preventieplan.bestuur.views.kaarten import document_response
from stsdialoog.errors import what_was_typed
from stsdialoog.mail import MailNietVerstuurd
from stsdialoog.middleware import never_compressed
from stsdialoog.seen import IntussenGewijzigd, mark_of
from stsdialoog.strangers import for_strangers

ONBEKEND = "bestuur/openbaar/onbekend.html"
VOORBIJ = "bestuur/openbaar/voorbij.html"
LEZEN = "bestuur/openbaar/lezen.html"
CODE = "bestuur/openbaar/code.html"
ANTWOORD = "bestuur/openbaar/antwoord.html"
DANK = "bestuur/openbaar/dank.html"
GEEN_MAIL = "We kunnen nu geen mail sturen. Probeer het over enkele minuten opnieuw."
TE_VEEL_MAILS = "Er zijn al veel codes gemaild. Wacht een uur en probeer het dan opnieuw."
TE_VEEL_POGINGEN = "Er zijn te veel codes geprobeerd. Wacht een uur en probeer het dan opnieuw."
FOUTE_CODE = "Die code klopt niet. Kijk in de laatste mail, of vraag een nieuwe code."
CODE_VOORBIJ = "Die code telt niet meer. Vraag een nieuwe code."
OPNIEUW_CODE = (
    "Je antwoord is nog niet verstuurd: je typte je code te lang geleden. Vraag een nieuwe. Wat je "
    "antwoordde, gaat mee en vertrekt daarna."
)
INTUSSEN = (
    "Intussen is er op een andere pagina ook geantwoord, met deze link. Wat jij koos, staat er "
    "nog: kijk het na en verstuur opnieuw."
)
INTUSSEN_VOORBIJ = (
    "De link is net voorbij of ingetrokken: je antwoord is niet bewaard. Bel de school."
)
TE_VAAK = "Je wijzigde dit antwoord al vaak. Bel de school als er nog iets verandert."


def _with_the_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Allow anybody with the key of a link; say kindly when it is over.

    Nothing of it is kept by a browser or told to another site.
    """

    @never_compressed
    @for_strangers
    @wraps(view)
    def opened(request: HttpRequest, sleutel: str) -> HttpResponse:
        link = find_link(sleutel=sleutel)
        if link is None:
            response = _page(request, ONBEKEND, HTTPStatus.NOT_FOUND)
        elif is_over(link):
            typed = what_was_typed(request)
            response = _page(request, VOORBIJ, HTTPStatus.GONE, link=link, resend_form=typed)
        else:
            response = view(request, link, sleutel)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return opened


@_with_the_key
@require_safe
def read(request: HttpRequest, link: Bestuurslink, sleutel: str) -> HttpResponse:
    """What the document is, and what is asked."""
    if request.method == "GET":
        note_opened(link=link)
    return _page(
        request,
        LEZEN,
        link=link,
        sleutel=sleutel,
        vragen=data_of(link.kaart)["vragen"],
        antwoordde=bool(last_answers(link)),
    )


@_with_the_key
@require_safe
def document(request: HttpRequest, link: Bestuurslink, sleutel: str) -> HttpResponse:  # noqa: ARG001
    return document_response(request, link.kaart)


@_with_the_key
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, link: Bestuurslink, sleutel: str) -> HttpResponse:
    """First the code from her mail, then what she answers.

    A page that stood open for longer than a code holds sends its answers without one: they go along
    until there is another.
    """
    if has_proof(request, link):
        return _answers(request, link, sleutel)
    if request.POST.get("knop") == "mail":
        return _mail(request, link, sleutel)
    if sent_answers(request.POST) and "code" not in request.POST:
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY
        return _ask_code(request, link, sleutel, CodeForm(), status=wrong, fout=OPNIEUW_CODE)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _take_code(request, link, sleutel, form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return _ask_code(request, link, sleutel, form, status=status)


@_with_the_key
@require_safe
def thanks(request: HttpRequest, link: Bestuurslink, sleutel: str) -> HttpResponse:
    """What she answered, for who typed the code."""
    if not has_proof(request, link):
        return redirect("bestuur", sleutel)
    given = last_answers(link)
    vragen = enumerate(data_of(link.kaart)["vragen"], start=1)
    antwoorden = [(tekst, given.get(nummer)) for nummer, tekst in vragen]
    return _page(request, DANK, link=link, sleutel=sleutel, antwoorden=antwoorden)


def _page(
    request: HttpRequest, template: str, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    known = {"link": None, "sleutel": "", "fout": ""}
    return render(request, template, known | context, status=status)


def _ask_code(
    request: HttpRequest,
    link: Bestuurslink,
    sleutel: str,
    form: CodeForm,
    *,
    status: int = HTTPStatus.OK,
    fout: str = "",
) -> HttpResponse:
    return _page(
        request,
        CODE,
        status,
        link=link,
        sleutel=sleutel,
        form=form if code_waits(link) or form.is_bound else None,
        minuten=MINUTEN,
        fout=fout,
        mee=sent_answers(request.POST),
    )


def _mail(request: HttpRequest, link: Bestuurslink, sleutel: str) -> HttpResponse:
    try:
        mail_code(link=link)
    except TeVeelMails:
        many = HTTPStatus.TOO_MANY_REQUESTS
        return _ask_code(request, link, sleutel, CodeForm(), status=many, fout=TE_VEEL_MAILS)
    except MailNietVerstuurd:
        away = HTTPStatus.SERVICE_UNAVAILABLE
        return _ask_code(request, link, sleutel, CodeForm(), status=away, fout=GEEN_MAIL)
    if sent_answers(request.POST):
        link.refresh_from_db()
        return _ask_code(request, link, sleutel, CodeForm())
    return redirect("bestuur-antwoord", sleutel)


def _take_code(
    request: HttpRequest, link: Bestuurslink, sleutel: str, form: CodeForm
) -> HttpResponse:
    try:
        right = use_code(link=link, code=form.cleaned_data["code"], place=get_ip(request))
    except TeVeelPogingen:
        many = HTTPStatus.TOO_MANY_REQUESTS
        return _ask_code(request, link, sleutel, form, status=many, fout=TE_VEEL_POGINGEN)
    except CodeVoorbij:
        right = False
        form.add_error("code", CODE_VOORBIJ)
    if not right:
        if not form.errors:
            form.add_error("code", FOUTE_CODE)
        return _ask_code(request, link, sleutel, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if sent_answers(request.POST):
        response = _answers(request, link, sleutel)
    else:
        response = redirect("bestuur-antwoord", sleutel)
    give_proof(response, link, sleutel=sleutel)
    return response


def _answers(request: HttpRequest, link: Bestuurslink, sleutel: str) -> HttpResponse:
    vragen, last = data_of(link.kaart)["vragen"], last_answers(link)
    seen = mark_of(*shown_of(last))
    data = request.POST if request.method == "POST" else None
    form = AntwoordForm(data, vragen=vragen, last=last, seen=seen)
    status, fout, warned = HTTPStatus.OK, "", False
    if form.is_valid():
        # A line and no lock: the same button sends it all the same.
        warned = form.recognises_somebody and not form.cleaned_data["gelezen"]
        if not warned:
            status, fout = _save(link, form)
            if not fout:
                return redirect("bestuur-dank", sleutel)
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if status == HTTPStatus.OK else status
        form.press_again(seen=seen if fout else None, gelezen=warned)
    return _page(
        request,
        ANTWOORD,
        status,
        link=link,
        sleutel=sleutel,
        form=form,
        fout=fout,
        gewaarschuwd=warned,
        last=last,
    )


def _save(link: Bestuurslink, form: AntwoordForm) -> tuple[HTTPStatus, str]:
    """Save what she answers; gives the status, and what to say when it was not saved."""
    try:
        save_answers(link=link, given=form.given, seen=form.cleaned_data["seen"])
    except IntussenGewijzigd:
        return HTTPStatus.CONFLICT, INTUSSEN
    except TeVaakGewijzigd:
        return HTTPStatus.UNPROCESSABLE_ENTITY, TE_VAAK
    except LinkVoorbij:
        return HTTPStatus.GONE, INTUSSEN_VOORBIJ
    return HTTPStatus.OK, ""
