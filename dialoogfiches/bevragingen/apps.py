from django.apps import AppConfig


class BevragingenConfig(AppConfig):
    name = "dialoogfiches.bevragingen"
    verbose_name = "Bevragingen"

    def ready(self) -> None:
        from dialoogfiches.bevragingen.domain.bevragingen import count_answers
        from dialoogfiches.bevragingen.domain.golven import merge_waves
        from dialoogfiches.bevragingen.materiaalsoort import BEVRAGING
        from dialoogfiches.bevragingen.models import Bevraging
        from dossiers.anoniem.domain.bevragingen import Kind, register_kind
        from dossiers.materialen.registry import register_soort

        register_soort(BEVRAGING)
        register_kind(Kind(Bevraging, count=count_answers, merge=merge_waves))
