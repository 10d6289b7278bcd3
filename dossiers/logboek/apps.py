from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "dossiers.logboek"
    verbose_name = "Logboek"
