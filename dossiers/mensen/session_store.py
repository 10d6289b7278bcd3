"""Django's sessions in the database (SESSION_ENGINE), in rows that know whose they are.

One row holds both what a session carries and when it ends, so each request still reads one row, and
whoever deletes it has ended the session.
"""

import logging
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError
from django.http import HttpRequest
from django.utils import timezone

from dossiers.mensen.domain.activiteit import sign_of_life
from dossiers.mensen.domain.sessies import ends_at
from dossiers.mensen.models import Sessie

logger = logging.getLogger(__name__)

# What a row keeps when what the session carries is saved.
KEPT = ("toestel", "sinds", "laatst", "streng", "in_gesprek")
# With another one of these it is no longer the same session.
WHOSE = ("gebruiker_id", "eigen_toestel")


class SessionStore(db.SessionStore):
    # As it was loaded or saved last; None before that, and of a session that is gone.
    row: Sessie | None = None

    @classmethod
    def get_model_class(cls) -> type[Sessie]:
        return Sessie

    def _get_session_from_db(self) -> Sessie | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Sessie:
        new: Sessie = super().create_model_instance(data)  # type: ignore[assignment]
        user = data.get(SESSION_KEY)
        new.gebruiker_id = UUID(user) if user else None
        new.eigen_toestel = not self.get_expire_at_browser_close()
        if self.row is not None:
            for name in KEPT:
                setattr(new, name, getattr(self.row, name))
            if self.row.pk == new.pk:
                # Under another key it is another row, for a moment beside this one.
                new.kenmerk = self.row.kenmerk
                new.only_data = all(getattr(new, name) == getattr(self.row, name) for name in WHOSE)
        if new.gebruiker_id:
            new.expire_date = ends_at(new)
        self.row = new
        return new

    def cycle_key(self) -> None:
        """Go on under another key. Raises SessionInterrupted for a session that ended meanwhile."""
        # It is loaded only when something of it is asked for.
        self.items()
        was = self.row.pk if self.row else ""
        if was and not Sessie.objects.filter(pk=was).exists():
            raise SessionInterrupted
        super().cycle_key()

    def flush(self) -> None:
        super().flush()
        self.row = None

    def begin(self, *, toestel: str, streng: bool) -> None:
        """Somebody has just logged in: from now on it is counted.

        toestel: the device in words; streng: whether it always ends soon.
        """
        now = timezone.now()
        self.row = Sessie(toestel=toestel, streng=streng, sinds=now, laatst=now)
        self.modified = True

    @property
    def seconds_left(self) -> int:
        """How long it still lasts without a sign of life; 0 when nobody is logged in."""
        if self.row is None or self.row.gebruiker_id is None:
            return 0
        return max(0, int((self.row.expire_date - timezone.now()).total_seconds()))


def note_sign_of_life(request: HttpRequest, *, in_gesprek: bool | None) -> None:
    """Somebody is there: the session of this request goes on, if somebody is logged in.

    in_gesprek: whether a page is open that a room talks about; None when that stays as it was.
    A page opens also when nothing can be written, of a full disk for one.
    """
    row = cast(SessionStore, request.session).row
    if row is None or not request.user.is_authenticated:
        return
    try:
        sign_of_life(sessie=row, user=request.user, in_gesprek=in_gesprek, now=timezone.now())
    except OperationalError:
        logger.exception("The end of a session could not be moved.")
