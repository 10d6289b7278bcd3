from django.urls import path

from start.views import (
    clb,
    groeikans,
    huisstijl,
    oefendossier,
    pages,
    vertrek,
    visit,
    well_known,
    wissen,
)

urlpatterns = [
    path("", pages.start, name="start"),
    path("scholen/", pages.scholen, name="scholen"),
    path("dossiers/<uuid:pk>/", pages.dossier, name="dossier"),
    path(
        "dossiers/<uuid:pk>/bevragingen/<uuid:bevraging_pk>/antwoorden/<uuid:antwoord_pk>/groeikans/",
        groeikans.groeikans,
        name="bevraging-groeikans",
    ),
    path("dossiers/<uuid:pk>/voor-je-binnengaat/", visit.visit, name="voor-je-binnengaat"),
    path("dossiers/<uuid:pk>/overdracht/", clb.overdracht, name="overdracht"),
    path("dossiers/<uuid:pk>/overdracht.pdf", clb.overdracht_pdf, name="overdracht-pdf"),
    path("dossiers/<uuid:pk>/wissen/", wissen.dossier, name="dossier-wissen"),
    path("scholen/<uuid:pk>/stopt/", vertrek.school, name="school-stopt"),
    path("clb/<uuid:pk>/", clb.clb, name="clb"),
    path("clb/<uuid:pk>/stopt/", vertrek.clb, name="clb-stopt"),
    path("clb/<uuid:pk>/overdracht/", clb.clb_overdracht, name="clb-overdracht"),
    path("clb/<uuid:pk>/overdracht.pdf", clb.clb_overdracht_pdf, name="clb-overdracht-pdf"),
    path("oefendossier/", oefendossier.oefendossier, name="oefendossier"),
    path(
        "oefendossier/<uuid:pk>/openen/",
        oefendossier.make_oefendossier,
        name="oefendossier-openen",
    ),
    path("dossiers/<uuid:pk>/leegmaken/", oefendossier.empty, name="oefendossier-leegmaken"),
    path("toegankelijkheid/", pages.toegankelijkheid, name="toegankelijkheid"),
    path(
        "toegankelijkheidsverklaring/",
        pages.toegankelijkheidsverklaring,
        name="toegankelijkheidsverklaring",
    ),
    path(".well-known/security.txt", well_known.security, name="security-txt"),
    path(".well-known/change-password", well_known.change_password, name="change-password"),
    path("beheer/huisstijl/", huisstijl.huisstijl, name="huisstijl"),
    path("gezond/", pages.gezond, name="gezond"),
]
