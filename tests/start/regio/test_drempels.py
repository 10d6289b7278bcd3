"""From five schools and two CLB's, and never what one school did between two looks."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from dossiers.domain import open_dossier
from dossiers.mensen.models import Provincie, School
from dossiers.models import Dossier
from dossiers.thresholds import month_to_settle
from dossiers.velden.domain.striking import strike
from preventieplan.models import Antwoord, Checklistvraag
from start.regio.domain import settling
from start.regio.models import Bijdrage, Regiocijfer, Rekenmaand, Soort
from start.regio.queries.figures import content, figures, settled
from tests.conftest import SCHOOLJAAR
from tests.start.conftest import add_gesprek
from tests.start.regio.streek import DOEL, give, settle, told

OKTOBER, NOVEMBER, DECEMBER = (date(SCHOOLJAAR, month, 1) for month in (10, 11, 12))
JANUARI = date(SCHOOLJAAR + 1, 1, 1)


def vlaanderen():
    return figures(of=content(), rows=settled(SCHOOLJAAR), schooljaar=SCHOOLJAAR, provincie=None)


def erase(dossier: Dossier) -> None:
    dossier.inschalingen.all().delete()
    Dossier.objects.filter(pk=dossier.pk).delete()


def total() -> int:
    (one,) = [one for one in vlaanderen().doelen if one.doel.code == DOEL]
    return one.scores.scholen if one.scores else 0


@pytest.mark.parametrize(("schools", "is_told"), [(4, False), (5, True), (6, True)])
def test_a_figure_is_told_of_five_schools(streek, schools, is_told):
    streek.schools([3] * schools)

    settle(OKTOBER)

    assert told() == ({"3": schools} if is_told else None)


@pytest.mark.parametrize(("clbs", "is_told"), [(1, False), (2, True)])
def test_and_of_two_clbs(streek, clbs, is_told):
    streek.schools([3, 4, 4, 5, 9], clbs=clbs)

    settle(OKTOBER)

    assert told() == ({"3": 1, "4": 2, "5": 1, "9": 1} if is_told else None)


@pytest.mark.parametrize(("others", "is_told"), [(1, False), (2, True), (4, True), (5, False)])
def test_a_clb_that_knows_its_own_schools_does_not_see_what_one_other_did(streek, others, is_told):
    noord, zuid = streek.clbs
    for number in range(6):
        give(streek.school(zuid if number < others else noord), number)

    settle(OKTOBER)

    assert (told() is not None) is is_told


@pytest.mark.parametrize(("others", "moves"), [(1, False), (2, True)])
def test_nor_what_one_other_did_since(streek, others, moves):
    dossiers = streek.schools([3] * 14)
    settle(OKTOBER)
    for dossier in (*dossiers[::2][:5], *dossiers[1::2][:others]):
        give(dossier, 8)

    settle(NOVEMBER)

    assert told() == ({"3": 9 - others, "8": 5 + others} if moves else {"3": 14})


@pytest.mark.parametrize(("come", "moves"), [(4, False), (5, True), (6, True)])
def test_who_looks_twice_does_not_see_what_fewer_than_five_schools_brought(streek, come, moves):
    streek.schools([3] * 5)
    settle(OKTOBER)
    streek.schools([8] * come)

    settle(NOVEMBER)

    assert told() == ({"3": 5, "8": come} if moves else {"3": 5})


@pytest.mark.parametrize(("change", "moves"), [(4, False), (5, True), (6, True)])
def test_nor_what_fewer_than_five_changed(streek, change, moves):
    dossiers = streek.schools([3] * 8)
    settle(OKTOBER)
    for dossier in dossiers[:change]:
        give(dossier, 7)

    settle(NOVEMBER)

    assert told() == ({"7": change, "3": 8 - change} if moves else {"3": 8})


def test_what_was_held_back_comes_along_once_there_is_enough_of_it(streek):
    dossiers = streek.schools([3] * 8)
    settle(OKTOBER)
    for dossier in dossiers[:3]:
        give(dossier, 7)
    settle(NOVEMBER)
    assert told() == {"3": 8}
    for dossier in dossiers[3:5]:
        give(dossier, 9)

    settle(DECEMBER)

    assert told() == {"7": 3, "9": 2, "3": 3}


def test_five_schools_of_one_clb_do_not_move_it(streek):
    dossiers = streek.schools([3] * 12)
    settle(OKTOBER)
    for dossier in dossiers[::2][:5]:
        give(dossier, 7)

    settle(NOVEMBER)

    assert told() == {"3": 12}


def test_a_school_that_empties_its_score_is_not_shown_by_the_figure_that_goes(streek):
    """Of five schools one takes its score back: the figure stays as it was settled."""
    dossiers = streek.schools([3, 4, 5, 6, 7])
    settle(OKTOBER)
    give(dossiers[0], None)

    settle(NOVEMBER)

    assert told() == {"3": 1, "4": 1, "5": 1, "6": 1, "7": 1}


def test_a_school_that_was_erased_counts_as_one_that_changed(streek):
    dossiers = streek.schools([3] * 9)
    settle(OKTOBER)
    erase(dossiers[0])
    for dossier in dossiers[1:4]:
        give(dossier, 8)
    settle(NOVEMBER)
    assert told() == {"3": 9}
    give(dossiers[4], 8)

    settle(DECEMBER)

    assert told() == {"8": 4, "3": 4}


def test_flanders_is_the_sum_of_what_its_provinces_tell(streek):
    """Limburg holds back four schools: they cannot be worked out from Flanders either."""
    streek.schools([3] * 6, provincie="antwerpen")
    streek.schools([9] * 4)

    settle(OKTOBER)

    assert total() == 6
    assert vlaanderen().provincies == (Provincie.ANTWERPEN,)
    streek.schools([9])
    settle(NOVEMBER)
    assert total() == 11


def test_a_school_that_moves_to_another_province_counts_once(streek):
    dossiers = streek.schools([3] * 10)
    streek.schools([5] * 5, provincie="antwerpen")
    settle(OKTOBER)
    School.objects.filter(pk__in=[one.school_id for one in dossiers[:5]]).update(
        provincie="antwerpen"
    )

    settle(NOVEMBER)

    assert told("antwerpen") == {"3": 5, "5": 5}
    assert told() == {"3": 10}
    # Five left: with two of each CLB who changed as well, it moves.
    for dossier in dossiers[5:9]:
        give(dossier, 4)
    settle(DECEMBER)
    assert told() == {"4": 4, "3": 1}
    assert total() == 15


def move_to(provincie: str, dossiers) -> None:
    School.objects.filter(dossiers__in=dossiers).update(provincie=provincie)


@pytest.mark.parametrize(("back", "change", "moves"), [(2, 1, False), (4, 1, False), (2, 5, True)])
def test_schools_that_leave_a_province_and_come_back_hide_nobody(streek, back, change, moves):
    """They came back as they were: what the figure would show is of who changed."""
    dossiers = streek.schools([3] * 10)
    others = streek.schools([5] * 5, provincie="antwerpen")
    settle(OKTOBER)
    move_to("antwerpen", dossiers[:back])
    for other in others:
        give(other, 6)
    settle(NOVEMBER)
    assert told("antwerpen") == {"3": back, "6": 5}
    move_to("limburg", dossiers[:back])
    for dossier in dossiers[back : back + change]:
        give(dossier, 8)

    settle(DECEMBER)

    assert told() == ({"3": 10 - change, "8": change} if moves else {"3": 10})


def test_nor_do_dossiers_that_are_erased_and_begun_anew(streek, oscar):
    dossiers = streek.schools([3] * 10)
    settle(OKTOBER)
    for dossier in dossiers[:4]:
        school = dossier.school
        erase(dossier)
        give(open_dossier(school=school, schooljaar=SCHOOLJAAR, door=oscar), 3)
    give(dossiers[4], 8)
    settle(NOVEMBER)
    assert told() == {"3": 10}
    for dossier in dossiers[5:8]:
        give(dossier, 8)
    settle(DECEMBER)
    assert told() == {"3": 10}
    give(dossiers[8], 8)

    settle(JANUARI)

    assert told() == {"3": 5, "8": 5}


def test_who_came_back_counts_for_no_other_clb(streek, oscar):
    """Five changed, all of one CLB: that a school of the other begins anew does not show them."""
    dossiers = streek.schools([3] * 12)
    settle(OKTOBER)
    school = dossiers[1].school
    erase(dossiers[1])
    give(open_dossier(school=school, schooljaar=SCHOOLJAAR, door=oscar), 3)
    for dossier in dossiers[::2][:5]:
        give(dossier, 8)

    settle(NOVEMBER)

    assert told() == {"3": 12}


def test_a_figure_that_moved_without_a_school_does_not_count_it_when_it_is_back(streek):
    """Else nobody would see that another one left, and a third that changed would be told."""
    dossiers = streek.schools([3] * 12)
    settle(OKTOBER)
    move_to("antwerpen", dossiers[:1])
    for dossier in dossiers[1:6]:
        give(dossier, 4)
    settle(NOVEMBER)
    assert told() == {"3": 6, "4": 5}
    assert not Bijdrage.objects.filter(dossier=dossiers[0], provincie="limburg").exists()
    move_to("limburg", dossiers[:1])
    for dossier in dossiers[6:10]:
        give(dossier, 4)

    settle(DECEMBER)

    # It is back, and four others changed.
    assert told() == {"3": 3, "4": 9}


def test_a_month_is_settled_once(streek):
    streek.schools([3] * 5)
    assert len(settle(OKTOBER)) == len(Provincie)
    streek.schools([4] * 9)

    assert settle(OKTOBER) == ()

    assert told() == {"3": 5}
    assert settle(NOVEMBER)
    assert told() == {"3": 5, "4": 9}


def test_another_process_that_was_first_is_not_disturbed(streek, monkeypatch):
    """It asked what was done, and somebody else settled Limburg since."""
    streek.schools([3] * 5)
    read = settling.counted_dossiers

    def read_too_late(*, provincie, schooljaar):
        Rekenmaand.objects.create(maand=OKTOBER, provincie=provincie)
        return read(provincie=provincie, schooljaar=schooljaar)

    monkeypatch.setattr(settling, "counted_dossiers", read_too_late)

    assert settle(OKTOBER) == ()

    assert not Regiocijfer.objects.exists()


def test_what_was_killed_in_the_middle_is_done_the_next_night(streek, monkeypatch):
    """Antwerpen was settled; of Limburg the figures were written, and not what counted for them."""
    streek.schools([3] * 5, provincie="antwerpen")
    streek.schools([3] * 5)
    write = settling._write_contributions

    def killed(dossiers, *, moved, provincie):
        if provincie == Provincie.LIMBURG:
            raise SystemExit
        write(dossiers, moved=moved, provincie=provincie)

    with monkeypatch.context() as night:
        night.setattr(settling, "_write_contributions", killed)
        with pytest.raises(SystemExit):
            settle(OKTOBER)
    assert told("antwerpen") == {"3": 5}
    assert told() is None
    streek.schools([9] * 4, provincie="antwerpen")

    assert Provincie.ANTWERPEN not in settle(OKTOBER)

    assert told("antwerpen") == {"3": 5}
    assert told() == {"3": 5}


def test_last_year_stays_and_a_new_year_begins_by_itself(streek):
    streek.schools([3] * 5)
    settle(date(SCHOOLJAAR + 1, 8, 1))
    settle(date(SCHOOLJAAR + 1, 9, 1))

    assert set(Regiocijfer.objects.values_list("schooljaar", flat=True)) == {SCHOOLJAAR}


def test_a_stand_counts_with_its_groeikans_and_no_word_of_it(streek):
    dossiers = streek.schools([3] * 5)
    vraag = Checklistvraag.objects.filter(
        doelstelling__versie=dossiers[0].planversie, doelstelling__code=DOEL
    )[0]
    for number, dossier in enumerate(dossiers):
        Antwoord.objects.create(
            dossier=dossier,
            vraag=vraag,
            stand="deels",
            groeikans="Bel Lotte Peeters op" if number else "",
        )

    settle(OKTOBER)

    row = Regiocijfer.objects.get(soort=Soort.VRAAG, code=vraag.code)
    assert row.verdeling == {"deels": 1, "deels+": 4}
    kept = [*Regiocijfer.objects.values(), *Bijdrage.objects.values()]
    assert "Lotte" not in str(kept)
    (asked,) = next(one for one in vlaanderen().doelen if one.doel.code == DOEL).groeit
    assert (asked.groeikansen, asked.scholen, asked.percent) == (4, 5, 80)


def test_what_stayed_on_an_earlier_version_counts_nowhere(streek):
    dossiers = streek.schools([3] * 5)
    vraag = Checklistvraag.objects.filter(
        doelstelling__versie=dossiers[0].planversie, doelstelling__code=DOEL
    )[0]
    for dossier in dossiers:
        Antwoord.objects.create(dossier=dossier, vraag=vraag, stand="deels")
    versie = dossiers[0].planversie
    versie.pk, versie.versie, versie.datum = None, "2026.9", date(2026, 9, 1)
    versie.save()
    Dossier.objects.filter(pk=dossiers[0].pk).update(planversie=versie)

    settle(OKTOBER)

    assert not Regiocijfer.objects.exists()


@pytest.mark.parametrize(("struck", "is_told"), [(0, True), (1, False)])
def test_a_talk_that_was_struck_used_nothing(streek, oscar, struck, is_told):
    talks = [add_gesprek(one, "Samen aan de slag") for one in streek.schools([3] * 5)]
    for gesprek in talks[:struck]:
        strike(record=gesprek, door=oscar)

    settle(OKTOBER)

    assert Regiocijfer.objects.filter(soort=Soort.MATERIAAL).exists() is is_told


def test_where_one_practises_counts_nowhere(streek, huis):
    streek.schools([3] * 4)
    School.objects.filter(pk=huis.school.pk).update(
        oefen=True, provincie="", niveau="", gemeente="", instellingsnummer=None
    )
    give(huis.dossier, 3)

    settle(OKTOBER)

    assert told() is None


def test_the_command_settles_the_month_that_ended(streek, vandaag):
    streek.schools([3] * 5)
    assert vandaag.month == NOVEMBER.month
    said = StringIO()

    call_command("reken_regio", stdout=said)
    call_command("reken_regio", stdout=said)

    assert f"oktober {SCHOOLJAAR} geteld: Antwerpen" in said.getvalue()
    assert f"oktober {SCHOOLJAAR} was al geteld." in said.getvalue()
    assert {one.maand for one in Regiocijfer.objects.all()} == {OKTOBER}


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 12, 1), date(2026, 11, 1)),
        (date(2026, 12, 31), date(2026, 11, 1)),
        (date(2027, 1, 1), date(2026, 12, 1)),
    ],
)
def test_which_month_that_is(today, month):
    assert month_to_settle(today) == month


def test_the_database_keeps_no_figure_of_four_schools(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Regiocijfer.objects.create(
            schooljaar=SCHOOLJAAR,
            provincie="limburg",
            soort=Soort.SCORE,
            code=DOEL,
            verdeling={"3": 4},
            scholen=4,
            maand=OKTOBER,
        )


@pytest.mark.parametrize("schools", [5, 11])
def test_reading_takes_as_many_queries_for_five_schools_as_for_eleven(
    streek, schools, django_assert_num_queries
):
    streek.schools([3] * schools)
    # Which months are done; then of each of six provinces: its dossiers until there are none, what
    # is told, and the mark of the month and who left between its savepoints. Limburg reads
    # thirteen things more, and writes two.
    with django_assert_num_queries(52):
        settle(OKTOBER)
