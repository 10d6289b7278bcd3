from django.urls import path

from dialoogfiches.gesprekken.views import gesprekken, preparing, step, versions

urlpatterns = [
    path("dossiers/<uuid:pk>/gesprekken/", gesprekken.gesprekken, name="gesprekken"),
    path(
        "dossiers/<uuid:pk>/gesprekken/nieuw/<slug:slug>/",
        gesprekken.new_gesprek,
        name="gesprek-nieuw",
    ),
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>.pdf",
        gesprekken.gesprek_pdf,
        name="gesprek-pdf",
    ),
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/", gesprekken.show_gesprek, name="gesprek"
    ),
    # These before the steps of a talk, whose pattern matches any slug.
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/versie/",
        versions.gespreksversie,
        name="gespreksversie",
    ),
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/voorbereiden/",
        preparing.prepare,
        name="gesprek-voorbereiden",
    ),
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/uitnodiging.ics",
        preparing.gesprek_ics,
        name="gesprek-uitnodiging",
    ),
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/vragen.pdf",
        preparing.vragenblad_pdf,
        name="vragenblad-pdf",
    ),
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/<slug:code>/",
        step.gesprekstap,
        name="gesprekstap",
    ),
]
