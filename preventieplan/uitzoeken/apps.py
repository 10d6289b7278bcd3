from django.apps import AppConfig


class UitzoekenConfig(AppConfig):
    name = "preventieplan.uitzoeken"
    verbose_name = "Uitzoeken"
