from django.urls import path

from preventieplan.spiegel.views import invullen, spiegels

SPIEGELS = "dossiers/<uuid:pk>/spiegel/"
# The links of surveys begin alike: the log leaves out what comes after that.
LINK = "b/spiegel/<slug:sleutel>/"

urlpatterns = [
    path(SPIEGELS, spiegels.spiegels, name="spiegels"),
    path(f"{SPIEGELS}nieuw/", spiegels.new_spiegel, name="spiegel-nieuw"),
    path(f"{SPIEGELS}<uuid:spiegel_pk>/", spiegels.spiegel, name="spiegel"),
    path(f"{SPIEGELS}<uuid:spiegel_pk>.pdf", spiegels.resultaat_pdf, name="spiegel-pdf"),
    path(f"{SPIEGELS}<uuid:spiegel_pk>/poster.pdf", spiegels.poster_pdf, name="spiegel-poster-pdf"),
    path(f"{SPIEGELS}<uuid:spiegel_pk>/vragen.pdf", spiegels.vragen_pdf, name="spiegel-vragen-pdf"),
    path(LINK, invullen.fill_in, name="spiegel-invullen"),
    path(f"{LINK}dank/", invullen.thanks, name="spiegel-dank"),
]
