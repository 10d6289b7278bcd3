"""Who is a member of a PLG: given and ended in the admin, never by and to oneself."""

from django.db import transaction
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.models import Plglid, User
from stsdialoog.errors import AlreadyExists


class AlPlglid(AlreadyExists):
    """The user is a member of that PLG already."""


@transaction.atomic
def add_plglid(*, user: User, plg: str, door: User) -> Plglid:
    """Make a user a member of a PLG.

    Raises AlPlglid for whoever is one, and NietVoorJezelf for whoever does it.
    """
    if user == door:
        raise NietVoorJezelf
    # Held until the end, so that two who add her at once add her once.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if Plglid.objects.active().filter(user=user, plg=plg).exists():
        raise AlPlglid
    made = Plglid.objects.create(user=user, plg=plg)
    log(door=door, handeling=Logregel.Handeling.PLGLID_GEWORDEN, record=made)
    return made


@transaction.atomic
def end_plglid(*, plglid: Plglid, door: User | None) -> None:
    """End a membership of a PLG; what she wrote there stays. One that ended is untouched.

    door: None when it ends with her account.
    """
    ended = Plglid.objects.active().filter(pk=plglid.pk).update(actief_tot=timezone.now())
    if ended:
        log(door=door, handeling=Logregel.Handeling.PLGLID_BEEINDIGD, record=plglid)
