"""The dossier of Sint-Jozef goes on from one of before; that of its branch is of last year.

The branch has the same CLB, and nobody else has a role there; who has a smaller one is refused in
tests/start/nieuw_jaar/test_starten.py.
"""

from django.utils import timezone

from dossiers.domain import open_dossier, schooljaar_of
from dossiers.models import Voortzetting
from tests.access_matrix import MANAGE, MANAGE_PAGE, READ, WRITE, Row
from tests.conftest import Huis

WRITE_PAGE = "302 404  403 200 200 200  404 404 404 404"
OF_BRANCH_PAGE = "302 404  404 404 404 200  404 404 404 404"
OF_BRANCH = "403 404  404 404 404 302  404 404 404 404"

ROWS: list[Row] = [
    Row("get", "nieuw_schooljaar", OF_BRANCH_PAGE),
    Row("post", "nieuw_schooljaar", OF_BRANCH),
    Row("get", "nieuw_schooljaar_ongedaan", MANAGE_PAGE),
    Row("post", "nieuw_schooljaar_ongedaan", MANAGE),
    Row("get", "vorig-bevestigen", WRITE_PAGE),
    Row("post", "vorig-bevestigen", WRITE),
    Row("get", "naast-vorig", READ),
]


def args(huis: Huis) -> dict[str, list]:
    an, dossier = huis.ankerfiguur, huis.dossier
    before = open_dossier(school=huis.school, schooljaar=dossier.schooljaar - 1, door=an)
    Voortzetting.objects.create(dossier=dossier, vorig=before, sloot_af=True)
    # Something to confirm, so that the page has its form.
    doel = dossier.planversie.doelstellingen.get(code="f0-1")
    doel.inschalingen.create(dossier=before, focus="Samen aan de poort.")
    branch = huis.clb.scholen.create(
        naam="Sint-Jozef aan de Dijle",
        instellingsnummer="000072",
        niveau="so",
        gemeente="Mechelen",
        provincie="antwerpen",
    )
    last_year = schooljaar_of(timezone.localdate()) - 1
    to_start = open_dossier(school=branch, schooljaar=last_year, door=an)
    return {
        "nieuw_schooljaar": [to_start.pk],
        "nieuw_schooljaar_ongedaan": [dossier.pk],
        "vorig-bevestigen": [dossier.pk],
        "naast-vorig": [dossier.pk, "f0-1"],
    }
