from django.urls import path

from preventieplan.bestuur.views import bestuur, kaarten, links

VAST = "dossiers/<uuid:pk>/routekaart/vastgesteld/"

urlpatterns = [
    path(VAST, kaarten.vastgesteld, name="vastgesteld"),
    path(f"{VAST}<uuid:kaart_pk>/", links.fixed_one, name="vastgesteld-een"),
    path(f"{VAST}<uuid:kaart_pk>.pdf", kaarten.document, name="vastgesteld-pdf"),
    path(f"{VAST}<uuid:kaart_pk>.json", kaarten.data, name="vastgesteld-data"),
    path(
        f"{VAST}<uuid:kaart_pk>/links/<uuid:link_pk>/opnieuw/",
        links.send_again,
        name="bestuurslink-opnieuw",
    ),
    path(
        f"{VAST}<uuid:kaart_pk>/links/<uuid:link_pk>/intrekken/",
        links.revoke,
        name="bestuurslink-intrekken",
    ),
    path("scholen/<uuid:pk>/vastgesteld/", kaarten.of_school, name="school-vastgesteld"),
    path(
        "scholen/<uuid:pk>/vastgesteld/<uuid:kaart_pk>.pdf",
        kaarten.document_of_school,
        name="school-vastgesteld-pdf",
    ),
    path("r/<slug:sleutel>/", bestuur.read, name="bestuur"),
    path("r/<slug:sleutel>/routekaart.pdf", bestuur.document, name="bestuur-pdf"),
    path("r/<slug:sleutel>/antwoord/", bestuur.answer, name="bestuur-antwoord"),
    path("r/<slug:sleutel>/dank/", bestuur.thanks, name="bestuur-dank"),
]
