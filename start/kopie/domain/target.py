"""Where a backup may be restored: in a database in which nobody did anything yet."""

from start.kopie.domain.problems import KopieNietGelukt
from start.kopie.domain.tables import occupied

NIET_LEEG = (
    "In deze database staat al iets ({tables}): de kopie is niet teruggezet. Geef met DATABASE_URL "
    "een nieuwe, lege database op."
)


def require_empty() -> None:
    """Raises KopieNietGelukt when the database has any row that `migrate` did not make itself."""
    if tables := occupied():
        raise KopieNietGelukt(NIET_LEEG.format(tables=", ".join(tables[:3])))
