from django.urls import path

from dossiers.acties import views

urlpatterns = [
    path("dossiers/<uuid:pk>/acties/<uuid:actie_pk>/wie/", views.trekkers, name="trekkers"),
]
