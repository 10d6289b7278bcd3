"""What stands above a document of a dossier."""

from base64 import encodebytes

from django.db.models import Q

from dossiers.briefhoofd.models import Briefhoofd
from dossiers.mensen.models import CLB, School
from stsdialoog.documents.document import Sender
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


def _sender(found: Briefhoofd, van: str) -> Sender | None:
    if not (found.naam or found.contact or found.logo):
        return None
    return Sender(found.naam, found.contact, _address(found.logo), van)


def _address(logo: bytes | memoryview | None) -> str:
    """The logo as the address of a picture, on lines that `write_pdf` has no reason to break."""
    return f"{PICTURE}\n{encodebytes(bytes(logo)).decode()}" if logo else ""
