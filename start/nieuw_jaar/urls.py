from django.urls import path

from start.nieuw_jaar import views

urlpatterns = [
    path("dossiers/<uuid:pk>/nieuw-schooljaar/", views.nieuw_schooljaar, name="nieuw_schooljaar"),
    path(
        "dossiers/<uuid:pk>/nieuw-schooljaar/ongedaan/",
        views.ongedaan,
        name="nieuw_schooljaar_ongedaan",
    ),
]
