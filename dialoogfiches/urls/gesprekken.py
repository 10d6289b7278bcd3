from django.urls import path

from dialoogfiches.views import gesprekken

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
    path(
        "dossiers/<uuid:pk>/gesprekken/<uuid:gesprek_pk>/<slug:code>/",
        gesprekken.gesprekstap,
        name="gesprekstap",
    ),
]
