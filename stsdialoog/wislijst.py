"""What was erased for good, remembered in a file outside the database.

A backup brings back what was erased after it was made. What is due on a date is found again by that
date; what somebody erased by hand, or on another date than the backup has, only by this file. It
names records and never holds anything of what stood in them.

Each erasure is announced before its transaction begins, and settled after the commit, so a killed
process leaves at most an announcement; `unsettled` gives those, for whoever can look into the
database.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from stsdialoog.disk import sync

logger = logging.getLogger(__name__)

# Before what somebody asked to erase is gone, so that who is told of it can take it back.
WACHTTIJD = timedelta(days=30)
# The label of a model and the primary key of one of its records, as text.
Name = tuple[str, str]


class Stand(StrEnum):
    ANNOUNCED = "wissen"
    ERASED = "gewist"
    KEPT = "gebleven"


class NotRemembered(Exception):
    """The file cannot be written, so nothing was erased."""


def erase_and_remember(*, records: Sequence[Model], erase: Callable[[], bool]) -> bool:
    """Erase records in a transaction of its own, and remember it outside the database.

    erase: does it, and returns whether the records are gone.
    Returns what `erase` returned. Raises NotRemembered, with nothing erased. After any other
    exception nobody knows whether the database did it, when its connection broke for example: the
    announcement stands until it is settled.
    """
    names = [name_of(type(record), record.pk) for record in records]
    _append(Stand.ANNOUNCED, names)
    with transaction.atomic(durable=True):
        erased = erase()
    try:
        settle(names, erased=erased)
    except NotRemembered as error:
        # It is done and announced; how it ended is found out afterwards.
        logger.error("%s", error)
    return erased


def settle(names: Iterable[Name], *, erased: bool) -> None:
    """Write down how an announced erasure ended."""
    _append(Stand.ERASED if erased else Stand.KEPT, names)


def name_of(model: type[Model], pk: object) -> Name:
    return model._meta.label_lower, str(pk)


def unsettled() -> list[Name]:
    """The records of which only the announcement is known, because a process was killed."""
    return [name for name, stand in _stands().items() if stand == Stand.ANNOUNCED]


def erased_keys(model: type[Model]) -> set[str]:
    """The primary keys, as text, of the records that were erased, or were announced to be."""
    return {
        pk
        for (label, pk), stand in _stands().items()
        if label == model._meta.label_lower and stand != Stand.KEPT
    }


def exists() -> bool:
    return _path().exists()


def check_wislijst(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Check that the file can be written: without it nothing can be erased."""
    path = _path()
    if os.access(path if path.exists() else path.parent, os.W_OK):
        return []
    return [
        Error(
            f"WISLIJST cannot be written: {path}",
            hint="Name a file in a folder that this user may write in.",
            id="stsdialoog.E001",
        )
    ]


def _path() -> Path:
    return Path(settings.WISLIJST)


def _append(stand: Stand, names: Iterable[Name]) -> None:
    now = timezone.now().isoformat(timespec="seconds")
    # A line begins with its own newline: what a full disk or a crash left half a line stays apart.
    text = "".join(
        "\n" + json.dumps({"op": now, "stand": stand, "model": model, "pk": pk})
        for model, pk in names
    ).encode()
    if not text:
        return
    path, is_new = _path(), not exists()
    try:
        _append_bytes(path, text)
        if is_new:
            sync(path.parent)
    except OSError as error:
        raise NotRemembered(f"WISLIJST cannot be written: {path} ({error})") from error


def _append_bytes(path: Path, text: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(file, text) < len(text):
            raise OSError("no room left")
        os.fsync(file)
    finally:
        os.close(file)


def _stands() -> dict[Name, Stand]:
    """Where each record is. What was erased stays so, whoever asks for it a second time."""
    stands: dict[Name, Stand] = {}
    for line in _lines():
        name = line["model"], line["pk"]
        if stands.get(name) != Stand.ERASED:
            stands[name] = Stand(line["stand"])
    return stands


def _lines() -> Iterator[dict[str, str]]:
    if not exists():
        return
    with _path().open(encoding="utf-8") as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                # An empty line, or half a line: of an erasure that never began or is unsettled.
                continue
