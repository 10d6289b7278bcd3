from django.urls import path

from dialoogfiches.oudergesprekken.views import decisions, oudergesprekken

urlpatterns = [
    path(
        "dossiers/<uuid:pk>/oudergesprekken/",
        oudergesprekken.oudergesprekken,
        name="oudergesprekken",
    ),
    path(
        "dossiers/<uuid:pk>/oudergesprekken/nieuw/",
        oudergesprekken.new_oudergesprek,
        name="oudergesprek-nieuw",
    ),
    path(
        "dossiers/<uuid:pk>/oudergesprekken/zonder-bewaren/",
        oudergesprekken.without_storing,
        name="oudergesprek-zonder-bewaren",
    ),
    path(
        "dossiers/<uuid:pk>/oudergesprekken/blanco.pdf",
        oudergesprekken.blanco,
        name="oudergesprek-blanco",
    ),
    path(
        "dossiers/<uuid:pk>/oudergesprekken/achtergebleven/",
        decisions.achtergebleven,
        name="oudergesprekken-achtergebleven",
    ),
    path("oudergesprekken/gebleven/", oudergesprekken.stayed, name="oudergesprekken-gebleven"),
    path("oudergesprekken/<uuid:pk>/", oudergesprekken.oudergesprek, name="oudergesprek"),
    path("oudergesprekken/<uuid:pk>/gesprek.pdf", oudergesprekken.pdf, name="oudergesprek-pdf"),
    path(
        "oudergesprekken/<uuid:pk>/historiek/<slug:naam>/",
        oudergesprekken.historiek,
        name="oudergesprek-historiek",
    ),
    path(
        "oudergesprekken/<uuid:pk>/delen/", decisions.share_oudergesprek, name="oudergesprek-delen"
    ),
    path(
        "oudergesprekken/<uuid:pk>/vrijgeven/",
        decisions.release_action,
        name="oudergesprek-vrijgeven",
    ),
    path(
        "oudergesprekken/<uuid:pk>/wissen/",
        decisions.erase_oudergesprek,
        name="oudergesprek-wissen",
    ),
    path("vrijgaven/<uuid:pk>/intrekken/", decisions.revoke_release, name="vrijgave-intrekken"),
]
