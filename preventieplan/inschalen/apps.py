from django.apps import AppConfig


class InschalenConfig(AppConfig):
    name = "preventieplan.inschalen"
    verbose_name = "Stil inschalen"
