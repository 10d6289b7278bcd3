"""A spiegel itself: which questions it can have, opening it, its answers that count, and paper."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import MagNuNiet, is_over, is_settled, lock, open_survey
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Antwoordstand
from preventieplan.spiegel.models import (
    STANDEN,
    Golftelling,
    Spiegel,
    Spiegeldag,
    Spiegelgolf,
    Spiegelvraag,
)

MAX_VRAGEN = 8
# How long a question that was shown is not put again.
REST_DAYS = 180

# For the code of a question and a stand, how many gave it.
Given = Mapping[tuple[str, Antwoordstand], int]


RUST = (
    "Op een van deze vragen antwoordden leerkrachten het voorbije halfjaar al in een andere "
    "spiegel. Wacht er nog mee: wie twee uitslagen kort na elkaar vergelijkt, raadt wie er anders "
    "antwoordde."
)
KAN_NIET = "Intussen veranderde het plan: kijk na welke vragen je nu kan kiezen."


class NogNietVast(Exception):
    """There are no results yet."""


def what_is_counted(tekst: str) -> str:
    """What teachers are asked of a question: up to its first question mark.

    What comes behind it (hoe, wie) is for the team to talk about: a stand does not answer it.
    """
    first, mark, _ = tekst.partition("?")
    return first + mark


def answered_by_team(dossier: Dossier) -> QuerySet[Antwoord]:
    """The answers in a plan that can be laid beside those of teachers, in its order."""
    return (
        Antwoord.objects.filter(
            dossier=dossier,
            stand__in=STANDEN,
            vraag__doelstelling__versie=dossier.planversie_id,
        )
        .select_related("vraag__doelstelling")
        .order_by("vraag__doelstelling__fase", "vraag__doelstelling__volgorde", "vraag__volgorde")
    )


def resting(dossier: Dossier, *, apart: Spiegel | None = None) -> frozenset[str]:
    """The codes of the questions that are not put again yet in the school of a dossier.

    apart: a spiegel whose own questions do not count.
    """
    since = timezone.localdate() - timedelta(days=REST_DAYS)
    ended = Q(gesloten_op__date__gt=since) | Q(gesloten_op=None, tot__gt=since)
    spiegels = Spiegel.objects.filter(ended, dossier__school=dossier.school_id)
    shown = [one.pk for one in spiegels if one != apart and _may_be_shown(one)]
    codes = Spiegelvraag.objects.filter(spiegel__in=shown).values_list("vraag", flat=True)
    return frozenset(codes)


def _may_be_shown(spiegel: Spiegel) -> bool:
    """Whether there are results, or there may be without anybody who opens it again."""
    waits = spiegel.golven.filter(opzij=False)
    return not is_over(spiegel) or is_settled(spiegel) or waits.exists()


@transaction.atomic
def open_spiegel(*, dossier: Dossier, vragen: Collection[str], tot: date, door: User) -> Spiegel:
    """Put questions to all teachers.

    vragen: the codes of 1 to MAX_VRAGEN questions. tot: the last day on which it can be answered.
    Raises MagNuNiet when one of them is not in the plan, has no stand of its team that teachers can
    choose, or rests, and what `open_survey` does.
    """
    made = open_survey(Spiegel(dossier=dossier, tot=tot, geopend_door=door))
    asked = list(answered_by_team(dossier).filter(vraag__code__in=vragen))
    if len(asked) != len(set(vragen)):
        raise MagNuNiet(KAN_NIET)
    Spiegelvraag.objects.bulk_create(
        Spiegelvraag(
            spiegel=made,
            volgorde=nummer,
            doel=one.vraag.doelstelling.code,
            vraag=one.vraag.code,
            tekst=what_is_counted(one.vraag.tekst),
            stand=one.stand,
        )
        for nummer, one in enumerate(asked, 1)
    )
    require_rested(made)
    return made


def require_rested(spiegel: Spiegel) -> None:
    """Raise MagNuNiet when one of its questions may not be put now, or its answers not be shown."""
    rest = resting(spiegel.dossier, apart=spiegel)
    if rest.intersection(spiegel.vragen.values_list("vraag", flat=True)):
        raise MagNuNiet(RUST)


@transaction.atomic
def put_on_paper(*, spiegel: Spiegel, aan: bool) -> None:
    """Let plan and routekaart tell what came of it, or not any more.

    Raises NogNietVast and DossierAfgesloten.
    """
    held = lock(spiegel)
    if not is_settled(held):
        raise NogNietVast
    held.op_papier = aan
    held.save(update_fields=["op_papier"])


def count_answers(spiegel: Spiegel) -> int:
    """How many answers count. Two queries."""
    loose = spiegel.dagen.aggregate(n=Sum("aantal", default=0))["n"]
    waiting = spiegel.golven.filter(opzij=False).aggregate(n=Sum("aantal", default=0))["n"]
    total: int = loose + waiting
    return total


def merge_waves(spiegel: Spiegel, golven: QuerySet[Spiegelgolf]) -> None:
    """Let the answers of these waves count, and forget the waves."""
    for golf in golven.prefetch_related("tellingen__vraag"):
        given = {
            (telling.vraag.vraag, stand): aantal
            for telling in golf.tellingen.all()
            for stand, aantal in zip(STANDEN, telling.aantallen, strict=True)
        }
        add_answers(spiegel, given, golf.aantal, day=timezone.localdate(golf.begin))
    golven.delete()


def add_answers(spiegel: Spiegel, given: Given, aantal: int, *, day: date) -> None:
    """Count answers of a day; with a negative `aantal` and numbers they do not count any more."""
    for vraag in spiegel.vragen.all():
        add_to(Spiegelvraag.objects.filter(pk=vraag.pk), given, vraag.vraag)
    day_row, _ = Spiegeldag.objects.get_or_create(spiegel=spiegel, dag=day)
    Spiegeldag.objects.filter(pk=day_row.pk).update(aantal=F("aantal") + aantal)


def add_to_wave(
    golf: Spiegelgolf, given: Given, aantal: int, vragen: Iterable[Spiegelvraag]
) -> None:
    for vraag in vragen:
        row, _ = Golftelling.objects.get_or_create(golf=golf, vraag=vraag)
        add_to(Golftelling.objects.filter(pk=row.pk), given, vraag.vraag)
    Spiegelgolf.objects.filter(pk=golf.pk).update(aantal=F("aantal") + aantal)


def add_to(rows: QuerySet[Spiegelvraag] | QuerySet[Golftelling], given: Given, code: str) -> None:
    """Add what was given to one question to its row, which is written whatever was given."""
    rows.update(
        **{column: F(column) + given.get((code, stand), 0) for stand, column in STANDEN.items()}
    )
