from django.urls import path

from start.plg.views import lijst, publiceren, regel

urlpatterns = [
    path("plg/", lijst.plg, name="plg"),
    path("plg/<slug:slug>/", lijst.materiaal, name="plg-materiaal"),
    path("plg/<slug:slug>/regels/<str:adres>/", regel.regel, name="plg-regel"),
    path("plg/<slug:slug>/voorbeeld/", publiceren.voorbeeld, name="plg-voorbeeld"),
    path("plg/<slug:slug>/publiceren/", publiceren.publiceren, name="plg-publiceren"),
]
