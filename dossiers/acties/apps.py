from django.apps import AppConfig


class ActiesConfig(AppConfig):
    name = "dossiers.acties"
    verbose_name = "Acties"
