from django.apps import AppConfig


class VeldenConfig(AppConfig):
    name = "dossiers.velden"
    verbose_name = "Velden"
