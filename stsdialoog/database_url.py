"""How Django connects to the database that DATABASE_URL names."""

from pathlib import Path
from typing import Any

from stsdialoog.environment import Environment, whole_number
from stsdialoog.environment import database as read_url

SQLITE = "django.db.backends.sqlite3"
# How long anything waits for a PostgreSQL that does not answer, in seconds.
DATABASE_SECONDS = 3
# How long a save waits for another one. A page gives up after 15 seconds and sends again
# (templates/base.html): by then the database has to have given up too.
LOCK_SECONDS = 10


def database(env: Environment, *, debug: bool, folder: Path) -> dict[str, Any]:
    """The settings of the database, for DATABASES.

    folder: where the SQLite file is when nothing is named. What is wrong goes in `env.wrong`.
    """
    if env.is_empty("DATABASE_URL") and not debug:
        # On a server this is a value that got lost; the default would be another, empty database.
        env.wrong.append(
            "DATABASE_URL is leeg: geef ze, of laat ze weg voor db.sqlite3 in deze map."
        )
    found: dict[str, Any] = env.read(
        "DATABASE_URL",
        read_url,
        default={"ENGINE": SQLITE, "NAME": str(folder / "db.sqlite3")},
    )
    least = env.read("DATABASE_POOL_MIN", whole_number(least=0), default=1)
    most = env.read("DATABASE_POOL_MAX", whole_number(least=1), default=8)
    if least > most:
        env.wrong.append("DATABASE_POOL_MIN is groter dan DATABASE_POOL_MAX: draai ze om.")
    if found["ENGINE"] == SQLITE:
        return found | {"OPTIONS": _SQLITE_OPTIONS}
    pool = {"min_size": least, "max_size": most, **_POOL}
    given = _POSTGRESQL_OPTIONS | found.get("OPTIONS", {})
    return found | {"ENGINE": "stsdialoog.postgresql", "OPTIONS": given | {"pool": pool}}


_SQLITE_OPTIONS = {
    # A transaction takes the write lock when it begins and other writers wait for it: eight people
    # can save at the same moment without a "database is locked" error.
    "transaction_mode": "IMMEDIATE",
    "timeout": LOCK_SECONDS,
    # Deleted data are overwritten, so that parents' talks disappear from the file too.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}
_POSTGRESQL_OPTIONS = {
    # In seconds: a server that does not answer keeps nobody waiting for long. One that went away
    # in the middle of a conversation counts as gone after as long (in milliseconds).
    "connect_timeout": DATABASE_SECONDS,
    "tcp_user_timeout": DATABASE_SECONDS * 1000,
    # PostgreSQL would compile a query that it thinks is large, again at each request; that takes
    # longer than running it.
    "options": f"-c jit=off -c lock_timeout={LOCK_SECONDS}s",
}
_POOL = {
    "timeout": DATABASE_SECONDS,
    # How long one attempt to connect goes on by itself. The default of five minutes tries ever less
    # often, and would find a server that is back only after a minute.
    "reconnect_timeout": DATABASE_SECONDS,
}
