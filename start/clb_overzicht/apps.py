from django.apps import AppConfig


class ClbOverzichtConfig(AppConfig):
    name = "start.clb_overzicht"
    verbose_name = "Overzicht van een CLB"
