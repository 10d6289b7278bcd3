from django.urls import path

from start import views

urlpatterns = [
    path("", views.start, name="start"),
    path("scholen/", views.scholen, name="scholen"),
    path("dossiers/<uuid:pk>/", views.dossier, name="dossier"),
    path("toegankelijkheid/", views.toegankelijkheid, name="toegankelijkheid"),
    path("gezond/", views.gezond, name="gezond"),
]
