"""Fixing a routekaart: its document and its data are kept, byte for byte, for as many years."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Rol, School, User
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from preventieplan.bestuur.domain.antwoorden import answers_since
from preventieplan.bestuur.models import (
    Bestuursantwoord,
    Bestuurslink,
    VastgesteldeRoutekaart,
)
from stsdialoog import mail
from stsdialoog.seen import check_seen
from stsdialoog.text import line

# The inspection comes at least once in six years (docs/facts.md, "Quality").
JAREN = 6
MOST_ASKED = 10
# A database may live in another time zone than a school.
ELSEWHERE = timedelta(days=2)
# What the data hold of the day and of the one that was fixed before.
FOLLOWS = ("vastgesteld_op", "stand_van", "sinds")
# What stands before a line of a list.
BULLET = re.compile(r"^\s*(?:[-–•*·]|\d{1,2}[.)])\s+")


class TeVeelVragen(Exception):
    """More was asked than a board can answer one by one."""


class NietsNieuws(Exception):
    """It would say the same as `vorige`, the routekaart that was last fixed."""

    def __init__(self, vorige: VastgesteldeRoutekaart) -> None:
        super().__init__()
        self.vorige = vorige


def asked_in(text: str) -> tuple[str, ...]:
    """The things that a team asks of its board: each line of what it wrote is one."""
    lines = (line(BULLET.sub("", one)) for one in text.splitlines())
    return tuple(one for one in lines if one)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def says_of(data: bytes) -> dict[str, Any]:
    """What the data of a routekaart say that does not follow from the day or from the last one."""
    told: dict[str, Any] = json.loads(data)
    for name in FOLLOWS:
        told.pop(name)
    for doel in told["doelen"]:
        doel.pop("eerder")
    # A draft is written anew from what changed since the last one.
    told["zinnen"] = {
        naam: None if zin["klad"] else zin["tekst"] for naam, zin in told["zinnen"].items()
    }
    return told


def last_of(school_id: UUID) -> VastgesteldeRoutekaart | None:
    """The routekaart that a school last fixed, without what it holds. One query."""
    return without_contents(VastgesteldeRoutekaart.objects.filter(school=school_id)).first()


def without_contents(
    kaarten: QuerySet[VastgesteldeRoutekaart],
) -> QuerySet[VastgesteldeRoutekaart]:
    """They are large, so they are read only by who wants them."""
    return kaarten.defer("document", "data")


@transaction.atomic
def fix(
    *,
    pk: UUID,
    dossier: Dossier,
    data: bytes,
    document: bytes,
    seen: str,
    reread: Callable[[], bytes],
    door: User,
) -> VastgesteldeRoutekaart:
    """Fix a routekaart, and mail who works with the school. A second time gives the first.

    pk: the key that the form chose. data, document: made from what `door` confirmed.
    seen: the `mark_of` what `reread` gave then and the key of the last one that was fixed.
    Raises IntussenGewijzigd when that is something else by now, NietsNieuws, and DossierAfgesloten.
    """
    hold_open(dossier.pk)
    if made := made_with(pk=pk, dossier=dossier):
        return made
    last = last_of(dossier.school_id)
    check_seen(seen, sha256_of(reread()), last and last.pk)
    check_is_new(last=last, data=data)
    kaart = keep(pk=pk, dossier=dossier, data=data, document=document, door=door, op=timezone.now())
    if not dossier.school.oefen:
        _tell(kaart, dossier, door)
    return kaart


def keep(
    *, pk: UUID, dossier: Dossier, data: bytes, document: bytes, door: User, op: datetime
) -> VastgesteldeRoutekaart:
    """Keep a routekaart as it was fixed at a moment, for as long as its term, and tell nobody.

    Inside a transaction that holds the dossier open.
    """
    kaart = VastgesteldeRoutekaart.objects.create(
        pk=pk,
        school_id=dossier.school_id,
        dossier=dossier,
        schooljaar=dossier.schooljaar,
        op=op,
        door=door,
        bewaren_tot=_years_after(timezone.localdate(op), JAREN),
        document=document,
        document_sha256=sha256_of(document),
        data=data,
        data_sha256=sha256_of(data),
    )
    log(door=door, handeling=Logregel.Handeling.ROUTEKAART_VASTGESTELD, record=kaart)
    return kaart


def made_with(*, pk: UUID, dossier: Dossier) -> VastgesteldeRoutekaart | None:
    """The one that was fixed with the key of a form, if it was sent before."""
    return without_contents(VastgesteldeRoutekaart.objects.filter(pk=pk, dossier=dossier)).first()


def check_is_new(*, last: VastgesteldeRoutekaart | None, data: bytes) -> None:
    """Raise NietsNieuws for data that say what the last one says, when nobody answered since.

    Ask it before a document is made of them, too: that takes a while.
    """
    if last and says_of(bytes(last.data)) == says_of(data) and not answers_since(last).exists():
        raise NietsNieuws(last)


def kept_long_enough(op: date) -> QuerySet[VastgesteldeRoutekaart]:
    """Those of which the term is over, with what the board answered to them."""
    return without_contents(VastgesteldeRoutekaart.objects.filter(bewaren_tot__lt=op - ELSEWHERE))


def erase_with_school(school: School) -> None:
    """Erase all of a school that is being erased itself: the database lets them go with it only.

    In a restored backup nobody asked yet for a school to go that is known to be gone.
    """
    School.objects.filter(pk=school.pk, oefen=False, wissen_op__isnull=True).update(
        wissen_op=timezone.localdate()
    )
    Bestuursantwoord.objects.filter(link__kaart__school=school).delete()
    Bestuurslink.objects.filter(kaart__school=school).delete()
    VastgesteldeRoutekaart.objects.filter(school=school)._raw_delete(using="default")


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _tell(kaart: VastgesteldeRoutekaart, dossier: Dossier, door: User) -> None:
    """Mail who writes in the dossier, of the school and of its CLB, once it is certain."""
    context = {
        "kaart": kaart,
        "dossier": dossier,
        "door": door,
        "link": mail.absolute_url("vastgesteld-een", pk=dossier.pk, kaart_pk=kaart.pk),
    }
    team = team_of(dossier.school).exclude(rol=Rol.LEZER)
    for adres in sorted({lid.user.email for lid in team}):
        mail.send_when_committed(adres, "bestuur/mail/vast", context)
