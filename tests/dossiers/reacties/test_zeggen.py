"""Somebody says that a question works, or not: once for her school, and nothing tells who."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier
from dossiers.reacties.models import Gezegd, Reactie
from start.domain.oefendossier import open_oefendossier
from tests.client import text_of
from tests.dossiers.reacties.gebied import LIJN, PLAN, VRAAG
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


def in_dossier(huis, code: str = VRAAG) -> str:
    return reverse("reactie-dossier", args=[huis.dossier.pk, PLAN, code])


def in_toolbox(code: str = VRAAG) -> str:
    return reverse("reactie", args=[PLAN, code])


def test_a_team_says_why_a_question_does_not_work(als, huis, versie):
    team = als(huis.team)
    page = team.get(in_dossier(huis))
    assert "Werkt dit?" in page.text
    assert "Sint-Jozefschool" in page.text

    answer = team.post(in_dossier(huis), {"werkt": "nee", "omdat": "Te lang"}, follow=True)

    assert "Bedankt. De PLG leest dit zodra er van 5 scholen iets is." in text_of(answer)
    (reactie,) = Reactie.objects.all()
    assert (reactie.verwijzing, reactie.werkt, reactie.omdat) == (LIJN, False, "Te lang")
    assert (reactie.niveau, reactie.provincie, reactie.maand) == ("so", "antwerpen", None)
    (said,) = Gezegd.objects.all()
    assert (said.school, said.clb, said.wacht) == (huis.school, None, True)


def test_that_it_works_needs_no_reason_and_that_it_does_not_does(als, huis, versie):
    team = als(huis.team)

    refused = team.post(in_dossier(huis), {"werkt": "nee", "omdat": " \n "})
    assert refused.status_code == 422
    assert "Zeg in een zin waarom niet" in text_of(refused)
    assert not Reactie.objects.exists()

    team.post(in_dossier(huis), {"werkt": "ja", "omdat": ""})
    assert Reactie.objects.get().werkt


@pytest.mark.parametrize(("length", "fits"), [(199, True), (200, True), (201, False)])
def test_a_reason_is_one_sentence(als, huis, versie, length, fits):
    answer = als(huis.team).post(in_dossier(huis), {"werkt": "ja", "omdat": "x" * length})

    assert (answer.status_code == 302) is fits
    assert Reactie.objects.exists() is fits
    if not fits:
        assert "maak het korter" in text_of(answer)
        assert "x" * 201 in answer.text


def test_which_button_was_pressed_has_to_be_known(als, huis, versie):
    answer = als(huis.team).post(in_dossier(huis), {"omdat": "Te lang"})

    assert answer.status_code == 422
    assert "Kies of dit werkt of niet." in text_of(answer)


def test_a_name_stops_a_team_once(als, huis, versie):
    team = als(huis.team)
    typed = {"werkt": "nee", "omdat": "Leerling Lotte Peeters uit 3B begreep dit niet"}

    stopped = team.post(in_dossier(huis), typed)

    assert stopped.status_code == 422
    assert "Lotte Peeters" in text_of(stopped)
    assert "Staat er echt geen leerling in? Kies dan nog eens." in text_of(stopped)
    assert not Reactie.objects.exists()
    assert not Gezegd.objects.exists()
    answer = team.post(in_dossier(huis), {**whole_form(stopped.text), **typed})
    assert answer.status_code == 302
    assert Reactie.objects.count() == 1


def test_from_two_tabs_it_counts_once(als, huis, versie):
    team = als(huis.team)
    team.post(in_dossier(huis), {"werkt": "ja"})
    answer = team.post(in_dossier(huis), {"werkt": "ja"}, follow=True)

    assert "Hier zeiden jullie al iets over" in text_of(answer)
    assert Reactie.objects.count() == 1
    page = team.get(in_dossier(huis))
    assert "De PLG leest het zodra er van vijf scholen iets is." in text_of(page)
    assert "Dit werkt niet" not in page.text


def test_two_at_the_same_moment_count_once(als, huis, versie, monkeypatch):
    """Both pages saw that nothing was said yet."""
    monkeypatch.setattr("dossiers.reacties.views.silent", lambda sprekers, _: sprekers)
    team = als(huis.team)
    team.post(in_dossier(huis), {"werkt": "ja"})
    answer = team.post(in_dossier(huis), {"werkt": "ja"}, follow=True)

    assert "Hier zeiden jullie al iets over" in text_of(answer)
    assert Reactie.objects.count() == 1


def test_from_the_toolbox_one_chooses_for_whom_one_speaks(als, huis, ander_huis, versie):
    """An follows all schools of her CLB, and may speak for that too; not for that of Eva."""
    an = als(huis.ankerfiguur)
    page = an.get(in_toolbox()).text
    assert f"school-{huis.school.pk}" in page
    assert f"clb-{huis.clb.pk}" in page
    assert str(ander_huis.school.pk) not in page
    assert str(ander_huis.clb.pk) not in page

    refused = an.post(in_toolbox(), {"werkt": "ja"})
    assert "Kies voor wie je spreekt." in text_of(refused)
    for key in (f"school-{ander_huis.school.pk}", f"clb-{ander_huis.clb.pk}"):
        assert an.post(in_toolbox(), {"werkt": "ja", "voor": key}).status_code == 422
    an.post(in_toolbox(), {"werkt": "ja", "voor": f"clb-{huis.clb.pk}"})

    (said,) = Gezegd.objects.all()
    assert (said.school, said.clb) == (None, huis.clb)
    reactie = Reactie.objects.get()
    assert (reactie.niveau, reactie.provincie) == ("", "")
    # Of the school she can still say something; with one left nobody chooses.
    left = an.get(in_toolbox()).text
    assert "Voor wie spreek je?" not in left
    an.post(in_toolbox(), {"werkt": "ja"})
    assert Gezegd.objects.filter(school=huis.school).count() == 1


def test_in_a_closed_dossier_one_says_nothing_any_more(als, huis, versie):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    team = als(huis.team)

    page = team.get(in_dossier(huis))

    assert "Dit dossier is afgesloten." in text_of(page)
    assert "Dit werkt niet" not in page.text
    assert team.post_late(in_dossier(huis), {"werkt": "ja"}).status_code == 403
    assert not Reactie.objects.exists()


def test_a_team_speaks_for_its_school_alone(als, huis, versie):
    als(huis.team).post(in_toolbox(), {"werkt": "ja"})

    assert Gezegd.objects.get().school == huis.school


def test_who_only_reads_speaks_for_nobody(als, huis, oscar, versie):
    for user in (huis.lezer, oscar):
        page = als(user).get(in_toolbox())
        assert "Jij leest mee." in text_of(page)
        assert als(user).post_late(in_toolbox(), {"werkt": "ja"}).status_code == 403
    assert als(huis.lezer).get(in_dossier(huis)).status_code == 403
    assert als(oscar).get(in_dossier(huis)).status_code == 404
    assert not Reactie.objects.exists()


def test_in_an_oefendossier_one_learns_how_and_nothing_is_kept(als, huis, versie):
    dossier = open_oefendossier(clb=huis.clb, today=timezone.localdate(), door=huis.ankerfiguur)
    address = reverse("reactie-dossier", args=[dossier.pk, PLAN, VRAAG])

    answer = als(huis.ankerfiguur).post(address, {"werkt": "ja"}, follow=True)

    assert "Dit is een oefendossier: dit gaat naar niemand." in text_of(answer)
    assert not Reactie.objects.exists()
    assert not Gezegd.objects.exists()


@pytest.mark.parametrize(
    ("slug", "code"),
    [("bestaat-niet", VRAAG), (PLAN, "f9-9-v99"), (PLAN, "f0-1")],
)
def test_only_of_what_is_there(als, huis, versie, slug, code):
    found = als(huis.team).get(reverse("reactie", args=[slug, code]))

    assert (found.status_code == 200) is (code == "f0-1")


def test_one_goes_back_to_where_one_came_from_and_nowhere_else(als, huis, versie):
    team = als(huis.team)
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    home = reverse("dossier", args=[huis.dossier.pk])
    for asked, back in (
        (f"{goal}?weergave=lijst#vraag-{VRAAG}", f"{goal}?weergave=lijst#vraag-{VRAAG}"),
        ("https://elders.be/", home),
        (f"//elders.be{goal}", home),
        (f"{home}../../uitloggen/", home),
        (reverse("toolbox"), home),
    ):
        Gezegd.objects.all().delete()
        there = f"{in_dossier(huis)}?{urlencode({'terug': asked})}"
        assert team.post(there, {"werkt": "ja"})["Location"] == back


def test_a_page_takes_the_same_queries_however_many_schools_spoke(
    als, huis, versie, django_assert_num_queries
):
    team = als(huis.team)
    team.get(in_dossier(huis))
    with django_assert_num_queries(5):
        team.get(in_dossier(huis))
