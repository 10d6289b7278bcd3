from django.apps import AppConfig


class HulpConfig(AppConfig):
    name = "start.hulp"
    verbose_name = "Hulp"
