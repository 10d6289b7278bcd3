"""What a team filled in last year, beside what it fills in now: it counts once it is confirmed.

Nothing is copied when a dossier goes on from an earlier one. A text, stand or focus of then that
nobody wrote anything in the place of is confirmed as it is, by an ordinary save in the name of
whoever does; what somebody wrote this year stays as it is. What came first then is a proposal for
the phases in which nobody chose yet.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.materialen.models import Fase
from dossiers.mensen.models import User
from dossiers.models import Dossier, Voortzetting
from dossiers.velden.models import as_text
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import (
    Antwoord,
    Antwoordrevisie,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Inschalingrevisie,
    Prioriteit,
)

# What of a score comes along: the score itself and the words about it are of then.
ALONG_OF_A_GOAL = ("focus",)
# As many rows as one statement writes.
AT_ONCE = 200


@dataclass(frozen=True)
class Before:
    """What was filled in for a question, or chosen at a goal, and was not confirmed yet.

    velden: the texts of then by the field they are of; never empty.
    """

    velden: Mapping[str, Any]

    @property
    def stand(self) -> str:
        return self.velden.get("stand", "")

    @property
    def stand_in_words(self) -> str:
        choices = dict(Antwoord._meta.get_field("stand").flatchoices)
        return str(choices.get(self.stand, ""))

    @property
    def toelichting(self) -> str:
        return self.velden.get("toelichting", "")

    @property
    def groeikans(self) -> str:
        return self.velden.get("groeikans", "")

    @property
    def focus(self) -> str:
        return self.velden.get("focus", "")


def answers_before(vorig: Dossier, codes: Collection[str] | None = None) -> dict[str, Antwoord]:
    """The answers of an earlier dossier by the code of their question. One query.

    codes: those of some questions; None for all.
    """
    found = Antwoord.objects.filter(dossier=vorig).filled().select_related("vraag")
    if codes is not None:
        found = found.filter(vraag__code__in=codes)
    # Of two records, one that stayed on an earlier version, the last one counts.
    newest_last = found.order_by(F("gewijzigd_op").asc(nulls_first=True), "pk")
    return {antwoord.vraag.code: antwoord for antwoord in newest_last}


def scores_before(vorig: Dossier, codes: Collection[str] | None = None) -> dict[str, Inschaling]:
    """The scores and focuses of an earlier dossier by the code of their goal. One query.

    codes: as for `answers_before`.
    """
    found = Inschaling.objects.filter(dossier=vorig).select_related("doelstelling")
    if codes is not None:
        found = found.filter(doelstelling__code__in=codes)
    newest_last = found.order_by(F("gewijzigd_op").asc(nulls_first=True), "pk")
    return {inschaling.doelstelling.code: inschaling for inschaling in newest_last}


@dataclass(frozen=True)
class GoalBefore:
    """What an earlier dossier has of one goal."""

    antwoorden: Mapping[str, Antwoord]
    inschaling: Inschaling | None


def goal_before(dossier: Dossier, *, goal: str, codes: Collection[str]) -> GoalBefore:
    """What the dossier that this one goes on from has of a goal and some questions, by their codes.

    Two queries; none for a dossier that goes on from no other.

    goal: "" for a goal that the version in use does not have: nothing of it is left to confirm.
    """
    if dossier.vorig is None or not goal:
        return GoalBefore({}, None)
    return GoalBefore(
        answers_before(dossier.vorig, codes), scores_before(dossier.vorig, [goal]).get(goal)
    )


def unconfirmed_answer(now: Antwoord, before: Antwoord | None) -> Before | None:
    """What was filled in for a question then, in the place of which nobody saved anything since."""
    return _unconfirmed(now, before, Antwoord.VELDEN)


def unconfirmed_focus(now: Inschaling, before: Inschaling | None) -> Before | None:
    """The same for the focus of a goal."""
    return _unconfirmed(now, before, ALONG_OF_A_GOAL)


def _unconfirmed(now: Any, before: Any, velden: Iterable[str]) -> Before | None:
    if before is None:
        return None
    # A field that somebody emptied this year was decided on as well.
    left = {naam: getattr(before, naam) for naam in velden if not now.revisie(naam)}
    filled = {naam: waarde for naam, waarde in left.items() if waarde.strip()}
    return Before(filled) if filled else None


def priorities_left(dossier: Dossier, vorig: Dossier | None) -> dict[Fase, list[Doelstelling]]:
    """The goals that came first in an earlier dossier, by phase, of the phases in which nobody
    chose any yet. One query; none for a dossier that goes on from no other.

    Those that the version in use has, and no more than may come first.
    """
    if vorig is None:
        return {}
    chosen = Prioriteit.objects.filter(dossier=dossier).values("fase")
    came = Prioriteit.objects.filter(dossier=vorig).values("doelstelling__code")
    doelen = (
        Doelstelling.objects.filter(versie=dossier.planversie_id, code__in=came)
        .exclude(fase__in=chosen)
        .order_by("fase", "volgorde")
    )
    return {
        Fase(fase): list(islice(of_phase, Prioriteit.AANTAL))
        for fase, of_phase in groupby(doelen, key=lambda doel: doel.fase)
    }


@transaction.atomic
def confirm(
    *,
    dossier: Dossier,
    door: User,
    vragen: Collection[str] | None = None,
    doelen: Collection[str] | None = None,
) -> int:
    """Let what was filled in last year hold for this year too, where nobody wrote anything since.

    vragen, doelen: the codes of the questions, and of the goals of which the focus; None for all.
        With all of both, what came first comes first again, in phases in which nobody chose yet.
    Returns for how many questions and goals anything was confirmed: 0 for a dossier that goes on
    from no other. Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """
    # Whoever saves in this dossier waits until this is done, and then meets it as a colleague's.
    held = hold_open(dossier.pk)
    going_on = Voortzetting.objects.filter(dossier=held).select_related("vorig").first()
    if going_on is None:
        return 0
    vorig = going_on.vorig
    done = _confirm_answers(held, vorig, vragen, door)
    done += _confirm_focuses(held, vorig, doelen, door)
    return done + (_confirm_priorities(held, vorig, door) if vragen is doelen is None else 0)


def _confirm_answers(
    dossier: Dossier, vorig: Dossier, codes: Collection[str] | None, door: User
) -> int:
    before = answers_before(vorig, codes)
    asked = Checklistvraag.objects.filter(
        doelstelling__versie=dossier.planversie_id, code__in=before
    ).asked_of(dossier)
    given = {one.vraag_id: one for one in Antwoord.objects.filter(dossier=dossier)}
    pairs = []
    for vraag in asked:
        now = given.get(vraag.pk) or Antwoord(dossier=dossier, vraag=vraag)
        if found := unconfirmed_answer(now, before[vraag.code]):
            pairs.append((now, found))
    return _write(Antwoord, Antwoordrevisie, pairs, door)


def _confirm_focuses(
    dossier: Dossier, vorig: Dossier, codes: Collection[str] | None, door: User
) -> int:
    before = scores_before(vorig, codes)
    doelen = Doelstelling.objects.filter(versie=dossier.planversie_id, code__in=before)
    given = {one.doelstelling_id: one for one in Inschaling.objects.filter(dossier=dossier)}
    pairs = []
    for doel in doelen:
        now = given.get(doel.pk) or Inschaling(dossier=dossier, doelstelling=doel)
        if found := unconfirmed_focus(now, before[doel.code]):
            pairs.append((now, found))
    return _write(Inschaling, Inschalingrevisie, pairs, door)


def _confirm_priorities(dossier: Dossier, vorig: Dossier, door: User) -> int:
    left = priorities_left(dossier, vorig)
    for fase, doelen in left.items():
        codes = [doel.code for doel in doelen]
        choose_priorities(dossier=dossier, fase=fase, codes=codes, door=door)
    return sum(map(len, left.values()))


def _write(
    model: type[Any], history: type[Any], pairs: list[tuple[Any, Before]], door: User
) -> int:
    """Save fields that nobody saved before, of records of one model. The dossier is locked."""
    now = timezone.now()
    written: set[str] = set()
    for record, before in pairs:
        for veld, waarde in before.velden.items():
            setattr(record, veld, waarde)
            setattr(record, f"{veld}_revisie", 1)
            written |= {veld, f"{veld}_revisie"}
        record.gewijzigd_op, record.gewijzigd_door = now, door
    new = [record for record, _ in pairs if record._state.adding]
    known = [record for record, _ in pairs if not record._state.adding]
    model._default_manager.bulk_create(new, batch_size=AT_ONCE)
    if known:
        fields = [*sorted(written), "gewijzigd_op", "gewijzigd_door"]
        model._default_manager.bulk_update(known, fields, batch_size=AT_ONCE)
    history._default_manager.bulk_create(
        (
            history(record=record, veld=veld, revisie=1, waarde=as_text(waarde), door=door, op=now)
            for record, before in pairs
            for veld, waarde in before.velden.items()
        ),
        batch_size=AT_ONCE,
    )
    return len(pairs)
