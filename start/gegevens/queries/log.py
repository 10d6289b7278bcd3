"""The lines of the log that somebody wrote or that are about her, with no name but hers."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet

from dossiers.inzage.domain import Groep, kinds_in, sentence
from dossiers.logboek.models import Logregel
from dossiers.mensen.access import places_of
from dossiers.mensen.models import Lidmaatschap, Plglid, School, User
from start.gegevens.queries.parts import Deel, Row, newest_first

IEMAND, VANZELF = "Iemand anders", "STS-Dialoog"


def logboek(user: User, *, zelf: bool) -> Deel:
    """zelf: for herself; anybody else does not hear of talks with parents."""
    return Deel(
        "logboek",
        "Het logboek",
        "Wat je deed en wat er met je account gebeurde, de laatste twee jaar. De namen van "
        "anderen staan er niet bij.",
        ("wanneer", "wat", "waar"),
        _lines(user, zelf=zelf),
    )


def _lines(user: User, *, zelf: bool) -> Iterator[Row]:
    roles = {str(lid.pk): lid for lid in Lidmaatschap.objects.filter(user=user)}
    plgs = map(str, Plglid.objects.filter(user=user).values_list("pk", flat=True))
    about_her = {str(user.pk), *roles, *plgs}
    schools = _schools_she_knows(user)
    for line in newest_first(_of(user, about_her, zelf=zelf), op="op"):
        hers = line.record_id in about_her
        role = roles.get(line.record_id)
        door = str(user) if line.door_id == user.pk else IEMAND if line.door_id else VANZELF
        zin = sentence(
            line.handeling,
            door=door,
            wie=str(user) if hers else "",
            rol=role.get_rol_display() if role else "een rol",
        )
        yield line.op, zin, schools.get(line.school_id, "")


def _of(user: User, about_her: set[str], *, zelf: bool) -> QuerySet[Logregel]:
    about = Q(soort__in=("user", "lidmaatschap", "plglid"), record_id__in=about_her)
    lines = Logregel.objects.filter(Q(door=user) | about)
    if not zelf:
        lines = lines.exclude(handeling__in=kinds_in((Groep.OUDERS,)))
    return lines


def _schools_she_knows(user: User) -> dict[UUID | None, str]:
    """Those where she has or had a role. Of another, whose dossier was refused to her, its name is
    none of hers.
    """
    mine = Q(pk__in=places_of(user).schools().values("pk")) | Q(lidmaatschappen__user=user)
    found = School.objects.filter(mine).distinct().values_list("pk", "naam")
    return dict(found)
