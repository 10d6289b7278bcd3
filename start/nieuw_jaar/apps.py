from django.apps import AppConfig


class NieuwJaarConfig(AppConfig):
    name = "start.nieuw_jaar"
    verbose_name = "Een nieuw schooljaar"
