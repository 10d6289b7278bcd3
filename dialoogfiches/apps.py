from django.apps import AppConfig


class DialoogfichesConfig(AppConfig):
    name = "dialoogfiches"
    verbose_name = "Dialoogfiches"

    def ready(self) -> None:
        from dialoogfiches.domain.inhoud import FICHE
        from dossiers.domain import materialen

        materialen.register(FICHE)
