"""One sentence of a material, changed and published in beheer."""

from collections.abc import Iterator

from playwright.sync_api import expect

from clicks.counter import Counter
from clicks.desk import Desk
from clicks.rows import Row
from dialoogfiches.models import Item
from dossiers.materialen.queries import newest_published

SLUG = "dialoogdocument"
EXTRA = " Neem er je tijd voor."


def one_sentence(desk: Desk) -> Iterator[Row]:
    before = newest_published(slug=SLUG)
    item = before.items.all()[2]
    with desk.laptop("sts@demo.test") as page:
        who = Counter(page)
        who.press_on(page.get_by_role("link", name="Materiaalversies").first)
        who.press_on(page.get_by_role("link", name=before.materiaal.titel, exact=True).first)
        who.press_on(page.get_by_role("button", name="Wijzig een zin"))
        who.press_on(page.get_by_role("link", name=item.tekst, exact=True))
        who.write(EXTRA)
        who.press_on(page.get_by_role("button", name="Bewaar en bekijk wat er wijzigt"))
        who.press_on(page.get_by_role("button", name="Publiceer versie"))
        expect(page.get_by_text("Nieuwe dossiers en gesprekken")).to_be_visible()
    changed = Item.objects.get(versie=newest_published(slug=SLUG), code=item.code)
    assert changed.versie != before
    assert changed.tekst != item.tekst
    assert EXTRA.strip() in changed.tekst
    yield Row("STS-team, laptop", "one sentence of a material changed and published", who.cost, 6)
