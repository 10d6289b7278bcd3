from django.urls import path

from dialoogfiches.views import lezen

urlpatterns = [
    path("dossiers/<uuid:pk>/lezen/<slug:slug>/", lezen.lezen, name="lezen"),
    path("toolbox/<slug:slug>/kaart.pdf", lezen.tipkaart_pdf_view, name="tipkaart-pdf"),
]
