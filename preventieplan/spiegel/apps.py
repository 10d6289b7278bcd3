from django.apps import AppConfig


class SpiegelConfig(AppConfig):
    name = "preventieplan.spiegel"
    verbose_name = "Spiegel"

    def ready(self) -> None:
        from dossiers.anoniem.domain.bevragingen import Kind, register_kind
        from preventieplan.spiegel.domain.spiegels import (
            count_answers,
            merge_waves,
            require_rested,
        )
        from preventieplan.spiegel.models import Spiegel

        register_kind(Kind(Spiegel, count=count_answers, merge=merge_waves, may_run=require_rested))
