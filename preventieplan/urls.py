from django.urls import path

from preventieplan.views import goal, overview, phase, plan, versions

urlpatterns = [
    path("dossiers/<uuid:pk>/preventieplan/", plan.plan, name="preventieplan"),
    path("dossiers/<uuid:pk>/preventieplan/fase/<int:nummer>/", phase.fase_rond, name="fase-rond"),
    path("dossiers/<uuid:pk>/preventieplan.pdf", plan.preventieplan_pdf, name="preventieplan-pdf"),
    path("dossiers/<uuid:pk>/preventieplan/<slug:code>/", goal.doelstelling, name="doelstelling"),
    path("dossiers/<uuid:pk>/versie/", versions.planversie, name="planversie"),
    path("dossiers/<uuid:pk>/overzicht/", overview.overzicht, name="overzicht"),
    path("dossiers/<uuid:pk>/overzicht.pdf", overview.overzicht_pdf, name="overzicht-pdf"),
]
