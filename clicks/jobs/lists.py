"""The goals of fase 0 in the view lijst, read from top to end."""

from collections.abc import Iterator

from django.urls import reverse

from clicks.counter import Counter
from clicks.desk import Desk, new_school
from clicks.rows import Row
from dossiers.models import Dossier
from preventieplan.models import Doelstelling


def fase_0_as_a_list(desk: Desk) -> Iterator[Row]:
    huis = new_school()
    with desk.laptop(huis.team) as page:
        who = read_as_a_list(desk, Counter(page), huis.dossier)
    yield Row("schoolteam, laptop", "fase 0 as a list, empty", who.cost, most_screens=10)


def read_as_a_list(desk: Desk, who: Counter, dossier: Dossier) -> Counter:
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
