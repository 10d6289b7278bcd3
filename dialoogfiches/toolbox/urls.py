from django.urls import path

from dialoogfiches.toolbox import views

urlpatterns = [
    path("toolbox/", views.toolbox, name="toolbox"),
    path("toolbox/<slug:slug>.pdf", views.materiaal_pdf, name="materiaal-pdf"),
    path("toolbox/<slug:slug>/", views.materiaal, name="materiaal"),
    path("toolbox/<slug:slug>/fiche/<slug:code>/", views.materiaal, name="materiaal-deel"),
    path(
        "toolbox/<slug:slug>/bladen/<slug:code>.pdf",
        views.invulbladen_pdf_view,
        name="invulbladen-pdf",
    ),
    path("toolbox/<slug:slug>/starten/", views.start_material, name="materiaal-starten"),
]
