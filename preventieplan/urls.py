from django.urls import path

from preventieplan.views import plan, routekaart, versies

urlpatterns = [
    path("dossiers/<uuid:pk>/preventieplan/", plan.plan, name="preventieplan"),
    path(
        "dossiers/<uuid:pk>/preventieplan.pdf",
        routekaart.preventieplan_pdf,
        name="preventieplan-pdf",
    ),
    path("dossiers/<uuid:pk>/preventieplan/<slug:code>/", plan.doelstelling, name="doelstelling"),
    path("dossiers/<uuid:pk>/versie/", versies.planversie, name="planversie"),
    path("dossiers/<uuid:pk>/overzicht/", plan.overzicht, name="overzicht"),
    path("dossiers/<uuid:pk>/routekaart/", routekaart.routekaart, name="routekaart"),
    path("dossiers/<uuid:pk>/routekaart.pdf", routekaart.routekaart_pdf, name="routekaart-pdf"),
]
