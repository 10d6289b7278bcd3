"""Who still works here, who is ankerfiguur, and which school goes to another CLB."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.mensen.access import (
    Recht,
    get_clb_or_404,
    get_lidmaatschap_to_keep_or_404,
    get_school_or_404,
    get_verhuis_or_404,
)
from dossiers.mensen.domain import bevestigen, verhuizen
from dossiers.mensen.domain.lidmaatschappen import AlLid, GeenBlijvende, add_ankerfiguur
from dossiers.mensen.forms.wissel import (
    AnkerfiguurForm,
    BevestigForm,
    GeefSchoolForm,
    VraagSchoolForm,
)
from dossiers.mensen.models import Verhuis
from dossiers.mensen.proof import require_recent_step
from dossiers.mensen.queries import (
    ankerfiguren_of,
    clbs_to_give_to,
    colleagues_to_appoint,
    open_moves_of,
    to_confirm,
    with_place,
)
from dossiers.mensen.requests import UserRequest
from stsdialoog.text import looked_for

# With more schools than one overlooks there is a box to search in.
OVERSEEN = 12
LOOPT_AL = "Voor deze school loopt al een vraag. Wacht op het antwoord, of stop ze eerst."
GEEN_SCHOOL = (
    "We kunnen deze school niet vragen. Kijk het nummer na. Staat ze al bij je scholen, dan hoeft "
    "het niet; staat ze nog niet in STS-Dialoog, voeg ze dan toe. Anders helpt het STS-team je."
)
TE_VAAK = "Je vroeg vandaag al heel wat scholen. Ga morgen verder."
NIET_MEER = "Deze vraag is intussen gestopt of afgehandeld."


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: UserRequest, pk: UUID) -> HttpResponse:
    """All people of a CLB and its schools, ticked: who stays?"""
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    today = timezone.localdate()
    if request.method == "POST":
        form = BevestigForm(request.POST)
        form.is_valid()
        shown, stay = form.cleaned_data["getoond"], form.cleaned_data["blijft"]
        done = bevestigen.confirm(clb=clb, shown=shown, stay=stay, door=request.user, today=today)
        messages.success(request, _said(done))
        return redirect(request.get_full_path())
    zoek = looked_for(request.GET.get("zoek", ""))
    page = to_confirm(clb, zoek=zoek, today=today)
    context = {
        "clb": clb,
        "page": page if bevestigen.is_asked_now(clb, today=today) else None,
        "zoek": zoek,
        "can_be_searched": bool(zoek) or len(page.groepen) + page.meer > OVERSEEN,
        "laatste_dag": bevestigen.last_day(today),
        "lopen_af": with_place(bevestigen.ending(clb, today=today)),
        "afgelopen": with_place(bevestigen.lapsed(clb, today=today)),
        "dagen": bevestigen.TERUG.days,
    }
    return render(request, "mensen/bevestigen.html", context)


def _said(done: bevestigen.Confirmed) -> str:
    if not done.blijven and not done.stoppen:
        return "Er was niets meer te bevestigen."
    stay = "1 rol is bevestigd" if done.blijven == 1 else f"{done.blijven} rollen zijn bevestigd"
    if not done.stoppen:
        return f"{stay}."
    end = "1 loopt af" if done.stoppen == 1 else f"{done.stoppen} lopen af"
    return f"{stay}, {end}. Hieronder kan je dat nog wijzigen."


@require_POST
def keep(request: UserRequest, pk: UUID) -> HttpResponse:
    """One click: a role that ends, or that ended by itself, is kept."""
    lidmaatschap = get_lidmaatschap_to_keep_or_404(user=request.user, pk=pk)
    require_recent_step(request)
    clb = lidmaatschap.school.clb if lidmaatschap.school else lidmaatschap.clb
    try:
        bevestigen.keep(lidmaatschap=lidmaatschap, door=request.user, today=timezone.localdate())
    except bevestigen.NietTerug:
        text = f"De rol van {lidmaatschap.user} loopt al weer, of is te lang geleden afgelopen."
        messages.info(request, f"{text} Terugkeren kan met een nieuwe uitnodiging.")
    else:
        messages.success(request, f"{lidmaatschap.user} houdt de rol.")
    return redirect("clb-bevestigen", clb.pk)  # type: ignore[union-attr]


@require_http_methods(["GET", "HEAD", "POST"])
def ankerfiguren(request: UserRequest, pk: UUID) -> HttpResponse:
    """The ankerfiguren of a CLB; a colleague becomes one, for a while or for good."""
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    collegas = colleagues_to_appoint(clb).exclude(pk=request.user.pk)
    today = timezone.localdate()
    form = AnkerfiguurForm(request.POST or None, collegas=collegas, today=today)
    if form.is_valid():
        require_recent_step(request)
        try:
            made = add_ankerfiguur(clb=clb, door=request.user, in_beheer=False, **form.cleaned_data)
        except GeenBlijvende:
            form.add_nobody_stays()
        except AlLid:
            return redirect(request.path)
        else:
            messages.success(request, f"{made.user} is nu ankerfiguur. De anderen kregen een mail.")
            return redirect(request.path)
    context = {
        "clb": clb,
        "ankerfiguren": ankerfiguren_of(clb),
        "form": form,
        "collegas": collegas.exists(),
    }
    return render(request, "mensen/ankerfiguren.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def moves(request: UserRequest, pk: UUID) -> HttpResponse:
    """The moves that wait; and asking for a school that is with another CLB."""
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    form = VraagSchoolForm(request.POST or None)
    if form.is_valid():
        require_recent_step(request)
        number = form.cleaned_data["instellingsnummer"]
        try:
            made = verhuizen.ask_for_school(instellingsnummer=number, naar=clb, door=request.user)
        except verhuizen.VerhuisKanNiet:
            form.add_error("instellingsnummer", GEEN_SCHOOL)
        except verhuizen.VerhuisLoopt:
            form.add_error("instellingsnummer", LOOPT_AL)
        except verhuizen.TeVaakGevraagd:
            form.add_error(None, TE_VAAK)
        else:
            return _asked(request, made)
    context = {"clb": clb, "form": form, "verhuizen": open_moves_of(clb)}
    return render(request, "mensen/verhuizen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask another CLB to take over a school."""
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    running = open_moves_of(school.clb).filter(school=school).first()
    if running and request.method != "POST":
        return redirect("verhuis", running.pk)
    form = GeefSchoolForm(request.POST or None, clbs=clbs_to_give_to(school.clb))
    if form.is_valid():
        require_recent_step(request)
        naar = form.cleaned_data["naar"]
        try:
            made = verhuizen.offer_school(school=school, naar=naar, door=request.user)
        except verhuizen.VerhuisKanNiet:
            form.add_error("naar", "Dat CLB kan deze school nu niet overnemen. Kies een ander.")
        except verhuizen.VerhuisLoopt:
            form.add_error(None, LOOPT_AL)
        except verhuizen.TeVaakGevraagd:
            form.add_error(None, TE_VAAK)
        else:
            return _asked(request, made)
    return render(request, "mensen/school_verhuizen.html", {"school": school, "form": form})


def _asked(request: HttpRequest, made: Verhuis) -> HttpResponse:
    messages.success(
        request, f"Gevraagd. De ankerfiguren van {made.van} en {made.naar} kregen een mail."
    )
    return redirect("verhuis", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: UserRequest, pk: UUID) -> HttpResponse:
    """One move: what goes along and what stays, and a button for either side."""
    verhuis = get_verhuis_or_404(user=request.user, pk=pk)
    if request.method == "POST":
        require_recent_step(request)
        agrees = request.POST.get("knop") == "bevestig" and verhuis.mag_beslissen
        try:
            if agrees:
                verhuizen.agree(verhuis=verhuis, door=request.user)
                messages.success(request, f"{verhuis.school} is nu bij {verhuis.naar}.")
            elif request.POST.get("knop") == "stop":
                verhuizen.stop(verhuis=verhuis, door=request.user)
                messages.success(request, f"{verhuis.school} blijft bij {verhuis.van}.")
        except verhuizen.VerhuisGesloten:
            messages.info(request, NIET_MEER)
        return redirect(request.path)
    zelf = verhuis.gevraagd_door_id == request.user.pk
    context = {"verhuis": verhuis, "mag_bevestigen": verhuis.mag_beslissen and not zelf}
    return render(request, "mensen/verhuis.html", context)
