from django.urls import path

from dossiers.kalender import views

urlpatterns = [
    path("scholen/<uuid:pk>/vrije-dagen/", views.of_school, name="school-vrije-dagen"),
    path("clb/<uuid:pk>/vrije-dagen/", views.of_clb, name="clb-vrije-dagen"),
]
