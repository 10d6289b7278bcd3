"""Who of the team does an action: Tom ticks Marie, and what happens when he is wrong."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import choose_trekkers, create_actie
from dossiers.acties.models import Actie, Trekker
from dossiers.acties.queries.trekkers import candidates_for
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.models import DossierAfgesloten
from tests.concurrency import at_once
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def actie(huis) -> Actie:
    return create_actie(dossier=huis.dossier, wat="Bel de ouders op", wie="Tom", door=huis.team)


def where(actie: Actie) -> str:
    return reverse("trekkers", args=[actie.dossier_id, actie.pk])


def ticks(actie: Actie, gekozen=(), stond=()) -> dict[str, list[str]]:
    naam = f"trekkers-{actie.pk}"
    return {
        f"{naam}-gekozen": [str(one.pk) for one in gekozen],
        f"{naam}-stond": [str(one.pk) for one in stond],
    }


def test_the_log_says_that_he_chose_once_and_not_whom(als, huis, actie):
    tom, sent = als(huis.team), ticks(actie, [huis.medewerker])
    for _ in range(2):
        tom.post(where(actie), sent, headers=HTMX)

    (line,) = Logregel.objects.filter(handeling="trekkers-gekozen")
    assert (line.door, line.record_id, line.dossier_id) == (
        huis.team,
        str(actie.pk),
        huis.dossier.pk,
    )
    log = tom.get(reverse("dossier-logboek", args=[huis.dossier.pk])).text
    assert "Tom koos wie een actie doet." in log
    assert "Marie" not in log.split("Tom koos wie")[1].split("</li>")[0]


def doing(actie: Actie) -> set[str]:
    return {str(one.gebruiker) for one in Trekker.objects.filter(actie=actie)}


def choose(actie: Actie, door, gekozen=(), stond=()):
    return choose_trekkers(
        actie=actie,
        gekozen=[one.pk for one in gekozen],
        stond=[one.pk for one in stond],
        door=door,
    )


def test_tom_ticks_marie_and_wie_stays_as_it_is(als, huis, actie):
    tom = als(huis.team)
    page = tom.get(where(actie)).text
    assert "Bij Wie staat: Tom" in page

    answer = tom.post(where(actie), ticks(actie, [huis.medewerker]))

    assert answer.url == f"{reverse('overzicht', args=[huis.dossier.pk])}?open={actie.pk}"
    assert doing(actie) == {"Marie"}
    actie.refresh_from_db()
    assert (actie.wie, actie.wie_revisie) == ("Tom", 1)


def test_it_is_a_change_of_the_action_by_who_did_it(huis, actie):
    before = actie.gewijzigd_op

    choose(actie, huis.ankerfiguur, [huis.medewerker])

    actie.refresh_from_db()
    assert actie.gewijzigd_door == huis.ankerfiguur
    assert actie.gewijzigd_op > before
    again = actie.gewijzigd_op
    choose(actie, huis.team, [huis.medewerker], [huis.medewerker])
    actie.refresh_from_db()
    assert (actie.gewijzigd_op, actie.gewijzigd_door) == (again, huis.ankerfiguur)


def test_the_action_says_who_chose_whom_and_when(als, huis, actie):
    choose(actie, huis.team, [huis.medewerker, huis.team])
    Trekker.objects.update(gekozen_op=datetime(2026, 10, 3, 9, tzinfo=UTC))
    choose(actie, huis.medewerker, [huis.ankerfiguur])

    page = als(huis.ankerfiguur).get(where(actie)).text

    assert "Marie <small>gekozen door Tom op 3 oktober 2026</small>" in page
    assert "Tom <small>koos dit zelf op 3 oktober 2026</small>" in page
    assert "An <small>gekozen door Marie op" in page


def test_in_a_row_each_tick_saves_itself(als, huis, actie):
    tom = als(huis.team)
    part = tom.get(where(actie), headers=HTMX).text
    assert "<html" not in part
    assert f'hx-post="{where(actie)}"' in part

    answer = tom.post(where(actie), ticks(actie, [huis.team]), headers=HTMX)

    assert answer.status_code == 200
    assert "Bewaard" in answer.text
    # The next tick of the same row starts from here.
    assert f'-stond" value="{huis.team.pk}"' in answer.text
    assert doing(actie) == {"Tom"}


def test_the_wrong_person_is_taken_off_again(als, huis, actie):
    tom = als(huis.team)
    tom.post(where(actie), ticks(actie, [huis.ankerfiguur]))

    tom.post(where(actie), ticks(actie, [huis.medewerker], [huis.ankerfiguur]))

    assert doing(actie) == {"Marie"}


def test_two_who_choose_from_the_same_page_both_do(huis, actie):
    """Tom ticked Marie and An ticked herself, each on a page where nobody was ticked."""
    choose(actie, huis.team, [huis.medewerker])
    choose(actie, huis.ankerfiguur, [huis.ankerfiguur])

    assert doing(actie) == {"Marie", "An"}
    # Who unticks on an old page takes off whom she unticked, and nobody else.
    choose(actie, huis.team, [], [huis.medewerker])
    assert doing(actie) == {"An"}


@pytest.mark.django_db(transaction=True)
def test_the_same_tick_twice_at_once_is_one(huis, actie):
    at_once(*(lambda: choose(actie, huis.team, [huis.medewerker]) for _ in range(4)))

    assert doing(actie) == {"Marie"}


def test_only_who_may_write_there_can_be_chosen(als, huis, ander_huis, oscar, actie):
    tom = als(huis.team)
    names = [str(one.gebruiker) for one in candidates_for(actie)]
    assert names == ["An", "Marie", "Tom"]

    outsiders = [huis.lezer, ander_huis.team, ander_huis.ankerfiguur, oscar]
    answer = tom.post(where(actie), ticks(actie, outsiders), follow=True)

    assert doing(actie) == set()
    assert "werkt hier intussen niet meer mee" in answer.text


def test_what_is_no_account_is_a_404(als, huis, actie):
    data = {f"trekkers-{actie.pk}-gekozen": "rommel"}

    assert als(huis.team).post(where(actie), data).status_code == 404
    assert doing(actie) == set()


def test_an_action_of_another_dossier_is_a_404(als, huis, ander_huis, actie):
    elsewhere = reverse("trekkers", args=[ander_huis.dossier.pk, actie.pk])

    assert als(ander_huis.team).get(elsewhere).status_code == 404
    assert als(huis.team).get(where(actie)).status_code == 200


def test_who_left_stays_as_a_name_and_can_be_taken_off(als, huis, actie):
    choose(actie, huis.team, [huis.medewerker])
    lid = Lidmaatschap.objects.get(user=huis.medewerker)
    end_lidmaatschap(lidmaatschap=lid, door=huis.ankerfiguur)

    page = als(huis.team).get(where(actie)).text

    assert "Marie <small>niet meer in het team, krijgt niets</small>" in page
    # A page that was open before she left: nothing is lost, and nobody is added who is not there.
    assert choose(actie, huis.team, [huis.medewerker, huis.team], [huis.medewerker]) == frozenset()
    assert doing(actie) == {"Marie", "Tom"}
    choose(actie, huis.team, [huis.team], [huis.medewerker, huis.team])
    assert doing(actie) == {"Tom"}
    assert choose(actie, huis.team, [huis.medewerker]) == {huis.medewerker.pk}


def test_a_whole_name_in_wie_is_pointed_out_and_one_of_two_is_not(huis, actie):
    maes = make_user("Joke Maes")
    Lidmaatschap.objects.create(user=maes, school=huis.school, rol=Rol.SCHOOLTEAM)
    actie.wie = "joke maes en het secretariaat"

    def named() -> list[str]:
        return [str(one.gebruiker) for one in candidates_for(actie) if one.staat_bij_wie]

    assert named() == ["Joke Maes"]
    other = make_user("Joke")
    other.naam, other.email = "Joke Maes", "joke2@test.be"
    other.save()
    Lidmaatschap.objects.create(user=other, school=huis.school, rol=Rol.SCHOOLTEAM)
    assert named() == []


def test_a_new_action_reminds_whom_it_names_when_asked_to(als, huis):
    maes = make_user("Joke Maes")
    Lidmaatschap.objects.create(user=maes, school=huis.school, rol=Rol.SCHOOLTEAM)
    overview = reverse("overzicht", args=[huis.dossier.pk])
    tom = als(huis.team)

    def plan(wat: str, **more) -> set[str]:
        words = {"wat": wat, "wie": "Joke Maes, Marie en Jokes maesen", **more}
        data = {f"nieuw-f0-1-{naam}": text for naam, text in words.items()}
        tom.post(overview, {**data, "nieuwe_actie": "f0-1"})
        return doing(Actie.objects.get(wat=wat))

    assert plan("Zonder vinkje") == set()
    assert plan("Met vinkje", herinner="on") == {"Joke Maes", "Marie"}
    assert plan("Voor iemand anders", wie="Maes en Tomas", herinner="on") == set()


def test_a_closed_dossier_keeps_who_did_it(als, huis, actie):
    choose(actie, huis.team, [huis.team])
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert als(huis.team).post(where(actie), ticks(actie, [], [huis.team])).status_code == 403
    with pytest.raises(DossierAfgesloten):
        choose(actie, huis.team, [], [huis.team])
    assert doing(actie) == {"Tom"}


def test_without_words_the_names_stand_where_wie_does(als, huis, actie):
    nobody = create_actie(dossier=huis.dossier, wat="Vraag het na", door=huis.team)
    overview = reverse("overzicht", args=[huis.dossier.pk])
    page = reverse("dossier", args=[huis.dossier.pk])
    tom = als(huis.team)
    assert "<em>nog niemand</em>" in tom.get(overview).text
    assert "nog niemand" in tom.get(page).text

    choose(nobody, huis.team, [huis.medewerker, huis.team])
    choose(actie, huis.team, [huis.ankerfiguur])

    row = tom.get(overview).text
    assert "<em>nog niemand</em>" not in row
    assert 'data-kop="Wie">Marie, Tom</td>' in row or 'data-kop="Wie">Tom, Marie</td>' in row
    # Where words say it, those stay.
    assert '<span data-tekst="wie">Tom</span>' in row
    assert "nog niemand" not in tom.get(page).text


def test_the_overview_asks_as_much_for_one_as_for_many(als, huis, django_assert_num_queries):
    tom = als(huis.team)
    overview = reverse("overzicht", args=[huis.dossier.pk])

    def plan() -> None:
        actie = create_actie(dossier=huis.dossier, wat=f"{timezone.now()}", door=huis.team)
        choose(actie, huis.team, [huis.medewerker, huis.team])

    plan()
    tom.get(overview)
    with django_assert_num_queries(12):
        tom.get(overview)
    for _ in range(12):
        plan()
    with django_assert_num_queries(12):
        tom.get(overview)
