from django.urls import path

from dossiers.velden import views

urlpatterns = [
    path("dossiers/<uuid:pk>/historiek/<slug:naam>/", views.historiek, name="historiek"),
]
