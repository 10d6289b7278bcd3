"""Spiegels as a team opens them, and teachers who answer."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Antwoordstand, Checklistvraag
from preventieplan.spiegel.domain.antwoorden import give_answer
from preventieplan.spiegel.domain.spiegels import open_spiegel
from preventieplan.spiegel.models import Spiegel

EEN, TWEE = "f0-1-v01", "f0-1-v02"
DOEN, DEELS, NIET, WEET_NIET, NVT = Antwoordstand


def day(days: int) -> Any:
    """The date this many days from today."""
    return timezone.localdate() + timedelta(days=days)


def team_says(dossier: Dossier, **standen: str) -> None:
    """What the team answered: `team_says(dossier, **{EEN: DOEN})`."""
    for code, stand in standen.items():
        vraag = Checklistvraag.objects.get(doelstelling__versie=dossier.planversie, code=code)
        Antwoord.objects.update_or_create(
            dossier=dossier, vraag=vraag, defaults={"stand": stand, "gewijzigd_door": None}
        )


def opened(dossier: Dossier, door, *codes: str, tot=None) -> Spiegel:
    """A spiegel that runs, about questions to which the team answered "doen we"."""
    codes = codes or (EEN, TWEE)
    said = Antwoord.objects.filter(dossier=dossier, vraag__code__in=codes).exclude(stand="")
    silent = {*codes} - {*said.values_list("vraag__code", flat=True)}
    team_says(dossier, **dict.fromkeys(silent, DOEN))
    return open_spiegel(dossier=dossier, vragen=codes, tot=tot or day(14), door=door)


def gives(spiegel: Spiegel, *standen: Antwoordstand, blad: str = "") -> None:
    """Each stand by another teacher, to all questions."""
    codes = spiegel.vragen.values_list("vraag", flat=True)
    for nummer, stand in enumerate(standen):
        give_answer(
            spiegel=spiegel,
            standen=dict.fromkeys(codes, stand),
            blad=blad or f"{spiegel.pk}-{timezone.now().timestamp()}-{nummer}",
        )


def settled(dossier: Dossier, door, *standen: Antwoordstand, codes=()) -> Spiegel:
    made = opened(dossier, door, *codes)
    gives(made, *(standen or (DOEN, DOEN, DEELS, NIET, NIET)))
    close_bevraging(bevraging=made, door=door)
    made.refresh_from_db()
    return made


def ended(spiegel: Spiegel, days: int) -> None:
    """Let it have ended so many days ago."""
    Spiegel.objects.filter(pk=spiegel.pk).update(
        tot=day(-days), gesloten_op=timezone.now() - timedelta(days=days)
    )
    spiegel.refresh_from_db()


def counts(spiegel: Spiegel) -> list[tuple[int, ...]]:
    return [one.aantallen for one in spiegel.vragen.all()]


def page(spiegel: Spiegel) -> str:
    return reverse("spiegel", args=[spiegel.dossier_id, spiegel.pk])


def link(spiegel: Spiegel) -> str:
    return reverse("spiegel-invullen", args=[spiegel.sleutel])
