"""A talk that is still to come goes on in the new schooljaar, as it was prepared."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.domain.preparing import preparation_mark, prepare_gesprek
from dialoogfiches.gesprekken.models import Gesprek, Notitie, VoorbereideVraag, Voorbereiding
from dialoogfiches.models import Item
from dossiers.models import Dossier
from dossiers.velden.domain.striking import strike
from start.nieuw_jaar.domain.undoing import AlGebruikt, undo_start
from tests.conftest import load_material
from tests.start.nieuw_jaar.conftest import TODAY, address, start, write

pytestmark = pytest.mark.django_db

VRAAG = "registratie-b01"


def plan(vorig: Dossier, door, titel: str, datum: date | None) -> Gesprek:
    return start_gesprek(
        dossier=vorig,
        versie=load_material("dialoogdocument"),
        sleutel=uuid4(),
        titel=titel,
        datum=datum,
        deelnemers="Het kernteam",
        door=door,
    )


def prepare(gesprek: Gesprek, door, *, datum: date, plaats: str = "De refter") -> None:
    prepare_gesprek(
        gesprek=gesprek,
        seen=preparation_mark(gesprek),
        datum=datum,
        uur=time(15, 45),
        minuten=50,
        plaats=plaats,
        vragen={VRAAG: 20},
        door=door,
    )


def write_a_note(gesprek: Gesprek, door) -> None:
    item = Item.objects.get(versie=gesprek.versie_id, code=VRAAG)
    write(Notitie(dossier=gesprek.dossier, gesprek=gesprek, item=item), door, tekst="Al iets.")


@pytest.fixture
def gepland(huis, vorig) -> Gesprek:
    """A prepared talk in a month, in the dossier of last year."""
    gesprek = plan(vorig, huis.team, "Over registratie", TODAY)
    prepare(gesprek, huis.team, datum=TODAY + timedelta(30))
    return Gesprek.objects.get()


@pytest.fixture
def verder(huis, vorig, gepland) -> Gesprek:
    """The same talk in the dossier that goes on."""
    return start(vorig, huis.ankerfiguur).gesprekken.get()


def test_it_is_said_beforehand_and_then_stands_there(als, huis, vorig, gepland, op_dag):
    op_dag(TODAY)
    an = als(huis.ankerfiguur)
    page = an.get(address("nieuw_schooljaar", vorig)).text
    assert "Het gesprek <strong>Over registratie</strong> van 1 oktober" in page
    assert "met wat jullie voorbereidden" in page

    an.post(address("nieuw_schooljaar", vorig))

    nieuw = Dossier.objects.get(voortzetting__vorig=vorig)
    assert "Over registratie" in an.get(address("dossier", nieuw)).text
    there = nieuw.gesprekken.get()
    said = an.get(address("gesprek", nieuw, there.pk)).text
    assert "De refter" in said


def test_what_was_prepared_comes_along_with_it(huis, vorig, gepland, verder):
    assert verder.versie == gepland.versie
    assert (verder.titel, verder.datum, verder.deelnemers) == (
        "Over registratie",
        TODAY + timedelta(30),
        "Het kernteam",
    )
    prepared = verder.voorbereiding
    assert (prepared.uur, prepared.minuten, prepared.plaats) == (time(15, 45), 50, "De refter")
    chosen = VoorbereideVraag.objects.filter(gesprek=verder).values_list("item__code", "minuten")
    assert list(chosen) == [(VRAAG, 20)]
    texts = verder.revisies.values_list("veld", "waarde", "revisie", "door")
    assert set(texts) == {
        ("titel", "Over registratie", 1, huis.ankerfiguur.pk),
        ("datum", (TODAY + timedelta(30)).isoformat(), 1, huis.ankerfiguur.pk),
        ("deelnemers", "Het kernteam", 1, huis.ankerfiguur.pk),
    }


def test_the_old_talk_stays_as_it_was_with_what_was_written_in_it(huis, vorig, gepland):
    write_a_note(gepland, huis.team)
    before = list(Gesprek.objects.values())

    verder = start(vorig, huis.ankerfiguur).gesprekken.get()

    assert list(Gesprek.objects.filter(dossier=vorig).values()) == before
    assert Voorbereiding.objects.filter(gesprek=gepland).exists()
    assert Notitie.objects.get().gesprek == gepland
    assert verder.pk != gepland.pk


@pytest.mark.parametrize(("days", "comes"), [(-1, False), (0, True), (1, True)])
def test_what_was_held_before_today_stays(huis, vorig, days, comes):
    plan(vorig, huis.team, "Een gesprek", TODAY + timedelta(days))
    assert start(vorig, huis.ankerfiguur).gesprekken.exists() is comes


def test_what_was_struck_or_has_no_day_stays(huis, vorig, gepland):
    plan(vorig, huis.team, "Zonder dag", None)
    strike(record=gepland, door=huis.team)
    assert not start(vorig, huis.ankerfiguur).gesprekken.exists()


def test_it_is_undone_with_the_rest(huis, vorig, gepland, verder):
    undo_start(dossier=verder.dossier, door=huis.ankerfiguur)

    assert list(Gesprek.objects.all()) == [gepland]
    assert VoorbereideVraag.objects.get().gesprek == gepland
    # And it can be started again.
    assert start(vorig, huis.ankerfiguur).gesprekken.count() == 1


def prepare_anew(gesprek: Gesprek, door) -> None:
    # Only the questions and the place: the day, which the talk itself has, stays.
    prepare(gesprek, door, datum=TODAY + timedelta(30), plaats="De leraarskamer")


def name_it_anew(gesprek: Gesprek, door) -> None:
    write(gesprek, door, titel="Over de bus")


def strike_it(gesprek: Gesprek, door) -> None:
    strike(record=gesprek, door=door)


def plan_another(gesprek: Gesprek, door) -> None:
    plan(gesprek.dossier, door, "Nog een gesprek", None)


@pytest.mark.parametrize("act", [prepare_anew, name_it_anew, strike_it, plan_another, write_a_note])
def test_once_anybody_did_anything_with_it_the_dossier_stays(huis, verder, act):
    act(verder, huis.team)
    with pytest.raises(AlGebruikt):
        undo_start(dossier=verder.dossier, door=huis.ankerfiguur)
    assert Gesprek.objects.filter(pk=verder.pk).exists()


@pytest.mark.parametrize("more", [1, 5])
def test_talks_take_a_constant_number_of_statements(
    huis, vorig, gepland, django_assert_num_queries, more
):
    for nummer in range(more):
        prepare(plan(vorig, huis.team, f"Nog {nummer}", TODAY), huis.team, datum=TODAY)
    with django_assert_num_queries(27):
        start(vorig, huis.ankerfiguur)
