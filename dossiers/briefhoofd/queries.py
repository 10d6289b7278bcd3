"""What stands above a document of a dossier."""

from base64 import encodebytes

from django.db.models import Q

from dossiers.briefhoofd.models import Briefhoofd
from dossiers.mensen.access import places_of
from dossiers.mensen.models import CLB, School, User
from stsdialoog.documents.document import MATERIALS, Sender
from stsdialoog.pdf import PICTURE


def find_briefhoofd(van: CLB | School) -> Briefhoofd | None:
    place = Q(clb=van) if isinstance(van, CLB) else Q(school=van)
    return Briefhoofd.objects.filter(place).first()


def letterhead_of(school: School) -> tuple[Sender, ...]:
    """Who a document of a school comes from: the school, then its CLB. One query.

    An oefenschool is none, and what comes out of it is from nobody.
    """
    if school.oefen:
        return ()
    found = Briefhoofd.objects.filter(Q(school=school) | Q(clb=school.clb_id))
    by_place = {one.clb_id: one for one in found}
    places = ((None, school.naam), (school.clb_id, school.clb.naam))
    return tuple(
        sender
        for place, naam in places
        if place in by_place and (sender := _sender(by_place[place], naam))
    )


def clb_letterhead_of(school: School) -> tuple[Sender, ...]:
    """Who a talk with parents comes from: the CLB of a school, never the school. One query."""
    return () if school.oefen else letterhead_of_clb(school.clb)


def letterhead_of_clb(clb: CLB) -> tuple[Sender, ...]:
    """Who a document of a CLB itself comes from. One query."""
    found = find_briefhoofd(clb)
    sender = found and _sender(found, clb.naam)
    return (sender,) if sender else ()


def place_of(user: User) -> School | CLB | None:
    """For whom somebody prints what comes out of no dossier: her only school, or else her only CLB.

    Her own role in a school counts, and the CLB that she works for; with several of both nobody
    can tell for whom it is. Two queries at most.
    """
    places = places_of(user)
    if len(places.in_schools) == 1:
        return School.objects.select_related("clb").get(pk__in=places.in_schools)
    if len(places.works_for) == 1:
        return CLB.objects.get(pk__in=places.works_for)
    return None


def printed_for(van: School | CLB | None) -> tuple[tuple[Sender, ...], object]:
    """The letterhead of a document that holds nothing of a dossier, and who owns it then."""
    letterhead: tuple[Sender, ...] = ()
    if van is not None:
        letterhead = letterhead_of(van) if isinstance(van, School) else letterhead_of_clb(van)
    return letterhead, van.pk if van and letterhead else MATERIALS


def _sender(found: Briefhoofd, van: str) -> Sender | None:
    if not (found.naam or found.contact or found.logo):
        return None
    return Sender(found.naam, found.contact, _address(found.logo), van)


def _address(logo: bytes | memoryview | None) -> str:
    """The logo as the address of a picture, on lines that `write_pdf` has no reason to break."""
    return f"{PICTURE}\n{encodebytes(bytes(logo)).decode()}" if logo else ""
