"""`make clicks` counts what a user does, and nothing else."""

import pytest
from playwright.sync_api import expect

from clicks.counter import Cost, Counter

pytestmark = pytest.mark.looks

PAGE = """
<!DOCTYPE html><title>Tellen</title><body style="margin: 0">
<label>Woorden <textarea style="display: block; height: 100px; margin: 0"></textarea></label>
<button type="button" style="position: absolute; top: {top}px; height: 100px"
  onclick="this.textContent = 'Geklikt'">Klik</button>
"""


@pytest.fixture
def desk(page):
    """A counter at a page of which the button ends 100 pixels below `top`."""
    page.set_viewport_size({"width": 1000, "height": 500})

    def sit_down(top: int, **device) -> Counter:
        page.set_content(PAGE.format(top=top))
        return Counter(page, **device)

    return sit_down


def test_clicks_and_keys_count_and_letters_do_not(desk, page):
    who = desk(top=200)
    who.press_on(page.get_by_label("Woorden"))
    who.write("Elke maandag: 3 klassen.\nEn dan?")
    who.keys("Tab", "Enter", "Control+Enter")

    assert who.cost == Cost(clicks=4, screens=1.0)
    assert page.get_by_label("Woorden").input_value() == "Elke maandag: 3 klassen.\nEn dan?"
    assert page.get_by_role("button", name="Geklikt").is_visible()


@pytest.fixture
def no_patience():
    expect.set_options(timeout=100)
    yield
    expect.set_options(timeout=5_000)


def test_words_outside_a_box_are_not_written(desk, page, no_patience):
    who = desk(top=200)
    who.keys("Tab", "Tab")

    with pytest.raises(AssertionError, match="button"):
        who.write("1 van de 2")


@pytest.mark.parametrize(("top", "screens"), [(399, 1.0), (400, 1.0), (650, 1.5)])
def test_a_page_counts_down_to_what_was_used_on_it(desk, page, top, screens):
    who = desk(top=top)
    who.press_on(page.get_by_role("button"))
    who.press_on(page.get_by_label("Woorden"))
    assert who.cost == Cost(2, screens)

    # The same once more is another page.
    page.reload()
    page.set_content(PAGE.format(top=top))
    who.read()
    assert who.cost == Cost(2, screens + max(1.0, (top + 100) / 500))
