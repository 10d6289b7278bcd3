"""Reading a file of the database that is open in this process."""

import subprocess
from pathlib import Path


def bytes_of(path: Path) -> bytes:
    """The bytes of a file, read by another process.

    A process that closes a file loses all of its locks on it, also those that SQLite has through
    another descriptor: any other process would then take the database for unused, and tidy away
    the files beside it while they are in use here.
    """
    return subprocess.check_output(["/usr/bin/env", "cat", path])  # noqa: S603
