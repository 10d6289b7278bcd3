"""Reading surveys: their state, and the results that may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import MIN_ANSWERS_PER_BRANCH
from dialoogfiches.bevragingen.models import Bevraging, Golf, Inzending, Keuze, Openantwoord
from dialoogfiches.models import Item, Rubrieksoort
from dossiers.anoniem.domain.bevragingen import MIN_ANSWERS, is_over
from dossiers.anoniem.queries import SurveyState
from dossiers.models import Dossier


@dataclass(frozen=True)
class QuestionResult:
    """One question with its answers, in random order."""

    tekst: str
    antwoorden: tuple[Openantwoord, ...]


@dataclass(frozen=True)
class Branch:
    """The branch of one choice (ja or nee): the number of answers, and what was written in it."""

    keuze: Keuze
    aantal: int
    vragen: tuple[QuestionResult, ...]

    @property
    def is_too_small(self) -> bool:
        """Whether it has so few answers that authors could be identified; then it has no texts."""
        return 0 < self.aantal < MIN_ANSWERS_PER_BRANCH


@dataclass(frozen=True)
class SurveyResult:
    """Everything that may be shown of one survey.

    eerste_dag, laatste_dag: the days of the first and the last answer.
    hoofd: the questions of the head that enough people filled in.
    """

    vraag: str
    aantal: int
    eerste_dag: date
    laatste_dag: date
    branches: tuple[Branch, ...]
    hoofd: tuple[QuestionResult, ...]

    @property
    def shown(self) -> Iterator[Openantwoord]:
        """The answers that are shown; texts of the head are not among them."""
        return (
            one for branch in self.branches for vraag in branch.vragen for one in vraag.antwoorden
        )

    def find(self, pk: UUID | str) -> Openantwoord | None:
        """A shown answer by primary key, or None."""
        return next((one for one in self.shown if str(one.pk) == str(pk)), None)


def bevragingen_of(dossier: Dossier) -> list[SurveyState[Bevraging]]:
    """The surveys of a dossier, newest first. One query."""
    return [_stand(bevraging, dossier) for bevraging in _counted(dossier)]


def find_bevraging(*, dossier: Dossier, pk: UUID) -> SurveyState[Bevraging] | None:
    """A survey of this dossier; None if the dossier has no such survey."""
    bevraging = _counted(dossier).filter(pk=pk).first()
    return _stand(bevraging, dossier) if bevraging else None


def bevraging_behind(sleutel: str) -> Bevraging | None:
    """The survey with the secret key of a link, with its dossier, school and version; or None."""
    return (
        Bevraging.objects.filter(sleutel=sleutel)
        .select_related("dossier__school", "versie__materiaal")
        .first()
    )


def locked_result(bevraging: Bevraging) -> SurveyResult | None:
    """The results of a survey; None as long as they may not be shown. Six queries."""
    with transaction.atomic():
        # With the lock, an answer in flight at midnight has either been stored or will be refused.
        held = Bevraging.objects.select_for_update(no_key=True).filter(pk=bevraging.pk).first()
        if held is None:
            # Gone with an oefendossier, which can be emptied at any time.
            return None
        ingezonden = Inzending.objects.filter(bevraging=held).exclude(golf__opzij=True)
        aantallen = dict(ingezonden.values_list("keuze").annotate(Count("pk")))
        aantal = sum(aantallen.values())
        if aantal < MIN_ANSWERS or not is_over(held) or _waves(held).filter(opzij=False).exists():
            return None
        dagen = ingezonden.aggregate(eerste_dag=Min("dag"), laatste_dag=Max("dag"))
    items = list(
        Item.objects.filter(versie=bevraging.versie_id)
        .select_related("rubriek")
        .order_by("rubriek__onderdeel__volgorde", "rubriek__volgorde", "volgorde")
    )
    geschreven = _texts(bevraging)
    hoofd = _results(items, Rubrieksoort.HOOFD, geschreven)
    return SurveyResult(
        vraag=next(item.tekst for item in items if item.rubriek.soort == Rubrieksoort.KEUZE),
        aantal=aantal,
        **dagen,
        branches=tuple(
            _branch(keuze, aantallen.get(keuze, 0), items, geschreven) for keuze in Keuze
        ),
        hoofd=tuple(vraag for vraag in hoofd if len(vraag.antwoorden) >= MIN_ANSWERS),
    )


def result_of(stand: SurveyState[Bevraging]) -> SurveyResult | None:
    """The results of a survey; a running one is not locked, so viewing it blocks nobody."""
    return None if stand.is_open else locked_result(stand.bevraging)


def shown_answer(*, dossier: Dossier, bevraging_pk: UUID, pk: UUID | str) -> Openantwoord | None:
    """An answer in the results of a survey of this dossier; None if it is not shown."""
    stand = find_bevraging(dossier=dossier, pk=bevraging_pk)
    resultaat = result_of(stand) if stand else None
    return resultaat.find(pk) if resultaat else None


def whole_question(item: Item) -> str:
    """The full text of a question, including the heading that it shares with others."""
    return f"{item.rubriek.kop} {item.tekst}".strip()


def waves_of(bevraging: Bevraging) -> QuerySet[Golf]:
    """The waves of answers to a survey, each with its `aantal`. One query."""
    return _waves(bevraging).annotate(aantal=Count("inzendingen")).order_by("begin")


def _waves(bevraging: Bevraging) -> QuerySet[Golf]:
    return Golf.objects.filter(bevraging=bevraging)


def _counted(dossier: Dossier) -> QuerySet[Bevraging]:
    counts = Q(inzendingen__golf__isnull=True) | Q(inzendingen__golf__opzij=False)
    return (
        Bevraging.objects.filter(dossier=dossier)
        .select_related("versie__materiaal", "geopend_door")
        .annotate(
            aantal=Count("inzendingen", filter=counts),
            vroeger=Count(
                "inzendingen", filter=counts & Q(inzendingen__dag__lt=timezone.localdate())
            ),
            onbeslist=Exists(Golf.objects.filter(bevraging=OuterRef("pk"), opzij=False)),
        )
        # Explicit, because Django drops Meta.ordering from queries with aggregation.
        .order_by("-geopend_op", "id")
    )


def _stand(bevraging: Bevraging, dossier: Dossier) -> SurveyState[Bevraging]:
    bevraging.dossier = dossier
    found: Any = bevraging
    return SurveyState(bevraging, found.aantal, found.vroeger, found.onbeslist)


def _texts(bevraging: Bevraging) -> dict[int, list[Openantwoord]]:
    """The texts by primary key of their question, ordered by their own keys, which are random."""
    found = defaultdict(list)
    shown = Openantwoord.objects.filter(bevraging=bevraging).exclude(golf__opzij=True)
    for antwoord in shown.select_related("actie"):
        antwoord.bevraging = bevraging
        found[antwoord.item_id].append(antwoord)
    return found


def _branch(
    keuze: Keuze, aantal: int, items: Iterable[Item], geschreven: dict[int, list[Openantwoord]]
) -> Branch:
    vragen = _results(items, keuze, geschreven) if aantal >= MIN_ANSWERS_PER_BRANCH else ()
    return Branch(keuze, aantal, vragen)


def _results(
    items: Iterable[Item], soort: str, geschreven: dict[int, list[Openantwoord]]
) -> tuple[QuestionResult, ...]:
    return tuple(
        QuestionResult(whole_question(item), tuple(geschreven.get(item.pk, ())))
        for item in items
        if item.rubriek.soort == soort
    )
