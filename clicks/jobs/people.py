"""Colleagues of a school, invited at once."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from clicks.counter import Counter
from clicks.desk import Desk
from clicks.rows import Row
from dossiers.mensen.models import Uitnodiging

EIGHT = [f"Collega {letter} <collega-{letter.lower()}@school.test>" for letter in "ABCDEFGH"]


def eight_invited(desk: Desk) -> Iterator[Row]:
    with desk.laptop("ankerfiguur@demo.test") as page:
        who = Counter(page)
        who.press_on(page.get_by_role("link", name="Campus Velpekouter", exact=True).first)
        who.press_on(page.get_by_role("link", name="Nodig iemand uit"))
        who.press_on(page.get_by_role("textbox", name=re.compile("^Wie nodig je uit")))
        who.write("\n".join(EIGHT))
        who.press_on(page.get_by_role("button", name="Nodig uit", exact=True))
        expect(page.get_by_text("Uitgenodigd:")).to_be_visible()
    assert Uitnodiging.objects.filter(email__endswith="@school.test").count() == len(EIGHT)
    yield Row("ankerfiguur, laptop", "from login to eight people invited", who.cost, 4)
