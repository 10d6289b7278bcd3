from django.urls import path

from dialoogfiches.lezen import views

urlpatterns = [
    path("dossiers/<uuid:pk>/lezen/<slug:slug>/", views.read_material, name="lezen"),
    path(
        "dossiers/<uuid:pk>/lezen/<slug:slug>/<slug:code>/",
        views.read_material,
        name="lezen-deel",
    ),
    path("toolbox/<slug:slug>/kaart.pdf", views.tipkaart_pdf_view, name="tipkaart-pdf"),
]
