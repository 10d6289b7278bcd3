"""A backup of PostgreSQL with pg_dump, in its own format, and the way back.

A restored backup first stands in a schema in which the application does not look. When all is well
there, its tables take their place in one transaction.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen
from typing import IO, Any

from django.db import OperationalError, connection, transaction
from psycopg import sql

from start.kopie.domain.problems import IN_GEBRUIK, KopieNietGelukt
from start.kopie.domain.tables import left_out
from start.kopie.domain.target import require_empty

# Where a restored backup waits, and where what `migrate` made steps aside while it is read in.
APART, ASIDE = "kopie_onderweg", "kopie_opzij"
# Any number that nothing else locks.
ONE_AT_A_TIME = 7_418_005
SECONDS_FOR_A_LOCK = 10
LOCK_NOT_AVAILABLE = b"55P03"

GEEN_GEREEDSCHAP = (
    "{tool} ontbreekt. Installeer de PostgreSQL-client van versie {server} "
    "(Debian: postgresql-client-{server}) en probeer het opnieuw."
)
ANDER_GEREEDSCHAP = (
    "{tool} is van PostgreSQL {major} en de server van {server}. Installeer de PostgreSQL-client "
    "van versie {server} (Debian: postgresql-client-{server}) en zet die vooraan in PATH."
)
GEEN_SCHEMA = (
    "De gebruiker van DATABASE_URL mag in deze database geen schema maken. Geef hem dat recht "
    "(GRANT CREATE ON DATABASE ... TO ...) of maak hem eigenaar, en probeer het opnieuw."
)
NIET_GELUKT = "{tool} is niet gelukt. {why}"
AL_BEZIG = "Er wordt al een kopie teruggezet in deze database. Wacht tot dat klaar is."

# The functions of a schema that its triggers execute. They take no arguments.
GUARDS = """
SELECT DISTINCT proname FROM pg_proc JOIN pg_trigger ON tgfoid = pg_proc.oid
  WHERE pronamespace = {of}::regnamespace AND NOT tgisinternal
"""
# Moves all tables, with their indexes, sequences and triggers, and what those execute, from one
# schema to another.
MOVE = """
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = {of} LOOP
    EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', {of}, one, {to});
  END LOOP;
  FOR one IN {guards} LOOP
    EXECUTE format('ALTER FUNCTION %I.%I() SET SCHEMA %I', {of}, one, {to});
  END LOOP;
END $$;
"""
# Drops those functions, and the triggers with them.
UNGUARD = """
DO $$ DECLARE one text; BEGIN
  FOR one IN {guards} LOOP
    EXECUTE format('DROP FUNCTION %I.%I() CASCADE', {of}, one);
  END LOOP;
END $$;
"""


def server_version() -> str:
    return str(_value("SHOW server_version"))


@contextmanager
def snapshot(payload: Path) -> Iterator[None]:
    """Dump the database to a file. Inside, the connection of Django reads that same moment."""
    pg_dump = _command("pg_dump")
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        schema = _schema()
        pg_dump += [
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--schema={_pattern(schema)}",
            *(f"--exclude-table-data={_pattern(schema, table)}" for table in left_out()),
            f"--snapshot={_value('SELECT pg_export_snapshot()')}",
            f"--file={payload}",
        ]
        _require_success(_run(pg_dump))
        yield


@dataclass(frozen=True)
class Workplace:
    schema: str

    @contextmanager
    def looked_at(self) -> Iterator[None]:
        """Inside, the connection of Django works with the restored backup."""
        _look_in(APART)
        try:
            yield
        finally:
            _look_in(self.schema)

    def put_in_place(self) -> None:
        """Give its tables their place, unless that is in use or has been filled meanwhile."""
        with transaction.atomic(durable=True):
            tables = connection.introspection.table_names()
            names = sql.SQL(", ").join(sql.Identifier(self.schema, table) for table in tables)
            if tables:
                _lock(names)
                require_empty()
                _execute(_unguard(self.schema))
                _execute(sql.SQL("DROP TABLE {} CASCADE").format(names))
            _execute(_move(APART, self.schema))


@contextmanager
def workplace(payload: IO[bytes]) -> Iterator[Workplace]:
    """Lay a backup out in a schema of its own, which nobody else works with."""
    schema = _schema()
    if not _value("SELECT has_database_privilege(current_database(), 'CREATE')"):
        raise KopieNietGelukt(GEEN_SCHEMA)
    with _one_at_a_time():
        try:
            _lay_out(payload, schema)
            yield Workplace(schema)
        finally:
            _execute(_drop(APART))


def _lay_out(payload: IO[bytes], schema: str) -> None:
    """Read a backup in, in one transaction, and leave it in the schema APART.

    What pg_dump writes names its own schema, so its tables pass through that one.
    """
    before = [_drop(APART), _drop(ASIDE), _create(APART), _create(ASIDE), _move(schema, ASIDE)]
    after = [_move(schema, APART), _move(ASIDE, schema), _drop(ASIDE)]
    psql = [
        *_command("psql"),
        *("--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"),
        # An error says no more than its code: its message may hold what somebody typed.
        *("--set=ON_ERROR_STOP=1", "--set=VERBOSITY=sqlstate"),
        *(f"--command={one.as_string()}" for one in before),
        "--file=-",
        *(f"--command={one.as_string()}" for one in after),
    ]
    pg_restore = [
        _tool("pg_restore"),
        *("--no-owner", "--no-privileges", f"--schema={schema}", "--file=-"),
    ]
    _pipe(payload, pg_restore, psql)


def _pipe(payload: IO[bytes], pg_restore: list[str], psql: list[str]) -> None:
    """Have psql execute what pg_restore makes of a backup, all of it or nothing."""
    pipes: dict[str, Any] = {"stdin": PIPE, "stderr": PIPE, "env": _environment()}
    with Popen(psql, **pipes) as executes:  # noqa: S603
        with Popen(pg_restore, stdout=executes.stdin, **pipes) as reads:  # noqa: S603
            read = _outcome(reads, payload)
        if read.returncode:
            # At the end of what it is given, psql would keep a part of the backup.
            executes.kill()
        executed = _outcome(executes, BytesIO())
    # The one that says something is the one that stopped the other.
    for outcome in sorted((executed, read), key=lambda outcome: not outcome.stderr):
        _require_success(outcome)


def _outcome(process: "Popen[Any]", given: IO[bytes]) -> "CompletedProcess[bytes]":
    """Give a process all that it has to read, and wait for its end."""
    # One that stops sooner says itself why.
    with suppress(BrokenPipeError), _its(process.stdin) as its_input:
        shutil.copyfileobj(given, its_input)
    with _its(process.stderr) as said:
        return CompletedProcess(process.args, process.wait(), stderr=said.read())


def _its(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("a process without this pipe")
    return pipe


def _run(command: list[str]) -> "CompletedProcess[bytes]":
    return subprocess.run(command, env=_environment(), capture_output=True, check=False)  # noqa: S603


def _require_success(outcome: "CompletedProcess[bytes]") -> None:
    """Raises KopieNietGelukt with the first line in which a tool says what went wrong."""
    if outcome.returncode:
        if LOCK_NOT_AVAILABLE in outcome.stderr:
            raise KopieNietGelukt(IN_GEBRUIK)
        lines = [line for line in outcome.stderr.decode(errors="replace").splitlines() if line]
        tool = Path(outcome.args[0]).name
        raise KopieNietGelukt(NIET_GELUKT.format(tool=tool, why=lines[0] if lines else ""))


def _command(tool: str) -> list[str]:
    """The beginning of a command that connects to the database; a password is never in it."""
    args, _ = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return [_tool(tool), *args[1:]]


def _environment() -> dict[str, str]:
    _, own = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    options = f"--client-min-messages=warning --lock-timeout={SECONDS_FOR_A_LOCK}s"
    return {**os.environ, **(own or {}), "PGOPTIONS": options}


def _tool(name: str) -> str:
    """Where a tool of PostgreSQL is. It has to be of the same version as the server."""
    server = str(_value("SHOW server_version_num"))[:-4]
    path = shutil.which(name)
    if path is None:
        raise KopieNietGelukt(GEEN_GEREEDSCHAP.format(tool=name, server=server))
    said = _run([path, "--version"]).stdout.decode()
    major = next(iter(re.findall(r"\d+", said)), "?")
    if major != server:
        raise KopieNietGelukt(ANDER_GEREEDSCHAP.format(tool=name, major=major, server=server))
    return path


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _value("SELECT pg_try_advisory_lock(%s)", ONE_AT_A_TIME):
        raise KopieNietGelukt(AL_BEZIG)
    try:
        yield
    finally:
        _value("SELECT pg_advisory_unlock(%s)", ONE_AT_A_TIME)


def _lock(tables: sql.Composed) -> None:
    try:
        _execute(sql.SQL("SET LOCAL lock_timeout = {}").format(f"{SECONDS_FOR_A_LOCK}s"))
        _execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(tables))
    except OperationalError as error:
        raise KopieNietGelukt(IN_GEBRUIK) from error


def _schema() -> str:
    return str(_value("SELECT current_schema()"))


def _look_in(schema: str) -> None:
    _execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))


def _create(schema: str) -> sql.Composed:
    return sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema))


def _drop(schema: str) -> sql.Composed:
    return sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema))


def _move(of: str, to: str) -> sql.Composed:
    schema = sql.Literal(of)
    guards = sql.SQL(GUARDS).format(of=schema)
    return sql.SQL(MOVE).format(of=schema, to=sql.Literal(to), guards=guards)


def _unguard(of: str) -> sql.Composed:
    schema = sql.Literal(of)
    return sql.SQL(UNGUARD).format(of=schema, guards=sql.SQL(GUARDS).format(of=schema))


def _pattern(*names: str) -> str:
    """A name as the options of pg_dump take it, without a wildcard."""
    return ".".join(f'"{name}"' for name in names)


def _execute(statement: sql.Composed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _value(query: str, *params: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()[0]
