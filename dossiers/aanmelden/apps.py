from django.apps import AppConfig


class AanmeldenConfig(AppConfig):
    name = "dossiers.aanmelden"
    verbose_name = "Aanmelden"
