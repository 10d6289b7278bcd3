"""Memberships, which give people a role in a school or CLB. They are ended, never deleted."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import announce, concerned, role_words
from dossiers.mensen.models import CLB, CLB_ROLLEN, Lidmaatschap, Rol, School, User
from stsdialoog.errors import AlreadyExists

VRAAG_EEN_COLLEGA = (
    "Een rol of een recht geef je niet aan jezelf: vraag het aan een collega van het STS-team."
)


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
    made = Lidmaatschap(user=user, school=school, rol=rol)
    _begin(made, door=user)
    return made


class NietVoorJezelf(PermissionDenied):
    """Somebody tries to give herself a role, or a right."""

    def __init__(self) -> None:
        super().__init__(VRAAG_EEN_COLLEGA)


@transaction.atomic
def add_ankerfiguur(*, clb: CLB, user: User, door: User) -> Lidmaatschap:
    """Make a user an ankerfiguur of a CLB, and tell those it has.

    Raises AlLid when they have an active role there, and NietVoorJezelf for whoever does it.
    """
    if user == door:
        raise NietVoorJezelf
    _one_at_a_time(user)
    running = Lidmaatschap.objects.filter(user=user, clb=clb, actief_tot__isnull=True).first()
    if running:
        raise AlLid(running)
    betrokken = concerned([clb])
    made = Lidmaatschap(user=user, clb=clb, rol=Rol.ANKERFIGUUR)
    announce(regel=_begin(made, door=door), betrokken=betrokken, **role_words(made))
    return made


@transaction.atomic
def end_in_beheer(*, lidmaatschap: Lidmaatschap, door: User) -> None:
    """End a membership from the admin, and tell the ankerfiguren of the CLB."""
    school = lidmaatschap.school
    clb = school.clb if school else lidmaatschap.clb
    betrokken = concerned([clb] if clb else [])
    if regel := end_lidmaatschap(lidmaatschap=lidmaatschap, door=door):
        announce(regel=regel, betrokken=betrokken, **role_words(lidmaatschap))


@transaction.atomic
def end_lidmaatschap(*, lidmaatschap: Lidmaatschap, door: User | None) -> Logregel | None:
    """End a membership: the user loses access there at once; what they typed is kept.

    door: None when it ends by itself.

    Returns the line in the log; None for a membership that has already ended, which is untouched.
    """
    ended = Lidmaatschap.objects.filter(pk=lidmaatschap.pk, actief_tot__isnull=True).update(
        actief_tot=timezone.now()
    )
    if not ended:
        return None
    return log(door=door, handeling=Logregel.Handeling.LIDMAATSCHAP_BEEINDIGD, record=lidmaatschap)


def _begin(lidmaatschap: Lidmaatschap, *, door: User) -> Logregel:
    lidmaatschap.save(force_insert=True)
    if lidmaatschap.rol in CLB_ROLLEN:
        # From now on the second step is asked in every session there is (middleware.py).
        User.objects.filter(pk=lidmaatschap.user_id).update(toegang_versie=F("toegang_versie") + 1)
    return log(door=door, handeling=Logregel.Handeling.LID_GEWORDEN, record=lidmaatschap)


def _one_at_a_time(user: User) -> None:
    """Lock a user until the end of the transaction, so that changes of memberships do not race."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
