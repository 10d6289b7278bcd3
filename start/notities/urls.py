from django.urls import path

from start.notities import views

urlpatterns = [
    path("dossiers/<uuid:pk>/notities/", views.notities, name="notities"),
    path("notities/gebleven/", views.stayed, name="notities-gebleven"),
]
