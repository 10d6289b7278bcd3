"""Take every picture of the users' manual in a real browser, from the demo in a fresh database.

It is always the same day there, so that a picture only changes when its page does; one that looks
the same stays the file it was. Prints which ones changed.
"""

import logging
import os
import sys
import tempfile
from pathlib import Path

from pictures.clock import always_the_same_day


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="stsdialoog-pictures-") as name:
        _set_up_django(Path(name))
        # They need a Django.
        from pictures.album import save_album  # noqa: PLC0415
        from pictures.studio import studio  # noqa: PLC0415

        with studio() as camera:
            changed = save_album(list(camera.take_all()))
    for line in changed:
        print(line)
    print(f"{len(changed)} pictures changed.")
    return 0


def _set_up_django(folder: Path) -> None:
    """Use the settings of `make run`, with files of its own and the clock of the pictures."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="stsdialoog.settings",
        DJANGO_DEBUG="true",
        DATABASE_URL=f"sqlite:///{folder / 'pictures.sqlite3'}",
        DOCUMENTEN_DIR=str(folder / "documenten"),
        WISLIJST=str(folder / "wislijst.jsonl"),
        # Playwright runs an event loop in this thread, but Django's calls here are synchronous.
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )
    # Before the models, whose columns keep the clock that they were made with.
    always_the_same_day()
    import django  # noqa: PLC0415

    django.setup()
    # One of the pictures is of a conflict, which the log would tell.
    logging.getLogger("django.request").setLevel(logging.ERROR)


if __name__ == "__main__":
    sys.exit(main())
