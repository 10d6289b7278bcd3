from django.apps import AppConfig


class OudergesprekkenConfig(AppConfig):
    name = "dialoogfiches.oudergesprekken"
    verbose_name = "Oudergesprekken"

    def ready(self) -> None:
        from django.core import checks

        from dialoogfiches.oudergesprekken.checks import check_sleutels
        from dialoogfiches.oudergesprekken.materiaalsoort import OUDERS
        from dossiers.materialen.registry import register_soort

        checks.register(check_sleutels)
        register_soort(OUDERS)
