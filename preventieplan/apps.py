from django.apps import AppConfig


class PreventieplanConfig(AppConfig):
    name = "preventieplan"
    verbose_name = "Preventieplan"

    def ready(self) -> None:
        from dossiers.acties.belonging import register_goals
        from dossiers.acties.finders import actie_finder
        from dossiers.materialen.registry import register_soort
        from dossiers.velden.offers import register_said
        from dossiers.velden.registry import register_finder
        from preventieplan.finders import (
            find_antwoord,
            find_check,
            find_inschaling,
            page_of_actie,
        )
        from preventieplan.materiaalsoort import PREVENTIEPLAN
        from preventieplan.queries.plan import goals_by_phase
        from preventieplan.queries.said import said_in_plan

        register_goals(goals_by_phase)
        register_said(said_in_plan)
        register_soort(PREVENTIEPLAN)
        register_finder("antwoord", find_antwoord)
        register_finder("inschaling", find_inschaling)
        register_finder("actie", actie_finder(page_of_actie))
        register_finder("check", find_check)
