from django.urls import path

from preventieplan.inschalen.views import rondes, telefoon

RONDES = "dossiers/<uuid:pk>/inschalen/"

urlpatterns = [
    path(RONDES, rondes.inschalen, name="inschalen"),
    path(f"{RONDES}briefjes/<slug:code>.pdf", rondes.blad, name="stemblad-pdf"),
    path(f"{RONDES}<uuid:ronde_pk>/", rondes.ronde, name="ronde"),
    path(f"{RONDES}<uuid:ronde_pk>/papier/", rondes.papier, name="ronde-papier"),
    path("s/", telefoon.enter_code, name="score-code"),
    path("s/<slug:code>/", telefoon.score, name="score"),
    path("s/<str:zegel>/stand/", telefoon.mark, name="score-stand"),
]
