"""Once a year the ankerfiguur of a CLB says who still works with its schools.

Half of a team changes each summer, and nobody tells an application. From 15 August on each role of
before July asks to be confirmed; the ankerfiguren get two mails; what nobody confirmed by 30
September ends by itself. It never ends unseen: only in a CLB with an ankerfiguur who used the
application since it was asked, and who got the second mail a week before (docs/adr/0029-who-still-
works-here.md).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import (
    NietVoorJezelf,
    add_ankerfiguur,
    begin,
    permanent_ankerfiguren,
    still_with_its_clb,
)
from dossiers.mensen.models import CLB, Bevestigingsmail, Lidmaatschap, Rol, User
from dossiers.mensen.models.rollen import LidmaatschapQuerySet

Handeling = Logregel.Handeling
# Month and day: who began from NIEUW on counts as confirmed.
NIEUW, VANAF, TWEEDE_VANAF, UITERLIJK = (7, 1), (8, 15), (9, 15), (9, 30)
TUSSEN = timedelta(days=7)
TERUG = timedelta(days=60)


class NietTerug(Exception):
    """It ended too long ago, or otherwise than by itself, or somebody gave it back already."""


@dataclass(frozen=True)
class Confirmed:
    """How many roles were confirmed, and how many got an end."""

    blijven: int
    stoppen: int


def year_of(today: date) -> int:
    """The calendar year in which it was last asked, or is asked now."""
    return today.year if (today.month, today.day) >= VANAF else today.year - 1


def last_day(today: date) -> date:
    """The day until which a role that nobody confirms is kept."""
    return max(date(year_of(today), *UITERLIJK), today)


def in_season(today: date) -> bool:
    """Whether it is one of the weeks in which every CLB is asked."""
    return VANAF <= (today.month, today.day) <= UITERLIJK


def is_asked_now(clb: CLB, *, today: date) -> bool:
    """Whether a CLB is asked today: in those weeks, or later when the mails of then left later."""
    jaar = year_of(today)
    return in_season(today) or Bevestigingsmail.objects.filter(clb=clb, jaar=jaar).exists()


def asked(*, today: date) -> LidmaatschapQuerySet:
    """The roles that nobody confirmed this year, and that have no end yet.

    Those in an oefenschool do not exist. One query, together with what narrows it down.
    """
    jaar = year_of(today)
    return Lidmaatschap.objects.filter(
        Q(bevestigd_op__isnull=True) | Q(bevestigd_op__lt=date(jaar, *VANAF)),
        actief_tot__isnull=True,
        eindigt_op__isnull=True,
        sinds__lt=moment(jaar, NIEUW),
    )


def of_clb(found: LidmaatschapQuerySet, clb: CLB | UUID) -> LidmaatschapQuerySet:
    return found.filter(Q(clb=clb) | Q(school__clb=clb))


@transaction.atomic
def confirm(
    *, clb: CLB, shown: Collection[UUID], stay: Collection[UUID], door: User, today: date
) -> Confirmed:
    """Confirm the roles that stay, and let those end that were shown and do not.

    shown, stay: keys of memberships, as a page sent them; what is not asked of this CLB (any more)
        is left alone.
    door: an ankerfiguur of the CLB, whose own role is confirmed along: she is there. Another
        ankerfiguur never gets an end here; she may confirm herself.
    """
    mine = of_clb(asked(today=today), clb).select_related("user", "school", "clb")
    blijven = list(mine.filter(Q(pk__in=stay) | Q(user=door, clb=clb)))
    stoppen = list(
        mine.filter(pk__in=shown, school__isnull=False).exclude(pk__in=stay).exclude(user=door)
    )
    for found, values, handeling in (
        (blijven, {"bevestigd_op": today}, Handeling.LIDMAATSCHAP_BEVESTIGD),
        (stoppen, {"eindigt_op": last_day(today)}, Handeling.LIDMAATSCHAP_LOOPT_AF),
    ):
        keys = [one.pk for one in found]
        Lidmaatschap.objects.filter(pk__in=keys, actief_tot__isnull=True).update(**values)
        for one in found:
            log(door=door, handeling=handeling, record=one)
    return Confirmed(len(blijven), len(stoppen))


def ending(clb: CLB, *, today: date) -> LidmaatschapQuerySet:
    """The roles of a CLB and its schools that have an end, which has not come yet."""
    found = Lidmaatschap.objects.filter(actief_tot__isnull=True, eindigt_op__gte=today)
    return of_clb(found, clb)


def lapsed(clb: CLB, *, today: date) -> LidmaatschapQuerySet:
    """The roles that ended by themselves and can be given back: for 60 days, once."""
    running = Lidmaatschap.objects.filter(actief_tot__isnull=True)
    found = Lidmaatschap.objects.filter(
        vervallen_op__gte=today - TERUG,
        user__is_active=True,
    )
    here = of_clb(found, clb)
    # Somebody who has another role in that school by now was not forgotten.
    there = of_clb(running, clb).values_list("user", "school", "clb")
    taken = {(user, school, of) for user, school, of in there}
    places = here.values_list("pk", "user", "school", "clb")
    return here.exclude(pk__in=[pk for pk, *place in places if tuple(place) in taken])


@transaction.atomic
def keep(*, lidmaatschap: Lidmaatschap, door: User, today: date) -> None:
    """Take away the end of a role in a school, or give back a role that ended by itself.

    What is given back is a new membership, confirmed. The one of an ankerfiguur is given back by
    another one, and announced as any.
    Raises NietTerug, SchoolVerhuisd, and NietVoorJezelf for a role of one's own.
    """
    if lidmaatschap.user_id == door.pk:
        raise NietVoorJezelf
    if lidmaatschap.school:
        still_with_its_clb(lidmaatschap.school)
    held = User.objects.select_for_update(no_key=True).get(pk=lidmaatschap.user_id)
    found = Lidmaatschap.objects.filter(pk=lidmaatschap.pk)
    ends = found.filter(actief_tot__isnull=True, eindigt_op__gte=today, school__isnull=False)
    if ends.update(eindigt_op=None, bevestigd_op=today):
        log(door=door, handeling=Handeling.LIDMAATSCHAP_BEVESTIGD, record=lidmaatschap)
        return
    clb = lidmaatschap.clb or lidmaatschap.school.clb  # type: ignore[union-attr]
    if not lapsed(clb, today=today).filter(pk=lidmaatschap.pk).exists():
        raise NietTerug
    found.update(vervallen_op=None)
    if lidmaatschap.rol == Rol.ANKERFIGUUR:
        add_ankerfiguur(clb=clb, user=held, door=door, in_beheer=False)
        return
    school, rol = lidmaatschap.school, lidmaatschap.rol
    begin(Lidmaatschap(user=held, school=school, rol=rol, bevestigd_op=today), door=door)


def unconfirmed(clb: CLB, *, today: date) -> LidmaatschapQuerySet:
    """The roles of a CLB that end now, when it is time.

    Those of ankerfiguren only when one stays who was confirmed: somebody has to be there to give
    roles back.
    """
    found = of_clb(asked(today=today), clb)
    stays = permanent_ankerfiguren(clb).exclude(pk__in=found.values("pk"))
    return found if stays.exists() else found.exclude(rol=Rol.ANKERFIGUUR)


def moment(jaar: int, day: tuple[int, int]) -> datetime:
    """The first moment of a day, here."""
    return timezone.make_aware(datetime.combine(date(jaar, *day), time()))
