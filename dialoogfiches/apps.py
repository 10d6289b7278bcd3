from django.apps import AppConfig


class DialoogfichesConfig(AppConfig):
    name = "dialoogfiches"
    verbose_name = "Dialoogfiches"
