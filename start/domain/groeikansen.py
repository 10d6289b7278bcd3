"""Copies an answer from a survey to the groeikans of a question of the plan."""

from django.db import transaction

from dialoogfiches.bevragingen.models import Openantwoord
from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import MAX_TEKST
from preventieplan.models import Antwoord, Checklistvraag


class GeenPlaats(Exception):
    """The groeikans of the question would become longer than MAX_TEKST."""


@transaction.atomic
def add_groeikans(
    *, openantwoord: Openantwoord, dossier: Dossier, vraag: Checklistvraag, door: User
) -> str:
    """Append an answer to the groeikans of a question, and record on the answer that this was done.

    openantwoord: an answer that is shown. It is copied once: a second click changes nothing.
    Returns the code of the question that it was copied to. Raises GeenPlaats when the text would
    become too long, DossierAfgesloten when the dossier has been closed in the meantime.
    """
    # Lock the dossier before any other row, as every save does. From here on nobody can write in it
    # or adopt another version of the plan, so the text read below is the text that is appended to.
    now = hold_open(dossier.pk)
    held = Openantwoord.objects.select_for_update(no_key=True).get(pk=openantwoord.pk)
    if held.groeikans:
        return held.groeikans
    _append(now, _in_use(now, vraag), held.tekst, door)
    held.groeikans = vraag.code
    held.save(update_fields=["groeikans"])
    return held.groeikans


def _in_use(dossier: Dossier, vraag: Checklistvraag) -> Checklistvraag:
    """The same question in the version in use; the question itself if that version lacks it."""
    here = Checklistvraag.objects.filter(
        code=vraag.code, doelstelling__versie=dossier.planversie_id
    )
    return here.first() or vraag


def _append(dossier: Dossier, vraag: Checklistvraag, tekst: str, door: User) -> None:
    """Append a text to the groeikans of a question. The dossier must be locked."""
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
