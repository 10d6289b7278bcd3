from django.urls import path

from start.gegevens import views

urlpatterns = [
    path("mijn-gegevens/", views.mijn_gegevens, name="mijn-gegevens"),
    path("mijn-gegevens/alles/", views.alles, name="mijn-gegevens-alles"),
    path("mijn-gegevens/gegevens.json", views.bestand, name="mijn-gegevens-bestand"),
    path("mijn-gegevens/naam/", views.naam, name="mijn-gegevens-naam"),
    path("mijn-gegevens/wissen/", views.wissen, name="mijn-gegevens-wissen"),
    path("beheer/gegevens/<uuid:pk>/", views.gegevens_van, name="gegevens-van"),
]
