from django.urls import path

from preventieplan.routekaart import views

urlpatterns = [
    path("dossiers/<uuid:pk>/routekaart/", views.routekaart, name="routekaart"),
    path("dossiers/<uuid:pk>/routekaart.pdf", views.routekaart_pdf, name="routekaart-pdf"),
]
