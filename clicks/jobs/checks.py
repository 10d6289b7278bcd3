"""The check of an action on a phone: two minutes, from the page of the dossier."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from clicks.counter import Counter
from clicks.desk import Desk, new_school
from clicks.rows import Row
from dossiers.acties.models import Checkmoment
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling


def check_on_a_phone(desk: Desk) -> Iterator[Row]:
    dossier = (huis := new_school()).dossier
    goal = Doelstelling.objects.get(versie=dossier.planversie, code="f0-1")
    actie = create_planactie(
        dossier=dossier, doelstelling=goal, wat="Begroeten aan de deur", door=huis.team
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    save_veld(record=actie, veld="check_op", waarde=yesterday, basis=0, door=huis.team)
    with desk.phone(huis.team) as page:
        who = Counter(page, touch=True)
        who.press_on(page.get_by_role("link", name="Check: Begroeten"))
        who.press_on(page.get_by_label("Wat zagen jullie?"))
        who.write("Bijna elke leerkracht doet mee.")
        who.press_on(page.locator("label.besluit-borgen"))
        who.press_on(page.locator(".check-score .score-6"))
        who.press_on(page.get_by_role("button", name="Klaar"))
        page.get_by_text("De check is klaar").wait_for()
    assert Checkmoment.objects.get(actie=actie).is_afgerond
    yield Row(
        "schoolteam, phone", "a check, from the dossier", who.cost, most_clicks=5, most_screens=3
    )
