from django.urls import path

from preventieplan.views import check, goal, last_year, overview, phase, plan, scores, versions

urlpatterns = [
    path("dossiers/<uuid:pk>/preventieplan/", plan.plan, name="preventieplan"),
    path("dossiers/<uuid:pk>/preventieplan/fase/<int:nummer>/", phase.fase_rond, name="fase-rond"),
    path("dossiers/<uuid:pk>/preventieplan/scores/", scores.scores, name="scores"),
    path("dossiers/<uuid:pk>/preventieplan.pdf", plan.preventieplan_pdf, name="preventieplan-pdf"),
    path("dossiers/<uuid:pk>/preventieplan/<slug:code>/", goal.doelstelling, name="doelstelling"),
    path(
        "dossiers/<uuid:pk>/preventieplan/<slug:code>/vorig-schooljaar/",
        last_year.naast_vorig,
        name="naast-vorig",
    ),
    path("dossiers/<uuid:pk>/vorig-schooljaar/", last_year.bevestigen, name="vorig-bevestigen"),
    path("dossiers/<uuid:pk>/versie/", versions.planversie, name="planversie"),
    path("dossiers/<uuid:pk>/acties/<uuid:actie>/check/", check.check, name="check"),
    path("dossiers/<uuid:pk>/overzicht/", overview.overzicht, name="overzicht"),
    path("dossiers/<uuid:pk>/overzicht.pdf", overview.overzicht_pdf, name="overzicht-pdf"),
]
