from django.urls import path

from preventieplan.uitzoeken import views

urlpatterns = [
    path(
        "dossiers/<uuid:pk>/preventieplan/<slug:code>/uitzoeken/",
        views.uitzoeken,
        name="uitzoeken",
    ),
]
