"""Keeping the letterhead of a CLB or a school."""

from django.db import transaction

from dossiers.briefhoofd.models import Briefhoofd
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import CLB, School, User
from stsdialoog.seen import check_seen


@transaction.atomic
def save_briefhoofd(
    *,
    van: CLB | School,
    naam: str,
    contact: str,
    logo: bytes | None = None,
    without_logo: bool = False,
    seen: str,
    door: User,
) -> bool:
    """Save what stands above what a CLB or a school prints. Returns whether anything changed.

    logo: a new one, from `draw_logo`; None to leave it as it is.
    without_logo: takes the logo away, unless there is a new one.
    seen: its `mark` on the page where this was typed; that of an empty one for the first.
    Raises IntussenGewijzigd, and changes nothing, if it has another one now.
    """
    place = {"clb": van} if isinstance(van, CLB) else {"school": van}
    Briefhoofd.objects.get_or_create(**place)
    known = Briefhoofd.objects.select_for_update(no_key=True).get(**place)
    before = known.shown
    check_seen(seen, *before)
    known.naam, known.contact = naam, contact
    if logo is not None:
        known.logo = logo
    elif without_logo:
        known.logo = None
    if known.shown == before:
        return False
    known.save()
    log(door=door, handeling=Logregel.Handeling.BRIEFHOOFD_GEWIJZIGD, record=van)
    return True
