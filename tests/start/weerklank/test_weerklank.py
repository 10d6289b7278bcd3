"""What an editor of the PLG reads per line of a material, and what nobody can work out from it."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape

from dossiers.mensen.models import User
from dossiers.reacties.domain.settling import settle_reacties
from dossiers.reacties.domain.zeggen import say
from dossiers.reacties.models import Reactie
from preventieplan.models import Antwoord, Checklistvraag
from start.regio.models import Regiocijfer, Soort
from start.weerklank.queries.regels import weerklank_of
from tests.client import text_of
from tests.conftest import SCHOOLJAAR
from tests.start.regio.streek import settle

OKTOBER, NOVEMBER = date(SCHOOLJAAR, 10, 1), date(SCHOOLJAAR, 11, 1)
VRAAG = "f0-1-v01"
PAGINA = reverse("weerklank", args=["preventieplan"])
TE_WEINIG = "Nog te weinig scholen zeiden hier iets over."


@pytest.fixture
def plan(versie):
    return versie.materiaal


@pytest.fixture
def sofie(db):
    return User.objects.create_user(
        "sofie@test.be", naam="Sofie", is_staff=True, beheert_materialen=True
    )


def stand(dossier, stand: str, code: str = VRAAG) -> None:
    vraag = Checklistvraag.objects.get(doelstelling__versie=dossier.planversie, code=code)
    Antwoord.objects.create(dossier=dossier, vraag=vraag, stand=stand)


def say_all(plan, dossiers, omdat: str = "") -> None:
    for dossier in dossiers:
        school = dossier.school
        say(materiaal=plan, code=VRAAG, werkt=not omdat, omdat=omdat, school=school)


def drawn(weerklank) -> str:
    return render_to_string("weerklank/delen/bij_regel.html", {"weerklank": weerklank})


def test_without_enough_schools_a_line_has_nothing(plan):
    assert weerklank_of(plan) == {}
    assert TE_WEINIG in drawn(None)


def test_stands_and_what_was_skipped_are_those_of_the_provinces_together(streek, plan):
    dossiers = streek.schools([3] * 5) + streek.schools([3] * 6, provincie="antwerpen")
    for dossier, chosen in zip(
        dossiers, [*["doen-we"] * 3, *["weten-niet"] * 2, *["deels"] * 5], strict=False
    ):
        stand(dossier, chosen)
    settle(OKTOBER)

    found = weerklank_of(plan)[VRAAG]

    assert found.scholen == 10
    assert found.weten_we_niet == 2
    assert [(one.stand, one.scholen, one.begin, one.breed) for one in found.delen] == [
        ("doen-we", 3, 0.0, 30.0),
        ("deels", 5, 30.0, 50.0),
        ("weten-niet", 2, 80.0, 20.0),
    ]
    assert (found.gewerkt, found.overgeslagen) == (11, 1)
    words = drawn(found)
    assert "Van 10 scholen: 3 doen we, 5 deels, 2 weten we niet<" in words
    assert "1 van de 11 scholen die hier werkten, sloeg dit over." in words
    assert weerklank_of(plan)["f0-1-v02"].overgeslagen == 11


@pytest.mark.parametrize(("stands", "is_told"), [(4, False), (5, True), (6, True)])
def test_a_province_of_which_four_schools_gave_a_stand_adds_nothing(streek, plan, stands, is_told):
    for dossier in streek.schools([3] * 9)[:stands]:
        stand(dossier, "doen-we")
    settle(OKTOBER)

    found = weerklank_of(plan)[VRAAG]

    assert found.scholen == (stands if is_told else 0)
    # How many skipped it is a figure of all nine.
    assert (found.gewerkt, found.overgeslagen) == (9, 9 - stands)


@pytest.mark.parametrize(("stands", "is_told"), [(4, False), (5, True)])
def test_schools_that_saw_only_room_to_grow_make_no_five(db, plan, stands, is_told):
    Regiocijfer.objects.create(
        schooljaar=SCHOOLJAAR,
        provincie="limburg",
        soort=Soort.VRAAG,
        code=VRAAG,
        verdeling={"deels+": stands, "+": 3},
        scholen=stands + 3,
        maand=OKTOBER,
    )

    assert weerklank_of(plan)[VRAAG].scholen == (stands if is_told else 0)


def test_two_looks_differ_in_five_schools_at_least(streek, plan):
    dossiers = streek.schools([3] * 10)
    for dossier in dossiers[:5]:
        stand(dossier, "doen-we")
    settle(OKTOBER)
    before = weerklank_of(plan)[VRAAG]
    for dossier in dossiers[5:9]:
        stand(dossier, "nog-niet")
    settle(NOVEMBER)

    after = weerklank_of(plan)[VRAAG]

    assert after.standen == before.standen
    assert (after.gewerkt, after.overgeslagen) == (before.gewerkt, before.overgeslagen)


def test_last_year_is_told_until_this_one_has_something(streek, plan):
    for schooljaar, scholen in ((SCHOOLJAAR - 1, 7), (SCHOOLJAAR, 5)):
        Regiocijfer.objects.create(
            schooljaar=schooljaar,
            provincie="limburg",
            soort=Soort.VRAAG,
            code=VRAAG,
            verdeling={"deels": scholen},
            scholen=scholen,
            maand=OKTOBER,
        )
        assert weerklank_of(plan)[VRAAG].scholen == scholen


def test_what_was_said_stands_with_its_niveau_and_province(streek, plan):
    dossiers = streek.schools([3] * 6)
    say_all(plan, dossiers[:5], omdat="Te lang")
    say_all(plan, dossiers[5:])
    assert weerklank_of(plan) == {}
    settle_reacties(maand=OKTOBER)

    found = weerklank_of(plan)[VRAAG]

    assert (found.werkt, found.werkt_niet) == (1, 5)
    assert [one.omdat for one in found.redenen] == ["Te lang"] * 5
    words = drawn(found)
    assert "1 keer ‘dit werkt’, 5 keer ‘dit werkt niet’." in words
    assert words.count("Secundair onderwijs, Limburg") == 5


@pytest.mark.parametrize(("reasons", "folded"), [(4, 0), (5, 0), (6, 1), (60, 55)])
def test_of_many_reasons_five_stand_open(plan, reasons, folded):
    Reactie.objects.bulk_create(
        Reactie(verwijzing=f"preventieplan/{VRAAG}", werkt=False, omdat=f"R{n}.", maand=OKTOBER)
        for n in range(reasons)
    )

    words = drawn(weerklank_of(plan)[VRAAG])

    assert words.count("Werkt niet</b>") == reasons
    _, fold, after = words.partition("<details")
    assert after.count("<li>") == folded
    assert bool(fold) is bool(folded)
    if folded:
        assert f"Nog {folded} {'reden' if folded == 1 else 'redenen'}<" in after


def test_what_was_said_never_becomes_markup(streek, plan):
    say_all(plan, streek.schools([3] * 5), omdat="<b>&\"'")
    settle_reacties(maand=OKTOBER)

    words = drawn(weerklank_of(plan)[VRAAG])

    assert escape("<b>&\"'") in words
    assert "<b>&" not in words


def test_of_another_material_nothing_stands_here(streek, laad, plan):
    other = laad("dialoogdocument").materiaal
    say_all(plan, streek.schools([3] * 5))
    settle(OKTOBER)
    settle_reacties(maand=OKTOBER)

    assert VRAAG in weerklank_of(plan)
    assert weerklank_of(other) == {}


@pytest.mark.parametrize("schools", [5, 15])
def test_it_takes_as_many_queries_for_five_schools_as_for_fifteen(
    streek, plan, schools, django_assert_num_queries
):
    dossiers = streek.schools([3] * schools)
    say_all(plan, dossiers)
    settle(OKTOBER)
    settle_reacties(maand=OKTOBER)

    with django_assert_num_queries(3):
        assert weerklank_of(plan)[VRAAG].werkt == schools


def test_an_editor_reads_it_line_by_line(als, streek, plan, sofie):
    say_all(plan, streek.schools([3] * 5), omdat="Te lang")
    settle_reacties(maand=OKTOBER)

    page = als(sofie).get(PAGINA)

    words = text_of(page)
    assert words.count("omdat: Te lang") == 5
    assert "regels zeiden nog te weinig scholen iets." in words
    assert TE_WEINIG not in words


def test_an_editor_of_whose_material_nobody_says_anything_reads_that(als, plan, sofie):
    assert TE_WEINIG in als(sofie).get(PAGINA).text


def test_and_nobody_else(als, huis, oscar, plan):
    staf = User.objects.create_user("staf@test.be", naam="Staf", is_staff=True)
    for user in (oscar, staf, *huis.people.values()):
        assert als(user).get(PAGINA).status_code == 403


def test_of_a_material_that_is_not_there_nothing_is(als, plan, sofie):
    assert als(sofie).get(reverse("weerklank", args=["bestaat-niet"])).status_code == 404
