"""Fields in which words can get lost, and the ways in which a page goes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Dialog, Page, Route

from dialoogfiches.gesprekken.models import Gesprek
from tests.conftest import Huis

TOELICHTING = "antwoord-f0-1-v01-toelichting"
STAND = "antwoord-f0-1-v01-stand"
SCORE = "inschaling-f0-1-score"
WORDS = "Aan de poort, elke ochtend"
STAYS = "() => Object.keys(localStorage).filter((name) => name.startsWith('concept:')).length"


def goal_in(view: str, huis: Huis) -> str:
    """The address of a goal in one of its views, with its first question open."""
    pad = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    return f"{pad}?weergave={view}&stop=f0-1-v01"


@dataclass(frozen=True)
class Spot:
    """A field of some kind of page. fill(page): types or chooses `value` in it."""

    url: str
    naam: str
    value: str
    fill: Callable[[Page], None]

    def shown(self, page: Page):
        return page.locator(f"[name='{self.naam}']")


def text(url: str, naam: str, value: str = WORDS) -> Spot:
    return Spot(url, naam, value, lambda page: page.locator(f"[name='{naam}']").fill(value))


def note_in(view: str, gesprek: Gesprek) -> Spot:
    """The note on the first question of a step, in one of its views."""
    pad = reverse("gesprekstap", args=[gesprek.dossier_id, gesprek.pk, "registratie"])
    first = "registratie-b01"
    return text(f"{pad}?weergave={view}&stop={first}", f"notitie-{gesprek.pk}-{first}-tekst")


def put(page: Page, naam: str, words: str) -> None:
    """Type in a field that is not in sight: of a closed question, or another stop."""
    page.locator(f"[name='{naam}']").evaluate(
        """(box, words) => {
            box.value = words;
            box.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        words,
    )


def choice(url: str, naam: str, value: str) -> Spot:
    css = f"[name='{naam}'][value='{value}']"
    return Spot(url, naam, value, lambda page: page.locator(css).dispatch_event("click"))


def asked_by(page: Page, *, stay: bool) -> list[str]:
    """A list to which every question of the browser is added, once it got its answer."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if stay:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer)
    return asked


def never(_route: Route) -> None:
    """Leave a request without an answer."""


def offline(page: Page) -> None:
    page.context.set_offline(True)


def online(page: Page) -> None:
    page.context.set_offline(False)


def close(page: Page) -> None:
    """Close a tab as a person does, and wait until it is gone."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def state(page: Page, naam: str, value: str) -> None:
    page.locator(f"[data-veld]:has(> #{naam})[data-staat='{value}']").wait_for(state="attached")
