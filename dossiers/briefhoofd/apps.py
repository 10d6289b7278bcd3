from django.apps import AppConfig


class BriefhoofdConfig(AppConfig):
    name = "dossiers.briefhoofd"
    verbose_name = "Op papier"
