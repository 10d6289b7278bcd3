from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "start.demo"
    verbose_name = "Demo"
