from django.apps import AppConfig


class PraktijkenConfig(AppConfig):
    name = "dossiers.praktijken"
    verbose_name = "Praktijken"

    def ready(self) -> None:
        from dossiers.nieuws import Soort, register_news
        from dossiers.praktijken.queries import news

        register_news("praktijk", Soort(news.new, news.lines))
