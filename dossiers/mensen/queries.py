"""Finds who works with a school, what changed about who may, and where somebody is logged in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils import timezone

from dossiers.mensen.access import clb_staff_of
from dossiers.mensen.domain.bevestigen import asked, of_clb
from dossiers.mensen.models import CLB, Aankondiging, Lidmaatschap, Rol, School, User, Verhuis
from stsdialoog.text import search_words

# As many as fit on a page that somebody reads.
MAX_CHANGES = 200
# As many schools as one goes through at once; the next ones come when these are done.
MAX_SCHOLEN, MAX_WOORDEN = 60, 8


@dataclass(frozen=True)
class AccessChange:
    """What was changed in the admin about who can get at the dossiers of a CLB."""

    op: datetime
    zin: str


@dataclass(frozen=True)
class OpenSessie:
    """Where somebody is logged in. deze: in the session in which she looks."""

    kenmerk: UUID
    toestel: str
    sinds: datetime
    laatst: datetime
    eigen_toestel: bool
    deze: bool


@dataclass(frozen=True)
class PeopleOf:
    """Some roles in one place: a school, or the CLB itself."""

    plaats: School | CLB
    rollen: tuple[Lidmaatschap, ...]


@dataclass(frozen=True)
class ToConfirm:
    """The roles that a CLB is asked about, the first of its schools; `aantal` counts all roles.

    meer: how many schools are left for when these are done.
    """

    groepen: tuple[PeopleOf, ...]
    aantal: int
    meer: int


def to_confirm(clb: CLB, *, zoek: str, today: date) -> ToConfirm:
    """The roles that nobody confirmed yet: of ankerfiguren, then school by school. Four queries.

    zoek: words of the name, place or number of schools; "" for all.
    """
    rollen = of_clb(asked(today=today), clb).select_related("user")
    scholen = School.objects.filter(clb=clb, pk__in=rollen.values("school")).order_by("naam", "pk")
    for word in search_words(zoek, at_most=MAX_WOORDEN):
        scholen = scholen.filter(zoeksleutel__contains=word)
    shown = list(scholen[:MAX_SCHOLEN])
    of: dict[Any, list[Lidmaatschap]] = {}
    here = Q(school__in=shown) if zoek else Q(school__in=shown) | Q(clb=clb)
    for one in rollen.filter(here).order_by(Lower("user__naam"), "user__email"):
        of.setdefault(one.school_id or one.clb_id, []).append(one)
    plaatsen: list[School | CLB] = [clb, *shown]
    groepen = [PeopleOf(one, tuple(of[one.pk])) for one in plaatsen if one.pk in of]
    return ToConfirm(tuple(groepen), rollen.count(), scholen.count() - len(shown))


def with_place(rollen: QuerySet[Lidmaatschap]) -> QuerySet[Lidmaatschap]:
    """Roles with their user and place, for a list by name."""
    return rollen.select_related("user", "school", "clb").order_by(
        Lower("user__naam"), "user__email", "school__naam"
    )


def ankerfiguren_of(clb: CLB) -> QuerySet[Lidmaatschap]:
    """The active ankerfiguren of a CLB, those for good first."""
    active = Lidmaatschap.objects.active().filter(clb=clb, rol=Rol.ANKERFIGUUR)
    return active.select_related("user").order_by(
        F("eindigt_op").desc(nulls_first=True), Lower("user__naam")
    )


def colleagues_to_appoint(clb: CLB) -> QuerySet[User]:
    """Who works for a school of a CLB and is no ankerfiguur of it for good: known people."""
    active = Lidmaatschap.objects.active()
    medewerkers = active.filter(school__clb=clb, rol=Rol.CLB_MEDEWERKER)
    for_good = active.filter(clb=clb, eindigt_op__isnull=True)
    found = User.objects.filter(is_active=True, pk__in=medewerkers.values("user"))
    return found.exclude(pk__in=for_good.values("user")).order_by(Lower("naam"), "email")


def open_moves_of(clb: CLB) -> QuerySet[Verhuis]:
    """The moves of schools to and from a CLB that somebody has yet to agree to, oldest first."""
    found = Verhuis.objects.filter(Q(van=clb) | Q(naar=clb)).filter(
        bevestigd_op__isnull=True, gestopt_op__isnull=True
    )
    return found.select_related("school", "van", "naar", "beslist").order_by("gevraagd_op")


def clbs_to_give_to(clb: CLB) -> QuerySet[CLB]:
    """The other CLB's that have an ankerfiguur, who can agree to take over a school."""
    active = Lidmaatschap.objects.active().filter(rol=Rol.ANKERFIGUUR, user__is_active=True)
    return CLB.objects.filter(pk__in=active.values("clb")).exclude(pk=clb.pk).order_by("naam")


def team_of(school: School) -> QuerySet[Lidmaatschap]:
    """The active memberships that give access to a school, with their user.

    Ordered by role, with the ankerfiguren of the CLB first, and then by name.
    """
    return (
        Lidmaatschap.objects.active()
        .filter(Q(school=school) | Q(clb=school.clb_id), user__is_active=True)
        .select_related("user")
        .annotate(
            volgorde=Case(
                *(When(rol=rol, then=Value(place)) for place, rol in enumerate(Rol.values)),
                output_field=IntegerField(),
            )
        )
        .order_by("volgorde", Lower("user__naam"), "user__email")
    )


def writers_of(school: School) -> list[User]:
    """Who may write in the dossiers of a school, each once: by role, then by name. One query."""
    if school.oefen:
        return list(clb_staff_of(school).order_by(Lower("naam"), "email"))
    return list(dict.fromkeys(lid.user for lid in team_of(school).exclude(rol=Rol.LEZER)))


def names_of_team(school: School) -> list[str]:
    """The names of the people who work with a school, as suggestions. One query."""
    return list(dict.fromkeys(str(lid.user) for lid in team_of(school)))


def access_changes(clbs: QuerySet[CLB]) -> list[AccessChange]:
    """What was announced to the ankerfiguren of these CLB's, newest first. One query."""
    rows = (
        Aankondiging.objects.filter(clb__in=clbs)
        .order_by("-regel__op", "-regel")
        .values_list("regel__op", "zin")
        .distinct()
    )
    return [AccessChange(op, zin) for op, zin in rows[:MAX_CHANGES]]


def open_sessies(*, user: User, here: str) -> list[OpenSessie]:
    """Where an account is logged in, used last first. One query.

    Not where a new password or another address of the account shut it out already.
    here: the key of the session in which it is asked.
    """
    fits = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    rows = user.sessies.filter(expire_date__gt=timezone.now()).order_by("-laatst", "kenmerk")
    return [
        OpenSessie(
            kenmerk=row.kenmerk,
            toestel=row.toestel,
            sinds=row.sinds,
            laatst=row.laatst,
            eigen_toestel=row.eigen_toestel,
            deze=row.session_key == here,
        )
        for row in rows
        if row.get_decoded().get(HASH_SESSION_KEY) in fits
    ]
