"""Preparing a talk: when, where, how long, and which questions."""

from collections.abc import Mapping
from datetime import date, time

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek, VoorbereideVraag, Voorbereiding
from dialoogfiches.models import Item
from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.velden.domain.saving import SaveOutcome, save_veld


class IntussenVoorbereid(Exception):
    """Somebody else prepared the talk, or moved its day, since the page was read."""


class GesprekGeschrapt(Exception):
    """Somebody struck the talk since the page was read."""


def preparation_mark(gesprek: Gesprek) -> str:
    """What changes whenever somebody saves the preparation, or the day of the talk.

    gesprek: with its `voorbereiding` loaded.
    """
    voorbereiding = getattr(gesprek, "voorbereiding", None)
    saved = voorbereiding.volgnummer if voorbereiding else 0
    return f"{saved}.{gesprek.datum_revisie}"


@transaction.atomic
def prepare_gesprek(
    *,
    gesprek: Gesprek,
    seen: str,
    datum: date | None,
    uur: time | None,
    minuten: int,
    plaats: str,
    vragen: Mapping[str, int | None],
    door: User,
) -> None:
    """Replace the preparation of a talk.

    seen: the `preparation_mark` of the page it was typed on.
    datum: the day of the talk, which is a field of the talk itself and keeps its history.
    vragen: the minutes of each chosen question by its code; a code that the version in use does
        not have is left out.
    Raises IntussenVoorbereid, and changes nothing, if the mark is another one now; GesprekGeschrapt
    if the talk is struck by now.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    # Locks the dossier: of two who prepare at once, the second one gets to see the first.
    hold_open(gesprek.dossier_id)
    now = Gesprek.objects.select_related("voorbereiding").get(pk=gesprek.pk)
    if now.geschrapt_op is not None:
        raise GesprekGeschrapt
    if preparation_mark(now) != seen:
        raise IntussenVoorbereid
    now.dossier = gesprek.dossier
    saved = save_veld(record=now, veld="datum", waarde=datum, basis=now.datum_revisie, door=door)
    if saved.outcome == SaveOutcome.CONFLICT:
        raise IntussenVoorbereid
    agreed = {"uur": uur, "minuten": minuten, "plaats": plaats}
    Voorbereiding.objects.update_or_create(
        gesprek=now,
        defaults={
            **agreed,
            "volgnummer": F("volgnummer") + 1,
            "gewijzigd_op": timezone.now(),
            "gewijzigd_door": door,
        },
        create_defaults={**agreed, "volgnummer": 1, "gewijzigd_door": door},
    )
    VoorbereideVraag.objects.filter(gesprek=now).delete()
    items = Item.objects.questions().filter(versie=now.versie_id, code__in=vragen)
    VoorbereideVraag.objects.bulk_create(
        VoorbereideVraag(gesprek=now, item=item, minuten=vragen[item.code]) for item in items
    )
