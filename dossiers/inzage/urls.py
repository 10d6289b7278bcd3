from django.urls import path

from dossiers.inzage import views

urlpatterns = [
    path("dossiers/<uuid:pk>/logboek/", views.dossier_logboek, name="dossier-logboek"),
    path("dossiers/<uuid:pk>/logboek.csv", views.dossier_logboek_csv, name="dossier-logboek-csv"),
    path("clb/<uuid:pk>/logboek/", views.clb_logboek, name="clb-logboek"),
    path("clb/<uuid:pk>/logboek.csv", views.clb_logboek_csv, name="clb-logboek-csv"),
]
