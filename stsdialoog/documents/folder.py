"""The folder of DOCUMENTEN_DIR: closed to others, and left out of backups."""

import logging
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

logger = logging.getLogger(__name__)

OWN_FOLDER, OWN_FILE = 0o700, 0o600
# Holds a folder with PDFs for each owner.
KEPT = "documents"
# Backup programs leave a folder out that holds this file (https://bford.info/cachedir/).
TAG = "CACHEDIR.TAG"
SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55\n"


def folder() -> Path:
    """Where documents are kept and places are held.

    When DOCUMENTEN_DIR cannot be used, this is a folder of this process alone, which goes with it.
    """
    try:
        return _prepared(settings.DOCUMENTEN_DIR)
    except OSError as error:
        return _prepared(Path(_of_this_process(str(error)).name))


def open_own(path: Path) -> int:
    """Open a file to read and write, for its owner only; made when it is not there."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWN_FILE)


def _prepared(path: Path) -> Path:
    """Each time again, because whoever runs the server may empty the folder."""
    path.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    path.chmod(OWN_FOLDER)
    (path / KEPT).mkdir(mode=OWN_FOLDER, exist_ok=True)
    tag = open_own(path / TAG)
    try:
        os.pwrite(tag, SIGNATURE, 0)
    finally:
        os.close(tag)
    return path


@cache
def _of_this_process(why: str) -> TemporaryDirectory[str]:
    logger.error("DOCUMENTEN_DIR cannot be used, so nothing is kept in it: %s", why)
    return TemporaryDirectory(prefix="stsdialoog-documenten-")
