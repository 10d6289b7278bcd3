"""What a survey brought up becomes room to grow: an answer moves on to a question of the plan."""

from django.db import transaction

from dialoogfiches.bevragingen.models import Openantwoord
from dossiers.domain import still_open
from dossiers.mensen.models import User
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import MAX_TEKST
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
    # Held before any other row, as every save does. From here on nobody writes in the dossier or
    # takes another version of the plan, so what is read below is what the text comes under.
    now = still_open(dossier.pk).first()
    if now is None:
        raise DossierAfgesloten
    held = Openantwoord.objects.select_for_update(no_key=True).get(pk=openantwoord.pk)
    if held.groeikans:
        return held.groeikans
    _append(now, _in_use(now, vraag), held.tekst, door)
    held.groeikans = vraag.code
    held.save(update_fields=["groeikans"])
    return held.groeikans


def _in_use(dossier: Dossier, vraag: Checklistvraag) -> Checklistvraag:
    """A question in the version that a dossier uses now; the question itself if that has none."""
    here = Checklistvraag.objects.filter(
        code=vraag.code, doelstelling__versie=dossier.planversie_id
    )
    return here.first() or vraag


def _append(dossier: Dossier, vraag: Checklistvraag, tekst: str, door: User) -> None:
    """Save the groeikans of a question with a text under it; the dossier is held."""
    antwoord = Antwoord.objects.filter(dossier=dossier, vraag=vraag).first() or Antwoord()
    antwoord.dossier, antwoord.vraag = dossier, vraag
    standing = antwoord.groeikans
    waarde = f"{standing}\n\n{tekst}" if standing.strip() else tekst
    if len(waarde) > MAX_TEKST:
        raise GeenPlaats
    save_veld(
        record=antwoord,
        veld="groeikans",
        waarde=waarde,
        basis=antwoord.groeikans_revisie,
        door=door,
    )
