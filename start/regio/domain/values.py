"""What a dossier counts for: one value for each goal, question and material it has one for.

A key is a kind and a code ("doelscore f0-1"). The value of a score is the score; that of a question
its stand, followed by "+" where the team saw a groeikans; that of a material USED; that of what was
skipped stands in `skipped.py`. No text of a school is read into it, and nothing of a talk with
parents.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.gesprekken.models import Gesprek
from dossiers.mensen.models import Provincie
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Inschaling
from start.regio.domain.skipped import skipped_in
from start.regio.models import Bijdrage, Soort

STEP = 500  # dossiers
USED = "1"
GROWS = "+"


@dataclass
class Counted:
    """A dossier with what it counts for now, and what it counted for when figures last moved.

    before: empty when its school was in another province then.
    """

    dossier: UUID
    clb: UUID
    now: dict[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)


def key_of(soort: Soort, code: str) -> str:
    return f"{soort} {code}"


def counted_dossiers(*, provincie: Provincie, schooljaar: int) -> Iterator[list[Counted]]:
    """The dossiers of the schools of a province, so many at a time. Fourteen queries at most.

    What one practises in is not among them: that school is in no province.
    """
    dossiers = Dossier.objects.filter(school__provincie=provincie, schooljaar=schooljaar)
    rows = dossiers.order_by("pk").values_list("pk", "school__clb_id")
    last = None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:STEP]):
        last = batch[-1][0]
        yield _with_values({pk: Counted(pk, clb) for pk, clb in batch}, provincie)


def _with_values(found: dict[UUID, Counted], provincie: Provincie) -> list[Counted]:
    settled = Bijdrage.objects.filter(pk__in=found, provincie=provincie)
    for pk, waarden in settled.values_list("pk", "waarden"):
        found[pk].before = waarden
    for pk, key, value in _values(found):
        found[pk].now[key] = value
    for pk, code, skipped in skipped_in(found):
        found[pk].now[key_of(Soort.OVERGESLAGEN, code)] = skipped
    return list(found.values())


def _values(dossiers: Collection[UUID]) -> Iterator[tuple[UUID, str, str]]:
    # What stayed on an earlier version of the plan is of no goal that is asked about now.
    scores = Inschaling.objects.filter(
        dossier__in=dossiers,
        score__isnull=False,
        doelstelling__versie=F("dossier__planversie"),
    )
    for pk, code, score in scores.values_list("dossier_id", "doelstelling__code", "score"):
        yield pk, key_of(Soort.SCORE, code), str(score)
    grows = Case(When(~Q(groeikans=""), then=Value(GROWS)), default=Value(""))
    asked = Antwoord.objects.filter(
        dossier__in=dossiers, vraag__doelstelling__versie=F("dossier__planversie")
    ).exclude(stand="", groeikans="")
    for pk, code, value in asked.annotate(waarde=Concat(F("stand"), grows)).values_list(
        "dossier_id", "vraag__code", "waarde"
    ):
        yield pk, key_of(Soort.VRAAG, code), value
    used: defaultdict[UUID, set[str]] = defaultdict(set)
    for rows in (
        Gesprek.objects.filter(dossier__in=dossiers, geschrapt_op=None),
        Bevraging.objects.filter(dossier__in=dossiers),
    ):
        for pk, slug in rows.values_list("dossier_id", "versie__materiaal__slug"):
            used[pk].add(slug)
    for pk, slugs in used.items():
        for slug in slugs:
            yield pk, key_of(Soort.MATERIAAL, slug), USED
