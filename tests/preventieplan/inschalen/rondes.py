"""Rounds as a team opens them, and people who score in one."""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse

from dossiers.models import Dossier
from preventieplan.inschalen.domain.codes import sealed
from preventieplan.inschalen.domain.rondes import open_ronde, show
from preventieplan.inschalen.domain.stemmen import count_papers, give_scores
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


def counted(ronde: Ronde, *scores: int) -> None:
    """The papers with these scores, counted for every goal of the round."""
    ronde.refresh_from_db()
    telling = [scores.count(score) for score in range(11)]
    count_papers(
        ronde=ronde,
        tellingen={one.doel: telling for one in ronde.doelen.all()},
        seen=ronde.tellingen,
    )


def shown(
    dossier: Dossier, door, *scores: int, zin: str = "", doelen: tuple[str, ...] = (DOEL,)
) -> Ronde:
    """A round, of one goal unless more are named, in which all scored, and that was shown."""
    made = opened(dossier, door, *doelen, telefoons=len(scores))
    gives(made, *scores, zin=zin)
    show(ronde=made, door=door)
    made.refresh_from_db()
    return made


def a_day_later(ronde: Ronde) -> None:
    moments = ("geopend_op", "getoond_op", "gestopt_op")
    a_day = timedelta(days=1)
    Ronde.objects.filter(pk=ronde.pk).update(**{naam: F(naam) - a_day for naam in moments})
    ronde.refresh_from_db()


def phone(ronde: Ronde) -> str:
    return reverse("score", args=[ronde.code])


def state_of(ronde: Ronde) -> str:
    """What a page asks for that waits for a round."""
    return reverse("score-stand", args=[sealed(str(ronde.code))])


def beamer(ronde: Ronde) -> str:
    return reverse("ronde", args=[ronde.dossier_id, ronde.pk])
