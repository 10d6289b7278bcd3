from django.urls import path

from dossiers.cijfers import views

urlpatterns = [
    path("dossiers/<uuid:pk>/cijfers/", views.cijfers, name="cijfers"),
]
