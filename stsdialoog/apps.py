from django.apps import AppConfig


class StsdialoogConfig(AppConfig):
    name = "stsdialoog"
    verbose_name = "STS-Dialoog"

    def ready(self) -> None:
        from django.core import checks

        from stsdialoog.wislijst import check_wislijst

        checks.register(check_wislijst)
