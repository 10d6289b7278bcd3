"""Do the main jobs in a real browser, and count the clicks and the screens that each takes.

Everything is done as a user does it, on pages of a server of its own with the demo in a temporary
database; that each job was done is looked up there. Ends with 1 when one takes more than it may.
"""

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="stsdialoog-clicks-") as name:
        folder = Path(name)
        _set_up_django(folder)
        # They need a Django.
        from clicks.jobs import do_all  # noqa: PLC0415
        from clicks.report import show  # noqa: PLC0415
        from clicks.world import at_a_desk  # noqa: PLC0415

        with at_a_desk(folder) as desk:
            return 0 if show(do_all(desk)) else 1


def _set_up_django(folder: Path) -> None:
    """Use the settings of `make run`, with files of its own."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="stsdialoog.settings",
        DJANGO_DEBUG="true",
        DATABASE_URL=f"sqlite:///{folder / 'clicks.sqlite3'}",
        DOCUMENTEN_DIR=str(folder / "documenten"),
        WISLIJST=str(folder / "wislijst.jsonl"),
        # Playwright runs an event loop in this thread, but Django's calls here are synchronous.
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )
    import django  # noqa: PLC0415

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
