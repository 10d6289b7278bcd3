from django.apps import AppConfig


class StsdialoogConfig(AppConfig):
    name = "stsdialoog"
    verbose_name = "STS-Dialoog"
