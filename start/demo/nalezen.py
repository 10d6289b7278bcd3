"""Lets two members of a PLG read a material of theirs line by line."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import User
from dossiers.regels.domain.deciding import Seen, confirm, reword
from dossiers.regels.domain.looking import note_looked
from dossiers.regels.domain.remarks import answer_opmerking, write_opmerking
from dossiers.regels.models import Regelopmerking
from dossiers.regels.queries import Regel, blad_of, shown_version
from start.demo.pen import Outline, moment_of, set_log_back


def read_along(found: Outline, *, today: date) -> None:
    """Look at lines, decide on some, and talk about one, unless somebody did something there.

    found: the material and what was done with it, in the format of scholen.yaml.
    """
    materiaal = Materiaal.objects.select_related("nieuwste").get(slug=found["materiaal"])
    if materiaal.nagekeken.exists() or shown_version(materiaal).is_concept:
        return
    for moment in found["gezien"]:
        for code in moment["regels"]:
            line = _regel(materiaal, code, moment).line
            note_looked(
                materiaal=materiaal, line=line, door=_door(moment), today=_day(moment, today)
            )
    for moment in found["bevestigd"]:
        code, seen = _seen(materiaal, moment)
        confirm(
            materiaal=materiaal, code=code, seen=seen, door=_door(moment), today=_day(moment, today)
        )
    for moment in found["herwoord"]:
        code, seen = _seen(materiaal, moment)
        reword(
            materiaal=materiaal,
            code=code,
            words=moment["woorden"],
            seen=seen,
            door=_door(moment),
            today=_day(moment, today),
        )
    for moment in found["opmerkingen"]:
        _talk(materiaal, moment, today)
    begun = moment_of(today, found["bevestigd"][0]["dagen"])
    set_log_back(shown_version(materiaal), Logregel.Handeling.VERSIE_GEMAAKT, begun)


def _talk(materiaal: Materiaal, moment: Outline, today: date) -> None:
    eerste = write_opmerking(
        materiaal=materiaal,
        code=moment["regel"],
        tekst=moment["tekst"],
        sleutel=uuid4(),
        door=_door(moment),
    )
    Regelopmerking.objects.filter(pk=eerste.pk).update(op=moment_of(today, moment["dagen"]))
    for answer in moment["antwoorden"]:
        tekst, door = answer["tekst"], _door(answer)
        answer_opmerking(eerste=eerste, tekst=tekst, sleutel=uuid4(), door=door)
        answered = Regelopmerking.objects.filter(antwoord_op=eerste, tekst=tekst)
        answered.update(op=moment_of(today, answer["dagen"]))


def _seen(materiaal: Materiaal, moment: Outline) -> tuple[str, Seen]:
    code = moment["regel"]
    return code, Seen(concept=None, mark=_regel(materiaal, code, moment).line.mark)


def _regel(materiaal: Materiaal, code: str, moment: Outline) -> Regel:
    regel = blad_of(materiaal, lezer=_door(moment)).regel(code)
    assert regel is not None  # noqa: S101 (the file names lines that are there)
    return regel


def _door(moment: Outline) -> User:
    return User.objects.get(email=f"{moment['door']}@demo.test")


def _day(moment: Outline, today: date) -> date:
    return timezone.localdate(moment_of(today, moment["dagen"]))
