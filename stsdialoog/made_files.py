"""Static files that are made from those of a package, with what a page of ours needs of them.

They are made where static files are looked for, so `runserver` and `collectstatic` both have them
without a step of their own.
"""

import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage


class MadeFilesFinder(BaseFinder, ABC):
    """Finds static files, and makes them when they are not there yet."""

    paths: ClassVar[Collection[str]]

    @abstractmethod
    def folder(self) -> Path:
        """Where they are kept; see `folder_for`."""

    @abstractmethod
    def content(self, path: str) -> bytes:
        """Make one of the paths; from the same sources the same bytes."""

    def check(self, **kwargs: Any) -> list[Any]:  # noqa: ARG002 (a method of Django's)
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        found = [str(self._made(path))] if path in self.paths else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        storage = FileSystemStorage(location=self.folder())
        for path in self.paths:
            self._made(path)
            yield path, storage

    def _made(self, path: str) -> Path:
        """The file of a static path; others that make it at the same time do no harm."""
        file = self.folder() / path
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, new = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "wb") as output:
                output.write(self.content(path))
            Path(new).replace(file)
        return file


def folder_for(sources: Iterable[Path]) -> Path:
    """Another folder for each release of the files that something is made from."""
    digest = sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return settings.MADE_FILES_DIR / digest[:12]
