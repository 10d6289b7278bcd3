"""Lets schools of the demo say what works; of one question that is enough to be told."""

from datetime import date
from typing import Any

from dossiers.domain import schooljaar_of
from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import School
from dossiers.reacties.domain.settling import settle_reacties
from dossiers.reacties.domain.zeggen import say
from dossiers.reacties.models import Reactie
from dossiers.thresholds import month_to_settle
from start.regio.domain.skipped import ANSWERED, SKIPPED
from start.regio.models import Regiocijfer, Soort


def tell(weerklank: dict[str, Any], today: date) -> None:
    """Make it as the file has it, unless anything was said or settled already."""
    if Reactie.objects.exists() or Regiocijfer.objects.exists():
        return
    maand = month_to_settle(today)
    for one in weerklank["reacties"]:
        slug, code = one["regel"].split("/")
        say(
            materiaal=Materiaal.objects.get(slug=slug),
            code=code,
            werkt=one["werkt"],
            omdat=one.get("omdat", ""),
            school=School.objects.get(instellingsnummer=one["school"]),
        )
    settle_reacties(maand=maand)
    for one in weerklank["cijfers"]:
        standen, skipped = one["standen"], one["overgeslagen"]
        told = {
            (Soort.VRAAG, one["vraag"]): standen,
            (Soort.OVERGESLAGEN, f"preventieplan/{one['vraag']}"): {
                ANSWERED: sum(standen.values()),
                SKIPPED: skipped,
            },
        }
        for (soort, code), verdeling in told.items():
            Regiocijfer.objects.create(
                schooljaar=schooljaar_of(maand),
                provincie=weerklank["provincie"],
                soort=soort,
                code=code,
                verdeling=verdeling,
                scholen=sum(verdeling.values()),
                maand=maand,
            )
