from django.apps import AppConfig


class ToolboxConfig(AppConfig):
    name = "dialoogfiches.toolbox"
    verbose_name = "Toolbox"
