"""That somebody looked at a line of a material."""

from datetime import date

from django.db import transaction

from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import User
from dossiers.regels.domain.lines import Line
from dossiers.regels.models import Nagekeken
from stsdialoog.seen import IntussenGewijzigd


@transaction.atomic
def look(*, materiaal: Materiaal, line: Line, mark: str, door: User, today: date) -> None:
    """Note that somebody looked at a line as it stands now.

    mark: of what she saw.
    Raises IntussenGewijzigd when those are not the same.
    """
    if line.mark != mark:
        raise IntussenGewijzigd
    note_looked(materiaal=materiaal, line=line, door=door, today=today)


def note_looked(*, materiaal: Materiaal, line: Line, door: User, today: date) -> None:
    """Note the words that somebody looked at: she decided on them, or says that she did."""
    Nagekeken.objects.update_or_create(
        materiaal=materiaal,
        code=line.code,
        user=door,
        defaults={"merk": line.words_mark, "op": today},
    )
