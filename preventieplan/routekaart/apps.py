from django.apps import AppConfig


class RoutekaartConfig(AppConfig):
    name = "preventieplan.routekaart"
    verbose_name = "Routekaart"
