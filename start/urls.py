from django.urls import path

from start import views, views_groeikans

urlpatterns = [
    path("", views.start, name="start"),
    path("scholen/", views.scholen, name="scholen"),
    path("dossiers/<uuid:pk>/", views.dossier, name="dossier"),
    path(
        "dossiers/<uuid:pk>/bevragingen/<uuid:bevraging_pk>/antwoorden/<uuid:antwoord_pk>/groeikans/",
        views_groeikans.groeikans,
        name="bevraging-groeikans",
    ),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
    path("gezond/", views.gezond, name="gezond"),
]
