"""Typing the figures of a dossier, as a person does on the page."""

from typing import Any

from django.urls import reverse

from dossiers.models import Dossier
from tests.client import Browser

ROWS = ("ongewettigd", "ziekte", "andere", "te_laat")


def cijfers_url(dossier: Dossier) -> str:
    return reverse("cijfers", args=[dossier.pk])


def typed(groep: str = "school", leerlingen: Any = 412, **rows: Any) -> dict[str, str]:
    """What somebody types for a group: `typed(ongewettigd=[31, 17, 9, 1])`."""
    data = {f"{groep}-leerlingen": str(leerlingen)}
    for reden, counts in rows.items():
        for drempel, count in zip((5, 10, 15, 30), counts, strict=False):
            data[f"{groep}-{reden}_{drempel}"] = str(count)
    return data


def send(client: Browser, dossier: Dossier, data: dict[str, str], *, per: str = "school") -> Any:
    """Read the page and send what was typed on it."""
    page = client.get(cijfers_url(dossier)).context["page"]
    return client.post(cijfers_url(dossier), {"seen": page.seen, "per": per, **data})
