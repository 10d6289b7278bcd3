from django.apps import AppConfig


class BewaringConfig(AppConfig):
    name = "start.bewaring"
    verbose_name = "Bewaartermijnen"
