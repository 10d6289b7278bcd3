from django.apps import AppConfig


class RegioConfig(AppConfig):
    name = "start.regio"
    verbose_name = "Regio's en Vlaanderen"
