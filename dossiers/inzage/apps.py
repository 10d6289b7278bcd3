from django.apps import AppConfig


class InzageConfig(AppConfig):
    name = "dossiers.inzage"
    verbose_name = "Inzage in het logboek"
