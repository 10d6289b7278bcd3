from django.apps import AppConfig


class OudergesprekkenConfig(AppConfig):
    name = "dialoogfiches.oudergesprekken"
    verbose_name = "Oudergesprekken"

    def ready(self) -> None:
        from dialoogfiches.oudergesprekken.materiaalsoort import OUDERS
        from dossiers.materialen.registry import register_soort

        register_soort(OUDERS)
