from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "stsdialoog.counters"
    verbose_name = "Tellers"
