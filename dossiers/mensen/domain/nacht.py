"""What happens by itself, each night, to who works where: mails that ask, and roles that end.

Each step can be broken off and done again. A mail is claimed, sent and noted; a claim without a
note, of a night that broke off, is taken over by the next one. Who loses a role is told once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from dossiers.mensen.domain.aankondigingen import concerned
from dossiers.mensen.domain.bevestigen import (
    TERUG,
    TUSSEN,
    TWEEDE_VANAF,
    UITERLIJK,
    VANAF,
    asked,
    last_day,
    moment,
    of_clb,
    unconfirmed,
    year_of,
)
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import (
    CLB,
    EERSTE,
    TWEEDE,
    Bevestigingsmail,
    Lidmaatschap,
    Rol,
    User,
)
from dossiers.mensen.models.rollen import LidmaatschapQuerySet
from stsdialoog import mail

# A claim that is older, without a note, is of a night that broke off.
BROKEN_OFF = timedelta(hours=2)


@dataclass(frozen=True)
class Night:
    """What one night came to.

    verweesd: the CLB's in which roles wait, and no ankerfiguur used the application.
    """

    mails: int
    beeindigd: int
    verweesd: int


def ask_and_end(*, today: date) -> Night:
    """Mail the ankerfiguren whom it is time to ask, and end the roles of which the day has gone by.

    today: also decides what a role that ends was asked for; a test gives another one.
    """
    ended = _end_past(today)
    mails = orphaned = 0
    waiting = asked(today=today)
    for clb in CLB.objects.filter(pk__in=_places(waiting)):
        if not _is_due(clb, today):
            mails += _ask(clb, today)
            orphaned += today > date(year_of(today), *UITERLIJK) and not _present(clb, today)
        else:
            ended += _end(unconfirmed(clb, today=today), today)
    return Night(mails, ended, orphaned)


def mails_of_before(op: date) -> QuerySet[Bevestigingsmail]:
    """The mails of a year in which nobody is asked any more."""
    return Bevestigingsmail.objects.filter(jaar__lt=op.year)


def _places(found: LidmaatschapQuerySet) -> set[Any]:
    keys = found.values_list("clb", "school__clb").distinct()
    return {clb or of_school for clb, of_school in keys}


def _ankerfiguren(clb: CLB) -> list[User]:
    active = Lidmaatschap.objects.active().filter(clb=clb, rol=Rol.ANKERFIGUUR)
    return list(User.objects.filter(pk__in=active.values("user"), is_active=True).order_by("email"))


def _present(clb: CLB, today: date) -> list[User]:
    """The ankerfiguren who logged in since it was asked: they can still give a role back."""
    since = moment(year_of(today), VANAF)
    return [one for one in _ankerfiguren(clb) if one.last_login and one.last_login >= since]


def _is_due(clb: CLB, today: date) -> bool:
    jaar = year_of(today)
    told = Bevestigingsmail.objects.filter(
        clb=clb,
        jaar=jaar,
        nummer=TWEEDE,
        user__in=_present(clb, today),
        verstuurd_op__lte=today - TUSSEN,
    )
    return today > date(jaar, *UITERLIJK) and told.exists()


def _ask(clb: CLB, today: date) -> int:
    """Send each ankerfiguur the mail that it is time for, at most one a night."""
    sent = 0
    for user in _ankerfiguren(clb):
        if (nummer := _next(clb, user, today)) and _claim(clb, user, nummer, today):
            sent += _send(clb, user, nummer, today)
    return sent


def _next(clb: CLB, user: User, today: date) -> int | None:
    jaar = year_of(today)
    of_year = Bevestigingsmail.objects.filter(clb=clb, jaar=jaar)
    rows = of_year.filter(user=user).values_list("nummer", "verstuurd_op")
    mine = {nummer: day for nummer, day in rows if day}
    if EERSTE not in mine:
        # Nobody is asked for the first time when it is over.
        in_time = today <= date(jaar, *UITERLIJK)
        return EERSTE if in_time or of_year.exists() else None
    rested = mine[EERSTE] <= today - TUSSEN
    if TWEEDE in mine or not rested or today < date(jaar, *TWEEDE_VANAF):
        return None
    return TWEEDE


def _claim(clb: CLB, user: User, nummer: int, today: date) -> bool:
    """Whether this process sends it: of two at once, one does."""
    now = timezone.now()
    one, made = Bevestigingsmail.objects.get_or_create(
        clb=clb, jaar=year_of(today), nummer=nummer, user=user, defaults={"geclaimd_op": now}
    )
    stale = Bevestigingsmail.objects.filter(
        pk=one.pk, verstuurd_op__isnull=True, geclaimd_op__lt=now - BROKEN_OFF
    )
    return made or bool(stale.update(geclaimd_op=now))


def _send(clb: CLB, user: User, nummer: int, today: date) -> bool:
    claim = Bevestigingsmail.objects.filter(clb=clb, jaar=year_of(today), nummer=nummer, user=user)
    context = {
        "clb": clb,
        "user": user,
        "laatste": nummer == TWEEDE,
        "aantal": of_clb(asked(today=today), clb).count(),
        "dag": date_format(_promised(nummer, today), "j F"),
        "link": mail.absolute_url("clb-bevestigen", pk=clb.pk),
    }
    try:
        mail.send_mail(to=user.email, template="mensen/mail/bevestigen", context=context)
    except mail.MailNietVerstuurd:
        # The log of the server says so; the next night tries again.
        claim.delete()
        return False
    claim.update(verstuurd_op=today)
    return True


def _promised(nummer: int, today: date) -> date:
    """The day until which nothing ends, as a mail of today says it."""
    soonest = today + TUSSEN - timedelta(days=1)
    return max(last_day(today), soonest) if nummer == TWEEDE else last_day(today)


def _end_past(today: date) -> int:
    """End the roles of which the last day has gone by."""
    return _end(Lidmaatschap.objects.filter(actief_tot__isnull=True, eindigt_op__lt=today), today)


def _end(found: LidmaatschapQuerySet, today: date) -> int:
    """End these roles, and tell once who had them, and the ankerfiguren of their CLB's."""
    ended = []
    rows = found.select_related("user", "clb", "school__clb").order_by("user__email", "pk")
    for one in list(rows):
        with transaction.atomic():
            # Somebody may be confirming it right now: with the row locked, ask again.
            Lidmaatschap.objects.select_for_update(no_key=True).get(pk=one.pk)
            if not found.filter(pk=one.pk).exists():
                continue
            # Whoever stood in as an ankerfiguur was not forgotten: that was the agreement.
            stood_in = one.rol == Rol.ANKERFIGUUR and one.eindigt_op is not None
            if end_lidmaatschap(
                lidmaatschap=one, door=None, vervallen_op=None if stood_in else today
            ):
                ended.append(one)
    _tell_people(ended)
    _tell_ankerfiguren(ended, today)
    return len(ended)


def _tell_people(ended: Iterable[Lidmaatschap]) -> None:
    of_user: dict[User, list[Lidmaatschap]] = {}
    for one in ended:
        of_user.setdefault(one.user, []).append(one)
    for user, rows in of_user.items():
        if user.is_active:
            plaatsen = [str(one.school or one.clb) for one in rows]
            context = {"user": user, "plaatsen": plaatsen}
            mail.send_if_possible(user.email, "mensen/mail/rol_afgelopen", context)


def _tell_ankerfiguren(ended: Iterable[Lidmaatschap], today: date) -> None:
    of: dict[CLB, list[Lidmaatschap]] = {}
    for one in ended:
        clb = one.school.clb if one.school else one.clb
        assert clb is not None  # noqa: S101 (a role is in a school or in a CLB)
        of.setdefault(clb, []).append(one)
    for clb, rows in of.items():
        context = {
            "clb": clb,
            "aantal": len(rows),
            "dag": date_format(today + TERUG, "j F Y"),
            "link": mail.absolute_url("clb-bevestigen", pk=clb.pk),
        }
        for adres in concerned([clb]).adressen:
            mail.send_if_possible(adres, "mensen/mail/rollen_afgelopen", context)
