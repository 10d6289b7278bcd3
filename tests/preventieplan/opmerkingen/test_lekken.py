"""Ways in which a remark could reach somebody for whom it is not, each under its name."""

import logging
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol
from preventieplan.opmerkingen.domain import answer_opmerking, settle, write_opmerking
from preventieplan.opmerkingen.queries import news
from tests.pages import whole_form
from tests.paper import lay_out_by
from tests.start.uitvoer.conftest import Taken

pytestmark = pytest.mark.django_db

DOEL, VRAAG = "f0-1", "f0-1-v01"
GEHEIM = "Zullen wij dat zelf wel klaarspelen?"


@pytest.fixture
def gezegd(huis):
    """A remark beside a question with an answer, and one beside an action."""
    actie = create_actie(dossier=huis.dossier, wat="Bel de ouders", door=huis.team, hoort_bij=DOEL)
    here = {"tekst": GEHEIM, "door": huis.team}
    eerste = write_opmerking(dossier=huis.dossier, bij={"vraag": VRAAG}, sleutel=uuid4(), **here)
    answer_opmerking(eerste=eerste, sleutel=uuid4(), **here)
    write_opmerking(dossier=huis.dossier, bij={"actie": actie}, sleutel=uuid4(), **here)
    return eerste


def pages(huis):
    pk = huis.dossier.pk
    goal = reverse("doelstelling", args=[pk, DOEL])
    return [
        f"{goal}?weergave=lijst",
        f"{goal}?weergave=bespreken",
        *(
            reverse(name, args=[pk])
            for name in ("dossier", "preventieplan", "overzicht", "routekaart", "scores")
        ),
        reverse("fase-rond", args=[pk, 0]),
    ]


def test_a_lezer_does_not_see_that_there_are_any(als, huis, gezegd):
    lies = als(huis.lezer)
    for page in pages(huis):
        text = lies.get(page).text
        assert "pmerking" not in text, page
        assert GEHEIM not in text
    for name, more in (("opmerkingen", ()), ("opmerkingen-bij", (VRAAG,))):
        url = reverse(name, args=[huis.dossier.pk, *more])
        assert lies.get(url).status_code == 403


def test_a_teacher_of_another_school_finds_nothing(als, huis, ander_huis, gezegd):
    for other in ander_huis.people.values():
        url = reverse("opmerkingen-bij", args=[huis.dossier.pk, VRAAG])
        assert als(other).get(url).status_code == 404


def test_a_room_that_reads_along_sees_nothing_of_it(als, huis, gezegd):
    goal = reverse("doelstelling", args=[huis.dossier.pk, DOEL])
    text = als(huis.team).get(f"{goal}?weergave=bespreken").text
    assert "pmerking" not in text


@pytest.fixture
def as_html(monkeypatch):
    """Documents are their HTML, which stories can read."""
    lay_out_by(lambda document: document.html.encode(), monkeypatch)


@pytest.mark.usefixtures("as_html")
@pytest.mark.parametrize("name", ["preventieplan-pdf", "overzicht-pdf", "routekaart-pdf"])
def test_no_paper_has_it(als, huis, gezegd, name):
    words = als(huis.team).get(reverse(name, args=[huis.dossier.pk])).content.decode()
    assert str(huis.school) in words
    assert GEHEIM not in words
    assert "pmerking" not in words


@pytest.mark.usefixtures("as_html")
def test_a_whole_dossier_leaves_without_it(als, huis, gezegd):
    taken = Taken(als(huis.ankerfiguur).get(reverse("uitvoer-zip", args=[huis.dossier.pk])))
    assert "Bel de ouders" in taken.everything
    assert GEHEIM not in taken.everything


def test_neither_log_has_a_word_of_it(als, huis, gezegd, caplog):
    caplog.set_level(logging.DEBUG)
    tom = als(huis.team)
    url = reverse("opmerkingen-bij", args=[huis.dossier.pk, VRAAG])
    tom.post(url, whole_form(tom.get(url).text) | {"tekst": GEHEIM})
    settle(eerste=gezegd, door=huis.team)

    assert GEHEIM not in caplog.text
    for line in Logregel.objects.all():
        assert GEHEIM not in str(vars(line))


def test_the_mail_has_no_word_of_it_and_a_board_gets_none(huis, gezegd):
    today = timezone.localdate()
    people = {one.pk: today for one in (*huis.people.values(),)}
    found = list(news.new(people, today))

    assert huis.lezer.pk not in {one.gebruiker for one in found}
    for line in news.lines(huis.medewerker.pk, [one.sleutel for one in found], today):
        assert GEHEIM not in line.zin + line.link + line.school


def test_who_became_a_lezer_or_left_is_told_nothing_that_was_claimed_before(huis, gezegd):
    today = timezone.localdate()
    keys = [one.sleutel for one in news.new({huis.medewerker.pk: today}, today)]
    assert keys
    role = Lidmaatschap.objects.filter(user=huis.medewerker)
    role.update(rol=Rol.LEZER)
    assert news.lines(huis.medewerker.pk, keys, today) == []
    role.delete()
    assert news.lines(huis.medewerker.pk, keys, today) == []
