"""Preparing a talk in a line, and reading its invitation."""

from typing import Any

from icalendar import Calendar

from dialoogfiches.gesprekken.domain.preparing import (
    preparation_mark,
    prepare_gesprek,
)
from dialoogfiches.gesprekken.models import Gesprek

EERSTE, TWEEDE, DATA = "registratie-b01", "registratie-b02", "data-b01"


def mark(gesprek: Gesprek) -> str:
    return preparation_mark(Gesprek.objects.select_related("voorbereiding").get(pk=gesprek.pk))


def prepare(gesprek: Gesprek, door, **more) -> None:
    agreed: dict[str, Any] = {"datum": None, "uur": None, "minuten": 60, "plaats": "", "vragen": {}}
    prepare_gesprek(gesprek=gesprek, door=door, **{"seen": mark(gesprek), **agreed, **more})


def event_of(response) -> dict:
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    return event
