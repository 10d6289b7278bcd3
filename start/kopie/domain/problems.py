"""Why a backup or a restore did not happen, in a sentence for whoever typed the command."""

IN_GEBRUIK = (
    "De database is in gebruik. Stop STS-Dialoog en probeer het opnieuw. Er is niets teruggezet."
)


class KopieNietGelukt(Exception):
    """The message says what to do. The database and the backups are as they were."""


def in_one_line(error: Exception) -> str:
    """What a disk or a database says, without the rows that a database may quote after it."""
    return str(error).partition("\n")[0]
