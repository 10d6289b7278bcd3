"""Rounds as a team opens them, and people who score in one."""

from datetime import timedelta

from django.urls import reverse

from dossiers.models import Dossier
from preventieplan.inschalen.domain.rondes import open_ronde, show
from preventieplan.inschalen.domain.stemmen import give_scores
from preventieplan.inschalen.models import Ronde

DOEL = "f0-1"


def opened(dossier: Dossier, door, *doelen: str, telefoons: int = 5, papieren: int = 0) -> Ronde:
    return open_ronde(
        dossier=dossier,
        doelen=doelen or (DOEL,),
        telefoons=telefoons,
        papieren=papieren,
        door=door,
    )


def gives(ronde: Ronde, *scores: int, zin: str = "") -> None:
    """Each score by another person, for every goal of the round."""
    doelen = [one.doel for one in ronde.doelen.all()]
    for score in scores:
        give_scores(
            ronde=ronde,
            scores=dict.fromkeys(doelen, score),
            zinnen=dict.fromkeys(doelen, zin),
            blad="",
        )


def shown(dossier: Dossier, door, *scores: int, zin: str = "") -> Ronde:
    """A round of one goal in which all scored, and that was shown."""
    made = opened(dossier, door, telefoons=len(scores))
    gives(made, *scores, zin=zin)
    show(ronde=made, door=door)
    made.refresh_from_db()
    return made


def a_day_later(ronde: Ronde) -> None:
    Ronde.objects.filter(pk=ronde.pk).update(geopend_op=ronde.geopend_op - timedelta(days=1))
    ronde.refresh_from_db()


def phone(ronde: Ronde) -> str:
    return reverse("score", args=[ronde.code])


def beamer(ronde: Ronde) -> str:
    return reverse("ronde", args=[ronde.dossier_id, ronde.pk])
