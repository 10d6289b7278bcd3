"""The calendar of somebody, as programs elsewhere read it time and again (RFC 5545).

It says when, and leads to the page that says what: its sentences are always the same, so that no
word of a team and no name of a school comes to stand with whoever keeps that calendar.
"""

from datetime import UTC, date, timedelta

from django.utils import timezone
from icalendar import Calendar, Event, vDuration

from dossiers.acties.models import Actie
from dossiers.mensen.models import User
from start.herinneringen.domain.momenten import Wat, asked_of, page_of
from start.herinneringen.queries.reach import acties_of

PRODID = "-//STS-Dialoog//Agenda//NL"
NAAM = "STS-Dialoog"
# How often a program is asked to look again. Google keeps its own pace.
AGAIN = timedelta(hours=6)
ZINNEN = {Wat.KLAAR: "Een actie is klaar tegen vandaag", Wat.CHECK: "Check van een actie"}


def agenda_of(user: User) -> bytes:
    """The days of what somebody does, each as an event of a whole day. One query.

    An event goes when its action is done, struck, or no longer hers, and does not come back as
    cancelled: Google would leave it out too, Apple would strike it through for ever, and Outlook
    shows it as one that takes place. A file that is read anew replaces all that was read before.
    There is no METHOD: nobody is invited, and none names an organiser.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", NAAM)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(AGAIN))
    for actie in acties_of(user.pk).order_by("gemaakt_op", "pk"):
        for wat, day in asked_of(actie):
            # An event lasts until the day after; one slip does not keep the rest from being read.
            if day < date.max:
                calendar.add_component(_event(actie, wat, day))
    return calendar.to_ical()


def _event(actie: Actie, wat: Wat, day: date) -> Event:
    """The event of an action: it keeps its UID when it gets another day. What goes on from an
    action, after a check or in a next schooljaar, is an action of its own with events of its own.
    """
    changed = (actie.gewijzigd_op or actie.gemaakt_op or timezone.now()).astimezone(UTC)
    link = page_of(actie, wat)
    event = Event()
    event.add("uid", f"{actie.pk}-{wat}@sts-dialoog")
    moved = actie.wanneer_op_revisie if wat == Wat.KLAAR else actie.check_op_revisie
    event.add("sequence", moved)
    # Without a METHOD it is when the event last changed, so that the same data is the same file.
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", ZINNEN[wat])
    event.add("description", f"Wat er afgesproken is, lees je op {link}")
    event.add("url", link)
    # Nobody is away because something has to be ready.
    event.add("transp", "TRANSPARENT")
    return event
