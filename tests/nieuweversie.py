"""A next version of a material, as the STS-team makes it."""

from collections.abc import Callable
from datetime import date

from dossiers.domain import versies
from dossiers.models import Materiaalversie, User

Edit = Callable[[Materiaalversie], object]


def next_version(
    versie: Materiaalversie, door: User, edit: Edit | None = None, today: date = date(2027, 2, 1)
) -> Materiaalversie:
    """Make a concept out of a version, edit it, and publish it: 2027.1, whatever came before."""
    concept = versies.make_concept(versie=versie, door=door, today=today)
    if edit is not None:
        edit(concept)
    versies.note_edited(concept)
    return versies.publish(pk=concept.pk, digest=concept.digest, door=door)
