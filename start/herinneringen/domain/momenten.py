"""The days of an action that somebody is reminded of, and that stand in her calendar."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from dossiers.acties.models import Actie, Actiestand, Besluit
from stsdialoog.mail import absolute_url


class Wat(StrEnum):
    KLAAR = "klaar"
    CHECK = "check"


def asked_of(actie: Actie) -> Iterator[tuple[Wat, date]]:
    """What an action still asks, and on which day: to be done, and to be looked back on."""
    if actie.besluit == Besluit.STOPPEN:
        return
    if actie.wanneer_op and actie.stand != Actiestand.KLAAR:
        yield Wat.KLAAR, actie.wanneer_op
    if actie.check_op and not actie.besluit:
        yield Wat.CHECK, actie.check_op


def page_of(actie: Actie, wat: Wat) -> str:
    """Where one goes on with what an action asks: its check, or its row, opened."""
    if wat == Wat.CHECK:
        return absolute_url("check", pk=actie.dossier_id, actie=actie.pk)
    overzicht = absolute_url("overzicht", pk=actie.dossier_id)
    return f"{overzicht}?open={actie.pk}#actie-{actie.pk}"


def list_of(actie: Actie) -> str:
    """The page with all actions of its dossier."""
    return absolute_url("overzicht", pk=actie.dossier_id)
