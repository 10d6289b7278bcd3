from django.urls import path

from dossiers.praktijken.views import dossier, nalezen, plank

UIT = "toolbox/uit-de-scholen/"
VAN = "dossiers/<uuid:pk>/praktijken/"

# Before the materials of the toolbox: the first of these reads as the slug of one.
urlpatterns = [
    path(UIT, plank.plank, name="uit-de-scholen"),
    path(f"{UIT}nalezen/", nalezen.waiting, name="praktijken-nalezen"),
    path(f"{UIT}nalezen/<uuid:praktijk_pk>/", nalezen.read_for_plg, name="praktijk-nalezen"),
    path(f"{UIT}<uuid:praktijk_pk>/", plank.praktijk, name="uit-een-school"),
    path(f"{UIT}<uuid:praktijk_pk>/hielp-ook/", plank.helped, name="praktijk-hielp-ook"),
    path(f"{UIT}<uuid:praktijk_pk>/neem-over/", plank.choose_dossier, name="praktijk-overnemen"),
    path(VAN, dossier.praktijken, name="praktijken"),
    path(f"{VAN}nieuw/", dossier.share, name="praktijk-delen"),
    path(f"{VAN}bij/<slug:code>/", plank.beside, name="praktijken-bij"),
    path(f"{VAN}<uuid:praktijk_pk>/", dossier.change, name="praktijk-wijzigen"),
    path(f"{VAN}<uuid:praktijk_pk>/lezen/", nalezen.read_first, name="praktijk-lezen"),
    path(f"{VAN}<uuid:praktijk_pk>/intrekken/", dossier.withdraw, name="praktijk-intrekken"),
    path(f"{VAN}<uuid:praktijk_pk>/neem-over/", plank.take_over, name="praktijk-naar-actie"),
]
