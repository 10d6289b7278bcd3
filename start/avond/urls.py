from django.urls import path, register_converter
from django.urls.converters import StringConverter

from start.avond.models import CODE_LENGTH
from start.avond.views import avond, telefoon, verslag


class AvondcodeConverter(StringConverter):
    """As long as the code of an evening, so that the code of a round is never looked for there."""

    regex = f"[A-Za-z0-9]{{{CODE_LENGTH}}}"


register_converter(AvondcodeConverter, "avondcode")

AVOND = "dossiers/<uuid:pk>/avond/"

urlpatterns = [
    path(AVOND, avond.avond, name="avond"),
    path(f"{AVOND}nu/", avond.nu, name="avond-nu"),
    path(f"{AVOND}papier.pdf", avond.papier, name="avond-papier-pdf"),
    path(f"{AVOND}<uuid:avond_pk>/verslag/", verslag.verslag, name="avond-verslag"),
    path(f"{AVOND}<uuid:avond_pk>/verslag.pdf", verslag.verslag_pdf, name="avond-verslag-pdf"),
    path("s/<avondcode:code>/", telefoon.follow, name="avond-telefoon"),
    path("s/avond/<str:zegel>/", telefoon.mark, name="avond-stand"),
]
