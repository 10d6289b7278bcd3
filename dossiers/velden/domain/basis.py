"""The revision that a page started from, as it travels with the page.

A backup that was put back counts on from its own numbers: revision 5 is another text then than it
was for a page that was open before. So a revision goes out with the id of the last restore, and
one that comes back with another id is no revision of this database.
"""

import re

from dossiers.logboek.models import Logregel
from dossiers.materialen.kept import KeptPerProcess

# A revision that no field ever has.
UNKNOWN = -1
WRITTEN = re.compile(r"([0-9]{1,9})(?:-([0-9a-f]{8}))?")


def written(revisie: int) -> str:
    """A revision of this database, to send along with a page."""
    restore = last_restore()
    return f"{revisie}-{restore}" if restore else str(revisie)


def parse_basis(text: str) -> int:
    """The revision that came back with a page.

    Returns 0 for a text that is none (a field without words from before is in nobody's way), and
    UNKNOWN for one of before a restore.
    """
    found = WRITTEN.fullmatch(text)
    if found is None:
        return 0
    revisie = int(found[1])
    return revisie if not revisie or (found[2] or "") == last_restore() else UNKNOWN


def _read() -> str:
    restores = Logregel.objects.filter(handeling=Logregel.Handeling.KOPIE_TERUGGEZET)
    return restores.order_by("-pk").values_list("record_id", flat=True).first() or ""


# While a backup is put back nothing else runs (docs/operations.md), so it is read once a process.
last_restore = KeptPerProcess(_read)
