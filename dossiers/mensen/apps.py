from django.apps import AppConfig


class MensenConfig(AppConfig):
    name = "dossiers.mensen"
    verbose_name = "Mensen"
