"""Memberships, which give people a role in a school or CLB. They are ended, never deleted."""

from django.db import transaction
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from stsdialoog.errors import AlreadyExists


class AlLid(AlreadyExists):
    """The user already has this role; `lidmaatschap` is the active membership."""

    def __init__(self, lidmaatschap: Lidmaatschap) -> None:
        super().__init__()
        self.lidmaatschap = lidmaatschap


@transaction.atomic
def give_rol(*, user: User, school: School, rol: str) -> Lidmaatschap:
    """Give a user who accepted it a role in a school, ending any other role in that school.

    Returns the active membership, which is the existing one when the user already has the role.
    """
    _one_at_a_time(user)
    running = Lidmaatschap.objects.filter(user=user, school=school, actief_tot__isnull=True).first()
    if running and running.rol == rol:
        return running
    if running:
        end_lidmaatschap(lidmaatschap=running, door=user)
    return _begin(Lidmaatschap(user=user, school=school, rol=rol), door=user)


@transaction.atomic
def add_ankerfiguur(*, clb: CLB, user: User, door: User) -> Lidmaatschap:
    """Make a user an ankerfiguur of a CLB. Raises AlLid when they have an active role there."""
    _one_at_a_time(user)
    running = Lidmaatschap.objects.filter(user=user, clb=clb, actief_tot__isnull=True).first()
    if running:
        raise AlLid(running)
    return _begin(Lidmaatschap(user=user, clb=clb, rol=Rol.ANKERFIGUUR), door=door)


@transaction.atomic
def end_lidmaatschap(*, lidmaatschap: Lidmaatschap, door: User) -> None:
    """End a membership: the user loses access there at once; what they typed is kept.

    A membership that has already ended is untouched.
    """
    ended = Lidmaatschap.objects.filter(pk=lidmaatschap.pk, actief_tot__isnull=True).update(
        actief_tot=timezone.now()
    )
    if ended:
        log(door=door, handeling=Logregel.Handeling.LIDMAATSCHAP_BEEINDIGD, record=lidmaatschap)


def _begin(lidmaatschap: Lidmaatschap, *, door: User) -> Lidmaatschap:
    lidmaatschap.save(force_insert=True)
    log(door=door, handeling=Logregel.Handeling.LID_GEWORDEN, record=lidmaatschap)
    return lidmaatschap


def _one_at_a_time(user: User) -> None:
    """Lock a user until the end of the transaction, so that changes of memberships do not race."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
