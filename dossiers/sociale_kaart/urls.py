from django.urls import path

from dossiers.sociale_kaart import views

urlpatterns = [
    path("clb/<uuid:pk>/sociale-kaart/", views.sociale_kaart, name="sociale-kaart"),
    path("clb/<uuid:pk>/sociale-kaart.pdf", views.sociale_kaart_pdf, name="sociale-kaart-pdf"),
    path("clb/<uuid:pk>/sociale-kaart/nieuw/", views.add, name="voorziening-nieuw"),
    path(
        "clb/<uuid:pk>/sociale-kaart/<uuid:voorziening_pk>/",
        views.change,
        name="voorziening-wijzigen",
    ),
    path(
        "clb/<uuid:pk>/sociale-kaart/<uuid:voorziening_pk>/weghalen/",
        views.remove,
        name="voorziening-weghalen",
    ),
]
