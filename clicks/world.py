"""A running STS-Dialoog with the materials and the demo, and a browser before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from clicks.desk import Desk, desk
from dossiers.materialen.domain.loading import load_materialen
from start.demo.build import build_demo
from storm.gunicorn import gunicorn


@contextmanager
def at_a_desk(folder: Path) -> Iterator[Desk]:
    call_command("migrate", verbosity=0)
    load_materialen(settings.MATERIALEN_DIR)
    demo = build_demo(directory=settings.BASE_DIR / "fixtures" / "demo", today=timezone.localdate())
    with (
        gunicorn(folder) as server,
        desk(f"http://127.0.0.1:{server.port}", demo=demo.wachtwoord) as one,
    ):
        yield one
