"""Reading parents' talks, for a user whose access was already checked, and what was released."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Min, Prefetch, QuerySet

from dialoogfiches.models import Item, Onderdeel
from dialoogfiches.oudergesprekken.access import staff_of
from dialoogfiches.oudergesprekken.domain.retention import left_behind_in
from dialoogfiches.oudergesprekken.models import (
    Deling,
    Oudergesprek,
    Oudernotitie,
    Ouderthema,
    Vrijgave,
)
from dialoogfiches.queries import fiche_of
from dossiers.mensen.access import clb_staff_of
from dossiers.mensen.models import School, User
from dossiers.models import Dossier

Record = TypeVar("Record", Ouderthema, Oudernotitie)


@dataclass(frozen=True)
class Unreachable:
    """How many talks nobody can open any more, and the day on which the first will be deleted.

    wachten: of how many somebody asked to erase them sooner, the first of those on `wissen_op`.
    """

    aantal: int
    vanaf: date
    wachten: int
    wissen_op: date | None

    @property
    def te_vragen(self) -> int:
        """Of how many nobody asked that yet."""
        return self.aantal - self.wachten


def with_sharing(gesprekken: QuerySet[Oudergesprek], *, school: School) -> QuerySet[Oudergesprek]:
    """Talks of a school for a list, with their author and current `delingen`. Two queries."""
    delingen = Deling.objects.in_force().filter(met__in=clb_staff_of(school))
    return gesprekken.select_related("auteur").prefetch_related(
        Prefetch("delingen", queryset=delingen.select_related("met").order_by("met__naam"))
    )


def shared_with(gesprek: Oudergesprek, *, user: User) -> QuerySet[User]:
    """The other users with whom a talk is shared and who can open it today."""
    delingen = Deling.objects.in_force().filter(oudergesprek=gesprek)
    staff = staff_of(gesprek).filter(pk__in=delingen.values("met"))
    return staff.exclude(pk=user.pk).order_by("naam")


def talks_left_behind(dossier: Dossier) -> Unreachable | None:
    """All that an ankerfiguur sees of talks that nobody can open; None if there are none.

    One query.
    """
    found = left_behind_in(dossier).aggregate(
        aantal=Count("pk"),
        vanaf=Min("wissen_op"),
        wachten=Count("achtergebleven_wissen_op"),
        wissen_op=Min("achtergebleven_wissen_op"),
    )
    return Unreachable(**found) if found["aantal"] else None


def themas_of(gesprek: Oudergesprek) -> dict[int, Ouderthema]:
    """The record per topic, by primary key of its onderdeel."""
    if gesprek._state.adding:
        return {}
    return {thema.onderdeel_id: thema for thema in gesprek.themas.all()}


def notities_of(gesprek: Oudergesprek) -> dict[int, Oudernotitie]:
    """The note per question, by primary key of its item."""
    if gesprek._state.adding:
        return {}
    return {notitie.item_id: notitie for notitie in gesprek.notities.all()}


def thema_of(gesprek: Oudergesprek, code: str) -> Ouderthema | None:
    """A topic of a talk by code, unsaved if it has no record yet; None if there is none.

    One query besides the content, which also reads the topics `beside` it: the window has them all.
    """
    deel = fiche_of(gesprek.versie).part(code)
    if deel is None or not deel.onderdeel.stap:
        return None
    beside = {one.onderdeel_id: one for one in Ouderthema.objects.filter(oudergesprek=gesprek)}
    kept = beside.pop(deel.onderdeel.pk, None)
    thema = attach_to(kept or Ouderthema(), gesprek, onderdeel=deel.onderdeel)
    thema.beside = {key: attach_to(one, gesprek) for key, one in beside.items()}
    return thema


def notitie_of(gesprek: Oudergesprek, code: str) -> Oudernotitie | None:
    """A note of a talk by the code of its question, unsaved if it has no record yet.

    None if there is no such question. One query besides the content.
    """
    item = fiche_of(gesprek.versie).question(code)
    if item is None:
        return None
    kept = Oudernotitie.objects.filter(oudergesprek=gesprek, item=item).first()
    return attach_to(kept or Oudernotitie(), gesprek, item=item)


def attach_to(record: Record, gesprek: Oudergesprek, **place: Onderdeel | Item) -> Record:
    """Set the relations of a record, stored or new, to instances that are already loaded."""
    record.oudergesprek, record.dossier = gesprek, gesprek.dossier
    for naam, value in place.items():
        setattr(record, naam, value)
    return record


def vrijgaven_of(dossier: Dossier) -> QuerySet[Vrijgave]:
    """The texts that the school may read now, newest first, with the user who released each.

    Nothing in them refers to a talk. Released actions are among the dossier's own.
    """
    return (
        Vrijgave.objects.filter(dossier=dossier, actie__isnull=True, ingetrokken_op__isnull=True)
        .select_related("door")
        .defer("oudergesprek")
    )


def vrijgaven_from(gesprek: Oudergesprek) -> QuerySet[Vrijgave]:
    """What was released from one talk, withdrawn or not, newest first."""
    return Vrijgave.objects.filter(oudergesprek=gesprek).select_related("door", "actie")
