from django.urls import include, path

from stsdialoog.admin_site import beheer

handler400 = "stsdialoog.errors.bad_request"
handler403 = "stsdialoog.errors.permission_denied"
handler404 = "stsdialoog.errors.page_not_found"
handler500 = "stsdialoog.errors.server_error"

urlpatterns = [
    path("", include("start.urls")),
    path("", include("start.uitvoer.urls")),
    path("", include("start.gegevens.urls")),
    path("", include("start.hulp.urls")),
    path("", include("start.taken.urls")),
    path("", include("start.clb_overzicht.urls")),
    path("", include("start.herinneringen.urls")),
    # Before the rounds: what is as long as the code of an evening is none of a round.
    path("", include("start.avond.urls")),
    path("", include("start.regio.urls")),
    path("", include("start.weerklank.urls")),
    path("", include("start.notities.urls")),
    path("", include("start.nieuw_jaar.urls")),
    path("", include("start.plg.urls")),
    path("", include("dossiers.mensen.urls")),
    path("", include("dossiers.aanmelden.urls")),
    path("", include("dossiers.briefhoofd.urls")),
    path("", include("dossiers.sociale_kaart.urls")),
    path("", include("dossiers.kalender.urls")),
    path("", include("dossiers.urls")),
    path("", include("dossiers.inzage.urls")),
    path("", include("dossiers.velden.urls")),
    path("", include("dossiers.acties.urls")),
    path("", include("dossiers.cijfers.urls")),
    path("", include("dossiers.praktijken.urls")),
    path("", include("dossiers.reacties.urls")),
    path("", include("preventieplan.urls")),
    path("", include("preventieplan.routekaart.urls")),
    path("", include("preventieplan.inschalen.urls")),
    path("", include("preventieplan.spiegel.urls")),
    path("", include("preventieplan.uitzoeken.urls")),
    path("", include("preventieplan.opmerkingen.urls")),
    path("", include("preventieplan.bestuur.urls")),
    path("", include("dialoogfiches.toolbox.urls")),
    path("", include("dialoogfiches.lezen.urls")),
    path("", include("dialoogfiches.gesprekken.urls")),
    path("", include("dialoogfiches.bevragingen.urls")),
    path("", include("dialoogfiches.oudergesprekken.urls")),
    path("beheer/", beheer.urls),
]
