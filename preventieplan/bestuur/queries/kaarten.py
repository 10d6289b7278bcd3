"""Fixed routekaarten, their links, and what the board answered, as pages show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from dossiers.mensen.access import schools_for
from dossiers.mensen.models import School, User
from dossiers.models import Dossier
from preventieplan.bestuur.domain.links import is_over
from preventieplan.bestuur.domain.vaststellen import without_contents
from preventieplan.bestuur.models import (
    Bestuursantwoord,
    Bestuurslink,
    Keuze,
    VastgesteldeRoutekaart,
)
from preventieplan.bestuur.queries.earlier import last_answers_to, read

# How long an answer is news for who asked.
NIEUWS = timedelta(days=30)


@dataclass(frozen=True)
class Question:
    """One thing that was asked, with the last answer of each member of the board."""

    nummer: int
    tekst: str
    antwoorden: tuple[Bestuursantwoord, ...]


@dataclass(frozen=True)
class LinkState:
    """A link, and how many of the questions it answered."""

    link: Bestuurslink
    beantwoord: int
    laatst: datetime | None

    @property
    def is_over(self) -> bool:
        return is_over(self.link)


@dataclass(frozen=True)
class FixedPage:
    """A fixed routekaart with what came of it."""

    kaart: VastgesteldeRoutekaart
    vragen: tuple[Question, ...]
    links: tuple[LinkState, ...]


@dataclass(frozen=True)
class NewAnswers:
    """What a member of the board answered, last within NIEUWS, to what a user asked her.

    ja, nee, later: how many. Nothing of what she wrote.
    """

    dossier_id: UUID | None
    kaart_id: UUID
    school: str
    functie: str
    op: datetime
    ja: int
    nee: int
    later: int


def fixed_in(dossier: Dossier) -> QuerySet[VastgesteldeRoutekaart]:
    """Those of a dossier, the newest first, with how many answered. One query."""
    return _counted(VastgesteldeRoutekaart.objects.filter(dossier=dossier))


def fixed_of(school: School) -> QuerySet[VastgesteldeRoutekaart]:
    """Those of a school, also of dossiers that are gone. One query."""
    return _counted(VastgesteldeRoutekaart.objects.filter(school=school))


def documents_in(dossier: Dossier) -> dict[str, bytes]:
    """The documents that were fixed in a dossier, the oldest first, by a path. One query."""
    kaarten = VastgesteldeRoutekaart.objects.filter(dossier=dossier).defer("data").order_by("op")
    return {
        f"vastgesteld/{number:02}-{timezone.localdate(kaart.op)}.pdf": bytes(kaart.document)
        for number, kaart in enumerate(kaarten, start=1)
    }


def fixed_page(kaart: VastgesteldeRoutekaart) -> FixedPage:
    """kaart: with its data. Two queries."""
    answers = last_answers_to(kaart)
    links = kaart.links.select_related("door", "kaart__dossier").defer(
        "kaart__document", "kaart__data"
    )
    of_link: dict[UUID, list[Bestuursantwoord]] = {}
    for one in answers:
        of_link.setdefault(one.link_id, []).append(one)
    return FixedPage(
        kaart,
        tuple(
            Question(nummer, tekst, tuple(one for one in answers if one.nummer == nummer))
            for nummer, tekst in enumerate(read(kaart)["vragen"], start=1)
        ),
        tuple(
            LinkState(
                link,
                len(of_link.get(link.pk, ())),
                max((one.op for one in of_link.get(link.pk, ())), default=None),
            )
            for link in links
        ),
    )


def shown_on_dossier(dossier: Dossier) -> tuple[list[VastgesteldeRoutekaart], int]:
    """The newest routekaart of a dossier and those that the board answered, and how many there
    are in all. One query.
    """
    kaarten: list[Any] = list(fixed_in(dossier))
    return [one for one in kaarten if one.antwoordden or one is kaarten[0]], len(kaarten)


def answers_for(user: User) -> list[NewAnswers]:
    """What the board lately answered to a user who asked it, in dossiers that she may read, be
    they closed; the newest first. Two queries, however many schools.
    """
    last = (
        Bestuursantwoord.objects.filter(link=OuterRef("link"), nummer=OuterRef("nummer"))
        .order_by("-keer")
        .values("pk")[:1]
    )
    rows = (
        Bestuursantwoord.objects.filter(
            pk=Subquery(last),
            link__door=user,
            link__kaart__dossier__school__in=schools_for(user),
        )
        .select_related("link__kaart__school")
        .defer("link__kaart__document", "link__kaart__data", "zin")
    )
    by_link: dict[Bestuurslink, list[Bestuursantwoord]] = {}
    for one in rows:
        by_link.setdefault(one.link, []).append(one)
    news = [_news(link, answers) for link, answers in by_link.items()]
    recent = [one for one in news if one.op > timezone.now() - NIEUWS]
    return sorted(recent, key=lambda one: one.op, reverse=True)


def _news(link: Bestuurslink, answers: Iterable[Bestuursantwoord]) -> NewAnswers:
    answers = list(answers)
    counts = Counter(one.keuze for one in answers)
    return NewAnswers(
        dossier_id=link.kaart.dossier_id,
        kaart_id=link.kaart_id,
        school=str(link.kaart.school),
        functie=link.functie,
        op=max(one.op for one in answers),
        ja=counts[Keuze.JA],
        nee=counts[Keuze.NEE],
        later=counts[Keuze.LATER],
    )


def _counted(kaarten: QuerySet[VastgesteldeRoutekaart]) -> QuerySet[VastgesteldeRoutekaart]:
    """With how far the board is, and how many times it says ja, nee and later by now."""
    return (
        without_contents(kaarten)
        .select_related("door")
        .annotate(
            aantal_links=Count("links", distinct=True),
            antwoordden=Count("links", filter=Q(links__antwoorden__isnull=False), distinct=True),
            laatst_beantwoord=Max("links__antwoorden__op"),
            **{keuze.value: _said(keuze) for keuze in Keuze},
        )
        # What is counted forgets the order of its model.
        .order_by("-op", "id")
    )


def _said(keuze: Keuze) -> Coalesce:
    """How many last answers to a routekaart are this one."""
    later = Bestuursantwoord.objects.filter(
        link=OuterRef("link"), nummer=OuterRef("nummer"), keer__gt=OuterRef("keer")
    )
    said = Bestuursantwoord.objects.filter(~Exists(later), link__kaart=OuterRef("pk"), keuze=keuze)
    counted = said.order_by().values("link__kaart").annotate(aantal=Count("pk")).values("aantal")
    return Coalesce(Subquery(counted), 0)
