"""Kept PDFs: found by their key, bounded on disk, and gone with their owner."""

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from stsdialoog.documents.document import KeptDocument
from stsdialoog.documents.folder import KEPT, OWN_FOLDER, folder

SECONDS_PER_DAY = 24 * 3600


@dataclass(frozen=True)
class Shelf:
    """Where the PDF of one document is kept, and how much may be kept beside it.

    root: holds a folder for each owner.
    bound: bytes that all kept PDFs may take together.
    """

    root: Path
    owner: str
    key: str
    bound: int

    @property
    def path(self) -> Path:
        return self.root / self.owner / f"{self.key}.pdf"

    def keep(self, pdf: bytes, *, work: Path) -> None:
        """Keep a PDF whole or not at all, and make room for it: what was used least goes first.

        work: a folder on the same disk, for the file while it is not whole. Raises OSError.
        """
        self.path.parent.mkdir(mode=OWN_FOLDER, exist_ok=True)
        with NamedTemporaryFile(dir=work, delete=False) as part:
            part.write(pdf)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(self.path)
        _make_room(self.root, self.bound)


def find(document: KeptDocument) -> bytes | None:
    """The kept PDF of a document, which counts as used now; None if there is none to read."""
    path = _root() / document.owner / f"{document.key}.pdf"
    try:
        pdf = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return pdf


def shelf_for(document: KeptDocument, *, bound: int) -> Shelf:
    return Shelf(_root(), document.owner, document.key, bound)


def owners() -> set[str]:
    """The owners of whom something is kept."""
    return {one.name for one in _root().iterdir()}


def forget(owner: str) -> None:
    """Delete all that is kept of an owner, if there is anything."""
    with suppress(FileNotFoundError):
        shutil.rmtree(_root() / owner)


def count(owners: Collection[str]) -> int:
    """How many PDFs are kept of these owners."""
    return sum(path.parent.name in owners for _, _, path in _kept(_root()))


def count_unused(*, days: int, besides: Collection[str]) -> int:
    """How many nobody asked for in this many days, of other owners than these."""
    return sum(path.parent.name not in besides for path in _unused(days))


def forget_unused(*, days: int) -> int:
    """Delete what nobody asked for in this many days; returns how many."""
    unused = list(_unused(days))
    for path in unused:
        path.unlink(missing_ok=True)
    return len(unused)


def _unused(days: int) -> Iterator[Path]:
    before = time.time() - days * SECONDS_PER_DAY
    return (path for used, _, path in _kept(_root()) if used < before)


def _root() -> Path:
    return folder() / KEPT


def _make_room(root: Path, bound: int) -> None:
    kept = sorted(_kept(root))
    total = sum(size for _, size, _ in kept)
    for _, size, path in kept:
        if total <= bound:
            return
        path.unlink(missing_ok=True)
        total -= size


def _kept(root: Path) -> Iterator[tuple[float, int, Path]]:
    """When each PDF was last used, in seconds since 1970; its size in bytes; its path."""
    for path in root.glob("*/*.pdf"):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # somebody else made room
        yield found.st_mtime, found.st_size, path
