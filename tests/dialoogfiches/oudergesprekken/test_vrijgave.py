"""What the school may read: only what the author explicitly released, exactly as previewed."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from dialoogfiches.oudergesprekken.models import Vrijgave
from dialoogfiches.oudergesprekken.queries import vrijgaven_of
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

VELD = f"{DIT}-school_mag_weten"


@pytest.fixture
def talk(huis):
    return make_gesprek(huis)


@pytest.fixture
def marie(als, huis):
    return als(huis.medewerker)


@pytest.fixture
def adres(talk):
    return url(talk, "oudergesprek-vrijgeven")


def seen_by_the_school(dossier) -> str:
    context = {"vrijgaven": vrijgaven_of(dossier)}
    return render_to_string("oudergesprekken/delen/vrijgaven.html", context)


def test_a_draft_is_nothing_until_it_is_released(marie, talk, adres, dossier):
    assert "Je schreef nog niets voor de school" in marie.get(adres).text
    write(marie, talk, VELD, "Graag iemand aan de poort op dinsdag.")
    assert "poort" not in seen_by_the_school(dossier)

    shown = marie.get(adres).text
    assert "Graag iemand aan de poort op dinsdag." in shown
    # To whom: everybody with access to the dossier, by name and role.
    for somebody in ("Tom, schoolteam", "Lies, schoolbestuur (leest mee)", "An, ankerfiguur"):
        assert somebody in shown
    response = marie.post(adres, {"knop": "tekst", "revisie": "1"})

    assert response.url == url(talk)
    vrijgave = Vrijgave.objects.get()
    assert vrijgave.tekst == "Graag iemand aan de poort op dinsdag."
    text = seen_by_the_school(dossier)
    assert "Graag iemand aan de poort op dinsdag." in text
    assert "Marie" in text
    assert str(talk.pk) not in text
    assert "Kolibrie" not in text
    line = Logregel.objects.get(soort="vrijgave")
    assert (line.handeling, line.door) == ("vrijgegeven", vrijgave.door)
    assert "Vrijgegeven uit dit gesprek" in marie.get(url(talk)).text


def test_the_same_words_from_two_talks_are_released_of_each(marie, huis, talk, dossier):
    other = make_gesprek(huis)
    for one in (talk, other):
        write(marie, one, VELD, "Graag iemand aan de poort.")
        marie.post(url(one, "oudergesprek-vrijgeven"), {"knop": "tekst", "revisie": "1"})

    assert set(Vrijgave.objects.values_list("oudergesprek", flat=True)) == {talk.pk, other.pk}


def test_what_is_released_is_what_was_looked_at(marie, talk, adres, dossier):
    write(marie, talk, VELD, "eerste versie")
    write(marie, talk, VELD, "intussen gewijzigd", 1)

    response = marie.post(adres, {"knop": "tekst", "revisie": "1"}, follow=True)

    assert "intussen gewijzigd of leeg" in response.text
    assert not Vrijgave.objects.exists()
    marie.post(adres, {"knop": "tekst", "revisie": "2"})
    write(marie, talk, VELD, "later nog iets", 2)
    assert Vrijgave.objects.get().tekst == "intussen gewijzigd"
    assert "later nog iets" not in seen_by_the_school(dossier)


@pytest.mark.parametrize("revisie", ["", "0", "-1", "rommel"])
def test_without_a_text_nothing_is_released(marie, adres, revisie):
    marie.post(adres, {"knop": "tekst", "revisie": revisie})

    assert not Vrijgave.objects.exists()


def test_an_action_is_shown_before_it_is_released(marie, als, talk, adres, huis):
    typed = {
        "vrij-wat": "Onthaal op dinsdag",
        "vrij-wie": "het secretariaat",
        "vrij-wanneer": "elke week",
    }

    shown = marie.post(adres, {"knop": "bekijk", **typed})
    assert "Dit ziet de school" in shown.text
    assert not Actie.objects.exists()
    assert marie.post(adres, {"knop": "actie", **typed}).url == url(talk)

    actie = Actie.objects.get()
    assert [actie.wat, actie.wie, actie.wanneer] == list(typed.values())
    assert actie.dossier == huis.dossier
    assert actie.vrijgave.oudergesprek == talk
    overzicht = als(huis.team).get(reverse("overzicht", args=[huis.dossier.pk])).text
    assert "Onthaal op dinsdag" in overzicht
    assert str(talk.pk) not in overzicht


def test_an_action_that_is_released_twice_is_one_action(marie, adres):
    form = whole_form(marie.get(adres).text) | {"vrij-wat": "Onthaal op dinsdag"}
    shown = whole_form(marie.post(adres, form | {"knop": "bekijk"}).text)
    assert shown["vrij-sleutel"] == form["vrij-sleutel"]

    for _ in range(2):
        marie.post(adres, shown | {"knop": "actie"})

    assert Vrijgave.objects.get().actie == Actie.objects.get()
    assert Logregel.objects.filter(handeling="vrijgegeven").count() == 1


def test_the_key_of_the_form_is_not_taken_for_something_that_was_typed(marie, adres):
    """A key may contain what looks like a national register number."""
    sleutel = "93051822-3610-4000-8000-000000000000"

    response = marie.post(adres, {"knop": "bekijk", "vrij-wat": "Onthaal", "vrij-sleutel": sleutel})

    assert "Dit ziet de school" in response.text
    assert "lijkt op" not in response.text


def test_a_text_that_is_released_twice_is_taken_away_in_one_go(marie, talk, adres, dossier):
    write(marie, talk, VELD, "Graag iemand aan de poort.")
    for _ in range(2):
        marie.post(adres, {"knop": "tekst", "revisie": "1"})
    assert seen_by_the_school(dossier).count("aan de poort") == 1

    intrekken = reverse("vrijgave-intrekken", args=[Vrijgave.objects.get().pk])
    assert "Graag iemand aan de poort." in marie.get(intrekken).text
    assert "poort" in seen_by_the_school(dossier)
    marie.post(intrekken)

    assert "poort" not in seen_by_the_school(dossier)
    # Who comes back to the question finds the list, as the text is nowhere any more.
    assertRedirects(marie.get(intrekken), reverse("oudergesprekken", args=[dossier.pk]))
    # A withdrawn text may be released again.
    marie.post(adres, {"knop": "tekst", "revisie": "1"})
    assert seen_by_the_school(dossier).count("aan de poort") == 1


def test_an_action_needs_words_and_warns_for_a_name(marie, adres):
    response = marie.post(adres, {"knop": "actie", "vrij-wat": " "})
    assert response.status_code == 422
    assert "Zeg eerst wat" in response.text
    assert not Actie.objects.exists()

    response = marie.post(
        adres, {"knop": "bekijk", "vrij-wat": "Onthaal", "vrij-wie": "Jan Peeters"}
    )
    assert "‘Jan Peeters’ lijkt op een volledige naam" in response.text


def test_a_released_text_can_be_withdrawn_by_the_clb_and_not_by_the_school(
    als, marie, talk, adres, huis, dossier
):
    write(marie, talk, VELD, "Graag iemand aan de poort.")
    marie.post(adres, {"knop": "tekst", "revisie": "1"})
    intrekken = reverse("vrijgave-intrekken", args=[Vrijgave.objects.get().pk])
    assert intrekken in marie.get(reverse("oudergesprekken", args=[dossier.pk])).text

    assert als(huis.team).post(intrekken).status_code == 403
    assert "poort" in seen_by_the_school(dossier)
    # Also in a closed dossier, and by an ankerfiguur who never had access to the talk.
    close_dossier(dossier=dossier, door=huis.ankerfiguur)
    an = als(huis.ankerfiguur)
    an.get(intrekken)
    for _ in range(2):
        assert an.post(intrekken).status_code == 302

    assert seen_by_the_school(dossier).strip() == ""
    assert Logregel.objects.get(handeling="vrijgave-ingetrokken").door == huis.ankerfiguur
    assert "ingetrokken op" in marie.get(url(talk)).text


def test_the_board_does_not_read_what_was_released(als, marie, talk, adres, huis):
    write(marie, talk, VELD, "Graag iemand aan de poort.")
    marie.post(adres, {"knop": "tekst", "revisie": "1"})
    assert "het schoolbestuur niet" in marie.get(adres).text
    pagina = reverse("dossier", args=[huis.dossier.pk])

    assert "Graag iemand aan de poort." in als(huis.team).get(pagina).text
    board = als(huis.lezer).get(pagina).text
    assert "poort" not in board
    assert "Het CLB laat weten" not in board
    # Not even that it exists.
    intrekken = reverse("vrijgave-intrekken", args=[Vrijgave.objects.get().pk])
    assert als(huis.lezer).post(intrekken).status_code == 404


def test_a_text_that_was_withdrawn_is_kept_nowhere(marie, talk, adres, dossier):
    write(marie, talk, VELD, "Graag iemand aan de poort.")
    marie.post(adres, {"knop": "tekst", "revisie": "1"})
    vrijgave = Vrijgave.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vrijgave.objects.update(ingetrokken_op=timezone.now())

    intrekken = reverse("vrijgave-intrekken", args=[vrijgave.pk])
    marie.get(intrekken)
    marie.post(intrekken)

    vrijgave.refresh_from_db()
    assert (vrijgave.tekst, bool(vrijgave.ingetrokken_op)) == ("", True)
    page = " ".join(marie.get(url(talk)).text.split())
    assert "Een tekst <span" in page


def test_nothing_is_released_into_a_closed_dossier(marie, talk, adres, huis):
    write(marie, talk, VELD, "te laat")
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert marie.post(adres, {"knop": "tekst", "revisie": "1"}).status_code == 403
    assert marie.post(adres, {"knop": "actie", "vrij-wat": "te laat"}).status_code == 403
    assert not Vrijgave.objects.exists()
    assert not Actie.objects.exists()


def test_asking_what_the_school_may_know_costs_one_query(
    marie, talk, adres, dossier, django_assert_num_queries
):
    for basis, tekst in enumerate(("een", "twee", "drie")):
        write(marie, talk, VELD, tekst, basis)
        marie.post(adres, {"knop": "tekst", "revisie": f"{basis + 1}"})

    with django_assert_num_queries(1):
        seen = seen_by_the_school(dossier)
    assert all(f"<p>{tekst}</p>" in seen for tekst in ("een", "twee", "drie"))
