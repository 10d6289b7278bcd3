from django.apps import AppConfig


class AnoniemConfig(AppConfig):
    name = "dossiers.anoniem"
    verbose_name = "Anonieme bevragingen"
