from django.apps import AppConfig


class TakenConfig(AppConfig):
    name = "start.taken"
    verbose_name = "Mijn taken"
