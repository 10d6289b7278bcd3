"""Backups, and databases to restore them in, beside the one of the story."""

import json
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.core.management import call_command

from start.kopie.domain import archive


def bewaar(folder: Path) -> Path:
    """The backup that the command makes: what it printed last."""
    out = StringIO()
    call_command("bewaar_kopie", str(folder), stdout=out)
    return Path(out.getvalue().splitlines()[-1])


def zet_terug(file: Path) -> str:
    """What the command says."""
    out = StringIO()
    call_command("zet_terug", str(file), stdout=out, stderr=out)
    return out.getvalue()


def content(kopie: Path) -> bytes:
    """The database in a backup."""
    with ZipFile(kopie) as opened:
        return opened.read(archive.DATABASE)


def altered(kopie: Path, *, database: bytes | None = None, **manifest: Any) -> Path:
    """A backup whose maker said something else in it, and sealed it."""
    with archive.opened(kopie) as opened:
        said = asdict(opened.manifest)
    inside = kopie.with_suffix(".inside")
    inside.write_bytes(content(kopie) if database is None else database)
    said["sha256"] = {archive.DATABASE: archive.checksum(inside)}
    other = kopie.with_name(f"other-{len(list(kopie.parent.iterdir()))}.zip")
    archive.write(
        path=other,
        manifest=archive.Manifest(**json.loads(json.dumps(said | manifest))),
        database=inside,
    )
    inside.unlink()
    return other
