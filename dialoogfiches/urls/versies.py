from django.urls import path

from dialoogfiches.views import versies

urlpatterns = [
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/versie/",
        versies.gespreksversie,
        name="gespreksversie",
    ),
]
