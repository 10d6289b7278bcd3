from django.apps import AppConfig


class SocialeKaartConfig(AppConfig):
    name = "dossiers.sociale_kaart"
    verbose_name = "Sociale kaart"
