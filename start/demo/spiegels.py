"""Lets the teams of the demo put questions to their teachers, some time ago."""

from datetime import date, timedelta

from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.logboek.models import Logregel
from dossiers.models import Dossier
from preventieplan.spiegel.domain.antwoorden import give_answer
from preventieplan.spiegel.domain.spiegels import open_spiegel
from preventieplan.spiegel.models import STANDEN, Spiegel
from start.demo.pen import Outline, pen_of, set_log_back

# The letters of the file, as for what the team answered.
LETTERS = dict(zip("jdnw", STANDEN, strict=True))


def hold_spiegel(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Put questions to all teachers, have them answer and close it, at the time of the pen.

    found: the spiegel, in the format that velpekouter.yaml explains.
    outline: its dossier, in the same format.
    reference_day: the day from which the file counts back its days.
    """
    pen, vragen = pen_of(found, outline, reference_day), found["vragen"]
    spiegel = open_spiegel(dossier=dossier, vragen=vragen, tot=reference_day, door=pen.door)
    for number, letters in enumerate(found["antwoorden"]):
        standen = {code: LETTERS[letter] for code, letter in zip(vragen, letters, strict=True)}
        give_answer(spiegel=spiegel, standen=standen, blad=str(number))
    close_bevraging(bevraging=spiegel, door=pen.door)
    opened = pen.op - timedelta(days=found["open"])
    Spiegel.objects.filter(pk=spiegel.pk).update(
        geopend_op=opened, gesloten_op=pen.op, tot=pen.op.date()
    )
    spiegel.dagen.update(dag=opened.date())
    set_log_back(spiegel, Logregel.Handeling.BEVRAGING_GEOPEND, opened)
    set_log_back(spiegel, Logregel.Handeling.BEVRAGING_GESLOTEN, pen.op)
