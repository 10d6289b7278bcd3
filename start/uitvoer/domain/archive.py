"""A ZIP whose bytes say nothing of when, where or by whom it was made."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The earliest that a ZIP can tell.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o644


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by their path in it, in this order. The same files give the same bytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            about = ZipInfo(path, NO_MOMENT)
            about.compress_type = ZIP_DEFLATED
            # The same on every system that it is made on.
            about.create_system, about.external_attr = UNIX, READABLE << 16
            archive.writestr(about, content)
    return made.getvalue()


def json_of(data: Mapping[str, Any]) -> bytes:
    """Data as people read them too: indented, in their own letters."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
