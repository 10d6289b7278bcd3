"""What an account would leave behind, for its owner to see to first."""

from dataclasses import dataclass

from dialoogfiches.oudergesprekken.access import only_hers
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, User


@dataclass(frozen=True)
class LeavesBehind:
    """gesprekken: talks with parents that nobody else can open.

    clbs: those of which she is the only ankerfiguur who stays.
    """

    gesprekken: int
    clbs: list[CLB]


def leaves_behind(user: User) -> LeavesBehind:
    ankerfiguren = Lidmaatschap.objects.active().filter(rol=Rol.ANKERFIGUUR)
    mine = ankerfiguren.filter(user=user)
    # Who stands in for a while does not count: a CLB keeps one without an end.
    others = ankerfiguren.filter(eindigt_op__isnull=True, user__is_active=True).exclude(user=user)
    alone = CLB.objects.filter(pk__in=mine.values("clb")).exclude(pk__in=others.values("clb"))
    return LeavesBehind(only_hers(user).count(), list(alone))
