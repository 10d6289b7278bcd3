"""Lets the teams of the demo score in silence, some time ago."""

from datetime import date
from itertools import chain, repeat

from dossiers.logboek.models import Logregel
from dossiers.models import Dossier
from preventieplan.inschalen.domain.rondes import open_ronde, put_on_paper, show
from preventieplan.inschalen.domain.stemmen import give_scores
from preventieplan.inschalen.models import Ronde
from start.demo.pen import Outline, pen_of, set_log_back


def hold_ronde(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Score a goal apart and show how the scores lie, at the time of the pen.

    found: the round, in the format that velpekouter.yaml explains.
    outline: its dossier, in the same format.
    reference_day: the day from which the file counts back its days.
    """
    pen, doel, scores = pen_of(found, outline, reference_day), found["doel"], found["scores"]
    ronde = open_ronde(
        dossier=dossier, doelen=[doel], telefoons=len(scores), papieren=0, door=pen.door
    )
    for score, zin in zip(scores, chain(found["zinnen"], repeat("")), strict=False):
        give_scores(ronde=ronde, scores={doel: score}, zinnen={doel: zin}, blad="")
    show(ronde=ronde, door=pen.door)
    put_on_paper(ronde=ronde, doel=doel, aan=found["op_papier"])
    Ronde.objects.filter(pk=ronde.pk).update(geopend_op=pen.op, getoond_op=pen.op, code=None)
    for handeling in (Logregel.Handeling.RONDE_GEOPEND, Logregel.Handeling.RONDE_GETOOND):
        set_log_back(ronde, handeling, pen.op)
