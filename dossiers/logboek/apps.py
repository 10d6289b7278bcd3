from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LogboekConfig(AppConfig):
    name = "dossiers.logboek"
    verbose_name = "Logboek"

    def ready(self) -> None:
        post_migrate.connect(_guard, sender=self)


def _guard(*, using: str, **_: Any) -> None:
    from dossiers.logboek.guard import lay

    lay(using=using)
