from django.apps import AppConfig


class DialoogfichesConfig(AppConfig):
    name = "dialoogfiches"
    verbose_name = "Dialoogfiches"

    def ready(self) -> None:
        from django.core import checks

        from dialoogfiches.checks import check_sleutels
        from dialoogfiches.domain.inhoud import FICHE
        from dialoogfiches.records import (
            find_gesprekveld,
            find_notitie,
            find_stap,
            find_uitwerking,
        )
        from dialoogfiches.weergave import FICHE_WEERGAVE
        from dossiers import records, weergave
        from dossiers.domain import materialen

        checks.register(check_sleutels)
        materialen.register(FICHE)
        weergave.register(FICHE.naam, FICHE_WEERGAVE)
        records.register("gesprek", find_gesprekveld)
        records.register("notitie", find_notitie)
        records.register("stap", find_stap)
        records.register("uitwerking", find_uitwerking)
