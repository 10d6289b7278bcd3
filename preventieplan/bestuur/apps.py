from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BestuurConfig(AppConfig):
    name = "preventieplan.bestuur"
    verbose_name = "Bestuur"

    def ready(self) -> None:
        from dossiers.nieuws import Soort, register_news
        from preventieplan.bestuur.queries import news
        from preventieplan.bestuur.queries.earlier import last_fixed
        from preventieplan.routekaart.domain.fixed import register_fixed

        register_fixed(last_fixed)
        register_news("bestuur", Soort(news.new, news.lines))
        post_migrate.connect(_guard, sender=self)


def _guard(*, using: str, **_: Any) -> None:
    from preventieplan.bestuur.guard import lay

    lay(using=using)
