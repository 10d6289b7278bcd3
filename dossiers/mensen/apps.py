from typing import Any

from django.apps import AppConfig


class MensenConfig(AppConfig):
    name = "dossiers.mensen"
    verbose_name = "Mensen"

    def ready(self) -> None:
        from allauth.account.signals import login_code_rejected

        # allauth says it in no other way.
        login_code_rejected.connect(_log_rejected_code)


def _log_rejected_code(*, user: Any, **_: Any) -> None:
    from dossiers.mensen.domain.gebeurtenissen import log_failed_login

    log_failed_login(email=user.email)
