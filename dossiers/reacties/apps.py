from django.apps import AppConfig


class ReactiesConfig(AppConfig):
    name = "dossiers.reacties"
    verbose_name = "Reacties op het materiaal"
