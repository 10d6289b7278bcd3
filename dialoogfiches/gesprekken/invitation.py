"""The invitation to a talk: a file that any calendar opens (RFC 5545)."""

from datetime import UTC

from icalendar import Calendar, Event

from dialoogfiches.gesprekken.models import Gesprek
from stsdialoog.mail import absolute_url

PRODID = "-//STS-Dialoog//Gesprekken//NL"


def invitation(gesprek: Gesprek) -> bytes | None:
    """The invitation to a talk; None as long as its day or its hour is open.

    gesprek: with its preparation, and its dossier with the school.
    There is no METHOD: nobody is asked to answer, and the file names no organiser. The summary
    names the material rather than the title, which somebody typed and may name a pupil.
    """
    voorbereiding = getattr(gesprek, "voorbereiding", None)
    if voorbereiding is None or voorbereiding.begin is None:
        return None
    link = absolute_url("gesprek", pk=gesprek.dossier_id, gesprek_pk=gesprek.pk)
    materiaal, school = gesprek.versie.materiaal.titel, gesprek.dossier.school.naam
    event = Event()
    event.add("uid", f"gesprek-{gesprek.pk}@sts-dialoog")
    # Each of the two numbers only rises, and so does their sum.
    event.add("sequence", voorbereiding.volgnummer + gesprek.datum_revisie)
    changed = filter(None, (voorbereiding.gewijzigd_op, gesprek.gewijzigd_op))
    event.add("dtstamp", max(changed).astimezone(UTC))
    event.add("dtstart", voorbereiding.begin.astimezone(UTC))
    event.add("dtend", voorbereiding.einde.astimezone(UTC))
    event.add("summary", f"Gesprek: {materiaal}, {school}")
    event.add("description", f"De vragen en wat jullie noteren, vind je op {link}")
    if voorbereiding.plaats:
        event.add("location", voorbereiding.plaats)
    event.add("url", link)
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
