from django.apps import AppConfig


class OvernemenConfig(AppConfig):
    name = "dossiers.overnemen"
    verbose_name = "Een nieuwere versie"
