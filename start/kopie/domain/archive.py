"""The file of a backup: a zip with the database and a manifest, sealed as a whole.

The comment at the end of the zip is the SHA-256 of everything before it, so that not one byte of
the file can change unnoticed. `unzip` opens it, and `pg_restore` or `sqlite3` what is in it.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipExtFile, ZipFile

from start.kopie.domain.problems import KopieNietGelukt
from stsdialoog.disk import sync

FORMAT = 1
DATABASE, MANIFEST = "database", "manifest.json"
SEAL = hashlib.sha256().digest_size * 2  # bytes, in hexadecimal
BLOCK = 1 << 20  # bytes

BESCHADIGD = (
    "Deze kopie is beschadigd of niet volledig: ze is niet teruggezet. Neem een andere kopie."
)
NIEUWER = (
    "Deze kopie is van een nieuwere versie van STS-Dialoog. Installeer eerst die versie, en zet de "
    "kopie daarmee terug."
)


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself.

    vendor: `sqlite` or `postgresql`; server: the version of that database.
    migrations: app and name of each.
    rows: the number of rows in each table.
    sha256: the checksum of each other file in the zip.
    """

    format: int
    made_at: str
    vendor: str
    server: str
    django: str
    migrations: list[list[str]]
    rows: dict[str, int]
    sha256: dict[str, str]


@dataclass(frozen=True)
class Kopie:
    manifest: Manifest
    _zip: ZipFile

    def database(self) -> IO[bytes]:
        return self._zip.open(DATABASE)


def checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def write(*, path: Path, manifest: Manifest, database: Path) -> None:
    """Write a backup that only this user can read, and have it on the disk."""
    path.touch(mode=0o600, exist_ok=False)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.write(database, DATABASE)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        archive.comment = bytes(SEAL)
    with path.open("r+b") as file:
        seal = _compute_seal(file)
        file.write(seal)
    sync(path)


@contextmanager
def opened(path: Path) -> Iterator[Kopie]:
    """A backup of which every byte was checked.

    Raises KopieNietGelukt when it is damaged, or when this code does not know its format.
    """
    _require_seal(path)
    try:
        archive = ZipFile(path)
    except BadZipFile as error:
        raise KopieNietGelukt(BESCHADIGD) from error
    with archive:
        kopie = Kopie(_read_manifest(archive), archive)
        with kopie.database() as database:
            digest = hashlib.file_digest(cast("ZipExtFile", database), "sha256").hexdigest()
        if kopie.manifest.sha256 != {DATABASE: digest}:
            raise KopieNietGelukt(BESCHADIGD)
        yield kopie


def _require_seal(path: Path) -> None:
    try:
        with path.open("rb") as file:
            whole = _compute_seal(file) == file.read()
    except OSError as error:
        raise KopieNietGelukt(f"{path} kan niet gelezen worden: {error.strerror}.") from error
    if not whole:
        raise KopieNietGelukt(BESCHADIGD)


def _compute_seal(file: BinaryIO) -> bytes:
    """The seal that a file should have; leaves the file where its own begins."""
    left = max(0, file.seek(0, os.SEEK_END) - SEAL)
    file.seek(0)
    digest = hashlib.sha256()
    while left and (block := file.read(min(left, BLOCK))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest().encode()


def _read_manifest(archive: ZipFile) -> Manifest:
    read = json.loads(archive.read(MANIFEST))
    if read["format"] > FORMAT:
        raise KopieNietGelukt(NIEUWER)
    return Manifest(**read)
