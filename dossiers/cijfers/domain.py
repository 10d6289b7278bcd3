"""Saving the figures of a dossier, without any count of fewer than 5 pupils.

Such a count is kept as "minder dan 5", and so is every one that somebody could work out:

- counts of one row are of pupils within pupils. With 12 of at least 5 half days and 10 of at least
  10, there are 2 of 5 to 9; so the 10 is kept as "minder dan 12". Who knows these rules cannot work
  it out either (tests/dossiers/cijfers/test_kleine_aantallen.py tries all).
- a school counts as a whole or by its parts, never both: of three parts and their sum, the smallest
  is no secret. The sum is worked out from the parts, where all of them are exact.

Only the newest figures are kept: earlier ones would tell who came in between.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dossiers.cijfers.models import (
    KLEINSTE,
    MINDER_DAN_5,
    MINDER_DAN_VORIGE,
    Cijfergroep,
    Cijfers,
    Groep,
    Reden,
)
from dossiers.domain import hold_open
from dossiers.mensen.models import Niveau, User
from dossiers.models import Dossier

DELEN = {
    Niveau.BAO: (Groep.KLEUTER, Groep.LAGER),
    Niveau.SO: (Groep.GRAAD_1, Groep.GRAAD_2, Groep.GRAAD_3),
}

# The counts of a group by the name of their column; what nobody filled in is None.
Counts = Mapping[str, int | None]


class IntussenIngevuld(Exception):
    """Somebody else saved the figures since the page was read."""


def parts_of_school(niveau: str) -> tuple[Groep, ...]:
    """The parts by which a school of a Niveau can count; none for buitengewoon onderwijs."""
    return DELEN.get(Niveau(niveau), ()) if niveau else DELEN[Niveau.SO]


def seen_mark(cijfers: Cijfers | None) -> str:
    """What changes whenever somebody saves the figures."""
    return str(cijfers.volgnummer if cijfers else 0)


@transaction.atomic
def save_cijfers(
    *,
    dossier: Dossier,
    seen: str,
    geteld_tot: date | None,
    op_routekaart: bool,
    groepen: Mapping[Groep, Counts],
    door: User,
) -> None:
    """Replace the figures of a dossier.

    seen: the `seen_mark` of the page they were typed on.
    groepen: the counts of the whole school, or of its parts; those of a group without any are left
        out. A count of 1 to 4 is MINDER_DAN_5 already: which one it is, comes no further than the
        form.
    Raises IntussenIngevuld, and changes nothing, if the mark is another one now.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    if Groep.SCHOOL in groepen and len(groepen) > 1:
        raise ValueError("of a school and its parts, a small part can be worked out")
    # Locks the dossier: of two who save at once, the second one gets to see the first.
    hold_open(dossier.pk)
    if seen_mark(Cijfers.objects.filter(dossier=dossier).first()) != seen:
        raise IntussenIngevuld
    told = {
        "geteld_tot": geteld_tot,
        "op_routekaart": op_routekaart,
        "gewijzigd_op": timezone.now(),
        "gewijzigd_door": door,
    }
    cijfers, _ = Cijfers.objects.update_or_create(
        dossier=dossier,
        defaults={**told, "volgnummer": F("volgnummer") + 1},
        create_defaults=told,
    )
    Cijfergroep.objects.filter(cijfers=cijfers).delete()
    Cijfergroep.objects.bulk_create(
        Cijfergroep(cijfers=cijfers, groep=groep, **_without_small_counts(counts))
        for groep, counts in groepen.items()
        if any(count is not None for count in counts.values())
    )


def _without_small_counts(counts: Counts) -> dict[str, int | None]:
    kept = dict(counts)
    for reden in Reden:
        chain = hide_small_differences([counts["leerlingen"], *(counts[n] for n in reden.fields)])
        kept |= zip(reden.fields, chain[1:], strict=True)
    return kept


def hide_small_differences(counts: Iterable[int | None]) -> list[int | None]:
    """Counts, each of part of the pupils of the one before, without differences of 1 to 4."""
    hidden: list[int | None] = []
    last: int | None = None
    for count in counts:
        if count and last and _tells_too_much(count, last):
            hidden.append(MINDER_DAN_VORIGE)
            continue
        hidden.append(count)
        if count is not None and count not in (MINDER_DAN_5, MINDER_DAN_VORIGE):
            last = count
    return hidden


def _tells_too_much(count: int, last: int) -> bool:
    # Between 4 and 6 there is only 5. So behind a 6 everything but 0 is "minder dan 6".
    if last == KLEINSTE + 1:
        return count < last
    return count >= KLEINSTE and 0 < last - count < KLEINSTE
