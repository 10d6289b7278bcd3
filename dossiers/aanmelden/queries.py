"""How somebody logs in elsewhere, and who waits for an answer to a question for a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from dossiers.aanmelden.domain.koppelingen import koppelingen_of
from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.mensen.access import Places
from dossiers.mensen.models import CLB, Rol, School, User
from stsdialoog.openid import Aanbieder


@dataclass(frozen=True)
class Koppeling:
    """A login elsewhere. als: how its owner is called there; sleutel: its name in an address."""

    aanbieder: Aanbieder
    als: str
    sinds: datetime
    sleutel: str


@dataclass(frozen=True)
class Waiting:
    """gevraagd: the names of the places that somebody asked for; aantal: how many ask her."""

    gevraagd: tuple[str, ...] = ()
    aantal: int = 0


def name_of(koppeling: SocialAccount) -> str:
    """What a link is called in an address: nothing that counts them."""
    named = salted_hmac("stsdialoog.koppeling", str(koppeling.pk), algorithm="sha256")
    return named.hexdigest()[:20]


def links_of(user: User) -> list[Koppeling]:
    """The logins elsewhere of an account, oldest first. One query."""
    return [
        Koppeling(
            settings.AANBIEDERS[one.provider],
            one.extra_data.get("als", ""),
            one.date_joined,
            name_of(one),
        )
        for one in koppelingen_of(user)
    ]


def open_vragen(
    *, clbs: Iterable[CLB] | Iterable[object], school: School | None = None
) -> QuerySet[Lidmaatschapsvraag]:
    """The questions for a place in these CLB's and their schools that wait, oldest first.

    clbs: CLB's, or their keys. school: only those for this one.
    """
    waiting = Lidmaatschapsvraag.objects.filter(beantwoord_op__isnull=True, user__is_active=True)
    if school:
        waiting = waiting.filter(school=school)
    of_clbs = waiting.filter(Q(clb__in=clbs) | Q(school__clb__in=clbs))
    return of_clbs.select_related("user", "school", "clb")


def waiting_for(*, user: User, places: Places) -> Waiting:
    """What waits for an answer, of a user and for her. Two queries; none without a provider.

    places: of the user.
    """
    if not settings.AANBIEDERS:
        return Waiting()
    mine = Lidmaatschapsvraag.objects.filter(user=user, beantwoord_op__isnull=True)
    managed = [clb for clb, rol in places.in_clbs.items() if rol == Rol.ANKERFIGUUR]
    return Waiting(
        tuple(str(one.plek) for one in mine.select_related("school", "clb")),
        open_vragen(clbs=managed).count() if managed else 0,
    )
