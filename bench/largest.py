"""The largest pages: a goal of which everything is filled in, and overviews of many actions.

Each field has other words, those of the demo: one sentence in all would compress to nothing.
"""

from datetime import date, timedelta
from itertools import cycle
from typing import Any

import yaml
from django.conf import settings

from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Veldrecord
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Antwoordstand, Checklistvraag, Doelstelling, Inschaling

GOAL = "f0-1"
ACTIONS_OF_A_GOAL = 9
FIRST_DAY = date(2027, 1, 15)
STANDEN = (Antwoordstand.DEELS, Antwoordstand.NOG_NIET, Antwoordstand.DOEN_WE)
Words = dict[str, list[str]]


def fill_goal(dossier: Dossier, door: User) -> None:
    """Answer each question of a goal, score it with all that is asked about it, and plan for it."""
    words = _words_of_the_demo()
    answers = zip(cycle(STANDEN), words["toelichting"], cycle(words["groeikans"]), strict=False)
    vragen = Checklistvraag.objects.filter(
        doelstelling__versie=dossier.planversie, doelstelling__code=GOAL
    ).asked_of(dossier)
    for vraag, (stand, toelichting, groeikans) in zip(vragen, answers, strict=False):
        antwoord = Antwoord(dossier=dossier, vraag=vraag)
        _save(antwoord, door, stand=stand, toelichting=toelichting, groeikans=groeikans)
    doel = Doelstelling.objects.get(versie=dossier.planversie, code=GOAL)
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    said = {veld: words[veld][0] for veld in ("want", "hoger", "focus")}
    _save(inschaling, door, score=5, **said)
    plan(dossier, door, ACTIONS_OF_A_GOAL, doelen=[doel])


def plan(dossier: Dossier, door: User, count: int, *, doelen: list[Doelstelling]) -> None:
    """Plan so many actions, divided over these goals."""
    words = _words_of_the_demo()
    wat = [*words["wat"], *words["groeikans"], *words["toelichting"]]
    saying = zip(range(count), cycle(wat), cycle(words["wie"]), cycle(words["wanneer"]))
    for number, what, who, when in saying:
        actie = create_planactie(
            dossier=dossier,
            doelstelling=doelen[number % len(doelen)],
            wat=what,
            wie=who,
            wanneer=when,
            door=door,
        )
        day = FIRST_DAY + timedelta(days=number)
        _save(actie, door, wanneer_op=day, check_op=day + timedelta(days=30))


def _save(record: Veldrecord, door: User, **velden: Any) -> None:
    for veld, waarde in velden.items():
        basis = record.revisie(veld)
        save_veld(record=record, veld=veld, waarde=waarde, basis=basis, door=door)


def _words_of_the_demo() -> Words:
    """What the team of its richest dossier wrote, by field."""
    path = settings.BASE_DIR / "fixtures" / "demo" / "velpekouter.yaml"
    found: Words = {}
    for moment in yaml.safe_load(path.read_text(encoding="utf-8"))[0]["momenten"]:
        for part in (moment, *moment.get("vragen", {}).values(), *moment.get("acties", ())):
            for veld, text in part.items():
                if isinstance(text, str):
                    found.setdefault(veld, []).append(text)
    return found
