"""The goals of fase 0, one question at a time: by mouse, by thumb and by keyboard.

Complete means: each question a stand, every third a toelichting, each goal a score, a focus and an
action. The words are typed; only the way to their boxes counts.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from clicks.counter import Cost, Counter
from clicks.desk import Desk, new_school
from clicks.jobs.lists import read_as_a_list
from clicks.rows import Row
from dossiers.acties.models import Actie
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Antwoordstand, Doelstelling, Inschaling

FASE = 0
EVERY = 3  # of so many questions one gets a toelichting
STANDS = Antwoordstand.labels
# As long as what a team writes, and with what is a key outside a box.
WORDS = (
    "In september overlopen de klastitularissen de afspraken in 3 stappen. Ouders horen ze op de "
    "infoavond; wie daar niet was, krijgt ze thuis op papier. Lukt dat bij iedereen?"
)
FOCUS, ACTION = "Iedereen kent iedereen", "Een onthaaldag"


def fase_0_on_a_laptop(desk: Desk) -> Iterator[Row]:
    dossier = (huis := new_school()).dossier
    with desk.laptop(huis.team) as page:
        who = Counter(page)
        who.press_on(page.get_by_role("link", name="Start", exact=True))
        who.press_on(page.get_by_role("link", name="Bespreken", exact=True))
        _complete(who, dossier)
        yield Row("schoolteam, laptop", "fase 0 complete", who.cost, most_clicks=150)
        who = read_as_a_list(desk, Counter(page), dossier)
    yield Row("schoolteam, laptop", "fase 0 as a list, filled in", who.cost, most_screens=15)


def fase_0_on_a_phone(desk: Desk) -> Iterator[Row]:
    dossier = (huis := new_school()).dossier
    with desk.phone(huis.team) as page:
        who = Counter(page, touch=True)
        who.press_on(page.get_by_role("link", name="Start", exact=True))
        deepest = _complete(who, dossier)
    yield Row("schoolteam, phone", "fase 0 complete", who.cost, most_clicks=160)
    yield Row(
        "schoolteam, phone",
        "fase 0: the question that takes most room, with its answers and first box",
        Cost(0, deepest),
        most_screens=1,
    )


def goal_by_keyboard(desk: Desk) -> Iterator[Row]:
    dossier = (huis := new_school()).dossier
    goal = Doelstelling.objects.get(versie=dossier.planversie, code="f0-1")
    with desk.laptop(huis.team) as page:
        url = reverse("doelstelling", args=[dossier.pk, goal.code])
        page.goto(f"{desk.url}{url}?weergave=bespreken")
        who = Counter(page)
        answer_by_keyboard(who)
    _check(dossier, goals=1, questions=11, texts=3)
    yield Row("schoolteam, keyboard", "a goal of eleven questions", who.cost, most_clicks=40)


# --- by mouse or thumb ----------------------------------------------------------------------------


def _complete(who: Counter, dossier: Dossier) -> float:
    """Answer all goals of fase 0. How many screens the question took that took most."""
    goals = Doelstelling.objects.filter(versie=dossier.planversie, fase=FASE).order_by("volgorde")
    answered, deepest = 0, 0.0
    for goal in goals:
        number = goal.vragen.asked_of(dossier).count()
        for nr in range(1, number + 1):
            expect(_shown(who.page, f"Vraag {nr} van {number}")).to_be_visible()
            deepest = max(deepest, _screens_of_question(who.page))
            answered += 1
            _answer(who, answered)
        _score(who)
        _end(who.page, number)
        with _leaving(who.page):
            who.press_on(_on(who.page))
    _check(dossier, goals=len(goals), questions=answered, texts=answered // EVERY)
    return deepest


def _answer(who: Counter, nr: int) -> None:
    page = who.page
    stand = STANDS[nr % len(STANDS)]
    who.press_on(page.get_by_role("radio", name=stand, exact=True))
    if nr % EVERY == 0:
        who.press_on(page.get_by_role("textbox", name="Toelichting"))
        who.write(WORDS)
    who.press_on(_next(page))


def _score(who: Counter) -> None:
    """The stops after the questions."""
    page = who.page
    who.press_on(page.get_by_role("radio", name="7", exact=True))
    who.press_on(_next(page))
    who.press_on(page.get_by_role("textbox").first)
    who.write(FOCUS)
    who.press_on(_next(page))
    who.press_on(page.get_by_role("textbox", name="Wat gaan jullie doen?"))
    who.write(ACTION)
    who.press_on(_next(page))


def _screens_of_question(page: Page) -> float:
    """Down to where its answers and first box end, of what can be seen above the road.

    More than one when somebody has to scroll first.
    """
    question = page.get_by_role("heading", level=2).first
    parts = [question, *page.get_by_role("radio").all(), page.get_by_role("textbox").first]
    road = [page.get_by_role("navigation", name="De weg door deze pagina"), _next(page)]
    tops, bottoms = zip(*(_top_and_bottom(part) for part in parts), strict=True)
    assert min(tops) >= 0, "the question begins above the screen"
    return float(max(bottoms) / min(_top_and_bottom(part)[0] for part in road))


def _top_and_bottom(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box is not None, part
    return box["y"], box["y"] + box["height"]


# --- by keyboard ----------------------------------------------------------------------------------


def answer_by_keyboard(who: Counter, *, number: int = 11) -> None:
    """Answer a goal that one just opened, with keys alone."""
    for nr in range(1, number + 1):
        expect(_shown(who.page, f"Vraag {nr} van {number}")).to_be_visible()
        who.keys(str(nr % len(STANDS) + 1))
        if nr % EVERY == 0:
            who.keys("Enter")
            who.write(WORDS)
            who.keys("Control+Enter")
        who.keys("ArrowRight")
    who.keys("7", "ArrowRight", "Enter")
    who.write(FOCUS)
    who.keys("Control+Enter", "ArrowRight", "Enter")
    who.write(ACTION)
    who.keys("Control+Enter")
    expect(_shown(who.page, ACTION)).to_be_visible()
    who.keys("ArrowRight")
    _end(who.page, number)
    with _leaving(who.page):
        who.keys("Enter")


# --- what one sees --------------------------------------------------------------------------------


def _shown(page: Page, words: str) -> Locator:
    return page.get_by_text(words).locator("visible=true").first


def _next(page: Page) -> Locator:
    return page.get_by_role("button", name="Volgende")


def _on(page: Page) -> Locator:
    """The way from the end of a goal to what comes after it."""
    return page.get_by_role("link", name=re.compile(rf"^(Volgende: |Fase {FASE} is rond)"))


@contextmanager
def _leaving(page: Page) -> Iterator[None]:
    """What is done here leads to another page."""
    here = page.url.partition("?")[0]
    yield
    page.wait_for_url(lambda url: url.partition("?")[0] != here)


def _end(page: Page, number: int) -> None:
    """The card at the end says what was done, and nothing waits to be saved."""
    done = (
        f"{number} van {number} vragen",
        "Score 7 op 10",
        "De focus is gekozen",
        "1 actie",
    )
    for words in done:
        expect(_shown(page, words)).to_be_visible()
    expect(page.locator("[data-staat]:not([data-staat=bewaard])")).to_have_count(0)


def _check(dossier: Dossier, *, goals: int, questions: int, texts: int) -> None:
    """Whether everything is there, as the database has it."""
    antwoorden = Antwoord.objects.filter(dossier=dossier)
    inschalingen = Inschaling.objects.filter(dossier=dossier, score=7, focus=FOCUS)
    assert antwoorden.exclude(stand="").count() == questions
    assert antwoorden.filter(toelichting=WORDS).count() == texts
    assert inschalingen.count() == goals
    assert Actie.objects.filter(dossier=dossier, wat=ACTION).count() == goals
