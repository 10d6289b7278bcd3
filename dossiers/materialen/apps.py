from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.utils.autoreload import file_changed


class MaterialenConfig(AppConfig):
    name = "dossiers.materialen"
    verbose_name = "Materialen"

    def ready(self) -> None:
        # The development server does not restart for a template, and some results hold its output.
        file_changed.connect(_forget_what_was_drawn)


def _forget_what_was_drawn(*, file_path: Path, **_kwargs: Any) -> None:
    from dossiers.materialen.kept import KeptPerProcess

    if file_path.suffix in {".html", ".svg"}:
        KeptPerProcess.forget_all()
