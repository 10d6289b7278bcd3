from django.apps import AppConfig


class GesprekkenConfig(AppConfig):
    name = "dialoogfiches.gesprekken"
    verbose_name = "Gesprekken"

    def ready(self) -> None:
        from dialoogfiches.gesprekken import finders
        from dialoogfiches.gesprekken.materiaalsoort import GESPREK
        from dialoogfiches.gesprekken.queries.said import said_in_talks
        from dossiers.materialen.registry import register_soort
        from dossiers.velden.offers import register_said
        from dossiers.velden.registry import register_finder

        register_soort(GESPREK)
        register_said(said_in_talks)
        register_finder("gesprek", finders.find_gesprekveld)
        register_finder("notitie", finders.find_notitie)
        register_finder("stap", finders.find_stap)
        register_finder("uitwerking", finders.find_uitwerking)
