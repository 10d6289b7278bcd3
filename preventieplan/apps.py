from django.apps import AppConfig


class PreventieplanConfig(AppConfig):
    name = "preventieplan"
    verbose_name = "Preventieplan"

    def ready(self) -> None:
        from dossiers import records, weergave
        from dossiers.domain import materialen
        from preventieplan.domain.inhoud import PREVENTIEPLAN
        from preventieplan.records import find_antwoord, find_inschaling, page_of_acties
        from preventieplan.weergave import PLAN_WEERGAVE

        materialen.register(PREVENTIEPLAN)
        weergave.register(PREVENTIEPLAN.naam, PLAN_WEERGAVE)
        records.register("antwoord", find_antwoord)
        records.register("inschaling", find_inschaling)
        records.register("actie", records.actie_finder(page_of_acties))
