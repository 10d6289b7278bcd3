from django.apps import AppConfig


class NotitiesConfig(AppConfig):
    name = "start.notities"
    verbose_name = "Notities van het CLB"
