from django.urls import path

from dialoogfiches.bevragingen.views import bevragingen, invullen

urlpatterns = [
    path("dossiers/<uuid:pk>/bevragingen/", bevragingen.bevragingen, name="bevragingen"),
    path(
        "dossiers/<uuid:pk>/bevragingen/nieuw/", bevragingen.new_bevraging, name="bevraging-nieuw"
    ),
    path(
        "dossiers/<uuid:pk>/bevragingen/<uuid:bevraging_pk>/",
        bevragingen.bevraging,
        name="bevraging",
    ),
    path(
        "dossiers/<uuid:pk>/bevragingen/<uuid:bevraging_pk>.pdf",
        bevragingen.resultaat_pdf,
        name="bevraging-pdf",
    ),
    path(
        "dossiers/<uuid:pk>/bevragingen/<uuid:bevraging_pk>/poster.pdf",
        bevragingen.poster_pdf,
        name="bevraging-poster-pdf",
    ),
    path("b/<slug:sleutel>/", invullen.fill_in, name="bevraging-invullen"),
    path("b/<slug:sleutel>/dank/", invullen.thanks, name="bevraging-dank"),
]
