from django.urls import path

from preventieplan.views import goal, plan, versions

urlpatterns = [
    path("dossiers/<uuid:pk>/preventieplan/", plan.plan, name="preventieplan"),
    path("dossiers/<uuid:pk>/preventieplan.pdf", plan.preventieplan_pdf, name="preventieplan-pdf"),
    path("dossiers/<uuid:pk>/preventieplan/<slug:code>/", goal.doelstelling, name="doelstelling"),
    path("dossiers/<uuid:pk>/versie/", versions.planversie, name="planversie"),
    path("dossiers/<uuid:pk>/overzicht/", plan.overzicht, name="overzicht"),
]
