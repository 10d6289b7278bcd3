"""What worked at Sint-Jozef: told by its team, read first by An, and on the shelf for everybody."""

from django.utils import timezone

from dossiers.praktijken.models import Praktijk, Stand
from tests.access_matrix import LOGGED_IN, MANAGE, MANAGE_PAGE, READ, WRITE, Row
from tests.conftest import Huis
from tests.dossiers.praktijken.praktijken import GETYPT, VERTELD

TEAM_PAGE = "302 404  403 200 200 200  404 404 404 404"
# A member of a PLG, or an editor of the materials, which none of these is.
PLG_PAGE = "302 403  403 403 403 403  403 403 403 403  200"
PLG = "403 403  403 403 403 403  403 403 403 403  302"
GEZIEN = {"seen": Praktijk(**VERTELD).mark}

ROWS: list[Row] = [
    Row("get", "uit-de-scholen", LOGGED_IN),
    Row("get", "uit-een-school", LOGGED_IN),
    # Who speaks for no other school has no form, and is told to choose one.
    Row("post", "praktijk-hielp-ook", "403 302  302 302 302 302  302 302 302 302"),
    # A user who may write in one dossier is redirected; nobody else has a dossier to choose.
    Row("get", "praktijk-overnemen", "302 200  200 302 302 302  200 302 302 302"),
    Row("get", "praktijk-naar-actie", TEAM_PAGE),
    Row("post", "praktijk-naar-actie", WRITE, {"nieuw-uit-wat": "Wij bellen ook zelf"}),
    Row("get", "praktijken-nalezen", PLG_PAGE),
    Row("get", "praktijk-nalezen", PLG_PAGE),
    Row("post", "praktijk-nalezen", PLG, GEZIEN),
    Row("get", "praktijken", READ),
    Row("get", "praktijken-bij", READ),
    Row("get", "praktijk-delen", TEAM_PAGE),
    Row("post", "praktijk-delen", WRITE, GETYPT),
    Row("get", "praktijk-wijzigen", TEAM_PAGE),
    Row("post", "praktijk-wijzigen", WRITE, GETYPT | GEZIEN),
    Row("get", "praktijk-lezen", MANAGE_PAGE),
    Row("post", "praktijk-lezen", MANAGE, GEZIEN),
    Row("get", "praktijk-intrekken", TEAM_PAGE),
    Row("post", "praktijk-intrekken", WRITE),
]


def args(huis: Huis) -> dict[str, list]:
    # Inserted directly, because the matrix also tests a closed dossier.
    new = Praktijk.objects.create(dossier=huis.dossier, **VERTELD)
    shared = Praktijk.objects.create(
        dossier=huis.dossier,
        **VERTELD,
        stand=Stand.GEDEELD,
        gedeeld_op=timezone.localdate(),
    )
    with_plg = Praktijk.objects.create(dossier=huis.dossier, **VERTELD, stand=Stand.PLG)
    dossier = [huis.dossier.pk]
    on_shelf = ("uit-een-school", "praktijk-hielp-ook", "praktijk-overnemen")
    of_team = ("praktijk-wijzigen", "praktijk-lezen", "praktijk-intrekken")
    return {
        "uit-de-scholen": [],
        "praktijken-nalezen": [],
        **{key: [shared.pk] for key in on_shelf},
        "praktijk-nalezen": [with_plg.pk],
        "praktijk-naar-actie": [*dossier, shared.pk],
        **dict.fromkeys(("praktijken", "praktijk-delen"), dossier),
        "praktijken-bij": [*dossier, "f1-1"],
        **{key: [*dossier, new.pk] for key in of_team},
    }
