from django.apps import AppConfig


class MaterialenConfig(AppConfig):
    name = "dossiers.materialen"
    verbose_name = "Materialen"
