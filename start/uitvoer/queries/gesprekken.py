"""The talks of a team, with what was said in them."""

from collections.abc import Iterator
from typing import Any

from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie, Voorbereiding
from dialoogfiches.gesprekken.queries.gesprekken import voorbereiding_of, written_talk
from dossiers.models import Dossier
from start.uitvoer.queries.plan import versie_data
from start.uitvoer.queries.values import day, moment


def gesprekken_of(dossier: Dossier) -> list[Gesprek]:
    """The talks of a dossier that were not struck, the first one first. One query."""
    found = list(
        Gesprek.objects.filter(dossier=dossier, geschrapt_op__isnull=True)
        .select_related("versie__materiaal", "voorbereiding")
        .order_by("gemaakt_op", "pk")
    )
    for gesprek in found:
        gesprek.dossier = dossier
    return found


def gesprek_data(gesprek: Gesprek) -> dict[str, Any]:
    """A talk with all that was said in it. The queries are those of `written_talk`."""
    inhoud = written_talk(gesprek)
    return {
        "id": str(gesprek.pk),
        "versie": versie_data(gesprek.versie),
        "titel": gesprek.titel,
        "datum": day(gesprek.datum),
        "deelnemers": gesprek.deelnemers,
        "voorbereiding": _voorbereiding(voorbereiding_of(gesprek)),
        "notities": list(_notities(inhoud.notities.values())),
        "stappen": list(_stappen(inhoud.stappen.values())),
        "gemaakt_op": moment(gesprek.gemaakt_op),
        "gewijzigd_op": moment(gesprek.gewijzigd_op),
    }


def _voorbereiding(found: Voorbereiding | None) -> dict[str, Any] | None:
    if found is None:
        return None
    uur = found.uur and found.uur.isoformat(timespec="minutes")
    return {"uur": uur, "minuten": found.minuten, "plaats": found.plaats}


def _notities(notities: Any) -> Iterator[dict[str, Any]]:
    def place(notitie: Notitie) -> tuple[Any, ...]:
        rubriek = notitie.item.rubriek
        return rubriek.onderdeel.volgorde, rubriek.volgorde, notitie.item.volgorde, notitie.pk

    for one in sorted(notities, key=place):
        if one.tekst.strip():
            yield {
                "stap": one.item.rubriek.onderdeel.code,
                "vraag": one.item.code,
                "vraagtekst": one.item.tekst,
                "herkomst": one.item.herkomst,
                "tekst": one.tekst,
                "gewijzigd_op": moment(one.gewijzigd_op),
            }


def _stappen(stappen: Any) -> Iterator[dict[str, Any]]:
    def place(stap: Gesprekstap) -> tuple[int, int]:
        return stap.onderdeel.volgorde, stap.pk

    for one in sorted(stappen, key=place):
        yield {
            "stap": one.onderdeel.code,
            "naam": one.onderdeel.kort,
            "resultaat": one.resultaat,
            "hoort_bij": one.hoort_bij or None,
            "afgerond_op": moment(one.afgerond_op),
            "gewijzigd_op": moment(one.gewijzigd_op),
        }
