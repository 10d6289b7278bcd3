from django.apps import AppConfig


class KalenderConfig(AppConfig):
    name = "dossiers.kalender"
    verbose_name = "Kalender"
