"""Reading talks: the list of a dossier, and everything that was written in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gespreksactie,
    Gesprekstap,
    Notitie,
    VoorbereideVraag,
    Voorbereiding,
)
from dialoogfiches.models import FOCUS, Onderdeel
from dossiers.acties.models import Actie
from dossiers.acties.queries.trekkers import has_trekker
from dossiers.materialen.models import Materiaal, Materiaalversie, Vorm
from dossiers.materialen.shelf import ShelfRow, shelf
from dossiers.models import Dossier


@dataclass(frozen=True)
class TalkLine:
    """A talk in a list, with the number of its steps and of the finished ones."""

    gesprek: Gesprek
    stappen: int
    afgerond: int

    @property
    def materiaal(self) -> Materiaal:
        return self.gesprek.versie.materiaal

    @property
    def is_klaar(self) -> bool:
        return 0 < self.stappen == self.afgerond


@dataclass(frozen=True)
class WrittenTalk:
    """What was written and agreed in one talk.

    notities: by the primary key of their question.
    stappen: by the primary key of their part.
    acties: the actions that arose in it, including struck ones.
    gekozen: the minutes of the questions that were chosen beforehand, by their primary key.
    """

    notities: dict[int, Notitie]
    stappen: dict[int, Gesprekstap]
    acties: tuple[Gespreksactie, ...]
    gekozen: dict[int, int | None]

    def last_change(self, gesprek: Gesprek) -> datetime:
        """The moment of the last change to anything in the talk."""
        records: list[Any] = [gesprek, *self.notities.values(), *self.stappen.values()]
        records.append(voorbereiding_of(gesprek))
        for one in self.acties:
            records += [one.actie, getattr(one.actie, "uitwerking", None)]
        moments = [one.gewijzigd_op for one in records if one and one.gewijzigd_op]
        return max(moments, default=gesprek.gemaakt_op)


def recent_gesprekken(dossier: Dossier) -> tuple[TalkLine, ...]:
    """The talks of a dossier, newest first, without the struck ones. One query."""
    return _talk_lines(Gesprek.objects.filter(dossier=dossier, geschrapt_op__isnull=True))


def struck_gesprekken(dossier: Dossier) -> tuple[TalkLine, ...]:
    """The struck talks of a dossier, newest first. One query."""
    return _talk_lines(Gesprek.objects.filter(dossier=dossier, geschrapt_op__isnull=False))


def find_gesprek(dossier: Dossier, pk: UUID) -> Gesprek | None:
    """A talk of this dossier, with its material and its preparation, or None."""
    gesprek = (
        Gesprek.objects.filter(dossier=dossier, pk=pk)
        .select_related("versie__materiaal", "voorbereiding")
        .first()
    )
    if gesprek is not None:
        gesprek.dossier = dossier
    return gesprek


def voorbereiding_of(gesprek: Gesprek) -> Voorbereiding | None:
    """The preparation of a talk that was loaded with it. No query."""
    return getattr(gesprek, "voorbereiding", None)


def chosen_questions(gesprek: Gesprek) -> dict[int, int | None]:
    """The minutes of the questions that were chosen beforehand. One query if it was prepared."""
    if voorbereiding_of(gesprek) is None:
        return {}
    chosen = VoorbereideVraag.objects.filter(gesprek=gesprek, item__versie=gesprek.versie_id)
    return dict(chosen.values_list("item", "minuten"))


def focus_elsewhere(dossier: Dossier, code: str) -> Gesprekstap | None:
    """The newest focus of a talk whose material has a step with this code. One query."""
    return (
        Gesprekstap.objects.filter(
            dossier=dossier,
            onderdeel__code=FOCUS,
            onderdeel__versie__onderdelen__code=code,
            gesprek__geschrapt_op__isnull=True,
        )
        .exclude(resultaat="")
        .select_related("gesprek", "onderdeel")
        .order_by(F("gewijzigd_op").desc(nulls_last=True), "pk")
        .first()
    )


def focus_of(
    gesprek: Gesprek, onderdelen: Iterable[Onderdeel], inhoud: WrittenTalk
) -> Gesprekstap | None:
    """What the team chose to work on, in this talk or for this one. At most one query.

    onderdelen: the steps of its material.
    """
    onderdelen = tuple(onderdelen)
    if any(step.chooses_focus for step in onderdelen):
        chosen = (stap for stap in inhoud.stappen.values() if stap.onderdeel.chooses_focus)
        return next((stap for stap in chosen if stap.resultaat.strip()), None)
    work = next((step for step in onderdelen if step.acties), None)
    return focus_elsewhere(gesprek.dossier, work.code) if work else None


def written_talk(gesprek: Gesprek) -> WrittenTalk:
    """Everything that was written in a talk. Three queries, four if it was prepared."""
    notities = Notitie.objects.filter(gesprek=gesprek).select_related("item__rubriek__onderdeel")
    stappen = Gesprekstap.objects.filter(gesprek=gesprek).select_related(
        "onderdeel", "afgerond_door"
    )
    acties = (
        Gespreksactie.objects.filter(gesprek=gesprek)
        .select_related("actie__uitwerking", "onderdeel")
        .annotate(heeft_trekker=has_trekker("actie"))
        .order_by("actie__gemaakt_op", "actie")
    )
    for one in acties:
        one.actie.heeft_trekker = one.heeft_trekker
    return WrittenTalk(
        notities={notitie.item_id: notitie for notitie in notities},
        stappen={stap.onderdeel_id: stap for stap in stappen},
        acties=tuple(acties),
        gekozen=chosen_questions(gesprek),
    )


def other_acties(dossier: Dossier, known: Iterable[Gespreksactie]) -> list[Actie]:
    """The actions of a dossier that did not arise in this talk, without the struck ones.

    known: the actions of this talk.
    """
    mine = {one.actie_id for one in known}
    acties = Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=True)
    return [actie for actie in acties if actie.pk not in mine]


def materials_for_gesprek(dossier: Dossier) -> list[ShelfRow]:
    """The materials that a school can start a talk about, in their newest version. One query."""
    niveau = dossier.school.niveau
    return [rij for rij in shelf() if rij.vorm == Vorm.GESPREK and rij.materiaal.is_for(niveau)]


def companions_of(versie: Materiaalversie) -> list[Materiaalversie]:
    """The newest versions of the materials that accompany a talk about a version. One query."""
    beside = Materiaalversie.objects.newest().filter(begeleidt=versie.materiaal.slug)
    # In Python: databases do not agree on the order of texts.
    return sorted(beside, key=lambda one: (one.materiaal.plg, one.materiaal.slug))


def _talk_lines(gesprekken: QuerySet[Gesprek]) -> tuple[TalkLine, ...]:
    stappen = Onderdeel.objects.filter(versie=OuterRef("versie"), stap=True)
    afgerond = Gesprekstap.objects.filter(
        gesprek=OuterRef("pk"),
        afgerond_op__isnull=False,
        onderdeel__versie=OuterRef("versie"),
        onderdeel__stap=True,
    )
    rows = (
        gesprekken.select_related("versie__materiaal")
        .annotate(
            aantal_stappen=_count(stappen, "versie"), aantal_afgerond=_count(afgerond, "gesprek")
        )
        .order_by(F("datum").desc(nulls_last=True), "-gemaakt_op", "id")
    )
    return tuple(TalkLine(row, row.aantal_stappen, row.aantal_afgerond) for row in rows)


def _count(rows: QuerySet[Any], of: str) -> Coalesce:
    """A subquery that counts the rows per value of `of`; 0 if there are none."""
    counted = rows.order_by().values(of).annotate(aantal=Count("pk")).values("aantal")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
