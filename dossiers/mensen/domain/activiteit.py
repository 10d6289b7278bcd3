"""Signs of life of a session: what somebody asked for, clicked or typed moves its end."""

from datetime import datetime, timedelta

from dossiers.mensen.domain.sessies import ends_at
from dossiers.mensen.domain.tweede_stap import is_of_clb_or_beheer
from dossiers.mensen.models import Sessie, User

# Signs that follow each other sooner are one: a page or a save writes nothing for the session then.
# Pages tell of a click or a key every two minutes (static/js/sessie.js), so each of those counts.
SELDOM = timedelta(seconds=90)


def sign_of_life(*, sessie: Sessie, user: User, in_gesprek: bool | None, now: datetime) -> None:
    """Move the end of a session, at most once in SELDOM, or when another view opened.

    A session that was ended meanwhile stays so. One query, or two, or none.

    sessie: as this request loaded it; it is brought up to date too.
    in_gesprek: whether a page is open that a room talks about; None when that stays as it was.
    """
    if in_gesprek is None:
        in_gesprek = sessie.in_gesprek
    is_due = now - sessie.laatst >= SELDOM
    if not is_due and in_gesprek == sessie.in_gesprek:
        return
    if is_due:
        # A role may have come or gone meanwhile.
        sessie.streng = is_of_clb_or_beheer(user)
    sessie.in_gesprek = in_gesprek
    sessie.laatst = max(now, sessie.laatst)
    sessie.expire_date = ends_at(sessie)
    Sessie.objects.filter(pk=sessie.pk).update(
        laatst=sessie.laatst,
        streng=sessie.streng,
        in_gesprek=sessie.in_gesprek,
        expire_date=sessie.expire_date,
    )
