"""Logging what happens to an account: who logs in with it, and what it is refused.

An account has a place of its own nowhere, so each CLB of which it opens a dossier gets a line, and
its ankerfiguren can read it.
"""

from django.db.models import Model

from dossiers.logboek.domain import Place, log, log_once_a_day, place_of
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import clbs_open_to
from dossiers.mensen.models import User
from stsdialoog.text import address

Handeling = Logregel.Handeling


def log_of_account(*, door: User | None, handeling: Handeling, user: User) -> Logregel:
    """Log something about an account; returns the first of its lines."""
    places = _places(user)
    lines = [log(door=door, handeling=handeling, record=user, place=place) for place in places]
    return lines[0]


def log_once_of_account(*, door: User, handeling: Handeling, user: User) -> None:
    """Log something about an account, once a day in each of its places."""
    for place in _places(user):
        log_once_a_day(door=door, handeling=handeling, records=[user], place=place)


def log_failed_login(*, email: str, locked_out: bool = False) -> None:
    """Log that somebody tried to log in with an account that exists, and not what was typed.

    locked_out: because it was tried too often, so that nothing was looked at; once a day.
    """
    user = User.objects.filter(email=address(email)).first()
    if user is None:
        return
    if not locked_out:
        log_of_account(door=None, handeling=Handeling.INLOGGEN_MISLUKT, user=user)
        return
    handeling = Handeling.INLOGGEN_GEBLOKKEERD
    for place in _places(user):
        log_once_a_day(door=None, handeling=handeling, records=[user], place=place)


def log_refusal(*, user: User, dossier: Model) -> None:
    """Log, once a day, that somebody asked for a dossier, or for what is in it, and was refused.

    Where the dossier is, its CLB hears it; a CLB where the account belongs hears that it was
    refused elsewhere, and not by which dossier.
    """
    here = place_of(dossier)
    log_once_a_day(door=user, handeling=Handeling.TOEGANG_GEWEIGERD, records=[dossier])
    for place in _places(user):
        if place.clb_id and place.clb_id != here.clb_id:
            handeling = Handeling.ELDERS_GEWEIGERD
            log_once_a_day(door=user, handeling=handeling, records=[user], place=place)


def _places(user: User) -> list[Place]:
    """The CLB's that an account belongs to; nowhere, when there is none."""
    return [Place(clb_id=clb.pk) for clb in clbs_open_to(user)] or [Place()]
