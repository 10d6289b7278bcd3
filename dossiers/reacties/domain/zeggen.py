"""Saying that a line of a material works, or not and why."""

from django.db import transaction

from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import CLB, School
from dossiers.reacties.models import Gezegd, Reactie
from stsdialoog.shuffling import store_shuffled


class AlGezegd(Exception):
    """This school or CLB said something of the line, and that was not told yet."""


def line_of(materiaal: Materiaal, code: str) -> str:
    """How a line of a material is referred to."""
    return f"{materiaal.slug}/{code}"


@transaction.atomic
def say(
    *,
    materiaal: Materiaal,
    code: str,
    werkt: bool,
    omdat: str,
    school: School | None = None,
    clb: CLB | None = None,
) -> bool:
    """Keep what a school or a CLB says of a line; one of the two.

    omdat: must not be empty when it does not work.
    Returns False for a school that one practises in: that says nothing, and no row is written.
    Raises AlGezegd.
    """
    if school and school.oefen:
        return False
    # What waits is written again, by one at a time.
    Materiaal.objects.select_for_update(no_key=True).get(pk=materiaal.pk)
    verwijzing = line_of(materiaal, code)
    said, made = Gezegd.objects.get_or_create(school=school, clb=clb, verwijzing=verwijzing)
    if not made:
        if said.wacht:
            raise AlGezegd
        Gezegd.objects.filter(pk=said.pk).update(wacht=True)
    new = Reactie(
        verwijzing=verwijzing,
        werkt=werkt,
        omdat=omdat,
        niveau=school.niveau if school else "",
        provincie=school.provincie if school else "",
    )
    store_shuffled(Reactie.objects.filter(verwijzing=verwijzing, maand=None), [new])
    return True
