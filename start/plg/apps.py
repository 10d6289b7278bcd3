from django.apps import AppConfig


class PlgConfig(AppConfig):
    name = "start.plg"
    verbose_name = "Materialen van een PLG"
