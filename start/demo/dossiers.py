"""Fills in the dossiers of the demo through the domain functions, then backdates them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from dossiers.acties.domain.acties import choose_trekkers, names
from dossiers.acties.domain.checks import Vervolgstap, moment_at
from dossiers.acties.models import Actie, Checkmoment, Trekker
from dossiers.domain import close_dossier, open_dossier, schooljaar_of
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Fase
from dossiers.mensen.models import School
from dossiers.mensen.queries import writers_of
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.checks import round_off
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Antwoord, Antwoordstand, Checklistvraag, Doelstelling, Inschaling
from preventieplan.routekaart.models import Routezinnen
from start.demo.avonden import make_avond
from start.demo.bestuur import fix_routekaart
from start.demo.cijfers import make_cijfers
from start.demo.gesprekken import make_bevraging, make_gesprek
from start.demo.naast_elkaar import have_found_out, work_beside_each_other
from start.demo.pen import Outline, Pen, moment_of, pen_of, set_back, set_log_back, write
from start.demo.praktijken import tell
from start.demo.rondes import hold_ronde
from start.demo.spiegels import hold_spiegel
from start.demo.verder import go_on

STANDEN = {
    "j": Antwoordstand.DOEN_WE,
    "d": Antwoordstand.DEELS,
    "n": Antwoordstand.NOG_NIET,
    "w": Antwoordstand.WETEN_WE_NIET,
    "x": Antwoordstand.NVT,
}
# What an action is made with.
AGREED = ("wat", "wie", "wanneer")
# What a moment says of the score of its goal.
SCORED = ("score", "want", "hoger", "focus")
Maker = Callable[[Dossier, Outline, Outline, date], None]
# What is made of what stands under these names, and what once the team has answered.
MADE = {
    "bevragingen": make_bevraging,
    "gesprekken": make_gesprek,
    "rondes": hold_ronde,
    "avonden": make_avond,
    "praktijken": tell,
}
MADE_OF_ANSWERS = {"spiegels": hold_spiegel}
# In the place of a question that this school does not need.
NOT_ASKED = "-"


@dataclass
class _DossierBuilder:
    """A new dossier that is being filled in, with the records it already has, by code."""

    dossier: Dossier
    # The day from which the file counts back its days.
    reference_day: date
    doelen: dict[str, Doelstelling] = field(default_factory=dict)
    vragen: dict[str, Checklistvraag] = field(default_factory=dict)
    antwoorden: dict[str, Antwoord] = field(default_factory=dict)
    inschalingen: dict[str, Inschaling] = field(default_factory=dict)

    def antwoord(self, code: str) -> Antwoord:
        new = Antwoord(dossier=self.dossier, vraag=self.vragen[code])
        return self.antwoorden.setdefault(code, new)

    def inschaling(self, code: str) -> Inschaling:
        new = Inschaling(dossier=self.dossier, doelstelling=self.doelen[code])
        return self.inschalingen.setdefault(code, new)


def make_dossiers(found: list[Outline], *, today: date) -> None:
    """Create and fill in the dossiers that their schools do not have yet.

    found: the content of a file; velpekouter.yaml explains the format.
    Raises GeenMateriaal when the preventieplan is not loaded.
    """
    this_year = schooljaar_of(today)
    for outline in found:
        school = School.objects.get(instellingsnummer=outline["school"])
        schooljaar = this_year + outline["jaar"]
        if not school.dossiers.filter(schooljaar=schooljaar).exists():
            last_day = date(schooljaar + 1, 6, 30)
            _make_dossier(school, schooljaar, outline, reference_day=min(today, last_day))


def _make_dossier(school: School, schooljaar: int, outline: Outline, reference_day: date) -> None:
    opened = pen_of(outline, outline, reference_day)
    dossier = _open(school, schooljaar, opened, goes_on="gaat_verder" in outline)
    builder = _builder_of(dossier, reference_day)
    _make_all(MADE, dossier, outline, reference_day)
    for moment in outline.get("momenten", ()):
        _write_moment(builder, moment, pen_of(moment, outline, reference_day))
    _make_all(MADE_OF_ANSWERS, dossier, outline, reference_day)
    for further in outline.get("verdergezet", ()):
        _go_on_with(builder, further, pen_of(further, outline, reference_day))
    for chosen in outline.get("prioriteiten", ()):
        _choose(dossier, chosen, pen_of(chosen, outline, reference_day))
    if "zinnen" in outline:
        zinnen = outline["zinnen"]
        written = {naam: zinnen[naam] for naam in Routezinnen.VELDEN if naam in zinnen}
        write(Routezinnen(dossier=dossier), written, pen_of(zinnen, outline, reference_day))
    if "cijfers" in outline:
        found = outline["cijfers"]
        make_cijfers(dossier, found, pen_of(found, outline, reference_day), reference_day)
    work_beside_each_other(dossier, outline, reference_day)
    if "vastgesteld" in outline:
        fix_routekaart(dossier, outline["vastgesteld"], outline, reference_day)
    if "afgesloten" in outline:
        closed = moment_of(reference_day, outline["afgesloten"])
        close_dossier(dossier=dossier, door=opened.door)
        Dossier.objects.filter(pk=dossier.pk).update(afgesloten_op=closed)
        set_log_back(dossier, Logregel.Handeling.DOSSIER_AFGESLOTEN, closed)


def _make_all(
    made: Mapping[str, Maker], dossier: Dossier, outline: Outline, reference_day: date
) -> None:
    for naam, make in made.items():
        for found in outline.get(naam, ()):
            make(dossier, found, outline, reference_day)


def _open(school: School, schooljaar: int, opened: Pen, *, goes_on: bool) -> Dossier:
    if goes_on:
        dossier = go_on(school, schooljaar, opened)
    else:
        dossier = open_dossier(school=school, schooljaar=schooljaar, door=opened.door)
    Dossier.objects.filter(pk=dossier.pk).update(geopend_op=opened.op)
    set_log_back(dossier, Logregel.Handeling.DOSSIER_GEOPEND, opened.op)
    return dossier


def _choose(dossier: Dossier, chosen: Outline, pen: Pen) -> None:
    fase = Fase(chosen["fase"])
    choose_priorities(dossier=dossier, fase=fase, codes=chosen["doelen"], door=pen.door)
    set_log_back(dossier, Logregel.Handeling.PRIORITEITEN_GEKOZEN, pen.op)


def _builder_of(dossier: Dossier, reference_day: date) -> _DossierBuilder:
    builder = _DossierBuilder(dossier, reference_day)
    doelen = Doelstelling.objects.filter(versie=dossier.planversie).prefetch_related("vragen")
    for doel in doelen:
        builder.doelen[doel.code] = doel
        builder.vragen |= {vraag.code: vraag for vraag in doel.vragen.all()}
    return builder


def _write_moment(builder: _DossierBuilder, moment: Outline, pen: Pen) -> None:
    doel = moment["doel"]
    scored: Outline = {veld: moment[veld] for veld in SCORED if veld in moment}
    if scored:
        write(builder.inschaling(doel), scored, pen)
    for nummer, letter in enumerate(moment.get("standen", ""), start=1):
        if letter == NOT_ASKED:
            continue
        write(builder.antwoord(_code(doel, nummer)), {"stand": STANDEN[letter]}, pen)
    for nummer, velden in moment.get("vragen", {}).items():
        write(builder.antwoord(_code(doel, nummer)), velden, pen)
    for nummer, found in moment.get("uitzoeken", {}).items():
        have_found_out(builder.antwoord(_code(doel, nummer)), found, pen, builder.reference_day)
    for actie in moment.get("acties", ()):
        _write_actie(builder, doel, actie, pen)


def _code(doel: str, nummer: int) -> str:
    return f"{doel}-v{nummer:02}"


def _write_actie(builder: _DossierBuilder, doel: str, outline: Outline, pen: Pen) -> None:
    origin = outline.get("uit")
    actie = create_planactie(
        dossier=builder.dossier,
        doelstelling=builder.doelen[doel],
        wat=outline["wat"],
        wie=outline.get("wie", ""),
        wanneer=outline.get("wanneer", ""),
        door=pen.door,
        today=timezone.localdate(pen.op),
        inschaling=builder.inschaling(doel) if origin == "focus" else None,
        antwoord=builder.antwoord(_code(doel, origin)) if isinstance(origin, int) else None,
    )
    _planned_by(builder, actie, outline, pen)
    for checked in outline.get("gecheckt", ()):
        _look_back(builder, doel, actie, checked)


def _go_on_with(builder: _DossierBuilder, outline: Outline, pen: Pen) -> None:
    """Plan and look back on an action that came along from the schooljaar before."""
    actie = Actie.objects.get(dossier=builder.dossier, wat=outline["wat"])
    write(actie, _planned(outline, builder.reference_day), pen)
    for checked in outline.get("gecheckt", ()):
        _look_back(builder, actie.hoort_bij, actie, checked)


def _planned_by(builder: _DossierBuilder, actie: Actie, outline: Outline, pen: Pen) -> None:
    """Write what else is known of an action that was just made, and choose whom Wie names."""
    named = [one.pk for one in writers_of(actie.dossier.school) if names(actie, naam=one.naam)]
    choose_trekkers(actie=actie, gekozen=named, stond=[], door=pen.door)
    set_log_back(actie, Logregel.Handeling.TREKKERS_GEKOZEN, pen.op)
    Trekker.objects.filter(actie=actie).update(gekozen_op=pen.op)
    Actie.objects.filter(pk=actie.pk).update(gemaakt_op=pen.op, gewijzigd_op=pen.op)
    set_back(actie, (*AGREED, "wanneer_op"), pen)
    write(actie, _planned(outline, builder.reference_day), pen)


def _look_back(builder: _DossierBuilder, doel: str, actie: Actie, checked: Outline) -> None:
    """Round a check off, with the score that moved and the action to go on with, if any."""
    pen = pen_of(checked, checked, builder.reference_day)
    actie.refresh_from_db()
    check = moment_at(actie)
    if check is None:
        return
    dag = timezone.localdate(pen.op)
    found = {veld: checked[veld] for veld in ("vaststelling", "besluit", "waarom")}
    write(check, {**found, "dag": dag}, pen)
    inschaling = builder.inschaling(doel)
    moved = {veld: checked[veld] for veld in ("score", "want") if veld in checked}
    before = {veld: inschaling.revisie(veld) for veld in moved}
    for veld, waarde in moved.items():
        save_veld(record=inschaling, veld=veld, waarde=waarde, basis=before[veld], door=pen.door)
    further = checked.get("vervolg")
    done = round_off(
        check=check,
        door=pen.door,
        today=dag,
        inschaling=inschaling if moved else None,
        vervolg=Vervolgstap(**{veld: further[veld] for veld in AGREED}) if further else None,
    )
    set_back(inschaling, moved, pen)
    Checkmoment.objects.filter(pk=check.pk).update(afgerond_op=pen.op)
    actie.refresh_from_db()
    set_back(actie, ("besluit", "stand"), pen)
    if further and done.vervolg:
        _planned_by(builder, done.vervolg, further, pen)
        for later in further.get("gecheckt", ()):
            _look_back(builder, doel, done.vervolg, later)


def _planned(outline: Outline, reference_day: date) -> Outline:
    days = {"wanneer_op": outline.get("tegen"), "check_op": outline.get("check")}
    planned: Outline = {
        veld: reference_day + timedelta(days=dagen)
        for veld, dagen in days.items()
        if dagen is not None
    }
    if "stand" in outline:
        planned["stand"] = outline["stand"]
    return planned
