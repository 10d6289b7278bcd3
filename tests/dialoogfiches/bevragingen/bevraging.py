"""Helpers to answer a survey in a test."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dialoogfiches.bevragingen.domain.inzendingen import save_inzending
from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.models import Item
from dossiers.anoniem.domain.bevragingen import close_bevraging


def answer(bevraging: Bevraging, keuze: str = "ja", *, blad: str = "", **teksten: str) -> None:
    """Submit one answer: `answer(survey, "nee", nee2="een kaartje", h1="Latijn")`."""
    items = Item.objects.filter(versie=bevraging.versie_id).select_related("rubriek")
    by_code = {item.code: item for item in items}
    save_inzending(
        bevraging=bevraging,
        keuze=keuze,
        teksten={by_code[f"schakel-{code}"]: tekst for code, tekst in teksten.items()},
        blad=blad,
    )


def day(days: int) -> Any:
    """The date this many days from today."""
    return timezone.localdate() + timedelta(days=days)


def let_it_pass(bevraging: Bevraging) -> None:
    """Let the last day of the survey pass."""
    Bevraging.objects.filter(pk=bevraging.pk).update(tot=day(-1))
    bevraging.refresh_from_db()


def five_answers(bevraging):
    for number in range(5):
        answer(bevraging, "ja", ja1=f"Tekst {number}")


def settled(bevraging, tom):
    five_answers(bevraging)
    close_bevraging(bevraging=bevraging, door=tom)
    bevraging.refresh_from_db()
    return bevraging


def at_answer(antwoord, wat, **typed) -> dict[str, str]:
    """What the form of an action at an answer sends."""
    naam = f"antwoord-{antwoord.pk}"
    fields = {"wat": wat, **typed}
    return {f"nieuw-{naam}-{part}": text for part, text in fields.items()} | {"nieuwe_actie": naam}
