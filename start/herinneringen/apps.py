from django.apps import AppConfig


class HerinneringenConfig(AppConfig):
    name = "start.herinneringen"
    verbose_name = "Herinneringen"

    def ready(self) -> None:
        from dossiers.nieuws import Soort, register_news
        from start.herinneringen.queries import acties, uitzoeken, zonder_trekker

        register_news("acties", Soort(acties.new, acties.lines))
        register_news("uitzoeken", Soort(uitzoeken.new, uitzoeken.lines))
        register_news("zonder-trekker", Soort(zonder_trekker.new, zonder_trekker.lines))
