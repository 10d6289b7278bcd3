from django.apps import AppConfig


class GegevensConfig(AppConfig):
    name = "start.gegevens"
    verbose_name = "Mijn gegevens"
