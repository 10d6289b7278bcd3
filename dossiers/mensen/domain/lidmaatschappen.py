"""Memberships, which give people a role in a school or CLB. They are ended, and go only with it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import announce, concerned, role_words
from dossiers.mensen.domain.sessies import shorten_sessies
from dossiers.mensen.models import CLB, CLB_ROLLEN, Lidmaatschap, Rol, School, User
from stsdialoog.errors import AlreadyExists, Refusal

VRAAG_EEN_COLLEGA = (
    "Een rol of een recht geef je niet aan jezelf: vraag het aan een collega van het STS-team."
)
EERST_EEN_BLIJVENDE = (
    "Een CLB houdt altijd één ankerfiguur zonder einddatum. Laat de einddatum leeg, of voeg eerst "
    "een andere ankerfiguur toe."
)


class AlLid(AlreadyExists):
    """The user already has this role; `lidmaatschap` is the active membership."""

    def __init__(self, lidmaatschap: Lidmaatschap) -> None:
        super().__init__()
        self.lidmaatschap = lidmaatschap


class SchoolVerhuisd(Refusal):
    """The school went to another CLB between the question who somebody is and what she asked."""

    kop = "Deze school is nu bij een ander CLB"
    verder = ("scholen", "Naar mijn scholen")

    def __init__(self) -> None:
        super().__init__("Ze is net verhuisd, dus wat je vroeg is niet gebeurd.")


def hold_school(school: School) -> School:
    """Lock a school until the end of the transaction, before any person or invitation of it.

    So it does not go to another CLB, which ends the roles of the staff of the old one, while
    somebody gets such a role. Returns it as it is now, without its CLB: joined to it, a row of
    which that changes while one waits would not be found.
    """
    return School.objects.select_for_update(no_key=True).get(pk=school.pk)


def still_with_its_clb(school: School) -> None:
    """Hold a school that was loaded for somebody of its CLB. Raises SchoolVerhuisd."""
    if hold_school(school).clb_id != school.clb_id:
        raise SchoolVerhuisd


@transaction.atomic
def give_rol(*, user: User, school: School, rol: str, door: User | None = None) -> Lidmaatschap:
    """Give a user who accepted it a role in a school, ending any other role in that school.

    door: who gives it to somebody who asked; None when she accepted an invitation.
    Returns the active membership, which is the existing one when the user already has the role,
    with no end to it.
    """
    _one_at_a_time(user)
    running = Lidmaatschap.objects.filter(user=user, school=school, actief_tot__isnull=True).first()
    if running and running.rol == rol and running.eindigt_op is None:
        return running
    if running:
        end_lidmaatschap(lidmaatschap=running, door=door or user)
    made = Lidmaatschap(user=user, school=school, rol=rol)
    begin(made, door=door or user)
    return made


class NietVoorJezelf(PermissionDenied):
    """Somebody tries to give herself a role, or a right."""

    def __init__(self) -> None:
        super().__init__(VRAAG_EEN_COLLEGA)


class GeenBlijvende(Exception):
    """A CLB would have no ankerfiguur without an end."""


@transaction.atomic
def add_ankerfiguur(
    *, clb: CLB, user: User, door: User, eindigt_op: date | None = None, in_beheer: bool = True
) -> Lidmaatschap:
    """Make a user an ankerfiguur of a CLB, and tell those it has.

    eindigt_op: the last day, for one who stands in; None for good. Whoever stands in already gets
        this end instead.
    in_beheer: whether it is the STS-team that does it, as the announcement says.
    Raises AlLid when they are one for good, GeenBlijvende when one who stands in would be alone,
    and NietVoorJezelf for whoever does it.
    """
    if user == door:
        raise NietVoorJezelf
    _one_at_a_time(user)
    if eindigt_op and not permanent_ankerfiguren(clb).exclude(user=user).exists():
        raise GeenBlijvende
    running = Lidmaatschap.objects.filter(user=user, clb=clb, actief_tot__isnull=True).first()
    if running and running.eindigt_op is None:
        raise AlLid(running)
    if running:
        end_lidmaatschap(lidmaatschap=running, door=door)
    betrokken = concerned([clb], in_beheer=in_beheer)
    made = Lidmaatschap(user=user, clb=clb, rol=Rol.ANKERFIGUUR, eindigt_op=eindigt_op)
    regel = begin(made, door=door)
    announce(regel=regel, betrokken=betrokken, **role_words(made))
    return made


def permanent_ankerfiguren(clb: CLB) -> QuerySet[Lidmaatschap]:
    """Those of a CLB that have no end, and can log in."""
    return Lidmaatschap.objects.active().filter(
        clb=clb, rol=Rol.ANKERFIGUUR, eindigt_op__isnull=True, user__is_active=True
    )


@transaction.atomic
def end_in_beheer(*, lidmaatschap: Lidmaatschap, door: User) -> None:
    """End a membership from the admin, and tell the ankerfiguren of the CLB."""
    school = lidmaatschap.school
    clb = school.clb if school else lidmaatschap.clb
    betrokken = concerned([clb] if clb else [])
    if regel := end_lidmaatschap(lidmaatschap=lidmaatschap, door=door):
        announce(regel=regel, betrokken=betrokken, **role_words(lidmaatschap))


@transaction.atomic
def end_lidmaatschap(
    *, lidmaatschap: Lidmaatschap, door: User | None, vervallen_op: date | None = None
) -> Logregel | None:
    """End a membership: the user loses access there at once; what they typed is kept.

    door: None when it ends by itself.
    vervallen_op: the day, when it ends because nobody confirmed it: one click gives it back then.

    Returns the line in the log; None for a membership that has already ended, which is untouched.
    """
    ended = Lidmaatschap.objects.filter(pk=lidmaatschap.pk, actief_tot__isnull=True).update(
        actief_tot=timezone.now(), vervallen_op=vervallen_op
    )
    if not ended:
        return None
    return log(door=door, handeling=Logregel.Handeling.LIDMAATSCHAP_BEEINDIGD, record=lidmaatschap)


def begin(lidmaatschap: Lidmaatschap, *, door: User) -> Logregel:
    """Save a new membership, and have the sessions of its user look again at what they may."""
    lidmaatschap.save(force_insert=True)
    if lidmaatschap.rol in CLB_ROLLEN:
        # From now on the second step is asked in every session there is (middleware.py).
        User.objects.filter(pk=lidmaatschap.user_id).update(toegang_versie=F("toegang_versie") + 1)
        shorten_sessies(lidmaatschap.user)
    return log(door=door, handeling=Logregel.Handeling.LID_GEWORDEN, record=lidmaatschap)


def _one_at_a_time(user: User) -> None:
    """Lock a user until the end of the transaction, so that changes of memberships do not race."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
