from django.apps import AppConfig


class WeerklankConfig(AppConfig):
    name = "start.weerklank"
    verbose_name = "Weerklank"
