"""Who reads a practice before others do: the ankerfiguur of its CLB, then an editor of the PLG."""

from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Handelingen, Logregel
from dossiers.mensen.models import User
from dossiers.praktijken.domain.delen import hold_praktijk, move
from dossiers.praktijken.models import Praktijk, Stand
from stsdialoog.seen import IntussenGewijzigd, check_seen


def pass_on(*, praktijk: Praktijk, seen: str, door: User) -> None:
    """The ankerfiguur passes a practice on to the PLG.

    seen: the `mark` of what she read. When it was passed on already, nothing changes.
    Raises IntussenGewijzigd when there is something else to read by now, PraktijkWeg when it was
    taken back.
    """
    _decide(
        praktijk=praktijk,
        seen=seen,
        van=Stand.ANKERFIGUUR,
        naar=Stand.PLG,
        handeling=Logregel.Handeling.PRAKTIJK_DOORGESTUURD,
        door=door,
    )


def approve(*, praktijk: Praktijk, seen: str, door: User) -> None:
    """An editor of the PLG puts a practice on the shelf; the rest is as for `pass_on`."""
    _decide(
        praktijk=praktijk,
        seen=seen,
        van=Stand.PLG,
        naar=Stand.GEDEELD,
        handeling=Logregel.Handeling.PRAKTIJK_GOEDGEKEURD,
        door=door,
    )


def ask_back(*, praktijk: Praktijk, van: Stand, vraag: str, seen: str, door: User) -> None:
    """Ask the team something about a practice, which then is with the team.

    van: with whom it is: the ankerfiguur or the PLG. vraag: must not be empty.
    The rest is as for `pass_on`.
    """
    _decide(
        praktijk=praktijk,
        seen=seen,
        van=van,
        naar=Stand.VRAAG,
        handeling=Logregel.Handeling.PRAKTIJK_GEVRAAGD,
        door=door,
        vraag=vraag,
    )


@transaction.atomic
def _decide(
    *,
    praktijk: Praktijk,
    seen: str,
    van: Stand,
    naar: Stand,
    handeling: Handelingen,
    door: User,
    vraag: str = "",
) -> None:
    held = hold_praktijk(praktijk.pk)
    check_seen(seen, *held.shown)
    if held.stand == naar and held.vraag == vraag:
        return  # a second click
    if held.stand != van:
        raise IntussenGewijzigd
    move(held, naar, vraag=vraag)
    log(door=door, handeling=handeling, record=held)
