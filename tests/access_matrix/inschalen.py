from django.utils import timezone

from preventieplan.inschalen.domain.codes import sealed
from preventieplan.inschalen.models import Ronde, Rondedoel, Stemmental
from tests.access_matrix import PUBLIC, WRITE, Row
from tests.conftest import Huis

# The school team and the CLB open rounds and read how the scores lie, the board does not.
TEAM_PAGE = "302 404  403 200 200 200  404 404 404 404"
ANYBODY = "302 302  302 302 302 302  302 302 302 302"

ROWS: list[Row] = [
    Row("get", "stemblad-pdf", TEAM_PAGE),
    Row("get", "ronde", TEAM_PAGE),
    *(
        Row("post", "ronde", WRITE, {"knop": knop, "doel": "f0-1"})
        for knop in ("toon", "stop", "tweede", "niet-op-papier", "op-papier")
    ),
    Row("get", "ronde-papier", TEAM_PAGE),
    Row("post", "ronde-papier", WRITE, {"papier-f0-1-7": "1", "seen": "0"}),
    # The code itself grants access.
    Row("get", "score-code", PUBLIC),
    Row("get", "score", PUBLIC),
    Row("post", "score", ANYBODY, {"score-f0-1": "7"}),
    Row("get", "score-stand", PUBLIC),
]


def args(huis: Huis) -> dict[str, list]:
    dossier = huis.dossier.pk
    # Inserted directly, because the matrix also tests a closed dossier.
    running, shown = (_ronde(huis, shown=one) for one in (False, True))
    return {
        "stemblad-pdf": [dossier, "f0-1"],
        "ronde": [dossier, shown.pk],
        "ronde-papier": [dossier, running.pk],
        "score-code": [],
        "score": [running.code],
        "score-stand": [sealed(str(running.code))],
    }


def _ronde(huis: Huis, *, shown: bool) -> Ronde:
    ronde = Ronde.objects.create(
        dossier=huis.dossier,
        telefoons=40,
        papieren=4,
        geopend_door=huis.team,
        getoond_op=timezone.now() if shown else None,
    )
    doel = Rondedoel.objects.create(ronde=ronde, doel="f0-1", volgorde=1)
    Stemmental.objects.bulk_create(
        Stemmental(doel=doel, score=score, stemmen=int(shown)) for score in range(11)
    )
    return ronde
