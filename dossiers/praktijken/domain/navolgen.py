"""What another school does with a practice: it makes an action after it, or says that it helped."""

from typing import Any

from django.db import transaction

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.domain import hold_open
from dossiers.mensen.models import School, User
from dossiers.models import Dossier
from dossiers.praktijken.domain.delen import PraktijkWeg
from dossiers.praktijken.models import HielpOok, Navolging, Praktijk, Stand


@transaction.atomic
def make_own_action(
    *, praktijk: Praktijk, dossier: Dossier, door: User, **woorden: Any
) -> tuple[Actie, bool]:
    """Make an action of a dossier after a practice of another school.

    woorden: as for `create_actie`, with its `sleutel`.
    Returns the action, and whether it says where it came from: it does not when the practice was
    taken back in the meantime, because nothing that somebody typed is dropped.
    Raises DossierAfgesloten.
    """
    hold_open(dossier.pk)
    is_there = _shared(praktijk)
    actie = create_actie(dossier=dossier, door=door, **woorden)
    if is_there:
        Navolging.objects.get_or_create(actie=actie, defaults={"praktijk": praktijk})
    return actie, is_there


@transaction.atomic
def say_it_helped(*, praktijk: Praktijk, school: School, helped: bool) -> None:
    """Count a school once among those that a practice helped, or not any more.

    school: another one than that of the practice, and none to practise in; else nothing is counted.
    Raises PraktijkWeg when it is not on the shelf any more.
    """
    if not _shared(praktijk):
        raise PraktijkWeg
    if not helped:
        HielpOok.objects.filter(praktijk=praktijk, school=school).delete()
    elif school.pk != praktijk.dossier.school_id and not school.oefen:
        HielpOok.objects.get_or_create(praktijk=praktijk, school=school)


def _shared(praktijk: Praktijk) -> bool:
    """Whether a practice is on the shelf, and stays there until the end of the transaction."""
    locked = Praktijk.objects.select_for_update(no_key=True)
    return bool(locked.filter(pk=praktijk.pk, stand=Stand.GEDEELD))
