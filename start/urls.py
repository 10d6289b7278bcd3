from django.urls import path

from start.views import groeikans, huisstijl, oefendossier, pages, well_known

urlpatterns = [
    path("", pages.start, name="start"),
    path("scholen/", pages.scholen, name="scholen"),
    path("dossiers/<uuid:pk>/", pages.dossier, name="dossier"),
    path(
        "dossiers/<uuid:pk>/bevragingen/<uuid:bevraging_pk>/antwoorden/<uuid:antwoord_pk>/groeikans/",
        groeikans.groeikans,
        name="bevraging-groeikans",
    ),
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
