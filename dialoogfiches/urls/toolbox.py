from django.urls import path

from dialoogfiches.views import toolbox

urlpatterns = [
    path("toolbox/", toolbox.toolbox, name="toolbox"),
    path("toolbox/<slug:slug>.pdf", toolbox.materiaal_pdf, name="materiaal-pdf"),
    path("toolbox/<slug:slug>/", toolbox.materiaal, name="materiaal"),
    path("toolbox/<slug:slug>/starten/", toolbox.starten, name="materiaal-starten"),
]
