"""The actions of a dossier, with where they belong and what they grew from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dialoogfiches.gesprekken.models import Uitwerking
from dossiers.acties.models import Actie, Trekker, Vervolg
from dossiers.acties.queries.stories import CheckStep, Story, with_findings
from dossiers.materialen.models import Fase
from dossiers.mensen.models import Rol
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from preventieplan.models import Doelstelling
from preventieplan.queries.checks import stories_with_scores
from preventieplan.queries.plan import placed_acties
from start.uitvoer.queries.values import day, moment
from stsdialoog.spreadsheet import Cell, Sheet

# What an action grew from, in words for people.
GEGROEID = {
    "plan": "preventieplan",
    "gesprek": "gesprek",
    "lezen": "leesmateriaal",
    "bevraging": "bevraging",
    "praktijk": "praktijk van een andere school",
    "los": "",
}
KOPPEN = (
    ("Fase", 6),
    ("Doelstelling", 28),
    ("Wat", 50),
    ("Wie", 24),
    ("Wanneer", 24),
    ("Datum", 12),
    ("Stand", 10),
    ("Check op", 12),
    ("Besluit", 12),
    ("Vaststelling", 50),
    ("Gegroeid uit", 16),
    ("Van het team", 28),
    ("Verder op", 50),
)


@dataclass(frozen=True)
class PlacedActie:
    """An action that was not struck, with how it went.

    fase, doel: where in the plan it belongs, if anywhere.
    trekkers: the role of each who does it; None for who works there no more. Never their names:
        those are of accounts.
    vorig: the action of the schooljaar before that goes on in it, if any.
    """

    actie: Actie
    fase: Fase | None
    doel: Doelstelling | None
    story: Story
    trekkers: tuple[Rol | None, ...]
    vorig: Actie | None

    @property
    def gegroeid_uit(self) -> str:
        """A key of GEGROEID."""
        links = {
            "plan": "planactie",
            "gesprek": "gespreksactie",
            "lezen": "leesactie",
            "bevraging": "openantwoord",
            "praktijk": "navolging",
        }
        found = (what for what, link in links.items() if getattr(self.actie, link, None))
        return next(found, "los")


def acties_of(dossier: Dossier) -> tuple[PlacedActie, ...]:
    """The actions of a dossier, by phase and goal as in the overview. At most ten queries."""
    placed = placed_acties(dossier)
    known = with_findings(Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=True))
    with_links = known.select_related(
        "planactie",
        "gespreksactie__gesprek",
        "leesactie__onderdeel__versie__materiaal",
        "openantwoord",
        "uitwerking",
        "navolging",
    )
    acties = {actie.pk: actie for actie in with_links}
    told = stories_with_scores(dossier, acties.values())
    trekkers, last_year = _trekkers(dossier), _of_last_year(dossier)

    def place(actie: Actie, fase: Fase | None, doel: Doelstelling | None = None) -> PlacedActie:
        return PlacedActie(
            acties[actie.pk],
            fase,
            doel,
            told[actie.pk],
            tuple(trekkers.get(actie.pk, ())),
            last_year.get(actie.pk),
        )

    def each() -> Iterator[PlacedActie]:
        for fase in Fase:
            for one in placed.of_goals:
                if one.doelstelling.fase == fase:
                    yield place(one.actie, fase, one.doelstelling)
            for actie in placed.of_phases.get(fase, ()):
                yield place(actie, fase)
        for actie in placed.others:
            yield place(actie, None)

    return tuple(each())


def _trekkers(dossier: Dossier) -> Mapping[UUID, list[Rol | None]]:
    """The roles of who does each action, those of the CLB first. Two queries."""
    roles: dict[UUID, Rol] = {}
    for lid in team_of(dossier.school):
        roles.setdefault(lid.user_id, Rol(lid.rol))
    found = defaultdict(list)
    rows = Trekker.objects.filter(actie__dossier=dossier)
    for actie, gebruiker in rows.values_list("actie", "gebruiker"):
        found[actie].append(roles.get(gebruiker))
    order = [*Rol, None]
    return {actie: sorted(some, key=order.index) for actie, some in found.items()}


def _of_last_year(dossier: Dossier) -> Mapping[UUID, Actie]:
    """The action of another schooljaar that each action goes on from. One query."""
    rows = Vervolg.objects.filter(actie__dossier=dossier, eerdere__geschrapt_op__isnull=True)
    others = rows.exclude(eerdere__dossier=dossier).select_related("eerdere")
    return {one.actie_id: one.eerdere for one in others}


def actie_data(one: PlacedActie) -> dict[str, Any]:
    actie = one.actie
    uitwerking = getattr(actie, "uitwerking", None)
    return {
        "id": str(actie.pk),
        "fase": one.fase,
        "doelstelling": one.doel and one.doel.code,
        "wat": actie.wat,
        "wie": actie.wie,
        "trekkers": [rol and rol.value for rol in one.trekkers],
        "wanneer": actie.wanneer,
        "wanneer_op": day(actie.wanneer_op),
        "stand": actie.stand,
        "check_op": day(actie.check_op),
        "besluit": actie.besluit or None,
        "checks": [_check_data(step) for step in one.story.checks],
        "vervolg_van": str(one.story.eerdere.pk) if one.story.eerdere else None,
        "vervolg_van_vorig_schooljaar": str(one.vorig.pk) if one.vorig else None,
        "uitwerking": uitwerking
        and {naam: getattr(uitwerking, naam) for naam in Uitwerking.VELDEN},
        "gegroeid_uit": {"soort": one.gegroeid_uit, "waar": _where(actie)},
        "gemaakt_op": moment(actie.gemaakt_op),
        "gewijzigd_op": moment(actie.gewijzigd_op),
    }


def _check_data(step: CheckStep) -> dict[str, Any]:
    check, score = step.check, step.score
    return {
        "nummer": check.nummer,
        "dag": day(check.dag),
        "vaststelling": check.vaststelling,
        "besluit": check.besluit or None,
        "waarom": check.waarom,
        "afgerond_op": moment(check.afgerond_op),
        "score": score and {"van": score.van, "naar": score.naar, "want": score.want},
    }


def actie_sheet(acties: tuple[PlacedActie, ...], *, naam: str) -> Sheet:
    """The actions as rows of a workbook, in the columns of the overview."""
    return Sheet(naam, KOPPEN, tuple(_row(one) for one in acties))


def _row(one: PlacedActie) -> tuple[Cell, ...]:
    actie = one.actie
    return (
        one.fase,
        one.doel.kort if one.doel else "",
        actie.wat,
        actie.wie,
        actie.wanneer,
        actie.wanneer_op,
        actie.get_stand_display(),
        actie.check_op,
        actie.get_besluit_display(),
        actie.bevinding,
        GEGROEID[one.gegroeid_uit],
        ", ".join(rol.label if rol else "werkt hier niet meer" for rol in one.trekkers),
        _goes_on_from(one),
    )


def _goes_on_from(one: PlacedActie) -> str:
    if one.vorig:
        return f"Vorig schooljaar: {one.vorig.wat}"
    return one.story.eerdere.wat if one.story.eerdere else ""


def _where(actie: Actie) -> str | None:
    """The talk, or the material, that an action grew from; None for what has no such place."""
    gespreksactie, leesactie = (
        getattr(actie, name, None) for name in ("gespreksactie", "leesactie")
    )
    if gespreksactie and gespreksactie.gesprek.geschrapt_op is None:
        return str(gespreksactie.gesprek_id)
    return leesactie.onderdeel.versie.materiaal.slug if leesactie else None
