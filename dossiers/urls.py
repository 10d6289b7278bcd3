"""A school with its dossiers and its invitations."""

from django.urls import path

from dossiers.views import dossiers, school, uitnodigingen

urlpatterns = [
    path("scholen/<uuid:pk>/", school.show_school, name="school"),
    path("scholen/<uuid:pk>/uitnodigen/", school.invite, name="uitnodigen"),
    path("scholen/<uuid:pk>/dossier/", dossiers.open_dossier, name="dossier-openen"),
    path(
        "uitnodigingen/<uuid:pk>/intrekken/",
        uitnodigingen.withdraw_uitnodiging,
        name="uitnodiging-intrekken",
    ),
    path(
        "uitnodigingen/<uuid:pk>/opnieuw/",
        uitnodigingen.invite_again,
        name="uitnodiging-opnieuw",
    ),
    path("uitnodiging/<str:token>/", uitnodigingen.show_uitnodiging, name="uitnodiging"),
    path("dossiers/<uuid:pk>/afsluiten/", dossiers.close_dossier, name="dossier-afsluiten"),
    path("dossiers/<uuid:pk>/heropenen/", dossiers.reopen_dossier, name="dossier-heropenen"),
]
