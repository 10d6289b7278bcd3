"""What a survey brought up becomes room to grow: an answer moves on to a question of the plan."""

from django.db import transaction

from dialoogfiches.models import Openantwoord
from dossiers.domain.velden import Resultaat, Uitkomst, save_veld
from dossiers.models import MAX_TEKST, Dossier, User
from preventieplan.models import Antwoord, Checklistvraag


class GeenPlaats(Exception):
    """The groeikans of that question would become longer than a field takes."""


@transaction.atomic
def add_groeikans(
    *, openantwoord: Openantwoord, dossier: Dossier, vraag: Checklistvraag, door: User
) -> str:
    """Put an answer under what stands in the groeikans of a question, and note that it did.

    openantwoord: one that is shown. It moves on once: a second click changes nothing.
    Gives the code of the question that it stands with. Raises GeenPlaats and DossierAfgesloten.
    """
    held = Openantwoord.objects.select_for_update(no_key=True).get(pk=openantwoord.pk)
    if held.groeikans:
        return held.groeikans
    result = _append(dossier, vraag, held.tekst, door)
    if result.uitkomst == Uitkomst.CONFLICT:
        # Somebody made this answer at the same moment. It stands there now, so it can be held.
        _append(dossier, vraag, held.tekst, door)
    held.groeikans = vraag.code
    held.save(update_fields=["groeikans"])
    return held.groeikans


def _append(dossier: Dossier, vraag: Checklistvraag, tekst: str, door: User) -> Resultaat:
    """Save the groeikans with a text under it, in a row that nobody else changes meanwhile."""
    found = Antwoord.objects.select_for_update(no_key=True).filter(dossier=dossier, vraag=vraag)
    antwoord = found.first() or Antwoord()
    antwoord.dossier, antwoord.vraag = dossier, vraag
    standing = antwoord.groeikans
    waarde = f"{standing}\n\n{tekst}" if standing.strip() else tekst
    if len(waarde) > MAX_TEKST:
        raise GeenPlaats
    return save_veld(
        record=antwoord,
        veld="groeikans",
        waarde=waarde,
        basis=antwoord.groeikans_revisie,
        door=door,
    )
