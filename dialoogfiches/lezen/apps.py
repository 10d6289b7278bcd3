from django.apps import AppConfig


class LezenConfig(AppConfig):
    name = "dialoogfiches.lezen"
    verbose_name = "Lezen"

    def ready(self) -> None:
        from dialoogfiches.lezen.materiaalsoort import FLOW, LEZEN, TIPS
        from dossiers.materialen.registry import register_soort

        for soort in (LEZEN, TIPS, FLOW):
            register_soort(soort)
