"""The points of an evening with the content that each is about, and what can be chosen for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.queries.gesprekken import recent_gesprekken
from dialoogfiches.queries import Fiche, FichePart, talk_of
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.models import Doelstelling
from preventieplan.queries.earlier import earlier_goal
from preventieplan.queries.plan import goal_of, goals_of
from start.avond.models import Agendapunt, Avond

# What a choice begins with, before the code of a goal, or the key of a talk and the code of a step.
DOEL, STAP = "doel:", "stap:"
VORIGE_KEER = "Wat we vorige keer afspraken"


@dataclass(frozen=True)
class Point:
    """A point of an evening; of its goal and its step at most one is there.

    Neither is for what was agreed before, or when the material of now has it no more.
    """

    punt: Agendapunt
    dossier: Dossier
    doel: Doelstelling | None = None
    fiche: Fiche | None = None

    @property
    def stap(self) -> FichePart | None:
        """The step of its talk."""
        deel = self.fiche.part(self.punt.stap) if self.fiche else None
        return deel if deel and deel.onderdeel.stap else None

    @property
    def naam(self) -> str:
        if self.punt.is_beloften:
            return VORIGE_KEER
        if self.doel:
            return self.doel.kort
        return self.stap.onderdeel.titel if self.stap else "Staat niet meer in het materiaal"

    @property
    def vraag(self) -> str:
        """The question of this point, in the words of the material."""
        if self.punt.is_beloften:
            return "Wat spraken jullie vorige keer af, en hoe loopt het?"
        return self.doel.titel if self.doel else self.naam

    @property
    def vragen(self) -> tuple[str, ...]:
        """The questions that it is talked about with, as the school needs them."""
        if self.doel:
            asked = self.doel.vragen.all()
            return tuple(vraag.tekst for vraag in asked if vraag.is_for(self.dossier))
        rubrieken = self.stap.vragen if self.stap else ()
        return tuple(item.tekst for rubriek in rubrieken for item in rubriek.items.all())

    @property
    def fase(self) -> int | None:
        """The phase of its goal; a step of a talk may have none."""
        if self.doel:
            return self.doel.fase
        return self.stap.onderdeel.fase if self.stap else None

    @property
    def waar(self) -> str:
        """Where it belongs, in a few words beside its name."""
        if self.doel:
            return f"Fase {self.doel.fase}"
        return self.gesprek.versie.materiaal.titel if self.gesprek else ""

    @property
    def gesprek(self) -> Gesprek | None:
        return self.punt.gesprek

    @property
    def url(self) -> str:
        """Where a team works on it: a stop is named, so that the view stays that of the device.

        A goal that the version in use dropped may have no page any more.
        """
        if self.doel and self.doel.versie_id != self.dossier.planversie_id:
            return reverse("preventieplan", args=[self.dossier.pk])
        if self.doel:
            path = reverse("doelstelling", args=[self.dossier.pk, self.doel.code])
        elif self.stap and self.gesprek:
            args = [self.dossier.pk, self.gesprek.pk, self.stap.onderdeel.code]
            path = reverse("gesprekstap", args=args)
        else:
            return reverse("avond", args=[self.dossier.pk])
        return f"{path}?weergave=bespreken&stop="

    @property
    def over(self) -> int:
        """The minutes that are left of it, rounded up; below 0 when it takes longer."""
        begun = self.punt.begonnen_op or timezone.now()
        gone = (timezone.now() - begun).total_seconds() / 60
        return ceil(self.punt.minuten - gone)

    @property
    def klok(self) -> str:
        if self.over < 0:
            return f"{-self.over} min over tijd"
        return f"nog {self.over} min" if self.over > 1 else "nog geen minuut meer"


@dataclass(frozen=True)
class Agenda:
    """An evening with its points in order."""

    avond: Avond
    punten: tuple[Point, ...]

    @property
    def nu(self) -> Point | None:
        """The point that it is at; None before it began."""
        begun = [one for one in self.punten if one.punt.begonnen_op]
        return begun[-1] if begun else None

    @property
    def straks(self) -> Point | None:
        """The point after that."""
        return next((one for one in self.punten if not one.punt.begonnen_op), None)

    @property
    def minuten(self) -> int:
        return sum(one.punt.minuten for one in self.punten)

    @property
    def te_drukken(self) -> bool:
        """Whether anything was ticked to print."""
        return any(one.punt.briefjes or one.punt.blad for one in self.punten)


def agenda_of(dossier: Dossier, avond: Avond) -> Agenda:
    """The points of an evening with their content.

    avond: as `open_avond` reads it. Queries: those of content that this process did not read yet,
    and one for each goal that the version in use does not have.
    """
    return Agenda(avond, tuple(point_of(dossier, punt) for punt in avond.punten.all()))


def point_of(dossier: Dossier, punt: Agendapunt) -> Point:
    """A point with its content; its talk is read with it."""
    if punt.doel:
        doel = goal_of(dossier.planversie, punt.doel) or earlier_goal(dossier, punt.doel)
        return Point(punt, dossier, doel=doel)
    if punt.gesprek:
        fiche = talk_of(punt.gesprek.versie, niveau=dossier.school.niveau)
        return Point(punt, dossier, fiche=fiche)
    return Point(punt, dossier)


def choices_for(dossier: Dossier, avond: Avond | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be chosen for a point, in groups: the goals by phase, and the steps of each talk.

    What was chosen before stays a choice, whatever became of it. Queries: those of the talks of the
    dossier, and of content that this process did not read yet.
    """
    groups = [*_goals(dossier), *_steps(dossier)]
    known = {value for _, group in groups for value, _ in group}
    punten = tuple(avond.punten.all()) if avond else ()
    gone = [
        (value_of(punt), point_of(dossier, punt).naam)
        for punt in punten
        if not punt.is_beloften and value_of(punt) not in known
    ]
    return [*groups, *([("Eerder gekozen", gone)] if gone else [])]


def value_of(punt: Agendapunt) -> str:
    """A point as a form sends it."""
    return _of_goal(punt.doel) if punt.doel else _of_step(punt.gesprek_id, punt.stap)


def goal_or_step(value: str) -> dict[str, Any]:
    """What a form sent, one of its choices, as the fields of a point."""
    if value.startswith(DOEL):
        return {"doel": value.removeprefix(DOEL)}
    gesprek, _, stap = value.removeprefix(STAP).partition(":")
    return {"gesprek": UUID(gesprek), "stap": stap}


def _of_goal(code: str) -> str:
    return f"{DOEL}{code}"


def _of_step(gesprek: UUID | None, code: str) -> str:
    return f"{STAP}{gesprek}:{code}"


def held_avonden(dossier: Dossier) -> list[Avond]:
    """The evenings that were ended, the last one first. One query."""
    return list(dossier.avonden.filter(beeindigd_op__isnull=False).order_by("-begonnen_op"))


def find_avond(dossier: Dossier, pk: UUID) -> Avond | None:
    """An evening of a dossier that began, with its points. Two queries."""
    begun = dossier.avonden.filter(pk=pk, begonnen_op__isnull=False)
    avond = begun.prefetch_related("punten__gesprek__versie__materiaal").first()
    if avond is not None:
        avond.dossier = dossier
    return avond


def end_of(avond: Avond) -> datetime:
    """The moment at which an evening that began ended, or now while it goes on."""
    assert avond.laatste is not None  # noqa: S101 (it began)
    return avond.beeindigd_op or min(timezone.now(), avond.laatste)


def _goals(dossier: Dossier) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    doelen = goals_of(dossier.planversie)
    for fase in Fase:
        if here := [(_of_goal(doel.code), doel.kort) for doel in doelen if doel.fase == fase]:
            yield f"Fase {int(fase)}: {fase.label}", here


def _steps(dossier: Dossier) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for regel in recent_gesprekken(dossier):
        talk = talk_of(regel.gesprek.versie, niveau=dossier.school.niveau)
        steps = [
            (
                _of_step(regel.gesprek.pk, deel.onderdeel.code),
                f"Stap {deel.nummer}. {deel.onderdeel.titel}",
            )
            for deel in talk.stappen
        ]
        if steps:
            yield f"Gesprek: {regel.gesprek.titel}", steps
