from django.apps import AppConfig


class RegelsConfig(AppConfig):
    name = "dossiers.regels"
    verbose_name = "Regels van een materiaal"
