from django.urls import path

from start.views import groeikans, paginas

urlpatterns = [
    path("", paginas.start, name="start"),
    path("scholen/", paginas.scholen, name="scholen"),
    path("dossiers/<uuid:pk>/", paginas.dossier, name="dossier"),
    path(
        "dossiers/<uuid:pk>/bevragingen/<uuid:bevraging_pk>/antwoorden/<uuid:antwoord_pk>/groeikans/",
        groeikans.groeikans,
        name="bevraging-groeikans",
    ),
    path("toegankelijkheid/", paginas.toegankelijkheid, name="toegankelijkheid"),
    path("gezond/", paginas.gezond, name="gezond"),
]
