from django.apps import AppConfig


class PreventieplanConfig(AppConfig):
    name = "preventieplan"
    verbose_name = "Preventieplan"

    def ready(self) -> None:
        from dossiers.domain import materialen
        from preventieplan.domain.inhoud import PREVENTIEPLAN

        materialen.register(PREVENTIEPLAN)
