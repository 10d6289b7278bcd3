from django.apps import AppConfig


class KopieConfig(AppConfig):
    name = "start.kopie"
    verbose_name = "Kopie"
