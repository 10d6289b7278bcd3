from django.apps import AppConfig


class CijfersConfig(AppConfig):
    name = "dossiers.cijfers"
    verbose_name = "Cijfers"

    def ready(self) -> None:
        from dossiers.cijfers.pages import CIJFERS
        from dossiers.ernaast import register_shown
        from dossiers.materialen.models import Toont

        register_shown(Toont.CIJFERS, CIJFERS)
