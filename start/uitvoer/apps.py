from django.apps import AppConfig


class UitvoerConfig(AppConfig):
    name = "start.uitvoer"
    verbose_name = "Uitvoer"
