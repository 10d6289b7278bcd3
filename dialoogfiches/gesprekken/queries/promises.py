"""What the team of a talk agreed on in an earlier one, and did not do yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie
from dossiers.acties.domain.acties import is_finished
from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import went_before
from dossiers.acties.queries.trekkers import OpenActie, name_trekkers, open_lines, with_trekkers


@dataclass(frozen=True)
class LastTalk:
    """An earlier talk, maybe of last schooljaar, and what was agreed in it that is still open."""

    gesprek: Gesprek
    acties: tuple[OpenActie, ...]


def last_promises(gesprek: Gesprek, *, today: date, may_write: bool) -> LastTalk | None:
    """The last talk before this one that something is still open of; None without one.

    What an action goes on in, once it was adjusted or in a next schooljaar, is still a promise of
    the talk that it grew in.

    gesprek: with its dossier loaded.
    may_write: whether the reader may look back on what was agreed.
    Three queries, and one for the names where only the team that is reminded says who does
    something; one when nothing is open.
    """
    acties = with_trekkers(Actie.objects.filter(dossier=gesprek.dossier_id, geschrapt_op=None))
    still_open = [actie for actie in acties if not is_finished(actie)]
    grew_in = _talks_of(gesprek, [actie.pk for actie in still_open])
    earlier = [talk for talk in grew_in.values() if _held(talk) < _held(gesprek)]
    if not earlier:
        return None
    last = max(earlier, key=_held)
    here = [actie for actie in still_open if grew_in.get(actie.pk) == last]
    name_trekkers(here)
    return LastTalk(last, open_lines(here, today=today, may_write=may_write))


def _held(gesprek: Gesprek) -> tuple[date, datetime, UUID]:
    """Its place among talks: by its own day, or else that on which it was made."""
    day = gesprek.datum or timezone.localdate(gesprek.gemaakt_op)
    return day, gesprek.gemaakt_op, gesprek.pk


def _talks_of(gesprek: Gesprek, acties: Iterable[UUID]) -> dict[UUID, Gesprek]:
    """The talk that each of these actions grew in, or else one that it goes on from."""
    chains = {pk: (pk, *before) for pk, before in went_before(gesprek.dossier, acties).items()}
    rows = Gespreksactie.objects.filter(
        actie__in={pk for chain in chains.values() for pk in chain},
        gesprek__geschrapt_op__isnull=True,
    )
    talk_of = {row.actie_id: row.gesprek for row in rows.select_related("gesprek")}
    grew_in = {
        pk: next((talk_of[one] for one in chain if one in talk_of), None)
        for pk, chain in chains.items()
    }
    return {pk: talk for pk, talk in grew_in.items() if talk is not None}
