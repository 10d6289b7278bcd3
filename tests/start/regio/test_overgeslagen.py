"""Which questions a team skipped, where it worked."""

import pytest
from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dialoogfiches.models import Item
from dossiers.mensen.models import School
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Checklistvraag
from start.regio.domain.skipped import ANSWERED, SKIPPED, skipped_in
from start.regio.models import Regiocijfer, Soort
from tests.conftest import load_material
from tests.dossiers.materialen.nieuweversie import next_version
from tests.preventieplan.versions.reworded import reworded
from tests.start.regio.streek import DOEL, give, settle
from tests.start.regio.test_drempels import OKTOBER, told, vlaanderen


def skipped(*dossiers) -> dict[str, str]:
    return {code: value for _, code, value in skipped_in([one.pk for one in dossiers])}


def vraag(dossier, code: str) -> Checklistvraag:
    return Checklistvraag.objects.get(doelstelling__versie=dossier.planversie, code=code)


def answer(dossier, code: str, **velden) -> None:
    Antwoord.objects.create(dossier=dossier, vraag=vraag(dossier, code), **velden)


@pytest.fixture
def dossier(streek):
    return streek.school(streek.clbs[0])


def test_where_nobody_worked_nothing_was_skipped(dossier):
    assert skipped(dossier) == {}


def test_a_goal_with_a_score_was_worked_in(dossier):
    give(dossier, 5)

    found = skipped(dossier)

    assert set(found.values()) == {SKIPPED}
    assert {code.rsplit("-", 1)[0] for code in found} == {f"preventieplan/{DOEL}"}


@pytest.mark.parametrize(
    "velden", [{"stand": "weten-niet"}, {"toelichting": "Nog eens"}, {"groeikans": "Ja"}]
)
def test_whatever_was_answered_was_not_skipped(dossier, velden):
    answer(dossier, "f0-1-v02", **velden)

    found = skipped(dossier)

    assert found["preventieplan/f0-1-v02"] == ANSWERED
    assert found["preventieplan/f0-1-v01"] == SKIPPED


def test_what_stayed_on_an_earlier_version_is_of_that_alone(dossier, streek, oscar):
    """Also beside a dossier that still works in it."""
    other = streek.school(streek.clbs[1])
    old = vraag(dossier, "f0-1-v01")
    newer = next_version(dossier.planversie, oscar, reworded)
    Dossier.objects.filter(pk=dossier.pk).update(planversie=newer)
    give(other, 5)
    Antwoord.objects.create(dossier=dossier, vraag=old, stand="deels")

    assert skipped(dossier) == {}
    of_both = list(skipped_in([dossier.pk, other.pk]))
    assert of_both
    assert {pk for pk, _, _ in of_both} == {other.pk}


def test_an_answer_that_was_emptied_is_none(dossier):
    answer(dossier, "f0-1-v02")

    assert skipped(dossier) == {}


def test_a_question_that_its_niveau_does_not_need_is_not_skipped(dossier):
    asked = vraag(dossier, "f0-1-v01")
    Checklistvraag.objects.filter(pk=asked.pk).update(niveaus="BaO BuO")
    give(dossier, 5)
    assert "preventieplan/f0-1-v01" not in skipped(dossier)

    School.objects.filter(pk=dossier.school_id).update(niveau="bao")
    assert skipped(dossier)["preventieplan/f0-1-v01"] == SKIPPED


def talk(dossier) -> Gesprek:
    return Gesprek.objects.create(
        dossier=dossier,
        versie=load_material("dialoogdocument"),
        titel="Een gesprek",
        gewijzigd_op=timezone.now(),
    )


def note(gesprek, code: str, tekst: str = "Besproken") -> None:
    item = Item.objects.get(versie=gesprek.versie, code=code)
    Notitie.objects.create(dossier=gesprek.dossier, gesprek=gesprek, item=item, tekst=tekst)


B01, B02 = "dialoogdocument/registratie-b01", "dialoogdocument/registratie-b02"


def test_of_a_talk_counts_the_step_in_which_one_worked(dossier):
    gesprek = talk(dossier)
    note(gesprek, "registratie-b02", tekst="")
    assert skipped(dossier) == {}
    note(gesprek, "registratie-b01")

    found = skipped(dossier)

    assert (found[B01], found[B02]) == (ANSWERED, SKIPPED)
    assert all(code.startswith("dialoogdocument/registratie-") for code in found)


@pytest.mark.parametrize("how", ["result", "finished"])
def test_a_step_with_a_result_or_that_is_finished_as_well(dossier, oscar, how):
    gesprek = talk(dossier)
    step = gesprek.versie.onderdelen.get(code="registratie")
    made = Gesprekstap.objects.create(dossier=dossier, gesprek=gesprek, onderdeel=step)
    assert skipped(dossier) == {}

    done = {"afgerond_op": timezone.now(), "afgerond_door": oscar}
    velden = {"resultaat": "Klaar"} if how == "result" else done
    Gesprekstap.objects.filter(pk=made.pk).update(**velden)

    assert skipped(dossier)[B01] == SKIPPED


def test_what_one_of_two_talks_had_was_not_skipped(dossier):
    first, second = talk(dossier), talk(dossier)
    note(first, "registratie-b01")
    note(second, "registratie-b02")

    assert {skipped(dossier)[code] for code in (B01, B02)} == {ANSWERED}


def test_a_talk_that_was_struck_counts_for_nothing(dossier):
    gesprek = talk(dossier)
    note(gesprek, "registratie-b01")
    Gesprek.objects.filter(pk=gesprek.pk).update(geschrapt_op=timezone.now())

    assert skipped(dossier) == {}


def test_it_is_settled_with_the_rest_and_the_figures_do_not_show_it(streek):
    streek.schools([3] * 5)
    settle(OKTOBER)

    row = Regiocijfer.objects.get(soort=Soort.OVERGESLAGEN, code="preventieplan/f0-1-v01")
    assert row.verdeling == {SKIPPED: 5}
    assert told() == {"3": 5}
    (goal,) = [one for one in vlaanderen().doelen if one.doel.code == DOEL]
    assert goal.vragen == ()
