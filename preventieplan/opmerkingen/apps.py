from django.apps import AppConfig


class OpmerkingenConfig(AppConfig):
    name = "preventieplan.opmerkingen"
    verbose_name = "Opmerkingen"

    def ready(self) -> None:
        from dossiers.nieuws import Soort, register_news
        from preventieplan.opmerkingen.queries import news

        register_news("opmerkingen", Soort(news.new, news.lines))
