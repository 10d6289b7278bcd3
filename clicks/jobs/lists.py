"""The goals of fase 0 in the view lijst, read from top to end."""

from collections.abc import Iterator

from django.urls import reverse

from clicks.counter import Counter
from clicks.desk import Desk, new_school
from clicks.rows import Row
from dossiers.models import Dossier
from preventieplan.models import Doelstelling

TEAM, SCHOOL = "team@demo.test", "990782"


def fase_0_as_a_list(desk: Desk) -> Iterator[Row]:
    huis = new_school()
    dossiers = Dossier.objects.filter(school__instellingsnummer=SCHOOL)
    filled = dossiers.order_by("schooljaar").last()
    assert filled is not None
    with desk.laptop(huis.team) as page:
        who = _read(desk, Counter(page), huis.dossier)
    yield Row("schoolteam, laptop", "fase 0 as a list, empty", who.cost, most_screens=10)
    with desk.laptop(TEAM) as page:
        who = _read(desk, Counter(page), filled)
    yield Row("schoolteam, laptop", "fase 0 as a list, filled in", who.cost, most_screens=15)


def _read(desk: Desk, who: Counter, dossier: Dossier) -> Counter:
    """From the first goal to the end of the last."""
    goals = Doelstelling.objects.filter(versie=dossier.planversie, fase=0).order_by("volgorde")
    first, *rest = goals
    url = reverse("doelstelling", args=[dossier.pk, first.code])
    who.page.goto(f"{desk.url}{url}?weergave=lijst")
    who.read()
    for goal in rest:
        who.press_on(who.page.get_by_role("link", name=f"Volgende: {goal.kort}"))
        who.page.wait_for_url(f"**/{goal.code}/**")
        who.read()
    return who
