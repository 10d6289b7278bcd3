"""Places on a sociale kaart; none of them exists."""

from datetime import date
from typing import Any

from dossiers.mensen.models import CLB
from dossiers.sociale_kaart.models import Voorziening
from stsdialoog.seen import mark_of

PLEK: dict[str, Any] = {
    "naam": "De Schakelplek",
    "waarvoor": "Een tijd elders leren, met een plan om terug te komen.",
    "telefoon": "012 00 00 01",
    "adres": "Fabrieksweg 4, Velpe",
    "website": "https://schakelplek.example.be/naft",
    "nagekeken": "2026-11-02",
}


# What a page of that one says it saw.
GEZIEN = mark_of(*(date(2026, 11, 2) if name == "nagekeken" else PLEK[name] for name in PLEK))


def place(clb: CLB, **more: Any) -> Voorziening:
    return Voorziening.objects.create(clb=clb, **PLEK | {"nagekeken": date(2026, 11, 2)} | more)


def places(clb: CLB, many: int) -> None:
    Voorziening.objects.bulk_create(
        Voorziening(clb=clb, **PLEK | {"naam": f"Plek {nummer:03}", "nagekeken": date(2026, 11, 2)})
        for nummer in range(many)
    )
