from django.apps import AppConfig


class BevragingenConfig(AppConfig):
    name = "dialoogfiches.bevragingen"
    verbose_name = "Bevragingen"

    def ready(self) -> None:
        from dialoogfiches.bevragingen.materiaalsoort import BEVRAGING
        from dossiers.materialen.registry import register_soort

        register_soort(BEVRAGING)
