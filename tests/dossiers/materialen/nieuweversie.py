"""Making the next version of a material, as the STS-team does."""

from collections.abc import Callable
from datetime import date

from dossiers.materialen.domain import versions
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User

Edit = Callable[[Materiaalversie], object]


def next_version(
    versie: Materiaalversie, door: User, edit: Edit | None = None, today: date = date(2027, 2, 1)
) -> Materiaalversie:
    """Make a concept from a version, edit it, and publish it as 2027.1, whatever came before.

    Without an edit only its source is another: a version without any change is not published.
    """
    concept = versions.make_concept(versie=versie, door=door, today=today)
    if edit is not None:
        edit(concept)
    if not versions.is_changed(concept):
        concept.bron += " Nagekeken."
        concept.save()
    versions.note_edited(concept)
    return versions.publish(pk=concept.pk, digest=concept.digest, door=door)
