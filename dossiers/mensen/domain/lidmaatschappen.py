"""Who may do what where: memberships begin and end, and are never deleted."""

from django.db import transaction
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from stsdialoog.errors import AlreadyThere


class AlLid(AlreadyThere):
    """The person already has this place."""

    def __init__(self, lidmaatschap: Lidmaatschap) -> None:
        super().__init__()
        self.lidmaatschap = lidmaatschap


@transaction.atomic
def give_rol(*, user: User, school: School, rol: str) -> Lidmaatschap:
    """Give a person who accepted it a role in a school; another role there comes to its end."""
    _one_at_a_time(user)
    running = Lidmaatschap.objects.filter(user=user, school=school, actief_tot__isnull=True).first()
    if running and running.rol == rol:
        return running
    if running:
        end_lidmaatschap(lidmaatschap=running, door=user)
    return _begin(Lidmaatschap(user=user, school=school, rol=rol), door=user)


@transaction.atomic
def add_ankerfiguur(*, clb: CLB, user: User, door: User) -> Lidmaatschap:
    """Make a person an ankerfiguur of a CLB. Raises AlLid when she is one already."""
    _one_at_a_time(user)
    running = Lidmaatschap.objects.filter(user=user, clb=clb, actief_tot__isnull=True).first()
    if running:
        raise AlLid(running)
    return _begin(Lidmaatschap(user=user, clb=clb, rol=Rol.ANKERFIGUUR), door=door)


@transaction.atomic
def end_lidmaatschap(*, lidmaatschap: Lidmaatschap, door: User) -> None:
    """End a membership: from now on the person sees nothing there; what she typed stays.

    lidmaatschap: one that has ended already stays as it is.
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
    """Two memberships of one person wait for each other, up to the end of the transaction."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
