from django.urls import path

from start.regio import views

urlpatterns = [
    path("regio/", views.regio, name="regio"),
    path("regio/<int:schooljaar>/rapport.pdf", views.rapport, name="regio-rapport"),
    path("regio/<int:schooljaar>/cijfers.csv", views.tabel, name="regio-tabel"),
    path(
        "regio/<int:schooljaar>/cijfers.csv-metadata.json",
        views.beschrijving,
        name="regio-beschrijving",
    ),
]
