"""The team of Sint-Jozef moves to a newer version of the preventieplan, or does not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.domain import close_dossier, open_dossier
from dossiers.logboek.models import Logregel
from dossiers.materialen.domain.versions import make_concept
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.saving import revisies
from dossiers.velden.domain.striking import restore, strike
from dossiers.velden.registry import GeenVeld, find_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.versions import adopt_planversie
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling, Planactie
from preventieplan.queries import earlier
from preventieplan.queries.plan import placed_acties, plan_stand
from tests.dossiers.materialen.nieuweversie import next_version
from tests.preventieplan.conftest import FOCUS, GROEIKANS, SCORE, STAND, TOELICHTING
from tests.preventieplan.versions.reworded import (
    WEG,
    answer_of,
    reworded,
    text,
    with_goal_again,
    with_v03_again,
)

pytestmark = pytest.mark.django_db


# --- the offer ----------------------------------------------------------------------------------


def test_the_plan_tells_calmly_of_a_newer_version(als, huis, dossier, versie, url):
    pages = [url, *(reverse(name, args=[dossier.pk]) for name in ("preventieplan", "overzicht"))]
    link = reverse("planversie", args=[dossier.pk])
    for page in pages:
        assert link not in text(als(huis.team).get(page))

    next_version(versie, huis.ankerfiguur, reworded)

    for page in pages:
        shown = text(als(huis.team).get(page))
        assert link in shown
        assert "nieuwere versie van dit materiaal: 2027.1, van 1 februari 2027" in shown
        # A reader has nothing to choose.
        assert link not in text(als(huis.lezer).get(page))


def test_it_shows_what_changes_and_what_it_means_for_the_answers(als, tom, dossier, nieuw, tik):
    tik(TOELICHTING, "kringgesprekken")
    tik(WEG, "onthaaldag")

    shown = text(als(tom).get(reverse("planversie", args=[dossier.pk])))

    plain = shown.replace("<ins>", "").replace("</ins>", "").replace("<del>", "")
    assert "Welke methodieken gebruikt de school?" in plain
    assert "Gebruikt de school één of meerdere" in plain.replace("</del>", "")
    assert "Iets nieuws?" in shown
    assert "wat jullie invulden, gaat mee" in shown
    assert "wat jullie invulden, blijft leesbaar" in shown
    assert "op één plaats" in shown
    assert "Ga verder in versie 2027.1" in shown


def test_a_reader_sees_what_changes_and_no_button(als, huis, dossier, nieuw):
    shown = text(als(huis.lezer).get(reverse("planversie", args=[dossier.pk])))

    assert "Iets nieuws?" in shown
    assert "Ga verder in versie" not in shown


def test_without_a_newer_version_there_is_nothing_to_choose(als, tom, dossier):
    response = als(tom).get(reverse("planversie", args=[dossier.pk]), follow=True)

    assert "al in de nieuwste versie" in text(response)


def test_a_concept_is_offered_to_nobody(als, tom, dossier, versie, an):
    make_concept(versie=versie, door=an, today=date(2026, 11, 24))

    assert als(tom).get(reverse("planversie", args=[dossier.pk])).status_code == 302


def test_one_takes_what_one_saw(ga_over, dossier, versie, nieuw, an):
    next_version(nieuw, an, today=date(2028, 3, 4))

    response = ga_over("2027.1")

    assert "intussen een andere versie" in text(response)
    dossier.refresh_from_db()
    assert dossier.planversie == versie


@pytest.mark.parametrize("getypt", ["", "2026.1", "2027.2", "x" * 500, "1\x00"])
def test_rubbish_takes_nothing(ga_over, dossier, versie, nieuw, getypt):
    ga_over(getypt)

    dossier.refresh_from_db()
    assert dossier.planversie == versie
    assert not Logregel.objects.filter(handeling="versie-overgenomen").exists()


# --- what moves ---------------------------------------------------------------------------------


def test_answers_scores_and_actions_move_along_by_code(ga_over, dossier, doel, tom, nieuw, tik):
    tik(TOELICHTING, "eerst")
    tik(TOELICHTING, "kringgesprekken", basis=1)
    tik(STAND, "doen-we")
    tik(SCORE, "6")
    tik(FOCUS, "het onthaal")
    create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)

    response = ga_over()

    assert "Jullie werken nu in versie 2027.1" in text(response)
    dossier.refresh_from_db()
    assert dossier.planversie == nieuw
    antwoord = answer_of(dossier, "f0-1-v01")
    assert antwoord.vraag.tekst == "Welke methodieken gebruikt de school?"
    assert (antwoord.toelichting, antwoord.toelichting_revisie) == ("kringgesprekken", 2)
    assert [row.waarde for row in revisies(antwoord, "toelichting")] == ["kringgesprekken", "eerst"]
    inschaling = Inschaling.objects.get(dossier=dossier)
    assert (inschaling.doelstelling.versie, inschaling.score) == (nieuw, 6)
    assert Planactie.objects.get().doelstelling.versie == nieuw
    doelstand = plan_stand(dossier)[0].doelen[0]
    assert (doelstand.score, doelstand.besproken) == (6, 1)
    line = Logregel.objects.get(handeling="versie-overgenomen")
    assert (line.door, line.record_id) == (tom, str(dossier.pk))


def test_what_has_no_place_any_more_stays_readable_and_printable(
    als, ga_over, dossier, tom, nieuw, tik, url
):
    weg = Doelstelling.objects.get(versie=dossier.planversie, code="f3-4")
    tik(WEG, "een onthaaldag in september")
    tik("inschaling-f3-4-score", "3")
    create_planactie(dossier=dossier, doelstelling=weg, wat="Kaartje sturen", door=tom)

    ga_over()

    goal = text(als(tom).get(url))
    assert "Uit een eerdere versie" in goal
    assert "een onthaaldag in september" in goal
    overview = text(als(tom).get(reverse("overzicht", args=[dossier.pk])))
    for part in ("een onthaaldag in september", "Kaartje sturen", "3 op 10"):
        assert part in overview
    old = text(als(tom).get(reverse("doelstelling", args=[dossier.pk, "f3-4"])))
    assert "staat niet meer in de versie van nu" in old
    assert "Kaartje sturen" in old
    pdf = als(tom).get(reverse("preventieplan-pdf", args=[dossier.pk]))
    assert pdf.content.startswith(b"%PDF")
    found = earlier.goals_left_behind(
        dossier := Dossier.objects.get(), placed_acties(dossier).of_goals
    )
    assert [one.doelstelling.code for one in found] == ["f0-1", "f3-4"]
    # The new question is there, without an answer.
    assert "Iets nieuws?" in goal
    assert tik("antwoord-f0-1-v21-toelichting", "nu al").status_code == 200


def test_a_goal_that_nobody_filled_in_is_gone(als, ga_over, dossier, tom, nieuw):
    ga_over()

    assert als(tom).get(reverse("doelstelling", args=[dossier.pk, "f3-4"])).status_code == 404


def test_its_history_stays(als, ga_over, dossier, tom, nieuw, tik):
    tik(WEG, "eerst")
    tik(WEG, "daarna", basis=1)
    ga_over()

    history = reverse("historiek", args=[dossier.pk, WEG])

    assert "eerst" in text(als(tom).get(history))
    als(tom).post(history, {"revisie": "1", "basis": "2"})
    assert answer_of(dossier, "f0-1-v03").toelichting == "eerst"


def test_it_moves_back_in_when_a_later_version_has_the_code_again(
    ga_over, dossier, nieuw, tik, an, als, tom, url
):
    tik(WEG, "een onthaaldag")
    ga_over()
    derde = next_version(nieuw, an, with_v03_again, today=date(2028, 3, 4))

    ga_over("2028.1")

    antwoord = answer_of(dossier, "f0-1-v03")
    assert (antwoord.vraag.doelstelling.versie, antwoord.toelichting) == (derde, "een onthaaldag")
    assert "Uit een eerdere versie" not in text(als(tom).get(url))


@pytest.mark.parametrize(
    ("first", "second", "moves"),
    [
        (1, 2, "second"),
        (2, 1, "first"),
        # One that was never saved is older than any other.
        (None, 1, "second"),
        (1, None, "first"),
    ],
)
def test_of_two_answers_on_one_code_the_newest_moves(
    als, dossier, versie, an, tom, url, first, second, moves
):
    """The older one stays where it is, to be read."""
    tussen = next_version(versie, an)
    zonder = next_version(tussen, an, reworded, today=date(2027, 3, 1))
    derde = next_version(zonder, an, with_v03_again, today=date(2028, 3, 4))
    adopt_planversie(dossier=dossier, nieuw=zonder, door=tom)
    places = {"first": (versie, first), "second": (tussen, second)}
    for words, (place, day) in places.items():
        vraag = Checklistvraag.objects.get(doelstelling__versie=place, code="f0-1-v03")
        doel = Doelstelling.objects.get(versie=place, code="f3-4")
        saved = timezone.now() - timedelta(days=30 - day) if day else None
        new = {"dossier": dossier, "gewijzigd_op": saved}
        Antwoord.objects.create(vraag=vraag, toelichting=f"de {words}", **new)
        Inschaling.objects.create(doelstelling=doel, focus=f"focus {words}", **new)

    adopt_planversie(dossier=dossier, nieuw=derde, door=tom)

    other = {"first": "second", "second": "first"}[moves]
    where = dict(Antwoord.objects.values_list("toelichting", "vraag__doelstelling__versie"))
    assert where == {f"de {moves}": derde.pk, f"de {other}": places[other][0].pk}
    page = text(als(tom).get(url))
    assert f"de {other}" in page.split("Uit een eerdere versie")[1]
    assert f"de {moves}" in page.split("Uit een eerdere versie")[0]
    # Its goal has no place in this version either: both scores stay.
    assert not Inschaling.objects.filter(doelstelling__versie=derde).exists()
    vierde = next_version(derde, an, with_goal_again, today=date(2029, 3, 4))
    adopt_planversie(dossier=dossier, nieuw=vierde, door=tom)
    assert Inschaling.objects.get(doelstelling__versie=vierde).focus == f"focus {moves}"


@pytest.mark.parametrize("naam", ["antwoord-f0-1-v21-toelichting", "inschaling-f9-9-focus"])
def test_what_is_not_published_yet_is_nothing_earlier(als, tom, an, dossier, versie, tik, naam):
    """A concept that was begun before the version of now has codes of its own."""
    concept = make_concept(versie=versie, door=an, today=date(2027, 2, 1))
    reworded(concept)
    with_goal_again(concept, code="f9-9")
    Materiaalversie.objects.filter(pk=concept.pk).update(datum=versie.datum)
    client = als(tom)
    history = reverse("historiek", args=[dossier.pk, naam])
    older, newer = versie.datum, date(2027, 2, 1)

    for status, day in (("concept", older), ("concept", newer), ("gepubliceerd", newer)):
        Materiaalversie.objects.filter(pk=concept.pk).update(status=status, datum=day)
        assert client.get(history).status_code == 404
        assert tik(naam, "te vroeg").status_code == 404
        assert earlier.earlier_goal(dossier, "f9-9") is None
        with pytest.raises(GeenVeld):
            find_veld(dossier=dossier, naam=naam)

    # Published and older, it is there.
    Materiaalversie.objects.filter(pk=concept.pk).update(datum=older)
    assert client.get(history).status_code == 200
    assert earlier.earlier_goal(dossier, "f9-9").versie == concept
    assert tik(naam, "op wat er eerder stond").status_code == 200


def test_a_struck_action_moves_along(ga_over, dossier, doel, tom, nieuw):
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)
    strike(record=actie, door=tom)

    ga_over()
    restore(record=Actie.objects.get(), door=tom)

    assert Planactie.objects.get().doelstelling.versie == nieuw


def test_the_action_of_a_groeikans_stays_its_only_one(ga_over, als, dossier, tom, nieuw, tik, url):
    tik(GROEIKANS, "peter en meter")
    sent = {f"nieuw-{GROEIKANS}-wat": "peters zoeken", f"nieuw-{GROEIKANS}-sleutel": "1" * 32}
    als(tom).post(url, sent)
    ga_over()

    als(tom).post(url, sent)

    assert Actie.objects.count() == 1
    assert f'value="{GROEIKANS}"' not in als(tom).get(url).text


def test_one_can_stay_for_ever(als, dossier, tom, versie, an, tik, url, huis):
    tik(TOELICHTING, "kringgesprekken")
    tweede = next_version(versie, an, reworded)
    derde = next_version(tweede, an, today=date(2028, 3, 4))

    assert "kringgesprekken" in text(als(tom).get(url))
    assert tik(TOELICHTING, "en meer", basis=1).status_code == 200
    dossier.refresh_from_db()
    assert dossier.planversie == versie
    # A new dossier uses the newest version.
    later = open_dossier(school=huis.school, schooljaar=2030, door=an)
    assert later.planversie == derde


def test_a_closed_dossier_stays_as_it_is(als, ga_over, dossier, versie, tom, an, nieuw, url):
    close_dossier(dossier=dossier, door=an)

    assert reverse("planversie", args=[dossier.pk]) not in text(als(tom).get(url))
    assert ga_over().status_code == 403
    with pytest.raises(DossierAfgesloten):
        adopt_planversie(dossier=dossier, nieuw=nieuw, door=tom)
    dossier.refresh_from_db()
    assert dossier.planversie == versie


def test_the_other_school_keeps_its_version(ga_over, ander_huis, versie, nieuw):
    ga_over()

    ander_huis.dossier.refresh_from_db()
    assert ander_huis.dossier.planversie == versie
