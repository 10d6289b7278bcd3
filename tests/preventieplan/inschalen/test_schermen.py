"""What screens and the log tell when a round is stopped, or another one takes its place."""

import re

import pytest
from django.urls import reverse

from dossiers.logboek.models import Logregel
from dossiers.velden.weergave import LEADS_COOKIE
from preventieplan.inschalen.domain.rondes import open_second, show
from stsdialoog.cookies import secure_only
from tests.preventieplan.inschalen.rondes import DOEL, a_day_later, beamer, gives, opened, shown

pytestmark = pytest.mark.django_db

WAITS = re.compile(r'data-wacht="([^"]+)" data-stand="([^"]+)"')
SCRIPT = "js/inschalen.js"


def test_a_round_that_is_stopped_is_in_the_log_as_one_that_is_shown(als, tom, dossier):
    ronde = opened(dossier, tom)
    browser = als(tom)
    for _ in range(2):
        browser.post(beamer(ronde), {"knop": "stop"})

    (line,) = Logregel.objects.filter(handeling="ronde-gestopt")
    assert (line.door, line.dossier_id) == (tom, dossier.pk)


def test_the_beamer_goes_along_to_a_second_round_as_long_as_there_can_be_one(als, tom, dossier):
    ronde = shown(dossier, tom, 4, 5, 6, 7)
    browser = als(tom)
    here = f"{beamer(ronde)}?doel={DOEL}"
    page = browser.get(here).text
    waits, seen = WAITS.search(page).groups()
    assert seen == browser.get(waits).text
    assert SCRIPT in page

    second = open_second(ronde=ronde, doel=DOEL, door=tom)

    assert browser.get(waits).text != seen
    assert browser.get(here).url == beamer(second)
    gives(second, 5, 5, 6, 6)
    show(ronde=second, door=tom)
    # After that there is none.
    page = browser.get(beamer(second)).text
    assert "Jullie scores liggen" in page
    assert SCRIPT not in page
    assert not WAITS.search(page)


def test_of_more_goals_only_the_one_that_is_scored_again_goes_along(als, tom, dossier):
    ronde = shown(dossier, tom, 4, 5, 6, 7, doelen=("f0-1", "f1-1"))
    browser = als(tom)
    second = open_second(ronde=ronde, doel="f0-1", door=tom)

    assert browser.get(f"{beamer(ronde)}?doel=f0-1").url == beamer(second)
    other = browser.get(f"{beamer(ronde)}?doel=f1-1").text
    assert "Jullie scores liggen" in other
    # Its code went with the phones: asking by it would never stop.
    assert SCRIPT not in other


def test_the_spread_of_another_day_asks_nothing(als, tom, dossier):
    ronde = shown(dossier, tom, 4, 5, 6, 7)
    assert SCRIPT in als(tom).get(beamer(ronde)).text
    a_day_later(ronde)
    assert SCRIPT not in als(tom).get(beamer(ronde)).text


@pytest.mark.parametrize("is_shown", [False, True])
def test_the_bar_of_an_evening_is_on_the_beamer_of_a_device_that_leads_it(
    als, tom, dossier, is_shown
):
    ronde = shown(dossier, tom, 4, 5, 6, 7) if is_shown else opened(dossier, tom)
    browser, bar = als(tom), reverse("avond-nu", args=[dossier.pk])
    assert bar not in browser.get(beamer(ronde)).text

    browser.cookies[secure_only(LEADS_COOKIE)] = "1"

    page = browser.get(beamer(ronde)).text
    assert f'hx-get="{bar}"' in page
    assert "css/avond.css" in page
