"""Which questions a team skipped where it worked, in its plan and in its talks.

Of the plan: a goal was worked in when it has a score, or when one of its questions was answered, in
whatever way; each question of it that was not, was skipped. Of a talk: a step was worked in when it
has a note or a result, or was finished; each question of it without a note was skipped. Of two
talks about one material the last word is that of who did not skip. Questions that the niveau of the
school does not need are not asked of it; talks with parents are not read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import F, Q

from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dialoogfiches.models import Item
from dossiers.domain import PLAN
from dossiers.materialen.models import NIVEAUS
from dossiers.mensen.models import Niveau
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Checklistvraag, Inschaling

SKIPPED, ANSWERED = "1", "0"


def skipped_in(dossiers: Collection[UUID]) -> Iterator[tuple[UUID, str, str]]:
    """For each question where these dossiers worked: <slug>/<code>, and SKIPPED or ANSWERED.

    Eight queries; without a note or a result in a talk seven.
    """
    rows = Dossier.objects.filter(pk__in=dossiers).values_list(
        "pk", "planversie_id", "school__niveau"
    )
    niveaus = {pk: NIVEAUS[Niveau(niveau)] for pk, _, niveau in rows}
    yield from _of_plans({pk: versie for pk, versie, _ in rows}, niveaus)
    yield from _of_talks(dossiers, niveaus)


def _of_plans(
    versies: dict[UUID, int], niveaus: dict[UUID, str]
) -> Iterator[tuple[UUID, str, str]]:
    in_use = Q(doelstelling__versie=F("dossier__planversie"), dossier__in=versies)
    worked = set(
        Inschaling.objects.filter(in_use, score__isnull=False).values_list(
            "dossier_id", "doelstelling_id"
        )
    )
    answered = set()
    found = Antwoord.objects.filled().filter(
        vraag__doelstelling__versie=F("dossier__planversie"), dossier__in=versies
    )
    for dossier, question, doel in found.values_list(
        "dossier_id", "vraag_id", "vraag__doelstelling_id"
    ):
        worked.add((dossier, doel))
        answered.add((dossier, question))
    asked = defaultdict(list)
    for vraag in Checklistvraag.objects.filter(doelstelling__versie__in=set(versies.values())):
        asked[vraag.doelstelling_id].append(vraag)
    for dossier, doel in worked:
        for vraag in asked[doel]:
            if _needed(vraag.niveaus, niveaus[dossier]):
                is_answered = (dossier, vraag.pk) in answered
                yield dossier, f"{PLAN}/{vraag.code}", ANSWERED if is_answered else SKIPPED


def _of_talks(
    dossiers: Collection[UUID], niveaus: dict[UUID, str]
) -> Iterator[tuple[UUID, str, str]]:
    rows = Gesprek.objects.filter(dossier__in=dossiers)
    talks = {
        pk: (dossier, slug)
        for pk, dossier, slug in rows.values_list("pk", "dossier_id", "versie__materiaal__slug")
    }
    in_use = Q(gesprek__dossier__in=dossiers, gesprek__geschrapt_op=None)
    notes = Notitie.objects.filter(in_use, item__versie=F("gesprek__versie")).exclude(tekst="")
    noted, worked = set(), set()
    for talk, item, step in notes.values_list("gesprek_id", "item_id", "item__rubriek__onderdeel"):
        noted.add((talk, item))
        worked.add((talk, step))
    steps = Gesprekstap.objects.filter(in_use, onderdeel__versie=F("gesprek__versie"))
    done = steps.exclude(resultaat="", afgerond_op=None)
    worked |= set(done.values_list("gesprek_id", "onderdeel_id"))
    asked = defaultdict(list)
    questions = Item.objects.questions().filter(rubriek__onderdeel__in={step for _, step in worked})
    for item, code, for_niveaus, step in questions.values_list(
        "pk", "code", "niveaus", "rubriek__onderdeel"
    ):
        asked[step].append((item, code, for_niveaus))
    found: dict[tuple[UUID, str], str] = {}
    for talk, step in worked:
        dossier, slug = talks[talk]
        for item, code, for_niveaus in asked[step]:
            if not _needed(for_niveaus, niveaus[dossier]):
                continue
            key = (dossier, f"{slug}/{code}")
            found[key] = ANSWERED if (talk, item) in noted else found.get(key, SKIPPED)
    for (dossier, code), value in found.items():
        yield dossier, code, value


def _needed(niveaus: str, niveau: str) -> bool:
    return not niveaus or niveau in niveaus.split()
