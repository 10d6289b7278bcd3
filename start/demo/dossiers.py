"""Fills in the dossiers of the demo through the domain functions, then backdates them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from dossiers.acties.models import Actie
from dossiers.domain import close_dossier, open_dossier, schooljaar_of
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Fase
from dossiers.mensen.models import School
from dossiers.models import Dossier
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Antwoord, Antwoordstand, Checklistvraag, Doelstelling, Inschaling
from preventieplan.routekaart.models import Routezinnen
from start.demo.cijfers import make_cijfers
from start.demo.gesprekken import make_bevraging, make_gesprek
from start.demo.pen import Outline, Pen, moment_of, pen_of, set_back, set_log_back, write

STANDEN = {
    "j": Antwoordstand.DOEN_WE,
    "d": Antwoordstand.DEELS,
    "n": Antwoordstand.NOG_NIET,
    "w": Antwoordstand.WETEN_WE_NIET,
    "x": Antwoordstand.NVT,
}
# What a moment says of the score of its goal.
SCORED = ("score", "want", "hoger", "focus")
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
    dossier = open_dossier(school=school, schooljaar=schooljaar, door=opened.door)
    Dossier.objects.filter(pk=dossier.pk).update(geopend_op=opened.op)
    set_log_back(dossier, Logregel.Handeling.DOSSIER_GEOPEND, opened.op)
    builder = _builder_of(dossier, reference_day)
    for bevraging in outline.get("bevragingen", ()):
        make_bevraging(dossier, bevraging, outline, reference_day)
    for gesprek in outline.get("gesprekken", ()):
        make_gesprek(dossier, gesprek, outline, reference_day)
    for moment in outline.get("momenten", ()):
        _write_moment(builder, moment, pen_of(moment, outline, reference_day))
    for chosen in outline.get("prioriteiten", ()):
        _choose(dossier, chosen, pen_of(chosen, outline, reference_day))
    if "zinnen" in outline:
        zinnen = outline["zinnen"]
        written = {naam: zinnen[naam] for naam in Routezinnen.VELDEN if naam in zinnen}
        write(Routezinnen(dossier=dossier), written, pen_of(zinnen, outline, reference_day))
    if "cijfers" in outline:
        found = outline["cijfers"]
        make_cijfers(dossier, found, pen_of(found, outline, reference_day), reference_day)
    if "afgesloten" in outline:
        closed = moment_of(reference_day, outline["afgesloten"])
        close_dossier(dossier=dossier, door=opened.door)
        Dossier.objects.filter(pk=dossier.pk).update(afgesloten_op=closed)
        set_log_back(dossier, Logregel.Handeling.DOSSIER_AFGESLOTEN, closed)


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
        inschaling=builder.inschaling(doel) if origin == "focus" else None,
        antwoord=builder.antwoord(_code(doel, origin)) if isinstance(origin, int) else None,
    )
    Actie.objects.filter(pk=actie.pk).update(gemaakt_op=pen.op)
    set_back(actie, ("wat", "wie", "wanneer"), pen)
    write(actie, _planned(outline, builder.reference_day), pen)
    if checked := outline.get("gecheckt"):
        found = {veld: checked[veld] for veld in ("besluit", "vaststelling")}
        write(actie, found, pen_of(checked, checked, builder.reference_day))


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
