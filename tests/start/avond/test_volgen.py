"""Phones follow an evening: to the question of now, to the round, and back."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import parse_http_date

from dossiers.domain import close_dossier
from dossiers.mensen.models import Sessie
from preventieplan.inschalen.domain import codes
from preventieplan.inschalen.domain.codes import sealed
from preventieplan.inschalen.domain.rondes import open_second, show
from preventieplan.inschalen.models import Ronde
from preventieplan.inschalen.views.codes import IN_COOKIE
from start.avond.domain.avonden import Keuze, end_avond, go_on
from stsdialoog.cookies import secure_only
from tests.client import Browser
from tests.elders import WOORDEN, Vol
from tests.preventieplan.inschalen import rondes
from tests.start.avond.avonden import DOEL, TWEEDE, begun, earlier, phone

pytestmark = pytest.mark.django_db

IN = secure_only(IN_COOKIE)


def mark(avond, client=None) -> str:
    return (client or Browser()).get(reverse("avond-stand", args=[sealed(str(avond.code))])).text


def next_point(avond) -> None:
    current = avond.punten.filter(begonnen_op__isnull=False).last()
    go_on(avond=avond, punt=current.pk)


def test_a_phone_sees_the_question_of_now_and_nothing_that_was_typed(client, dossier, tom):
    vol = Vol(dossier, tom)
    for made in ("antwoord", "inschaling", "actie", "notitie"):
        getattr(vol, made)
    step = Keuze(20, gesprek=vol.gesprek.pk, stap="registratie")
    avond = begun(dossier, tom, Keuze(20, doel=DOEL), step, beloften=True)

    promises = client.get(phone(avond)).text
    next_point(avond)
    goal = client.get(phone(avond)).text
    next_point(avond)
    talk = client.get(phone(avond)).text

    assert "Wat spraken jullie vorige keer af" in promises
    assert vol.doel.titel in goal
    assert vol.doel.vragen.first().tekst in goal
    assert vol.notitie.item.tekst in talk
    for seen in (promises, goal, talk):
        assert WOORDEN not in seen
        assert tom.naam not in seen
    assert list(client.cookies) == [IN]
    assert not Sessie.objects.exists()


def test_a_phone_goes_to_the_round_and_comes_back(client, dossier, tom):
    avond = begun(dossier, tom)
    before = mark(avond)
    ronde = rondes.opened(dossier, tom)

    assert mark(avond) != before
    assert client.get(phone(avond)).url == rondes.phone(ronde)
    rondes.gives(ronde, 3, 4, 5, 6, 7)
    # It waits there until the scores are shown.
    assert client.get(rondes.phone(ronde)).status_code == HTTPStatus.OK
    show(ronde=ronde, door=tom)
    assert client.get(rondes.phone(ronde)).url == phone(avond)
    assert mark(avond) == before

    ronde.refresh_from_db()
    second = open_second(ronde=ronde, doel=DOEL, door=tom)
    assert client.get(phone(avond)).url == rondes.phone(second)
    end_avond(avond=avond)
    Ronde.objects.all().delete()


def test_without_an_evening_a_round_ends_as_it_did(client, dossier, tom):
    ronde = rondes.shown(dossier, tom, 3, 4, 5, 6)

    assert "Kijk naar het scherm" in client.get(rondes.phone(ronde)).text


def test_what_a_phone_waits_for_is_small_and_asks_one_query(client, dossier, tom):
    avond = begun(dossier, tom)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("avond-stand", args=[sealed(str(avond.code))]))

    assert len(queries) == 1
    assert len(answer.content) <= 100
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    first = answer.text
    next_point(avond)
    assert mark(avond) not in (first, "voorbij")


def test_who_asks_without_a_seal_learns_no_code(client, dossier, tom):
    avond = begun(dossier, tom)

    assert mark(avond) != "voorbij"
    for guess in (avond.code, f"{avond.code}:{'x' * 43}", sealed("BCDFGHJ")):
        assert client.get(reverse("avond-stand", args=[guess])).text == "voorbij"


def test_a_code_ends_with_its_evening(client, dossier, an, tom):
    avond = begun(dossier, tom)
    end_avond(avond=avond)
    over = client.get(phone(avond))
    assert over.status_code == HTTPStatus.GONE
    assert "De avond is voorbij." in over.text
    assert mark(avond) == "voorbij"

    again = begun(dossier, tom, Keuze(20, doel=TWEEDE))
    assert again.code != avond.code
    assert client.get(phone(again)).status_code == HTTPStatus.OK
    close_dossier(dossier=dossier, door=an)
    assert client.get(phone(again)).status_code == HTTPStatus.GONE
    assert mark(again) == "voorbij"


def test_and_after_a_day_at_the_latest(client, dossier, tom):
    avond = begun(dossier, tom)
    earlier(avond, hours=23)
    assert client.get(phone(avond)).status_code == HTTPStatus.OK
    earlier(avond, hours=1)
    assert client.get(phone(avond)).status_code == HTTPStatus.NOT_FOUND
    assert mark(avond) == "voorbij"
    end_avond(avond=avond)
    begun(dossier, tom)
    avond.refresh_from_db()
    assert avond.code is None


def test_a_code_is_typed_as_that_of_a_round(client, dossier, tom):
    avond = begun(dossier, tom)

    for typed in (avond.code, avond.code.lower(), f" {avond.code[:3]} {avond.code[3:]}"):
        answer = client.get(reverse("score-code"), {"code": typed})
        assert answer.url == phone(avond)
    assert client.get(phone(avond).lower()).status_code == HTTPStatus.OK


def test_who_tries_all_codes_is_slowed_down(client, dossier, tom, monkeypatch):
    monkeypatch.setattr(codes, "WRONG_CODES", 2)
    avond = begun(dossier, tom)
    wrong = reverse("avond-telefoon", args=["ZZZZZZZ"])

    unknown = client.get(wrong)
    assert unknown.status_code == HTTPStatus.NOT_FOUND
    # From here one types the right one.
    assert f'action="{reverse("score-code")}"' in unknown.text
    assert Browser().get(phone(avond)).status_code == HTTPStatus.OK
    assert client.get(wrong).status_code == HTTPStatus.NOT_FOUND
    slowed = client.get(phone(avond))
    assert slowed.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert slowed.headers["Retry-After"] == "600"


def test_a_phone_that_follows_does_not_wait_for_what_others_mistype(
    dossier, ander_huis, tom, monkeypatch
):
    monkeypatch.setattr(codes, "WRONG_CODES", 2)
    avond, elsewhere = begun(dossier, tom), begun(ander_huis.dossier, ander_huis.team)
    here, there, late = Browser(), Browser(), Browser()
    here.get(phone(avond))
    kept = here.cookies[IN]
    assert (kept["path"], kept["httponly"]) == (reverse("score-code"), True)
    # It goes with the evening: counted from now it would tell when she came.
    # Django writes it as so many whole seconds from now.
    assert abs(parse_http_date(kept["expires"]) - avond.laatste.timestamp()) <= 1
    there.get(phone(elsewhere))
    for _ in range(3):
        late.get(reverse("avond-telefoon", args=["ZZZZZZZ"]))

    ronde = rondes.opened(dossier, tom)
    assert here.get(phone(avond)).url == rondes.phone(ronde)
    assert "Geef mijn score" in here.get(rondes.phone(ronde)).text
    assert here.post(rondes.phone(ronde), {f"score-{DOEL}": "5"}).status_code == HTTPStatus.FOUND
    # Who guesses with a code of her own learns no other one.
    for browser in (there, late):
        for address in (phone(avond), rondes.phone(ronde)):
            assert browser.get(address).status_code == HTTPStatus.TOO_MANY_REQUESTS
    late.cookies[IN] = f"{dossier.pk}:verzonnen"
    assert late.get(phone(avond)).status_code == HTTPStatus.TOO_MANY_REQUESTS
