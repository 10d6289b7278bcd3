from django.urls import path

from dossiers.reacties import views

urlpatterns = [
    path("toolbox/<slug:slug>/werkt/<slug:code>/", views.react, name="reactie"),
    path("dossiers/<uuid:pk>/werkt/<slug:slug>/<slug:code>/", views.react, name="reactie-dossier"),
]
