from django.apps import AppConfig


class RoutekaartConfig(AppConfig):
    name = "preventieplan.routekaart"
    verbose_name = "Routekaart"

    def ready(self) -> None:
        from dossiers.velden.registry import register_finder
        from preventieplan.routekaart.finders import find_routezinnen

        register_finder("routekaart", find_routezinnen)
