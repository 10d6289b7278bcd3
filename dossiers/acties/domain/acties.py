"""Actions of a dossier: created once, edited field by field, struck but never deleted."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from dossiers.acties.models import Actie, Actierevisie, Actiestand, Besluit, Trekker
from dossiers.domain import FIRST_MONTH, hold_open, last_day_of
from dossiers.kalender.queries import schooldays_of
from dossiers.kalender.words import Moment, has_passed, understand
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.mensen.queries import writers_of
from dossiers.models import Dossier
from dossiers.velden.domain.saving import start_history
from dossiers.velden.domain.striking import restore
from dossiers.velden.models import as_text
from stsdialoog.fields import key_from_form
from stsdialoog.text import search_key

# What may stand around a name.
NO_LETTER = re.compile(r"[^\w']+")


@transaction.atomic
def create_actie(
    *,
    dossier: Dossier,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    check_op: date | None = None,
    sleutel: UUID | None = None,
    hoort_bij: str = "",
    herinner: bool = False,
    today: date | None = None,
) -> Actie:
    """Create an action, to be done by the day that its words about when name.

    wat: must not be empty (a database constraint).
    herinner: whether who of the team stands in Wie with her whole name is reminded of it.
    hoort_bij: where in the plan it belongs, as far as is known where it grew (`belonging.py`).
    today: the day on which those words are said; without one it is that of the clock.
    sleutel: idempotency key of the form it was typed in, generated with the page. When that form
        sends the same texts again, the existing action is returned, restored if it was struck.
    Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """
    # Lock the dossier: with two clicks at once, the second finds the action of the first.
    hold_open(dossier.pk)
    pk = key_from_form(sleutel, dossier.pk, wat, wie, wanneer) if sleutel else uuid4()
    if sleutel and (existing := Actie.objects.filter(pk=pk).first()):
        if existing.geschrapt_op:
            restore(record=existing, door=door)
        return existing
    dag = day_of(wanneer, dossier=dossier, today=today or timezone.localdate())
    actie = Actie.objects.create(
        pk=pk,
        dossier=dossier,
        wat=wat,
        wat_revisie=1,
        wie=wie,
        wie_revisie=int(bool(wie)),
        wanneer=wanneer,
        wanneer_revisie=int(bool(wanneer)),
        wanneer_op=dag,
        wanneer_op_revisie=int(bool(dag)),
        check_op=check_op,
        check_op_revisie=int(bool(check_op)),
        hoort_bij=hoort_bij,
        hoort_bij_revisie=int(bool(hoort_bij)),
        gewijzigd_op=timezone.now(),
        gewijzigd_door=door,
    )
    start_history(record=actie, door=door)
    if herinner:
        named = named_in_team(actie, writers_of(dossier.school))
        _choose(actie, [one.pk for one in named], door)
    return actie


def create_linked_actie(
    *,
    dossier: Dossier,
    wat: str,
    door: User,
    link: type[Model],
    place: Callable[[], Mapping[str, Any]],
    origin: Mapping[str, Any],
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    hoort_bij: str = "",
    herinner: bool = False,
    today: date | None = None,
) -> Actie:
    """Create an action together with a row that links it to where it originated.

    link: the model of that row, owned by the app it originates in, with a one-to-one field `actie`.
    place: returns the other fields of the row. Called once the dossier is locked, because the
        dossier may have adopted a newer version of the content since the page was rendered.
    origin: the record the action originates from, by field name. A record gives at most one action
        (unique in `link`); for a second click the existing action is returned, restored if it was
        struck. Values that are None are ignored.
    sleutel: idempotency key of the form it was typed in, see `create_actie`. What somebody typed is
        never dropped: when the record has another action by then, this one is made without it.
    hoort_bij, herinner, today: as for `create_actie`.
    Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """
    source = {field: record for field, record in origin.items() if record is not None}
    try:
        with transaction.atomic():
            actie = create_actie(
                dossier=dossier,
                wat=wat,
                wie=wie,
                wanneer=wanneer,
                sleutel=sleutel,
                hoort_bij=hoort_bij,
                herinner=herinner,
                today=today,
                door=door,
            )
            link._default_manager.get_or_create(actie=actie, defaults={**place(), **source})
            return actie
    except IntegrityError:
        linked = link._default_manager.filter(**source).select_related("actie")
        existing: Any = linked.first() if source else None
        if existing is None:
            raise
    if sleutel:
        return create_linked_actie(
            dossier=dossier,
            wat=wat,
            wie=wie,
            wanneer=wanneer,
            sleutel=sleutel,
            hoort_bij=hoort_bij,
            herinner=herinner,
            today=today,
            door=door,
            link=link,
            place=place,
            origin={},
        )
    if existing.actie.geschrapt_op:
        restore(record=existing.actie, door=door)
    return existing.actie


@transaction.atomic
def plan_check(*, dossier: Dossier, acties: Collection[UUID], dag: date, door: User) -> int:
    """Give several actions the day on which the team looks back on them.

    acties: their primary keys. One that has a check by now keeps its own, and so does one that was
        decided on or struck: no choice of a colleague is replaced.
    Returns how many got this day. Raises DossierAfgesloten when the dossier has been closed in the
    meantime.
    """
    hold_open(dossier.pk)
    waiting = Actie.objects.filter(
        dossier=dossier, pk__in=acties, geschrapt_op=None, check_op=None, besluit=""
    )
    held = list(waiting.select_for_update(no_key=True))
    now = timezone.now()
    Actie.objects.filter(pk__in=[actie.pk for actie in held]).update(
        check_op=dag,
        check_op_revisie=F("check_op_revisie") + 1,
        gewijzigd_op=now,
        gewijzigd_door=door,
    )
    Actierevisie.objects.bulk_create(
        Actierevisie(
            record=actie,
            veld="check_op",
            revisie=actie.check_op_revisie + 1,
            waarde=as_text(dag),
            door=door,
            op=now,
        )
        for actie in held
    )
    return len(held)


@transaction.atomic
def choose_trekkers(
    *, actie: Actie, gekozen: Collection[UUID], stond: Collection[UUID], door: User
) -> frozenset[UUID]:
    """Say who does an action, so that they are reminded of it; what Wie says stays as it is.

    actie: with its dossier and school loaded.
    gekozen, stond: the keys of the accounts that are chosen now, and of those that were when the
        page was drawn. Only what differs is done, so that two people who choose at once both do.
    Returns the keys of those who were chosen and may not write here (any more): they are left out.
    Logs that somebody chose; whom the action itself says, with who did and when.
    Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """
    hold_open(actie.dossier_id)
    there = set(Trekker.objects.filter(actie=actie).values_list("gebruiker", flat=True))
    asked = set(gekozen) - set(stond) - there
    team = {one.pk for one in writers_of(actie.dossier.school)} if asked else set()
    removed = there & (set(stond) - set(gekozen))
    Trekker.objects.filter(actie=actie, gebruiker__in=removed).delete()
    _choose(actie, sorted(asked & team), door)
    if removed or asked & team:
        Actie.objects.filter(pk=actie.pk).update(gewijzigd_op=timezone.now(), gewijzigd_door=door)
        log(door=door, handeling=Logregel.Handeling.TREKKERS_GEKOZEN, record=actie)
    return frozenset(asked - team)


def _choose(actie: Actie, people: Iterable[UUID], door: User) -> None:
    now = timezone.now()
    Trekker.objects.bulk_create(
        Trekker(actie=actie, gebruiker_id=pk, gekozen_door=door, gekozen_op=now) for pk in people
    )


def day_of(wanneer: str, *, dossier: Dossier, today: date) -> date | None:
    """The day by which something is done that is to be done "voor de paasvakantie"; None when the
    words name no single day, as those of a rhythm, or one that its schooljaar has no more.

    dossier: where it is planned, with its school. today: the day on which the words were said.
    """
    meant = understand(wanneer, today=today, **_calendar(dossier))
    return meant.dag if meant and not meant.herhaalt else None


def meant_by(actie: Actie, *, today: date) -> Moment | None:
    """What the words about when of an action mean; None once it was decided on.

    actie: with its dossier and school loaded. One query for all actions of that record of a school,
    when the days off matter for what the words mean.
    """
    if actie.besluit:
        return None
    return understand(actie.wanneer, today=today, **_calendar(actie.dossier))


def is_said_too_late(actie: Actie, *, today: date) -> bool:
    """Whether the words about when of an action mean a day of its schooljaar that has passed.

    actie: as for `meant_by`.
    """
    return not actie.besluit and has_passed(actie.wanneer, today=today, **_calendar(actie.dossier))


def _calendar(dossier: Dossier) -> Any:
    """When there is school, in the schooljaar of a dossier."""
    return {
        "school": schooldays_of(school=dossier.school),
        "first": date(dossier.schooljaar, FIRST_MONTH, 1),
        "last": last_day_of(dossier.schooljaar),
    }


def is_overdue(actie: Actie, *, today: date) -> bool:
    """Whether an action is late: not done by its date, or not checked by its check date."""
    return not_done_in_time(actie, today=today) or not_checked_in_time(actie, today=today)


def not_done_in_time(actie: Actie, *, today: date) -> bool:
    return _is_to_do(actie) and _is_past(actie.wanneer_op, today)


def not_checked_in_time(actie: Actie, *, today: date) -> bool:
    return not actie.besluit and _is_past(actie.check_op, today)


def is_finished(actie: Actie) -> bool:
    """Whether an action asks for nothing any more: it was stopped, or done and looked back on."""
    is_checked = bool(actie.besluit) or actie.check_op is None
    return actie.besluit == Besluit.STOPPEN or (actie.stand == Actiestand.KLAAR and is_checked)


def next_date(actie: Actie) -> date | None:
    """The first day on which something has to be done or checked; None if there is none."""
    if actie.besluit == Besluit.STOPPEN:
        return None
    to_do = actie.wanneer_op if actie.stand != Actiestand.KLAAR else None
    to_check = actie.check_op if not actie.besluit else None
    return min((day for day in (to_do, to_check) if day), default=None)


def lacks_who_or_when(actie: Actie) -> bool:
    """Whether nobody, or no moment, is named for an action that still has to be done."""
    return lacks_when(actie) or (_is_to_do(actie) and not has_who(actie))


def has_who(actie: Actie) -> bool:
    """Whether somebody does an action: in words, or of the team (`with_trekkers`)."""
    return bool(actie.wie.strip()) or actie.heeft_trekker


def lacks_when(actie: Actie) -> bool:
    return _is_to_do(actie) and actie.wanneer_op is None and not actie.wanneer.strip()


def lacks_check(actie: Actie) -> bool:
    """Whether no moment to look back is planned for an action that was not decided on."""
    return not actie.besluit and actie.check_op is None


def names(actie: Actie, *, naam: str) -> bool:
    """Whether Wie names somebody, by the whole name or by the first one.

    Wie is free text: who shares a first name with a colleague finds the actions of both.
    """
    whole = search_key(naam)
    wie = f" {NO_LETTER.sub(' ', search_key(actie.wie))} "
    return bool(whole) and any(f" {one} " in wie for one in {whole, whole.split()[0]})


def named_in_team(actie: Actie, team: Iterable[User]) -> list[User]:
    """Who of a team stands in Wie with a whole name that is nobody else's there."""
    known = [(one, search_key(str(one))) for one in team]
    times = Counter(key for _, key in known)
    return [one for one, key in known if times[key] == 1 and names_whole(actie, naam=key)]


def names_whole(actie: Actie, *, naam: str) -> bool:
    """Whether Wie has the whole name of somebody, as the suggestions give it."""
    whole = search_key(naam)
    return bool(whole) and f" {_one_line(whole)} " in f" {_one_line(search_key(actie.wie))} "


def has_same_words(wat: str, citaat: str) -> bool:
    """Whether two texts say the same, whatever their capitals, accents, signs and spaces."""
    return _words(wat) == _words(citaat)


def _one_line(key: str) -> str:
    return " ".join(NO_LETTER.sub(" ", key).split())


def _words(text: str) -> list[str]:
    return NO_LETTER.sub(" ", search_key(text)).split()


def _is_to_do(actie: Actie) -> bool:
    return actie.besluit != Besluit.STOPPEN and actie.stand != Actiestand.KLAAR


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today
