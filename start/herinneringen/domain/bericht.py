"""What stands in the mail with reminders: counts, days and links, and nothing that a team typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from dossiers.nieuws import Regel, news
from start.herinneringen.domain.wensen import stop_key
from start.herinneringen.models import Bericht
from stsdialoog.mail import absolute_url, message_id

# A mail is to be overlooked: what is more stands in the application.
MOST_SCHOOLS, MOST_LINES = 12, 6


@dataclass(frozen=True)
class Deel:
    """The lines about a school. naam: "" for what is about none. meer: how many lines are not told.

    verder: where those are found.
    """

    naam: str
    regels: Sequence[Regel]
    meer: int
    verder: str


def lines_of(bericht: Bericht, *, today: date) -> list[Regel]:
    """What a mail still has to tell today, of what was claimed for it."""
    told: dict[str, list[str]] = {}
    for soort, sleutel in bericht.meldingen.order_by("pk").values_list("soort", "sleutel"):
        told.setdefault(soort, []).append(sleutel)
    return [
        regel
        for naam, soort in news().items()
        if naam in told
        for regel in soort.lines(bericht.gebruiker_id, told[naam], today)
    ]


def context_of(bericht: Bericht, regels: Sequence[Regel]) -> dict[str, Any]:
    """The context of the templates."""
    delen = _parts(regels)
    late = sum(regel.aantal for regel in regels if regel.laat)
    return {
        "delen": delen[:MOST_SCHOOLS],
        "meer_scholen": len(delen[MOST_SCHOOLS:]),
        "laat": late,
        "straks": sum(regel.aantal for regel in regels) - late,
        "taken": absolute_url("taken"),
        "kiezen": absolute_url("herinneringen"),
        "stoppen": stop_address(bericht),
    }


def headers_of(bericht: Bericht) -> dict[str, str]:
    """One click in a mail program stops these mails (RFC 8058); nobody answers them by itself."""
    return {
        "Message-ID": message_id("herinnering", bericht.pk),
        "List-Unsubscribe": f"<{stop_address(bericht)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def stop_address(bericht: Bericht) -> str:
    return absolute_url("herinneringen-stoppen", sleutel=stop_key(bericht.gebruiker_id))


def _parts(regels: Sequence[Regel]) -> list[Deel]:
    """By school: those with something late first, and what is about no school before all."""
    late = {regel.school for regel in regels if regel.laat}
    ordered = sorted(regels, key=lambda one: (bool(one.school), one.school not in late, one.school))
    delen = []
    for naam, group in groupby(ordered, key=attrgetter("school")):
        found = sorted(group, key=lambda one: not one.laat)
        # One more line says as much as "and one more".
        shown = found if len(found) == MOST_LINES + 1 else found[:MOST_LINES]
        verder = found[-1].link.partition("?")[0].partition("#")[0]
        delen.append(Deel(naam, shown, len(found) - len(shown), verder))
    return delen
