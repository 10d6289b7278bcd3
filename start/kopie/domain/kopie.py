"""Making a backup of the database in one file, and restoring one in an empty database."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex
from typing import IO, Protocol

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.keys import all_readable
from dialoogfiches.oudergesprekken.domain.retention import catch_up
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import wissen
from dossiers.models import Dossier
from dossiers.praktijken.domain import delen
from dossiers.reacties.domain import redenen
from start.bewaring.domain.table import forget_again
from start.domain import erasing, vertrek, vertrek_clb
from start.kopie.domain import archive, postgresql, sqlite
from start.kopie.domain.archive import Manifest
from start.kopie.domain.history import count_gaps
from start.kopie.domain.problems import KopieNietGelukt
from start.kopie.domain.tables import count_rows
from start.kopie.domain.target import require_empty
from start.kopie.domain.working_folder import working_folder
from stsdialoog.disk import sync
from stsdialoog.upgrade import explain, is_old, unknown
from stsdialoog.wislijst import exists

ANDERE_SOORT = (
    "Deze kopie is van {of} en de database van DATABASE_URL is {to}. Geef een lege database van "
    "dezelfde soort op."
)
AANTALLEN_KLOPPEN_NIET = (
    "De kopie is gelezen, maar er zijn rijen te veel of te weinig in {table}: ze is niet "
    "teruggezet. Neem een andere kopie."
)
CODE_IS_OUDER = (
    "Deze database is van een nieuwere versie van STS-Dialoog dan deze code: er is geen kopie "
    "gemaakt. Maak ze met die versie."
)
NIETS_TE_BEWAREN = (
    "Deze database is leeg: er is geen kopie gemaakt. Kijk na of DATABASE_URL de juiste noemt."
)


class Workplace(Protocol):
    """A restored backup that nobody else can see yet."""

    def looked_at(self) -> AbstractContextManager[None]: ...
    def put_in_place(self) -> None: ...


class Engine(Protocol):
    """How one kind of database is copied and restored."""

    def server_version(self) -> str: ...
    def snapshot(self, payload: Path) -> AbstractContextManager[None]: ...
    def workplace(self, payload: IO[bytes]) -> AbstractContextManager[Workplace]: ...


ENGINES: Mapping[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class Restored:
    """What came back.

    talks, texts: what was deleted again of it, because it had been or its day has come.
    gaps: by field, the number of records of which an earlier text is missing.
    keys: whether the keys of the environment read every talk.
    wislijst: whether there was a list of what was erased since.
    """

    made_at: datetime
    dossiers: int
    talks: int
    texts: int
    gaps: dict[str, int]
    keys: bool
    wislijst: bool


def make_kopie(*, folder: Path) -> Path:
    """Write a backup of the database, as it is at this moment, to a new file in a folder.

    Raises KopieNietGelukt.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(UTC)
    with working_folder(folder) as work:
        database, unfinished = work / "database", work / "kopie"
        with ENGINES[connection.vendor].snapshot(database):
            migrations, rows = _applied_migrations(), count_rows()
        if not migrations:
            raise KopieNietGelukt(NIETS_TE_BEWAREN)
        if is_old(connection):
            raise KopieNietGelukt(explain(connection))
        if unknown(map(_pair, migrations)):
            raise KopieNietGelukt(CODE_IS_OUDER)
        manifest = Manifest(
            format=archive.FORMAT,
            made_at=now.isoformat(timespec="seconds"),
            vendor=connection.vendor,
            server=ENGINES[connection.vendor].server_version(),
            django=django.get_version(),
            migrations=migrations,
            rows=rows,
            sha256={archive.DATABASE: archive.checksum(database)},
        )
        archive.write(path=unfinished, manifest=manifest, database=database)
        kopie = folder / f"stsdialoog-{now:%Y%m%dT%H%M%S.%fZ}.zip"
        unfinished.rename(kopie)
    sync(folder)
    return kopie


def restore_kopie(*, file: Path, today: date) -> Restored:
    """Restore a backup in the database, which has to be empty, and bring it up to date.

    The database stays as it is until all is checked, and then has all at once.
    Raises KopieNietGelukt.
    """
    with archive.opened(file) as kopie:
        _require_fit(kopie.manifest)
        require_empty()
        engine = ENGINES[connection.vendor]
        with kopie.database() as database, engine.workplace(database) as workplace:
            with workplace.looked_at():
                restored = _bring_up_to_date(kopie.manifest, today)
            workplace.put_in_place()
    return restored


def _bring_up_to_date(manifest: Manifest, today: date) -> Restored:
    _require_counts(manifest.rows)
    call_command("migrate", interactive=False, verbosity=0)
    talks, texts = catch_up(op=today)
    erasing.catch_up(op=today)
    delen.catch_up()
    redenen.catch_up()
    vertrek.catch_up(op=today)
    vertrek_clb.catch_up(op=today)
    wissen.catch_up(op=today)
    forget_again(op=today)
    _tell_apart()
    return Restored(
        made_at=timezone.localtime(datetime.fromisoformat(manifest.made_at)),
        dossiers=Dossier.objects.count(),
        talks=talks,
        texts=texts,
        gaps=count_gaps(),
        keys=all_readable(),
        wislijst=exists(),
    )


def _tell_apart() -> None:
    """Make the revisions from here on others than those of pages that were open before."""
    Logregel.objects.create(
        handeling=Logregel.Handeling.KOPIE_TERUGGEZET, soort="kopie", record_id=token_hex(4)
    )


def _require_fit(manifest: Manifest) -> None:
    if unknown(map(_pair, manifest.migrations)):
        raise KopieNietGelukt(archive.NIEUWER)
    if manifest.vendor != connection.vendor:
        raise KopieNietGelukt(ANDERE_SOORT.format(of=manifest.vendor, to=connection.vendor))


def _require_counts(rows: dict[str, int]) -> None:
    now = count_rows()
    wrong = [table for table in {*rows, *now} if rows.get(table) != now.get(table)]
    if wrong:
        raise KopieNietGelukt(AANTALLEN_KLOPPEN_NIET.format(table=min(wrong)))


def _applied_migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def _pair(migration: list[str]) -> tuple[str, str]:
    app, name = migration
    return app, name
