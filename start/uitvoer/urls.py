from django.urls import path

from start.uitvoer import views

urlpatterns = [
    path("dossiers/<uuid:pk>/uitvoer/", views.uitvoer, name="uitvoer"),
    path("dossiers/<uuid:pk>/uitvoer.zip", views.uitvoer_zip, name="uitvoer-zip"),
    path("schema/dossier-<int:nummer>.json", views.schema, name="schema"),
]
